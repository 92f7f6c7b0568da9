"""批次读数: what is left of a member's lots where several tills took of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct


class LotHere(Struct, frozen=True):
    """A lot with what allocations took of it, which may be more than it had: two tills did."""

    id: UUID
    expires_on: date | None
    amount: int
    taken: int


class LotStanding(Struct, frozen=True):
    """So many points (> 0) that are good until that day, the last one inclusive; None: for ever."""

    id: UUID
    expires_on: date | None
    points: int


def lots_left(lots: Iterable[LotHere], balance: int) -> tuple[LotStanding, ...]:
    """What the lots of a member hold, those that expire first first: as much as the balance.

    What no allocation names, or one lot gave twice, is taken of those that expire first.
    """
    left = [(lot, max(0, lot.amount - lot.taken)) for lot in lots]
    left.sort(key=lambda each: (each[0].expires_on or date.max, each[0].id))
    over, found = sum(points for _, points in left) - max(0, balance), []
    for lot, points in left:
        part = min(points, max(0, over))
        over -= part
        if points > part:
            found.append(LotStanding(lot.id, lot.expires_on, points - part))
    return tuple(found)
