"""要问的: what the offers of a rulebook have to be told beside the basket and the member's tier."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from core.rulebook.conditions import ALWAYS, BirthdayWindow
from core.rulebook.offers import BasketOffer, Offer, PriceOffer


class Asks(Struct, frozen=True):
    """What the conditions of offers ask for: nobody looks for what no offer wants to know.

    `prices`: some price does not hold all day, everywhere and for everybody. `birthdays` are the
    windows by the id of their offer, `counted` the offers of which it has to be known who used
    them, `in_units` those of which it has to be known of how much.
    """

    is_any: bool
    prices: bool
    stores: bool
    joined: bool
    purchases: bool
    birthdays: dict[str, BirthdayWindow]
    counted: dict[str, BasketOffer]
    in_units: dict[str, Offer]

    @classmethod
    def of(cls, offers: Iterable[Offer]) -> Asks:
        """Sort them once; a rulebook never changes."""
        every = list(offers)
        each = [offer for offer in every if isinstance(offer, BasketOffer)]
        prices = any(
            offer.when != ALWAYS or offer.limits.asks_for_member
            for offer in every
            if isinstance(offer, PriceOffer)
        )
        stores = any(offer.when.stores for offer in every)
        joined = any(offer.when.joined_days for offer in each)
        purchases = any(offer.when.is_first_purchase for offer in each)
        birthdays = {o.id: o.when.birthday for o in each if o.when.birthday is not None}
        counted = {offer.id: offer for offer in each if offer.is_counted}
        in_units: dict[str, Offer] = {
            offer.id: offer
            for offer in every
            if isinstance(offer, BasketOffer | PriceOffer) and offer.limits.has_units
        }
        is_any = bool(joined or purchases or birthdays or counted or in_units)
        return cls(is_any, prices, stores, joined, purchases, birthdays, counted, in_units)
