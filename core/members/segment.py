"""客群: conditions on members: tier, points, spending, last visit, birthday, what expires.

A condition that is not set holds for everybody; those that are set hold all at once.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.errors import BadSegment

LONGEST_AHEAD = 90
"""Days that are looked ahead for what expires."""
LONGEST_AWAY = 3650
ONE_YEAR = 366


class Segment(Struct, frozen=True):
    """`tiers` by code. Spending is of the last twelve months, in fen, less what came back.

    `away_days`: did not come for so many days, or never. `born_within` and `expiring_within` are
    days from today, today among them.
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


def check_segment(segment: Segment) -> Segment:
    """Raises BadSegment where no member could ever be meant, or days are looked too far."""
    ranges = (
        (segment.points_from, segment.points_to),
        (segment.spent_from, segment.spent_to),
        (segment.joined_from, segment.joined_to),
    )
    days = (
        (segment.away_days, LONGEST_AWAY),
        (segment.born_within, ONE_YEAR),
        (segment.expiring_within, LONGEST_AHEAD),
    )
    for first, last in ranges:
        if first is not None and last is not None and first > last:  # type: ignore[operator]
            raise BadSegment(f"{first} > {last}")
    for count, most in days:
        if count is not None and not 0 <= count <= most:
            raise BadSegment(str(count))
    return segment
