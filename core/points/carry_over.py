"""归入: the points of a merged member go to another; each lot keeps its expiry (domain.md 8).

It stays the lot of its sale, under the rule that it was earned under: a return of that sale takes
it first, and counts it as taken back once it has expired (domain.md 3).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.points.ledger import Account, AccountKind, Allocation, Cause, Lot, LotLeft, Transfer


def carry_over(
    transfer_id: UUID,
    lot: LotLeft,
    *,
    gone_id: UUID,
    into_id: UUID,
    rulebook_version: int,
    on: date,
) -> tuple[Transfer, Lot, Allocation]:
    """All that is left of one lot becomes a lot of the other member; the rest of it stays."""
    transfer = Transfer(
        id=transfer_id,
        debit=Account(AccountKind.AVAILABLE, gone_id),
        credit=Account(AccountKind.AVAILABLE, into_id),
        amount=lot.left,
        cause=Cause.MERGE,
        business_on=on,
        rulebook_version=rulebook_version,
    )
    made = Lot(
        id=transfer_id,
        member_id=into_id,
        amount=lot.left,
        earned_on=lot.earned_on,
        expires_on=lot.expires_on,
        rulebook_version=lot.rulebook_version,
        sale_id=lot.sale_id,
    )
    return transfer, made, Allocation(transfer_id, lot.id, lot.left, lot.carries_on)
