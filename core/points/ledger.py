"""积分账: double entry, integers, immutable (sync.md 3).

The sum over all accounts is zero by construction: each transfer takes from one what it gives to
another. A balance is a cache of it, changed in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class AccountKind(StrEnum):
    """Accounts: `AVAILABLE` is a member's, the others are the programme's."""

    AVAILABLE = "available"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `member_id` is None for those of the programme."""

    kind: AccountKind
    member_id: UUID | None = None


ISSUED = Account(AccountKind.ISSUED)


class Cause(StrEnum):
    """Why points moved (domain.md 3)."""

    SALE = "sale"
    VOID = "void"
    RETURN = "return"
    MERGE = "merge"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Transfer:
    """积分转移: `amount` > 0 from `debit` to `credit`; `sale_id` where a sale caused it."""

    id: UUID
    debit: Account
    credit: Account
    amount: int
    cause: Cause
    business_on: date
    rulebook_version: int
    sale_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """积分批次: what one earning made; id is that of its transfer. `expires_on` None: never."""

    id: UUID
    member_id: UUID
    amount: int
    earned_on: date
    expires_on: date | None
    rulebook_version: int
    sale_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LotLeft:
    """What is left of a lot: its amount less all allocations of it."""

    id: UUID
    expires_on: date | None
    left: int
    sale_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """欠分: what of a transfer out of a member's account no lot could give (> 0)."""

    transfer_id: UUID
    points: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """分配: how much of a transfer out of a member's account came from one lot (> 0)."""

    transfer_id: UUID
    lot_id: UUID
    amount: int
