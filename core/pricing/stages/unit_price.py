"""会员价 · 特价: the lowest unit price that applies, never above list (domain.md 2, stage 2).

A line could be *special* or take the percentages of stage 4, so both are worked out here and the
cheaper line total wins; at the same price what earns more; then fewer offers, the higher priority,
the lower id. Where domain.md leaves room:

- "Lowest that applies" is the lowest line total in the end: an offer that takes the percentage
  besides may beat one with a lower price that does not. For offers of one kind it is the same.
- "Never above list", and an offer that changes nothing is off: a price that is not lower, or that
  rounds to the same line total, leaves the line as it is, with its percentage and its multiplier.
- "Earns more" compares the multipliers, as if all were paid in earning tenders.
- The percentages are compared as if no offer had a cap.
"""

from __future__ import annotations

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
    offers = working.on.prices
    for line in working.lines:
        product = line.product
        if product.special_price_fen is None and product.member_price_fen is None:
            continue
        if not line.owner:
            _choose(working, line, offers)


def _choose(working: Working, line: WorkingLine, offers: tuple[PriceOffer, ...]) -> None:
    mine = [o for o in working.on.percentages if o.id in line.offers]
    best: PriceOffer | None = None
    best_fen, best_rank = line.list_fen, _rank(working, line, line.list_fen, None, mine)
    lost: list[tuple[PriceOffer, Lost, int]] = []
    special: list[tuple[PriceOffer, int]] = []
    for offer in offers:
        price = price_of(offer, line.product)
        if price is None:
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
            rank = _rank(working, line, fen, offer, mine)
            special.append((offer, rank[0]))
            if rank < best_rank:
                best, best_fen, best_rank = offer, fen, rank
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


def _rank(
    working: Working,
    line: WorkingLine,
    fen: int,
    offer: PriceOffer | None,
    percentages: list[PercentageOffer],
) -> Rank:
    """Where a way to price the line stands: the lowest wins."""
    ids = [] if offer is None else [offer.id]
    priorities = [] if offer is None else [-offer.priority]
    if offer is not None and not offer.takes_percentage:
        return fen, -FULL * FULL, len(ids), tuple(priorities), tuple(ids)
    left = fen
    for percentage, off in percentages_off(fen, percentages, {}):
        left -= off
        ids.append(percentage.id)
        priorities.append(-percentage.priority)
    tier_bp = FULL if working.tier is None else working.tier.multiplier_bp
    earns = -tier_bp * line.multiplier_bp
    return left, earns, len(ids), tuple(sorted(priorities)), tuple(sorted(ids))


def _make_special(working: Working, line: WorkingLine, offer: PriceOffer, fen: int) -> None:
    reason = Reason.MEMBER_PRICE if offer.is_for_members else Reason.SPECIAL_PRICE
    price = price_of(offer, line.product) or 0
    working.adjustments.append(
        Adjustment(
            Stage.UNIT_PRICE, offer.id, line.no, line.net_fen - fen, reason, offer.name, price
        )
    )
    line.net_fen = fen
    line.is_special = True
    line.takes_percentage = offer.takes_percentage
