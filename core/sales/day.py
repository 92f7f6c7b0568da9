"""营业日: opens with a float and closes with a count (domain.md 6)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

# A drawer of small notes and coins; whatever is more was most likely typed as something else: a
# PIN of six digits reads as a hundred thousand yuan.
MOST_LIKELY_FLOAT_FEN = 5_000_00


class Day(Struct, frozen=True):
    """A till's day. Amounts in fen; `counted_fen` and `closed_us` are None while it is open."""

    id: UUID
    business_on: date
    opened_us: int
    opened_by: int
    float_fen: int
    closed_us: int | None = None
    closed_by: int | None = None
    counted_fen: int | None = None
