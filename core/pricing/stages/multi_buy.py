"""多买优惠: 第二件半价, 买N送M, 任选N件X元, 组合价 (domain.md 2, stage 3).

Which units fill which deal is chosen to minimise the total after this stage
(`core.pricing.stages.packing`). A unit fills one deal at most; a deal that has reached its cap
takes no more units. Whole units only; a price printed by a scale, a line outside of everything and
one with a price by hand fill nothing. Each filled deal is rounded once and spread over its units
by their price.

Of two ways that save the same the one that leaves more to percentages is taken. One with a cap is
first left aside, then counted on each line as if it stood alone there, and of several each of them
so beside each other; the cheapest of what is found so is taken, among equals the first. Of several
that is not the best for sure, and then not called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.stages.forgone import percentages_alone_fen, percentages_fen
from core.pricing.stages.packing import best_packing, competing, dominates
from core.pricing.stages.shelf import MOST_CHOSEN, Filled, Packing, Shelf, all_units
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import Deal, PercentageOffer
from core.values.money import MAX_FEN, allocate

# Of so many percentages with a cap all are tried beside each other.
MOST_CAPS = 3


def multi_buy(working: Working) -> None:
    """Fill the deals that are on."""
    if not working.on.deals:
        return
    off: dict[tuple[str, int], int] = {}
    groups = competing(working.lines, working.on.deals)
    if working.weighed is not None:
        working.weighed |= _in_the_way(working.on.deals, groups)
    caps = {deal.id: deal.cap_fen for deal in working.on.deals if deal.cap_fen is not None}
    shelf, packed = _all_packed(working, groups)
    for filled in [each for packing in packed for each in packing.filled]:
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


def _all_packed(
    working: Working, groups: Sequence[tuple[Deal, ...]]
) -> tuple[Shelf, list[Packing]]:
    """How all groups are filled; of two ways that save most, what leaves more to percentages."""
    units = all_units(working.lines) if working.packings is None else working.packings.units
    rates = working.on.percentages if units <= MOST_CHOSEN else ()
    capped = [each for each in rates if each.cap_fen is not None]
    shelf = Shelf.of(working.lines, [each for each in rates if each.cap_fen is None])
    packed = [_packed(working, shelf, group) for group in groups]
    if not capped:
        return shelf, packed
    full = Shelf.of(working.lines, rates)
    for at, group in enumerate(groups):
        mine = [each for each in capped if full.has_any([each], group)]
        if mine:
            packed = _beside_caps(working, full, packed, at, group, mine)
    return shelf, packed


def _beside_caps(
    working: Working,
    full: Shelf,
    packed: list[Packing],
    at: int,
    group: tuple[Deal, ...],
    capped: list[PercentageOffer],
) -> list[Packing]:
    """The same with one group filled in the way that leaves most to percentages with a cap.

    Those that are left aside take no more than their caps, and those that are counted no more than
    alone: where two or more leave less than that, other units could leave more.
    """
    best, most_fen = packed, MAX_FEN
    fen = _percentages_fen(full, packed)
    for counted in _some_of(capped):
        rates = [each for each in full.percentages if each.cap_fen is None or each in counted]
        shelf = Shelf.of(working.lines, rates)
        others = packed.copy()
        if counted:
            others[at] = _packed(working, shelf, group)
        found = _percentages_fen(full, others)
        if packed[at].is_best and others[at].is_best and found > fen:
            best, fen = others, found
        if others[at].is_first:
            aside = [each.cap_fen or 0 for each in full.percentages if each not in rates]
            most_fen = min(
                most_fen, percentages_alone_fen(_left(shelf, others), rates) + sum(aside)
            )
    if len(capped) > 1 and fen < most_fen and working.packings is not None:
        working.packings.is_best = False
    return best


def _some_of(capped: list[PercentageOffer]) -> Iterator[tuple[PercentageOffer, ...]]:
    """None, each alone, and more of them; of many only all."""
    sizes = range(len(capped) + 1) if len(capped) <= MOST_CAPS else (0, 1, len(capped))
    return chain.from_iterable([combinations(capped, size) for size in sizes])


def _percentages_fen(shelf: Shelf, packed: Iterable[Packing]) -> int:
    """What percentages take of the units that fill nothing."""
    return percentages_fen(_left(shelf, packed), shelf.percentages)


def _left(shelf: Shelf, packed: Iterable[Packing]) -> list[tuple[WorkingLine, int]]:
    """What the units of each line that fill nothing cost."""
    left = [line.net_fen for line in shelf.lines]
    for filled in [each for packing in packed for each in packing.filled]:
        for place, units in filled.units:
            left[place] -= units * filled.times * shelf.unit_fen[place]
    return list(zip(shelf.lines, left, strict=True))


def _packed(working: Working, shelf: Shelf, group: tuple[Deal, ...]) -> Packing:
    """How a group is filled; worked out once where what is on or off beside changes nothing."""
    if working.packings is None:
        return best_packing(shelf, group)
    packing = working.packings.find(shelf, group)
    if packing.is_weighed and working.weighed is not None:
        # They may be why these units fill the deals, also where they take nothing.
        working.weighed |= shelf.weighed(group)
    return packing


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
