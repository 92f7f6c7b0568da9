"""要问的: what the offers of a rulebook have to be told beside the basket and the member's tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.rulebook.conditions import BirthdayWindow
from core.rulebook.offers import BasketOffer


@dataclass(frozen=True, slots=True)
class Asks:
    """What the conditions of offers ask for: nobody looks for what no offer wants to know.

    `birthdays` are the windows by the id of their offer, `counted` the offers of which it has to be
    known who used them.
    """

    is_any: bool
    stores: bool
    joined: bool
    purchases: bool
    birthdays: dict[str, BirthdayWindow]
    counted: dict[str, BasketOffer]

    @classmethod
    def of(cls, offers: Iterable[BasketOffer]) -> Asks:
        """Sort them once; a rulebook never changes."""
        each = list(offers)
        stores = any(offer.when.stores for offer in each)
        joined = any(offer.when.joined_days for offer in each)
        purchases = any(offer.when.is_first_purchase for offer in each)
        birthdays = {o.id: o.when.birthday for o in each if o.when.birthday is not None}
        counted = {offer.id: offer for offer in each if offer.is_counted}
        is_any = bool(joined or purchases or birthdays or counted)
        return cls(is_any, stores, joined, purchases, birthdays, counted)
