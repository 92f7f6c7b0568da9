"""交接班: a shift is one cashier's turn at the drawer, from a float to a count (domain.md 6).

While a day is open exactly one of its shifts is: the first opens with the day, each next one
begins with what was counted at the end of the one before, and the last is closed with the day.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.sales.explanation import Explanation


class Count(Struct, frozen=True):
    """点钱: the cash in the drawer at the end of a shift, beside what should be there, in fen."""

    at_us: int
    staff_no: int
    counted_fen: int
    expected_fen: int
    explanation: Explanation | None = None

    @property
    def difference_fen(self) -> int:
        """Counted less expected: above zero there is too much."""
        return self.counted_fen - self.expected_fen


class Shift(Struct, frozen=True):
    """A turn at the drawer; `no` counts within the day, `opened_by` is whose turn it is."""

    id: UUID
    day_id: UUID
    no: int
    opened_us: int
    opened_by: int
    float_fen: int
    count: Count | None = None

    @property
    def is_open(self) -> bool:
        """Whether the drawer was not yet counted."""
        return self.count is None
