"""卖过的单: what events say of a sale and of what came back of it, as far as tills ask for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from msgspec import Struct

from core.sync.fact import Event
from core.sync.together import PartBack
from core.sync.told import LotOfSale, SpentTold, read_body

SETTLED, VOIDED, CAME_BACK = "SaleSettled", "SaleVoided", "SaleReturned"
ISSUED, WITHDRAWN = "CouponsIssued", "CouponsWithdrawn"


class LineSold(Struct, frozen=True):
    """A line of a basket: its number and how much of it (thousandths)."""

    no: int
    quantity_milli: int


class Coupon(Struct, frozen=True):
    """A code that was presented; codes of offers that anybody knows are used again and again."""

    code: str


class BasketSold(Struct, frozen=True):
    """What was sold, to whom, and the coupons that were presented."""

    sale_id: UUID
    member_id: UUID | None = None
    lines: tuple[LineSold, ...] = ()
    coupons: tuple[Coupon, ...] = ()


class Settled(Struct, frozen=True):
    """A sale: its number, its goods, the lots that it made and took of, the codes it used.

    Earlier events do not say which of the codes that were presented were used.
    """

    basket: BasketSold
    no: str = ""
    lot: LotOfSale | None = None
    spent: SpentTold | None = None
    codes: tuple[str, ...] | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """As far as it is known."""
        if self.codes is not None:
            return self.codes
        return tuple(coupon.code for coupon in self.basket.coupons)


class Voided(Struct, frozen=True):
    """All of a sale came back."""

    sale: UUID


class Returned(Struct, frozen=True):
    """Parts of a sale came back; of each line its number, how much, and what it comes to."""

    sale: UUID
    return_id: UUID = msgspec.field(name="return")
    lines: tuple[tuple[int, ...], ...] = ()

    def parts(self, till_id: UUID) -> tuple[PartBack, ...]:
        """By the till that took them."""
        return tuple(PartBack(self.return_id, till_id, no, milli) for no, milli, *_ in self.lines)


class Issued(Struct, frozen=True):
    """Codes that can be used once each."""

    batch: UUID
    offer: str
    codes: tuple[str, ...]
    member: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class Withdrawn(Struct, frozen=True):
    """Codes of a batch that are worth nothing any more."""

    batch: UUID
    codes: tuple[str, ...]


class Shelved(Struct, frozen=True):
    """兑换品库存: what a till has put on the shelf of a reward in all, less what it took off."""

    stock: tuple[str, int] | None = None


Said = Shelved | Settled | Voided | Returned | Issued | Withdrawn
_KINDS: dict[str, type[Said]] = {
    SETTLED: Settled,
    VOIDED: Voided,
    CAME_BACK: Returned,
    ISSUED: Issued,
    WITHDRAWN: Withdrawn,
    **dict.fromkeys(("RewardsCounted", "RewardRedeemed", "RedemptionUndone"), Shelved),
}


def sold_by(event: Event) -> Said | None:
    """What an event says; None of any other kind. Raises BadRecord."""
    kind = _KINDS.get(event.kind)
    return None if kind is None else read_body(event.data, kind).body
