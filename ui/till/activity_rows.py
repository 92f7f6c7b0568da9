"""会员: activities of the shop for the member at the counter, as rows, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.actions.attend import Offered
from core.members.activity import Place
from ui.text import tr
from ui.widgets.choices import Choice

Deeds = tuple[bool, bool, bool]
"""Whether the member may sign up, be there, and leave."""


def activity_rows(offered: Sequence[Offered]) -> tuple[Choice, ...]:
    """Each with when it is, and how it stands with the member."""
    return tuple(
        Choice(
            key=each.counted.activity.id,
            text=each.counted.activity.title,
            sub=_when(each),
            right=_stands(each),
            icon="check" if _place(each) in (Place.SEAT, Place.CAME) else "calendar",
        )
        for each in offered
    )


def activity_deeds(offered: Sequence[Offered]) -> tuple[tuple[UUID, Deeds], ...]:
    """By the id of each."""
    return tuple((each.counted.activity.id, _deeds(each)) for each in offered)


def _deeds(each: Offered) -> Deeds:
    place, is_on = _place(each), not each.counted.activity.is_cancelled
    is_out = place in (None, Place.LEFT)
    return (
        is_on and is_out,
        is_on and each.is_today and place is not Place.CAME,
        place in (Place.SEAT, Place.WAITING),
    )


def _place(each: Offered) -> Place | None:
    return each.enrolled.place if each.enrolled is not None else None


def _when(each: Offered) -> str:
    activity = each.counted.activity
    minutes = (activity.from_minute, activity.to_minute)
    begins, ends = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes)
    on = tr("{month} 月 {day} 日", month=activity.on.month, day=activity.on.day)
    day = tr("今天") if each.is_today else on
    return "　".join(filter(None, (f"{day} {begins}–{ends}", activity.where)))


def _stands(each: Offered) -> str:
    place, points = _place(each), each.enrolled.points if each.enrolled else 0
    if place is Place.CAME:
        return tr("到场 +{points} 分", points=f"{points:,}") if points else tr("到场")
    if each.counted.activity.is_cancelled:
        return tr("已取消")
    if place is Place.SEAT:
        return tr("报名了")
    if place is Place.WAITING:
        return tr("候补")
    if each.is_full:
        return tr("满了，可候补")
    left = each.counted.activity.seats - each.counted.seated - each.counted.came
    return tr("还有 {left} 位", left=f"{left:,}") if each.counted.activity.seats else ""
