"""批次读数: what is left of a member's lots where several tills took of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

    What no allocation names, or one lot gave twice, is taken of those that expire first. What two
    lots gave for one debt comes back to those that expire last.
    """
    left = [(lot, max(0, lot.amount - lot.taken)) for lot in lots]
    left.sort(key=lambda each: (each[0].expires_on or date.max, each[0].id))
    over = sum(points for _, points in left) - max(0, balance)
    standing = _taken(left, over) if over > 0 else _given_back(left, -over)
    return tuple(LotStanding(lot.id, lot.expires_on, points) for lot, points in standing if points)


_Left = Sequence[tuple[LotHere, int]]


def _taken(left: _Left, over: int) -> Iterator[tuple[LotHere, int]]:
    for lot, points in left:
        part = min(points, over)
        over -= part
        yield lot, points - part


def _given_back(left: _Left, short: int) -> list[tuple[LotHere, int]]:
    found = []
    for lot, points in reversed(left):
        part = min(lot.amount - points, short)
        short -= part
        found.append((lot, points + part))
    return found[::-1]
