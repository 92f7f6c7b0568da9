"""过期: which points of a chain's member go when the last day of their lot is over.

What is set aside for a till was good when it was: it is taken for what expires first, and stays
until it was spent or has come back. And what expired is never more than what nobody took: a till
that was offline may tell later what it took before, or that the same expired there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.points.ledger import EXPIRED, Account, AccountKind, Allocation, Cause, Transfer
from core.sync.effects import derived_id
from core.sync.escrow import Balance
from core.sync.lots import LotHere, lots_left


class Lapsed(Struct, frozen=True):
    """A lot that is past its day, of whom it was made."""

    lot_id: UUID
    member_id: UUID
    expires_on: date


class Gone(Struct, frozen=True):
    """What goes of a member's lots; `held_on`: the day of the first of which something stays."""

    transfers: tuple[Transfer, ...]
    allocations: tuple[Allocation, ...]
    held_on: date | None


class Overtaken(Struct, frozen=True):
    """A lot of which something expired: what it had, what was taken, and how much came back."""

    lot_id: UUID
    member_id: UUID
    amount: int
    taken: int
    expired: int
    back: int


def lapse(lapsed: Iterable[Lapsed], lots: Iterable[LotHere], balance: Balance, *, on: date) -> Gone:
    """Of the lots of one member, those named go; the same is derived wherever it is done."""
    named, lots = {each.lot_id: each for each in lapsed}, tuple(lots)
    taken: Mapping[UUID, int] = {lot.id: lot.taken for lot in lots}
    aside, held_on = balance.pending + balance.leased, None
    transfers, allocations = [], []
    for lot in lots_left(lots, balance.points):
        if lot.expires_on is None or lot.expires_on >= on:
            break
        held = min(aside, lot.points)
        aside, gone = aside - held, lot.points - held
        if held and held_on is None:
            held_on = lot.expires_on
        if gone and lot.id in named:
            made = _expired(named[lot.id], gone, taken[lot.id], on)
            transfers.append(made)
            allocations.append(Allocation(made.id, lot.id, gone))
    return Gone(tuple(transfers), tuple(allocations), held_on)


def given_back(lots: Iterable[Overtaken], *, on: date) -> tuple[Transfer, ...]:
    """What expired of these though a till had taken it goes back to whose it was."""
    made = []
    for lot in lots:
        over = min(lot.taken - lot.amount, lot.expired) - lot.back
        if over > 0:
            ident = derived_id(lot.lot_id, "unexpired", str(lot.back))
            member = Account(AccountKind.AVAILABLE, lot.member_id)
            moved = (EXPIRED, member, over, Cause.EXPIRY, on, 0, lot.lot_id)
            made.append(Transfer(ident, *moved))
    return tuple(made)


def lapsed_beyond(lots: Iterable[LotHere], balance: Balance, *, on: date) -> int:
    """Points past their day that nothing is set aside of."""
    past = (
        lot.points
        for lot in lots_left(lots, balance.points)
        if lot.expires_on is not None and lot.expires_on < on
    )
    return max(0, sum(past) - balance.pending - balance.leased)


def _expired(lot: Lapsed, points: int, taken: int, on: date) -> Transfer:
    ident = derived_id(lot.lot_id, "expired", str(taken))
    member = Account(AccountKind.AVAILABLE, lot.member_id)
    return Transfer(ident, member, EXPIRED, points, Cause.EXPIRY, on, 0, lot.lot_id)
