"""存下的条件: a list to choose from, each with its words and how many it means now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from core.actions.segments import segments_counted
from core.members.segment import SavedSegment
from ui.manage.members import words
from ui.manage.pick import PickSheet
from ui.manage.room import Room
from ui.text import tr
from ui.widgets.choices import Choice


def ask_saved(
    room: Room,
    window: QWidget,
    tiers: Sequence[tuple[str, str]],
    then: Callable[[SavedSegment], object],
) -> None:
    """`then` hears what was chosen; tiers are code and name of each."""

    def chosen(key: object) -> None:
        assert isinstance(key, SavedSegment)
        then(key)

    def show(found: Sequence[tuple[SavedSegment, int]]) -> None:
        rows = [
            Choice(
                saved,
                saved.name,
                words.conditions_words(saved.conditions, tiers),
                f"{count:,}",
                "flag",
            )
            for saved, count in found
        ]
        nothing = tr("还没有存下的条件。点“条件”，填好再写上名字，就能存下。")
        PickSheet(room.look, window, tr("存下的条件"), rows, chosen, nothing=nothing).open()

    room.work.ask(segments_counted, staff=room.staff, topic="segments", then=show, failed=room.say)
