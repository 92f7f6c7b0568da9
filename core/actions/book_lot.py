"""入账: a lot comes into a member's account; what the member owes takes of it first."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from core.points.claw_back import pay_debts
from core.points.ledger import Allocation, Lot, Transfer
from core.ports import Writing


class Booked(Struct, frozen=True):
    """A lot with its transfer, and what of it went at once for what was owed."""

    transfer: Transfer
    lot: Lot
    debts: tuple[Allocation, ...] = ()


def book_lot(tx: Writing, transfer: Transfer, lot: Lot) -> Booked:
    """Post it; the oldest debt is paid first."""
    debts: tuple[Allocation, ...] = ()
    if tx.ledger.balance(lot.member_id) < 0:
        debts = pay_debts(tx.ledger.debts(lot.member_id), lot)
    tx.ledger.post(transfer, lot, allocations=debts)
    return Booked(transfer, lot, debts)


def debts_record(booked: Iterable[Booked]) -> dict[str, object]:
    """The debts that lots paid as they stand in facts; nothing where there were none."""
    paid = [[part.transfer_id, part.lot_id, part.amount] for each in booked for part in each.debts]
    return {"debts": paid} if paid else {}
