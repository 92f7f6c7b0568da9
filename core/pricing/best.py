"""最优: which offers are on: the combination with the lowest payable after stage 6 (domain.md 2).

An offer is on or off for the whole basket. Most never compete: a percentage can do no harm where
no threshold, minimum, deal, group or exclusive offer looks at what it leaves. Those that do fall
into parts that share no line, and each part is decided by itself (`core.pricing.search`).

Up to `MOST_PROVEN` competing offers in a part the answer is proven; beyond, and where deals hang
together too closely, no more than so many steps are taken (`core.pricing.effort`), whatever the
time, and the quote says how far from the optimum it can be.
"""

from __future__ import annotations

from msgspec import Struct

from core.pricing.cluster import find_touching
from core.pricing.live import On
from core.pricing.minimum import Minima, is_below_minimum
from core.pricing.rank import earned_by, is_used_up
from core.pricing.search import Search
from core.pricing.stages.gift import reached_givings
from core.pricing.stages.list_price import list_price
from core.pricing.stages.percentage import percentages_off
from core.pricing.stages.price_by_hand import price_by_hand
from core.pricing.stages.shelf import can_be_filled, can_fill
from core.pricing.stages.threshold import measure, reduction
from core.pricing.together import Alike, best_together
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import BasketOffer


class Choice(Struct, frozen=True):
    """What is on. `gap_fen`: how much lower the payable could be where it is not proven.

    `unreached` are the ids of offers that nothing here could reach, or that do not reach their
    minimum beside the exclusive offers that are on.
    """

    on: On
    is_proven: bool = True
    gap_fen: int = 0
    unreached: frozenset[str] = frozenset()


def choose(working: Working, live: On) -> Choice:
    """The best offers of those that could touch the basket."""
    start(working, live)
    find_touching(working.lines, live)
    unreached = _unreached(working, live)
    live = live.only({offer.id for offer in live.all} - unreached)
    if not _is_contested(live) and not any(_is_tied(line, live) for line in working.lines):
        return Choice(live, unreached=unreached)
    ids = {offer.id for offer in live.all}
    proven, gap = True, 0
    placed, found = set[int](), list[list[Alike]]()
    for part in _parts(working, live):
        search = Search(part, working.discount)
        search.run()
        found.append(search.alike)
        ids -= {offer.id for offer in part.on.all}
        placed |= {line.no for line in part.lines}
        proven, gap = proven and search.is_proven, gap + search.gap_fen
    rest = earned_by(working, [line for line in working.lines if line.no not in placed])
    for alike in best_together(working, rest, found):
        ids |= alike.ids
    minima = Minima(live, working.lines)
    kept_from = {name for name in minima.in_doubt - ids if name in minima.below({*ids, name})}
    return Choice(live.only(ids), proven, gap, unreached | kept_from)


def start(working: Working, on: On) -> None:
    """List prices and prices by hand, so that lines know which offers they are open to."""
    part = working.part(working.lines, on)
    for line in working.lines:
        line.restart()
    for stage in (list_price, price_by_hand):
        stage(part)


def _unreached(working: Working, live: On) -> frozenset[str]:
    """Offers that touch no line, or that even the list price does not reach."""
    lines = working.lines
    touched = frozenset().union(*[line.touching for line in lines])
    gone = {
        offer.id
        for offer in (*live.deals, *live.thresholds, *live.coupons)
        if offer.id not in touched
    }
    for deal in live.deals:
        fit = [line for line in lines if can_fill(line, deal)]
        if not can_be_filled(deal, fit) and not deal.is_exclusive:
            gone.add(deal.id)
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
    gone |= {offer.id for offer in live.basket_offers if is_below_minimum(offer, lines)}
    return frozenset(gone)


def _is_contested(live: On) -> bool:
    """Whether turning an offer on could cost something somewhere, be it a benefit used up."""
    if live.deals or live.thresholds or live.gifts or live.coupons:
        return True
    if any(offer.cap_fen is not None for offer in live.percentages):
        return True
    if len(live.percentages) > 1 and any(is_used_up(offer) for offer in live.percentages):
        return True
    return any(offer.group or offer.is_exclusive for offer in live.basket_offers)


def _is_tied(line: WorkingLine, live: On) -> bool:
    """Whether one of the percentages of a line could be left off for nothing: rounding hides it.

    One that two take as much of, too. Fewer offers are better then, and which ones is a choice.
    """
    mine = [offer for offer in live.percentages if offer.id in line.touching]
    if len(mine) < 2:
        return False
    if any(price.takes_percentage and price.id in line.touching for price in live.prices):
        return True
    taken = list(percentages_off(line.net_fen, mine, {}))
    fen = sum([off for _, off in taken])
    return any(
        sum([off for _, off in percentages_off(line.net_fen, others, {})]) == fen
        for others in [[each for each in mine if each is not used] for used, _ in taken]
    )


def _parts(working: Working, live: On) -> list[Working]:
    """Lines that share no offer with the others, with theirs; a group keeps together."""
    joined: list[tuple[set[int], set[str], set[str]]] = []
    for offer in live.all:
        places = {at for at, line in enumerate(working.lines) if offer.id in line.touching}
        if not places:
            continue
        groups = {offer.group} if isinstance(offer, BasketOffer) and offer.group else set()
        ids = {offer.id}
        for part in [each for each in joined if each[0] & places or each[1] & groups]:
            joined.remove(part)
            places, groups, ids = places | part[0], groups | part[1], ids | part[2]
        joined.append((places, groups, ids))
    is_shared = working.discount is not None or any(line.chosen for line in working.lines)
    if is_shared and joined:
        # What a person takes off the basket, and points that add-ons cost, are one for all lines.
        everything = set(range(len(working.lines)))
        joined = [(everything, set(), {name for part in joined for name in part[2]})]
    return [
        working.part([working.lines[at] for at in sorted(places)], live.only(ids))
        for places, _, ids in joined
    ]
