"""多买优惠: 第二件半价, 买N送M, 任选N件X元, 组合价 (domain.md 2, stage 3).

Which units fill which deal is chosen to minimise the total after this stage; among equals, units
of earlier lines first. A unit fills one deal at most. Where a unit can fill one deal only, the
choice is the best there is: of one kind of deal the dearest units fill the first ones, so that the
reduced units of each are as dear as they can be. Where several deals want the same units, every
order of the deals is tried (of more than three the canonical one alone), each filling as often as
it saves: then the quote does not call itself proven (`core.pricing.best`).

Whole units only; a price printed by a scale, a line outside of everything and one with a price by
hand fill nothing. Each filled deal is rounded once and spread over its units by their price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import allocate, round_half_up
from core.values.quantity import ONE, is_whole
from core.values.rate import FULL

MOST_ORDERED = 3
Stock = dict[int, int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A deal filled `times` times by the same (place of the line, units), taking `off_fen` each."""

    deal: Deal
    units: tuple[tuple[int, int], ...]
    off_fen: int
    times: int


def multi_buy(working: Working) -> None:
    """Fill the deals that are on."""
    if not working.on.deals:
        return
    shelf = Shelf.of(working.lines)
    off: dict[tuple[Deal, int], int] = {}
    for group in competing(working.lines, working.on.deals):
        caps = {deal.id: deal.cap_fen for deal in group if deal.cap_fen is not None}
        for filled in _best(shelf, group):
            for place, part in _spread(shelf, filled, caps):
                off[filled.deal, place] = off.get((filled.deal, place), 0) + part
    for (deal, place), part in off.items():
        line = working.lines[place]
        line.net_fen -= part
        line.deal_fen -= part
        if part:
            working.adjustments.append(
                Adjustment(Stage.MULTI_BUY, deal.id, line.no, part, Reason.MULTI_BUY, deal.name)
            )


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lines with what a unit of each costs after stage 2: exact, since units are whole."""

    lines: Sequence[WorkingLine]
    unit_fen: list[int]

    @classmethod
    def of(cls, lines: Sequence[WorkingLine]) -> Shelf:
        """The lines as they stand."""
        return cls(lines, [line.net_fen * ONE // line.quantity_milli for line in lines])

    def stock(self) -> Stock:
        """Whole units of each line, by its place."""
        return {place: line.quantity_milli // ONE for place, line in enumerate(self.lines)}


def can_fill(line: WorkingLine, deal: Deal) -> bool:
    """Whether units of a line may fill a deal."""
    is_part = not isinstance(deal, Bundle) or any(line.code == code for code, _ in deal.parts)
    is_counted = line.label_fen is None and not line.product.is_weighed
    return is_part and is_counted and is_whole(line.quantity_milli) and line.is_open_to(deal)


def competing(lines: Sequence[WorkingLine], deals: Iterable[Deal]) -> list[tuple[Deal, ...]]:
    """The deals in groups that share no line with one another."""
    groups: list[tuple[set[int], list[Deal]]] = []
    for deal in deals:
        places = {place for place, line in enumerate(lines) if can_fill(line, deal)}
        if not places:
            continue
        joined = [deal]
        for group in [group for group in groups if group[0] & places]:
            groups.remove(group)
            places |= group[0]
            joined = [*group[1], *joined]
        groups.append((places, joined))
    return [tuple(joined) for _, joined in groups]


def _best(shelf: Shelf, deals: tuple[Deal, ...]) -> list[Filled]:
    orders: Iterable[tuple[Deal, ...]] = [deals]
    if 1 < len(deals) <= MOST_ORDERED:
        orders = permutations(deals)
    places = {deal.id: _places(shelf, deal) for deal in deals}
    best: list[Filled] = []
    most = 0
    for order in orders:
        stock = shelf.stock()
        made = [f for deal in order for f in _fill(shelf, deal, places[deal.id], stock)]
        saved = sum(filled.off_fen * filled.times for filled in made)
        if saved > most:
            best, most = made, saved
    return best


def _places(shelf: Shelf, deal: Deal) -> list[int]:
    """Where units for a deal stand, the dearest first, among equals the earlier."""
    places = [place for place, line in enumerate(shelf.lines) if can_fill(line, deal)]
    places.sort(key=lambda place: -shelf.unit_fen[place])
    return places


def _fill(shelf: Shelf, deal: Deal, places: list[int], stock: Stock) -> Iterator[Filled]:
    """Fill a deal as often as it saves, and take its units out of the stock."""
    lines = shelf.lines
    if isinstance(deal, Bundle):
        yield from _fill_bundle(shelf, deal, places, stock)
    elif isinstance(deal, NthReduced) and deal.is_same_product:
        for code in dict.fromkeys(lines[place].code for place in places):
            same = [place for place in places if lines[place].code == code]
            yield from _fill_rows(shelf, deal, same, stock)
    else:
        yield from _fill_rows(shelf, deal, places, stock)


def _fill_rows(
    shelf: Shelf, deal: NthReduced | AnyFor, places: list[int], stock: Stock
) -> Iterator[Filled]:
    """Units in a row from the dearest down; equal deals of one line are filled together."""
    taken: list[tuple[int, int]] = []
    count = 0
    for place in places:
        while stock[place]:
            times = 1
            if count == 0 and stock[place] >= deal.units:
                units, times = deal.units, stock[place] // deal.units
            else:
                units = min(stock[place], deal.units - count)
            taken.append((place, units))
            count += units
            stock[place] -= units * times
            if count == deal.units:
                off = _off(shelf, deal, taken)
                if off <= 0:
                    _put_back(stock, taken, times)
                    return
                yield Filled(deal, tuple(taken), off, times)
                taken, count = [], 0
    _put_back(stock, taken, 1)


def _fill_bundle(shelf: Shelf, deal: Bundle, places: list[int], stock: Stock) -> Iterator[Filled]:
    while taken := _one_bundle(shelf, deal, places, stock):
        off = _off(shelf, deal, taken)
        if off <= 0:
            _put_back(stock, taken, 1)
            return
        more = min(stock[place] // units for place, units in taken)
        for place, units in taken:
            stock[place] -= units * more
        yield Filled(deal, tuple(taken), off, 1 + more)


def _one_bundle(
    shelf: Shelf, deal: Bundle, places: list[int], stock: Stock
) -> list[tuple[int, int]]:
    """The dearest units that make one, out of the stock; none where a part is missing."""
    taken: list[tuple[int, int]] = []
    for code, wanted in deal.parts:
        for place in places:
            if shelf.lines[place].code == code and wanted and stock[place]:
                units = min(wanted, stock[place])
                taken.append((place, units))
                stock[place] -= units
                wanted -= units
        if wanted:
            _put_back(stock, taken, 1)
            return []
    return taken


def _put_back(stock: Stock, taken: list[tuple[int, int]], times: int) -> None:
    for place, units in taken:
        stock[place] += units * times


def _off(shelf: Shelf, deal: Deal, taken: list[tuple[int, int]]) -> int:
    prices = [shelf.unit_fen[place] for place, units in taken for _ in range(units)]
    if isinstance(deal, NthReduced):
        cheapest = sum(sorted(prices)[: deal.reduced])
        return round_half_up(cheapest * (FULL - deal.rate_bp), FULL)
    return sum(prices) - deal.price_fen


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
        for (place, units), weight, part in zip(
            filled.units, weights, allocate(off, weights), strict=True
        ):
            line = shelf.lines[place]
            line.deal_fen += weight * times
            line.deal_milli += units * ONE * times
            yield place, part * times
