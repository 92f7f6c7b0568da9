"""用积分: points leave a member's account, out of the lots that expire first (domain.md 3, Spend).

Only as many as the lots hold that can still be used that day: nobody spends into a debt. What is
taken back of a sale is another thing: `core.points.claw_back`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from core.errors import NotEnoughPoints
from core.points.ledger import Account, AccountKind, Allocation, Cause, LotLeft, Transfer
from core.rulebook.rulebook import Rulebook


def take(
    transfer_id: UUID,
    member_id: UUID,
    points: int,
    lots: Iterable[LotLeft],
    *,
    into: Account,
    cause: Cause,
    rulebook: Rulebook,
    on: date,
    sale_id: UUID | None = None,
) -> tuple[Transfer, tuple[Allocation, ...]]:
    """Transfer and allocations of so many points (> 0); `lots` is what is left of the member's.

    Those that expire first give first, ties by age. Raises NotEnoughPoints; ValueError for nothing.
    """
    if points <= 0:
        raise ValueError("nothing to take")
    usable = [lot for lot in lots if lot.is_usable(on)]
    if points > (most := sum(lot.left for lot in usable)):
        raise NotEnoughPoints(points, most)
    transfer = Transfer(
        id=transfer_id,
        debit=Account(AccountKind.AVAILABLE, member_id),
        credit=into,
        amount=points,
        cause=cause,
        business_on=on,
        rulebook_version=rulebook.version,
        sale_id=sale_id,
    )
    return transfer, out_of(transfer_id, points, sorted(usable, key=by_expiry))


def out_of(transfer_id: UUID, points: int, lots: Iterable[LotLeft]) -> tuple[Allocation, ...]:
    """What each lot gives in this order; less than `points` where they do not hold as many."""
    parts: list[Allocation] = []
    for lot in lots:
        part = min(points, lot.left)
        if part:
            parts.append(Allocation(transfer_id, lot.id, part, lot.carries_on))
            points -= part
    return tuple(parts)


def by_expiry(lot: LotLeft) -> tuple[date, bytes]:
    """By expiry, ties by age: ids are made in order of time."""
    return lot.expires_on or date.max, lot.id.bytes
