"""活动: a 沙龙, a 讲座 or a 体检 of the shop, who signs up for it, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.errors import BadActivity
from core.values.moment import Moment

LONGEST = 60
MOST_SEATS = 10_000
DAY_MINUTES = 24 * 60
_CONTROL = 32


class ActivityKind(StrEnum):
    """沙龙 · 讲座 · 体检 · 其他."""

    SALON = "salon"
    LECTURE = "lecture"
    CHECKUP = "checkup"
    OTHER = "other"


class Place(StrEnum):
    """How it stands with one who signed up: 有位 · 候补 · 到场 · 退出."""

    SEAT = "seat"
    WAITING = "waiting"
    CAME = "came"
    LEFT = "left"


class Activity(Struct, frozen=True):
    """One activity on a business date, from a minute of the wall clock to another (0 to 1439).

    `seats` 0: any number. `tiers` empty: for everybody. `behaviour`: the code of the behaviour of
    the rulebook whose points one gets for coming, "" for none. `cancelled_for`: why it does not
    take place, None where it does.
    """

    id: UUID
    kind: ActivityKind
    title: str
    where: str
    on: date
    from_minute: int
    to_minute: int
    seats: int = 0
    tiers: tuple[str, ...] = ()
    behaviour: str = ""
    cancelled_for: str | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_for is not None


class Enrolled(Struct, frozen=True):
    """报名: one member of one activity; a smaller `turn` came first.

    `points`: what was booked for coming. `to_tell`: it was cancelled or changed, or they have a
    place by somebody who left, and nobody told them yet; `told_us`: when somebody last did.
    """

    activity_id: UUID
    member_id: UUID
    turn: int
    place: Place
    at_us: int
    staff_no: int
    points: int = 0
    told_us: int | None = None
    to_tell: bool = False


def check_activity(activity: Activity) -> Activity:
    """As it is kept, without spaces around its words; raises BadActivity."""
    title, where = activity.title.strip(), activity.where.strip()
    for text in (title, where):
        if len(text) > LONGEST or any(ord(sign) < _CONTROL for sign in text):
            raise BadActivity()
    if not title:
        raise BadActivity()
    if not 0 <= activity.from_minute < activity.to_minute <= DAY_MINUTES:
        raise BadActivity()
    if not 0 <= activity.seats <= MOST_SEATS:
        raise BadActivity()
    return replace(activity, title=title, where=where)


def seats_left(activity: Activity, enrolled: Iterable[Enrolled]) -> int | None:
    """How many more have room; None where any number has. Never below zero."""
    if not activity.seats:
        return None
    taken = sum(each.place in (Place.SEAT, Place.CAME) for each in enrolled)
    return max(0, activity.seats - taken)


def next_up(activity: Activity, enrolled: Iterable[Enrolled]) -> tuple[Enrolled, ...]:
    """递补: those who wait and have room now, in their turn."""
    known = tuple(enrolled)
    waiting = sorted(
        (each for each in known if each.place is Place.WAITING), key=lambda each: each.turn
    )
    left = seats_left(activity, known)
    return tuple(waiting if left is None else waiting[:left])


def is_missed(activity: Activity, enrolled: Enrolled, moment: Moment) -> bool:
    """没来: who had a place at what is over, and was not there."""
    is_over = not activity.is_cancelled and activity.on < moment.business_on
    return is_over and enrolled.place is Place.SEAT


def minutes_of(text: str) -> tuple[int, int]:
    """14:00-16:30 or 14:00 (two hours, at most to midnight); raises BadActivity."""
    plain = text.strip().replace("：", ":").replace("－", "-").replace("–", "-").replace("—", "-")
    first, dash, last = plain.partition("-")
    begins = _minute(first)
    return begins, _minute(last) if dash else min(begins + 120, DAY_MINUTES)


def _minute(text: str) -> int:
    hour, colon, minute = text.strip().partition(":")
    parts = (hour, minute if colon else "00")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        raise BadActivity()
    at = int(parts[0]) * 60 + int(parts[1])
    if int(parts[1]) >= 60 or at > DAY_MINUTES:
        raise BadActivity()
    return at
