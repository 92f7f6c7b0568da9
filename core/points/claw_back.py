"""收回积分: points that were earned are taken back, from their own lot first (domain.md 3).

What of that has expired already counts as taken back. Then the lots that expire soonest; what no
lot can give any more is a debt: the balance falls below zero, which only a claw-back may do, and
the next earnings fill it first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from core.points.ledger import (
    EXPIRED,
    ISSUED,
    Account,
    AccountKind,
    Allocation,
    Cause,
    Debt,
    Lot,
    LotLeft,
    Transfer,
)
from core.points.take import by_expiry, out_of
from core.rulebook.rulebook import Rulebook


def claw_back(
    transfer_id: UUID,
    member_id: UUID,
    points: int,
    lots: Iterable[LotLeft],
    *,
    rulebook: Rulebook,
    on: date,
    sale_id: UUID,
    cause: Cause = Cause.VOID,
) -> tuple[Transfer, tuple[Allocation, ...]]:
    """Transfer and allocations of so many points (> 0) of a sale; `lots` is what is left of them.

    ValueError for fewer points.
    """
    if points <= 0:
        raise ValueError("nothing to take back")
    transfer = Transfer(
        id=transfer_id,
        debit=Account(AccountKind.AVAILABLE, member_id),
        credit=ISSUED,
        amount=points,
        cause=cause,
        business_on=on,
        rulebook_version=rulebook.version,
        sale_id=sale_id,
    )
    own_first = sorted(lots, key=lambda lot: (lot.sale_id != sale_id, by_expiry(lot)))
    return transfer, out_of(transfer_id, points, own_first)


def count_expired(
    transfer_id: UUID,
    points: int,
    *,
    rulebook: Rulebook,
    on: date,
    sale_id: UUID,
    cause: Cause,
) -> Transfer:
    """So many points (> 0) of a sale's own lots have expired: they are taken back already."""
    return Transfer(
        id=transfer_id,
        debit=EXPIRED,
        credit=ISSUED,
        amount=points,
        cause=cause,
        business_on=on,
        rulebook_version=rulebook.version,
        sale_id=sale_id,
    )


def pay_debts(debts: Iterable[Debt], lot: Lot) -> tuple[Allocation, ...]:
    """A fresh lot gives first what is owed, the oldest debt first."""
    left, paid = lot.amount, []
    for debt in debts:
        part = min(left, debt.points)
        if part:
            paid.append(Allocation(debt.transfer_id, lot.id, part))
            left -= part
    return tuple(paid)
