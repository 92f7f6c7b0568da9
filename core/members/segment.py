"""客群: conditions on members: tier, points, spending, last visit, birthday, what expires.

A condition that is not set holds for everybody; those that are set hold all at once.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from core.errors import BadSegment, BadSegmentName

LONGEST_AHEAD = 90
"""Days that are looked ahead for what expires."""
LONGEST_AWAY = 3650
ONE_YEAR = 366
OLDEST = 130
LONGEST_MONTHS = 240
MONTHS = 12
LONGEST_NAME = 20


class Doubt(StrEnum):
    """What of a member looks made up, or cannot be (`core.members.doubts`)."""

    NAME = "name"
    PHONE = "phone"
    BIRTHDAY = "birthday"


class Segment(Struct, frozen=True):
    """`tiers` by code; `peaks`: the highest that they ever had, also what ended since.

    Spending is of the last twelve months, in fen, less what came back.
    `away_days`: did not come for so many days, or never; `came_within`: came in the last so many.
    `born_within` and `expiring_within` are days from today, today among them; `born_months` those
    in which the next birthday is celebrated. Ages are full years, of who told the year.
    `is_visitor`: joined at another store. `doubts`: at least one of them.
    `kinds`, `sexes` and `sources` are codes of `core.members.profile`; `occupation` is a part of
    it, `tags` at least one of them; `unverified_months`: nobody went through the data for so long.
    """

    tiers: tuple[str, ...] = ()
    points_from: int | None = None
    points_to: int | None = None
    spent_from: int | None = None
    spent_to: int | None = None
    away_days: int | None = None
    born_within: int | None = None
    is_born_this_month: bool = False
    joined_from: date | None = None
    joined_to: date | None = None
    expiring_within: int | None = None
    is_frozen: bool | None = None
    has_phone: bool | None = None
    has_agreed: bool | None = None
    came_within: int | None = None
    born_months: tuple[int, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    is_visitor: bool | None = None
    has_birthday: bool | None = None
    doubts: tuple[Doubt, ...] = ()
    kinds: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    occupation: str = ""
    tags: tuple[str, ...] = ()
    unverified_months: int | None = None
    peaks: tuple[str, ...] = ()


class SavedSegment(Struct, frozen=True):
    """存下的客群: conditions that a shop gave a name."""

    id: UUID
    name: str
    conditions: Segment


def check_segment(segment: Segment) -> Segment:
    """Raises BadSegment where no member could ever be meant, or days are looked too far."""
    ranges = (
        (segment.points_from, segment.points_to),
        (segment.spent_from, segment.spent_to),
        (segment.joined_from, segment.joined_to),
        (segment.age_from, segment.age_to),
    )
    days = (
        (segment.away_days, LONGEST_AWAY),
        (segment.born_within, ONE_YEAR),
        (segment.expiring_within, LONGEST_AHEAD),
        (segment.came_within, LONGEST_AWAY),
        (segment.age_from, OLDEST),
        (segment.age_to, OLDEST),
        (segment.unverified_months, LONGEST_MONTHS),
    )
    for first, last in ranges:
        if first is not None and last is not None and first > last:  # type: ignore[operator]
            raise BadSegment(f"{first} > {last}")
    for count, most in days:
        if count is not None and not 0 <= count <= most:
            raise BadSegment(str(count))
    for month in segment.born_months:
        if not 1 <= month <= MONTHS:
            raise BadSegment(str(month))
    return segment


def check_segment_name(text: str) -> str:
    """A name without idle spaces; raises BadSegmentName for none, and for one too long."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadSegmentName(text)
    return name


def written(segment: Segment) -> str:
    """As text: only what is asked."""
    asked = {
        name: value
        for name in Segment.__struct_fields__
        if (value := getattr(segment, name)) != getattr(Segment(), name)
    }
    return msgspec.json.encode(asked).decode()


def segment_written(text: str) -> Segment:
    """The conditions of such a text; what a later program asked as well is not known here."""
    return msgspec.json.decode(text, type=Segment)
