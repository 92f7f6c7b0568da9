"""行为: what a member may get points for without buying, as rows to choose from."""

from __future__ import annotations

from core.actions.deeds import Chance
from core.points.deeds import DAY
from ui.text import tr
from ui.widgets.choices import Choice


def chance_row(chance: Chance) -> Choice:
    """With how often they did it; what is used up says so, and is refused in a sentence."""
    each, times = chance.behaviour, chance.times
    said = tr("今天 {day} 次，今年 {year} 次", day=times.day, year=times.year)
    if chance.stopped_by:
        said = tr("今天已记") if chance.stopped_by == DAY else tr("已记满")
    points = f"+{each.points:,}"
    return Choice(each.code, each.name, said, points, "points")
