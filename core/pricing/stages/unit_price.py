"""会员价 · 特价: the lowest unit price that applies, never above list (domain.md 2, stage 2).

A line could be *special* or take the percentages of stage 4, so both are worked out here and the
cheaper line total wins; at the same price what earns more; then fewer offers, the higher priority,
the lower id. Where domain.md leaves room:

- "Lowest that applies" is the lowest line total in the end: an offer that takes the percentage
  besides may beat one with a lower price that does not. For offers of one kind it is the same.
- "Never above list", and an offer that changes nothing is off: a price that is not lower, or that
  rounds to the same line total, leaves the line as it is, with its percentage and its multiplier.
- "Earns more" compares the multipliers, as if all were paid in earning tenders; nothing is earned
  of nothing, by nobody, or where the rulebook gives no points.
- Of a percentage with a cap no more is counted than its cap leaves after earlier lines, as if there
  were no deals of stage 3: these may leave more of it, never less.
"""

from __future__ import annotations

from msgspec import Struct

from core.catalog.product import Product
from core.pricing.adjustment import Adjustment, Lost, Reason, Rejected, Stage
from core.pricing.stages.list_price import at_price
from core.pricing.stages.percentage import percentages_off
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import PercentageOffer, PriceOffer
from core.values.rate import FULL

# Fen, less its multiplier, number of offers, their priorities highest first, their ids.
Rank = tuple[int, int, int, tuple[int, ...], tuple[str, ...]]
_KEPT_OUT = (Lost.OUTSIDE, Lost.BY_HAND)


def unit_price(working: Working) -> None:
    """Make every line special that is better off so."""
    on = working.on
    left_of_cap = {o.id: o.cap_fen for o in on.percentages if o.cap_fen is not None}
    for line in working.lines:
        product = line.product
        has_price = product.special_price_fen is not None or product.member_price_fen is not None
        if has_price and not line.owner:
            _choose(working, line, on.prices, left_of_cap)
        if left_of_cap:
            _use_up(line, on.percentages, left_of_cap)


def _use_up(
    line: WorkingLine, offers: tuple[PercentageOffer, ...], left_of_cap: dict[str, int]
) -> None:
    """What the percentages of a line leave of their caps to later lines."""
    if not line.takes_percentage:
        return
    mine = [offer for offer in offers if line.is_open_to(offer)]
    for offer, off in percentages_off(line.net_fen, mine, left_of_cap):
        if offer.id in left_of_cap:
            left_of_cap[offer.id] -= off


def _choose(
    working: Working,
    line: WorkingLine,
    offers: tuple[PriceOffer, ...],
    left_of_cap: dict[str, int],
) -> None:
    mine = [o for o in working.on.percentages if o.id in line.offers]
    best: PriceOffer | None = None
    ways = Ways(working, line, mine, left_of_cap)
    best_fen, best_rank = line.list_fen, ways.rank(line.list_fen, None)
    fens = [best_rank[0]]
    lost: list[tuple[PriceOffer, Lost, int]] = []
    special: list[tuple[PriceOffer, int]] = []
    for offer in offers:
        price = price_of(offer, line.product)
        if price is None or offer.id in line.barred:
            continue
        fen = min(line.list_fen, at_price(line, price))
        if line.is_outside:
            lost.append((offer, Lost.OUTSIDE, fen))
        elif line.is_by_hand:
            lost.append((offer, Lost.BY_HAND, fen))
        elif fen == line.list_fen:
            lost.append((offer, Lost.NOT_LOWER, line.list_fen))
        elif offer.is_for_members and working.tier is None:
            lost.append((offer, Lost.MEMBERS_ONLY, fen))
        else:
            rank = ways.rank(fen, offer)
            special.append((offer, rank[0]))
            fens.append(rank[0])
            if rank < best_rank:
                best, best_fen, best_rank = offer, fen, rank
    if working.weighed is not None and fens.count(best_rank[0]) > 1:
        working.weighed.update([o.id for o in working.on.points if o.id in line.offers])
    if working.tried is not None:
        if best is not None:
            working.tried.add(best.id)
            _put_price(line, best, best_fen)
        return
    beaten = Lost.PERCENTAGE_BETTER if best is None else Lost.PRICE_BETTER
    lost += [(offer, beaten, fen) for offer, fen in special if offer is not best]
    for offer, why, fen in lost:
        dearer = 0 if why in _KEPT_OUT else max(0, fen - best_rank[0])
        working.rejected.append(Rejected(offer.id, line.no, why, dearer, offer.name))
    if best is not None:
        _make_special(working, line, best, best_fen)


def price_of(offer: PriceOffer, product: Product) -> int | None:
    """Fen of a unit at an offer's price, None where the product has none."""
    return product.member_price_fen if offer.is_for_members else product.special_price_fen


class Ways(Struct, frozen=True):
    """The ways to price a line, with what its percentages may take."""

    working: Working
    line: WorkingLine
    percentages: list[PercentageOffer]
    left_of_cap: dict[str, int]

    def rank(self, fen: int, offer: PriceOffer | None) -> Rank:
        """Where a way stands, at a price or at list: the lowest wins."""
        working = self.working
        ids = [] if offer is None else [offer.id]
        priorities = [] if offer is None else [-offer.priority]
        if offer is not None and not offer.takes_percentage:
            return fen, self._earns(fen, FULL * FULL), len(ids), tuple(priorities), tuple(ids)
        left = fen
        for percentage, off in percentages_off(fen, self.percentages, self.left_of_cap):
            left -= off
            ids.append(percentage.id)
            priorities.append(-percentage.priority)
            if working.weighed is not None:
                working.weighed.add(percentage.id)
        tier_bp = FULL if working.tier is None else working.tier.multiplier_bp
        earns = self._earns(left, tier_bp * self.line.multiplier_bp)
        return left, earns, len(ids), tuple(sorted(priorities)), tuple(sorted(ids))

    def _earns(self, fen: int, multiplier: int) -> int:
        """What is multiplied so is the better the more it is, where anything is earned."""
        working = self.working
        earns = fen and working.tier is not None and working.rulebook.points.points
        return -multiplier if earns else 0


def _make_special(working: Working, line: WorkingLine, offer: PriceOffer, fen: int) -> None:
    reason = Reason.MEMBER_PRICE if offer.is_for_members else Reason.SPECIAL_PRICE
    price = price_of(offer, line.product) or 0
    working.adjustments.append(
        Adjustment(
            Stage.UNIT_PRICE, offer.id, line.no, line.net_fen - fen, reason, offer.name, price
        )
    )
    _put_price(line, offer, fen)


def _put_price(line: WorkingLine, offer: PriceOffer, fen: int) -> None:
    line.net_fen = fen
    line.is_special = True
    line.takes_percentage = offer.takes_percentage
