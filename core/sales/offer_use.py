"""优惠使用: that a sale used an offer that is counted, and what is given back of it.

A use is a sale, however many units it was for. A void gives it back, and so does the return that
brings back the last of the sale: a part that comes back leaves it used, since the benefit was had.
It is given back to the day and to the celebration year in which it was taken.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from msgspec import Struct

from core.rulebook.offers import BasketOffer, CouponOffer

if TYPE_CHECKING:
    from core.members.member import Standing
    from core.pricing.basket import Basket
    from core.pricing.quote import Quote
    from core.rulebook.rulebook import Rulebook
    from core.sales.sale import Sale


class Take(NamedTuple):
    """What a sale takes of an offer: `amount_fen` off it.

    `year` is the celebration year of a birthday benefit, 0 for any other; `code` the code that can
    be used once, and `partner` who bears it; both "" where there is none.
    """

    amount_fen: int
    year: int
    code: str
    partner: str


class OfferUse(Struct, frozen=True):
    """One use: the figures of its `Take`, whose it is, and the day on which it counts."""

    sale_id: UUID
    offer: str
    member_id: UUID | None
    day_id: UUID
    business_on: date
    at_us: int
    amount_fen: int
    year: int = 0
    code: str = ""
    partner: str = ""


class PartnerAccount(Struct, frozen=True):
    """异业账: how many coupons of a partner were used, less those given back, and their cost."""

    partner: str
    uses: int
    amount_fen: int


def uses_of(sale: Sale, rulebook: Rulebook, day_id: UUID) -> tuple[OfferUse, ...]:
    """What a sale used of the offers that are counted."""
    standing, moment = sale.standing, sale.moment
    taken = takes_of(sale.basket, standing, sale.quote, rulebook)
    return tuple(
        OfferUse(
            sale_id=sale.basket.sale_id,
            offer=offer,
            member_id=standing.member_id if standing else None,
            day_id=day_id,
            business_on=moment.business_on,
            at_us=moment.at_us,
            amount_fen=take.amount_fen,
            year=take.year,
            code=take.code,
            partner=take.partner,
        )
        for offer, take in taken.items()
    )


def takes_of(
    basket: Basket, standing: Standing | None, quote: Quote, rulebook: Rulebook
) -> dict[str, Take]:
    """What a priced basket takes of each counted offer that it uses."""
    counted, codes = rulebook.asks.counted, codes_used(basket, quote, rulebook)
    years = {each.offer: each.year for each in standing.birthdays} if standing else {}
    return {
        offer: Take(
            amount_fen=sum(each.amount_fen for each in quote.adjustments if each.offer == offer),
            year=years.get(offer, 0),
            code=codes.get(offer, ""),
            partner=partner_of(counted[offer]),
        )
        for offer in quote.used
    }


def codes_used(basket: Basket, quote: Quote, rulebook: Rulebook) -> dict[str, str]:
    """The codes that a priced basket uses up, by their offers."""
    return {
        coupon.offer: coupon.code
        for coupon in basket.coupons
        if coupon.offer in quote.used and coupon.offer in rulebook.single_use
    }


def partner_of(offer: BasketOffer) -> str:
    """异业: who bears what an offer takes off, "" for the shop itself."""
    return offer.partner if isinstance(offer, CouponOffer) else ""
