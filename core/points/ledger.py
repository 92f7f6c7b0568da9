"""积分账: double entry, integers, immutable (sync.md 3).

The sum over all accounts is zero by construction: each transfer takes from one what it gives to
another. A balance is a cache of it, changed in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class AccountKind(StrEnum):
    """Accounts: the first three are a member's, the others are the programme's.

    `ISSUED` gives what is earned and gets back what is taken back; `SPENT` has what was points as
    money, `REDEEMED` what went for rewards, `EXPIRED` what nobody used in time; `CORRECTED` gives
    and takes what somebody corrects by hand.

    Only the server of a chain has these: `PENDING` and `LEASED` are a member's points that are set
    aside for one till, `OVERSPEND` is what a till spent that nobody had any more.
    """

    AVAILABLE = "available"
    PENDING = "pending"
    LEASED = "leased"
    ISSUED = "issued"
    SPENT = "spent"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    CORRECTED = "corrected"
    OVERSPEND = "overspend"
    ELSEWHERE = "elsewhere"


class Account(Struct, frozen=True):
    """One account; `member_id` is None for those of the programme, a till for `OVERSPEND`."""

    kind: AccountKind
    member_id: UUID | None = None


ISSUED = Account(AccountKind.ISSUED)
SPENT = Account(AccountKind.SPENT)
REDEEMED = Account(AccountKind.REDEEMED)
EXPIRED = Account(AccountKind.EXPIRED)
CORRECTED = Account(AccountKind.CORRECTED)
ELSEWHERE = Account(AccountKind.ELSEWHERE)


class Cause(StrEnum):
    """Why points moved (domain.md 3).

    `VOID` and `RETURN` take back what was earned, `GIVE_BACK` gives back what was spent; its
    `sale_id` says by which sale. `UNREDEEM` gives back what went for a reward. `ESCROW` sets aside
    for one till of a chain, and lets go again. `ELSEWHERE` makes a till's account equal to what
    the server says of it.
    """

    SALE = "sale"
    VOID = "void"
    RETURN = "return"
    MERGE = "merge"
    IMPORT = "import"
    SPEND = "spend"
    GIVE_BACK = "give_back"
    REDEEM = "redeem"
    UNREDEEM = "unredeem"
    BEHAVIOUR = "behaviour"
    EXPIRY = "expiry"
    CORRECTION = "correction"
    ESCROW = "escrow"
    ELSEWHERE = "elsewhere"


class Transfer(Struct, frozen=True):
    """积分转移: `amount` > 0 from `debit` to `credit`; `sale_id` where a sale caused it."""

    id: UUID
    debit: Account
    credit: Account
    amount: int
    cause: Cause
    business_on: date
    rulebook_version: int
    sale_id: UUID | None = None


class Lot(Struct, frozen=True):
    """积分批次: what one earning made; id is that of its transfer. `expires_on` None: never."""

    id: UUID
    member_id: UUID
    amount: int
    earned_on: date
    expires_on: date | None
    rulebook_version: int
    sale_id: UUID | None = None


class LotLeft(Struct, frozen=True):
    """What is left of a lot: its amount less all allocations of it; the lot as it was made.

    `carries_on` is the id under which the chain knows it, where this till has it under another.
    """

    id: UUID
    expires_on: date | None
    left: int
    earned_on: date
    rulebook_version: int
    sale_id: UUID | None = None
    carries_on: UUID | None = None

    @property
    def told_id(self) -> UUID:
        """What it is called in what is told of it."""
        return self.carries_on or self.id

    def is_usable(self, on: date) -> bool:
        """Whether its points can be used on a business date, the last one inclusive."""
        return self.expires_on is None or self.expires_on >= on


def expires_next(lots: Iterable[LotLeft], on: date) -> tuple[date, int] | None:
    """The next business date after which points of these lots are gone, and how many."""
    left: dict[date, int] = {}
    for lot in lots:
        if lot.left and lot.expires_on is not None and lot.is_usable(on):
            left[lot.expires_on] = left.get(lot.expires_on, 0) + lot.left
    return min(left.items(), default=None)


class LotTaken(Struct, frozen=True):
    """What a lot gave to a transfer; the lot as it was made."""

    id: UUID
    taken: int
    earned_on: date
    expires_on: date | None
    rulebook_version: int
    sale_id: UUID | None = None


class Debt(Struct, frozen=True):
    """欠分: what of a transfer out of a member's account no lot could give (> 0)."""

    transfer_id: UUID
    points: int


class Allocation(Struct, frozen=True):
    """分配: how much of a transfer out of a member's account came from one lot (> 0).

    `carries_on`: as of the lot.
    """

    transfer_id: UUID
    lot_id: UUID
    amount: int
    carries_on: UUID | None = None

    @property
    def told_id(self) -> UUID:
        """What the lot is called in what is told of it."""
        return self.carries_on or self.lot_id
