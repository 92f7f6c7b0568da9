"""可选: which gifts and add-ons a basket has reached, for the counter to offer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.pricing.live import On
from core.pricing.stages.coupon import eligible_fen
from core.pricing.stages.gift import reached_givings
from core.pricing.stages.threshold import measure
from core.pricing.working import Working
from core.rulebook.giving import Giving
from core.rulebook.offers import BasketOffer, CouponOffer, GiftOffer
from core.values.quantity import ONE


class Offered(Struct, frozen=True):
    """One of `products` (by code) may be had at `price_fen` (0: a gift), `units` in all.

    A unit costs `points` besides. `taken` units of the offer are in the basket already. Of the rows
    of one offer one holds.
    """

    offer: str
    label: str
    products: tuple[str, ...]
    units: int
    price_fen: int
    taken: int
    points: int = 0

    @property
    def left(self) -> int:
        """How many more may be chosen."""
        return max(0, self.units - self.taken)


def offered_gifts(working: Working, gifts: Sequence[GiftOffer]) -> Iterator[Offered]:
    """What these offers have reached, as the lines stand after stage 4."""
    for offer in gifts:
        for giving in reached_givings(offer, measure(offer, working.lines)):
            yield _row(working, offer, giving)


def offered_coupons(working: Working, coupons: Sequence[CouponOffer]) -> Iterator[Offered]:
    """What these coupons have reached, as the lines stand after stage 5."""
    for offer in coupons:
        if offer.gives is not None and eligible_fen(working, offer) >= offer.from_fen:
            yield _row(working, offer, offer.gives)


def affordable(working: Working, offered: Sequence[Offered]) -> Iterator[Offered]:
    """As many of them as the member has points for, once the basket is priced."""
    left = max(0, working.points_left)
    for row in offered:
        if row.points:
            had = sum(line.granted_milli for line in working.lines if line.chosen == row.offer)
            row = replace(row, units=min(row.units, had // ONE + left // row.points))
        if row.units:
            yield row


def short_fen(working: Working, live: On) -> int:
    """What is charged for lines that the points were not enough for.

    Offers for different goods are decided apart, and share the points all the same: no quote is
    called proven while they are short.
    """
    costly = {offer.id for offer in live.gifts if any(step.gives.points for step in offer.steps)}
    costly |= {offer.id for offer in live.coupons if offer.gives and offer.gives.points}
    return sum(line.net_fen for line in working.lines if line.is_unmet and line.chosen in costly)


def idle(working: Working, live: On) -> frozenset[str]:
    """Offers from which something could be chosen, and nothing is: they change no price."""
    chosen = {line.chosen for line in working.lines}
    givers = [*live.gifts, *(offer for offer in live.coupons if offer.gives is not None)]
    return frozenset(offer.id for offer in givers if offer.id not in chosen)


def _row(working: Working, offer: BasketOffer, giving: Giving) -> Offered:
    milli = sum(line.quantity_milli for line in working.lines if line.chosen == offer.id)
    return Offered(
        offer.id,
        offer.name,
        giving.products,
        giving.units,
        giving.price_fen,
        milli // ONE,
        giving.points,
    )
