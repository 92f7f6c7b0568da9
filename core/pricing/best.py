"""最优: which offers are on: the combination with the lowest payable after stage 6 (domain.md 2).

An offer is on or off for the whole basket. Most never compete: a percentage can do no harm where
no threshold, minimum, deal, group or exclusive offer looks at what it leaves. Those that do fall
into parts that share no line, and each part is decided by itself (`core.pricing.search`).

Up to `MOST_PROVEN` competing offers in a part the answer is proven; beyond, no more than
`MOST_VISITED` choices are looked at, whatever the time, and the quote says how far from the
optimum it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.pricing.live import On, in_order
from core.pricing.search import Search, touches
from core.pricing.stages.gift import reached_givings
from core.pricing.stages.list_price import list_price
from core.pricing.stages.price_by_hand import price_by_hand
from core.pricing.stages.threshold import measure, reduction
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import BasketOffer, CouponOffer, GiftOffer, Offer, Threshold


@dataclass(frozen=True, slots=True)
class Choice:
    """What is on. `gap_fen`: how much lower the payable could be where it is not proven.

    `unreached` are the ids of offers that nothing here could reach.
    """

    on: On
    is_proven: bool = True
    gap_fen: int = 0
    unreached: frozenset[str] = frozenset()


def choose(working: Working, live: On) -> Choice:
    """The best offers of those that could touch the basket."""
    _begin(working, live)
    unreached = _unreached(working, live)
    live = live.only({offer.id for offer in live.all} - unreached)
    rivals = _competing(live)
    if not rivals:
        return Choice(live, unreached=unreached)
    ids = {offer.id for offer in live.all}
    proven, gap = True, 0
    for lines, some in _parts(working, live, rivals):
        search = Search(working.part(lines, live), some, working.discount)
        search.run()
        ids -= {offer.id for offer in some} - search.best_ids
        proven, gap = proven and search.is_proven, gap + search.gap_fen
    return Choice(live.only(ids), proven, gap, unreached)


def _begin(working: Working, on: On) -> None:
    """List prices and prices by hand, so that lines know which offers they are open to."""
    part = working.part(working.lines, on)
    for line in working.lines:
        line.restart()
    for stage in (list_price, price_by_hand):
        stage(part)


def _unreached(working: Working, live: On) -> frozenset[str]:
    """Offers that touch no line, or that even the list price does not reach."""
    lines = working.lines
    gone = {
        offer.id
        for offer in (*live.deals, *live.thresholds, *live.coupons)
        if not any(line.is_open_to(offer) for line in lines)
    }
    for offer in live.thresholds:
        if reduction(offer, measure(offer, lines)) == 0 and not offer.is_exclusive:
            gone.add(offer.id)
    for gift in live.gifts:
        if not reached_givings(gift, measure(gift, lines)):
            gone.add(gift.id)
    for coupon in live.coupons:
        fen = sum(line.net_fen for line in lines if line.is_open_to(coupon))
        if fen < coupon.from_fen:
            gone.add(coupon.id)
    return frozenset(gone)


def _competing(live: On) -> tuple[Offer, ...]:
    """The offers of which turning one on could cost something somewhere."""
    offers = live.basket_offers
    minimums = [offer for offer in live.coupons if offer.from_fen]
    is_measured = bool(live.thresholds or live.gifts or minimums or live.deals)
    is_contested = any(offer.group or offer.is_exclusive for offer in offers)
    if not is_measured and not is_contested:
        return ()
    rivals: list[Offer] = []
    if is_measured or any(offer.is_exclusive for offer in offers):
        rivals += live.prices
    for offer in offers:
        is_early = offer in live.deals or (offer in live.percentages and is_measured)
        gates = isinstance(offer, Threshold) and bool(minimums)
        if offer.group or offer.is_exclusive or is_early or gates:
            rivals.append(offer)
    return tuple(sorted(rivals, key=in_order))


def _parts(
    working: Working, live: On, rivals: tuple[Offer, ...]
) -> list[tuple[list[WorkingLine], tuple[Offer, ...]]]:
    """Lines and competing offers that share nothing with the others; a group keeps together."""
    joined: list[tuple[set[int], set[str], list[Offer]]] = []
    for offer in live.all:
        places = {at for at, line in enumerate(working.lines) if touches(offer, line)}
        group = {offer.group} if isinstance(offer, BasketOffer) and offer.group else set()
        mine = [offer] if offer in rivals else []
        if not mine and not isinstance(offer, Threshold | GiftOffer | CouponOffer):
            continue
        for part in [each for each in joined if each[0] & places or each[1] & group]:
            joined.remove(part)
            places, group, mine = places | part[0], group | part[1], part[2] + mine
        joined.append((places, group, mine))
    in_turn = {offer.id: at for at, offer in enumerate(rivals)}
    return [
        (
            [working.lines[at] for at in sorted(places)],
            tuple(sorted(mine, key=lambda offer: in_turn[offer.id])),
        )
        for places, _, mine in joined
        if mine
    ]
