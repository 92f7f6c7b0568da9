"""多买优惠: 第二件半价, 买N送M, 任选N件X元, 组合价 (domain.md 2, stage 3).

Which units fill which deal is chosen to minimise the total after this stage
(`core.pricing.stages.packing`). A unit fills one deal at most; a deal that has reached its cap
takes no more units. Whole units only; a price printed by a scale, a line outside of everything and
one with a price by hand fill nothing. Each filled deal is rounded once and spread over its units
by their price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.stages.packing import best_packing, competing, dominates
from core.pricing.stages.shelf import MOST_CHOSEN, Filled, Packing, Shelf, all_units
from core.pricing.working import Working
from core.rulebook.offers import Deal
from core.values.money import allocate


def multi_buy(working: Working) -> None:
    """Fill the deals that are on."""
    if not working.on.deals:
        return
    packings = working.packings
    units = all_units(working.lines) if packings is None else packings.units
    shelf = Shelf.of(working.lines, working.on.percentages if units <= MOST_CHOSEN else ())
    off: dict[tuple[str, int], int] = {}
    groups = competing(working.lines, working.on.deals)
    if working.weighed is not None:
        working.weighed |= _in_the_way(working.on.deals, groups)
    for group in groups:
        caps = {deal.id: deal.cap_fen for deal in group if deal.cap_fen is not None}
        packing = _packed(working, shelf, group)
        if packing.is_weighed and working.weighed is not None:
            # They may be why these units fill the deals, also where they take nothing.
            working.weighed |= shelf.weighed(group)
        for filled in packing.filled:
            for place, part in _spread(shelf, filled, caps):
                off[filled.deal.id, place] = off.get((filled.deal.id, place), 0) + part
    names = {deal.id: deal.name for deal in working.on.deals}
    for (deal, place), part in off.items():
        line = working.lines[place]
        line.net_fen -= part
        line.deal_fen -= part
        if part and working.tried is not None:
            working.tried.add(deal)
        elif part:
            working.adjustments.append(
                Adjustment(Stage.MULTI_BUY, deal, line.no, part, Reason.MULTI_BUY, names[deal])
            )


def _in_the_way(deals: Sequence[Deal], groups: Iterable[tuple[Deal, ...]]) -> set[str]:
    """Deals beside which others fill nothing: these would, were it not for them."""
    kept = [deal for group in groups for deal in group]
    if len(kept) == len(deals):
        return set()
    ids = {deal.id for deal in kept}
    beaten = [deal for deal in deals if deal.id not in ids]
    return {deal.id for deal in kept if any(dominates(deal, each) for each in beaten)}


def _packed(working: Working, shelf: Shelf, group: tuple[Deal, ...]) -> Packing:
    """How a group is filled; worked out once where what is on or off beside changes nothing."""
    if working.packings is None:
        return best_packing(shelf, group)
    return working.packings.find(shelf, group)


def _spread(shelf: Shelf, filled: Filled, caps: dict[str, int]) -> Iterator[tuple[int, int]]:
    """What each line bears of a filled deal; its units go to the deal at their full price first."""
    deal = filled.deal
    weights = [shelf.unit_fen[place] * units for place, units in filled.units]
    rounds = [(filled.off_fen, filled.times)]
    if deal.id in caps:
        rounds = []
        for _ in range(filled.times):
            rounds.append((min(filled.off_fen, caps[deal.id]), 1))
            caps[deal.id] -= rounds[-1][0]
    for off, times in rounds:
        for (place, _), weight, part in zip(
            filled.units, weights, allocate(off, weights), strict=True
        ):
            shelf.lines[place].deal_fen += weight * times
            yield place, part * times
