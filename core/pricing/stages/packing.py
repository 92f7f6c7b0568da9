"""装配: which units fill which deal, so that the deals together take off most (domain.md 2).

Of one deal the dearest units fill the first ones: that makes the reduced units of each as dear as
they can be. Where several deals want the same units, every way to share these out among the deals
is tried, up to `MOST_SHARED` of them; beyond, every order of up to three deals (of more the
canonical one alone), each filling as often as it saves: then the quote does not call itself proven
(`core.pricing.search`). Among equals, units of earlier lines first, whatever other deals are on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product
from math import comb

from msgspec import Struct

from core.pricing.working import WorkingLine
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import round_half_up
from core.values.quantity import ONE, is_whole
from core.values.rate import FULL

MOST_SHARED = 64
MOST_ORDERED = 3
Stock = dict[int, int]


class Filled(Struct, frozen=True):
    """A deal filled `times` times by the same (place of the line, units), taking `off_fen` each."""

    deal: Deal
    units: tuple[tuple[int, int], ...]
    off_fen: int
    times: int


class Shelf(Struct, frozen=True):
    """The lines with what a unit of each costs after stage 2: exact, since units are whole."""

    lines: Sequence[WorkingLine]
    unit_fen: list[int]

    @classmethod
    def of(cls, lines: Sequence[WorkingLine]) -> Shelf:
        """The lines as they stand."""
        return cls(lines, [line.net_fen * ONE // line.quantity_milli for line in lines])

    def stock(self) -> Stock:
        """Whole units of each line, by its place."""
        return {place: units_of(line) for place, line in enumerate(self.lines)}


def units_of(line: WorkingLine) -> int:
    """Whole units of a line."""
    return line.quantity_milli // ONE


def can_fill(line: WorkingLine, deal: Deal) -> bool:
    """Whether units of a line may fill a deal."""
    is_counted = line.label_fen is None and not line.product.is_weighed
    return is_counted and line.is_open_to(deal) and is_whole(line.quantity_milli)


def can_be_filled(deal: Deal, lines: Iterable[WorkingLine]) -> bool:
    """Whether there are units enough among lines that may fill the deal."""
    units: dict[str, int] = {}
    for line in lines:
        units[line.code] = units.get(line.code, 0) + units_of(line)
    if isinstance(deal, Bundle):
        return all(units.get(code, 0) >= wanted for code, wanted in deal.parts)
    if isinstance(deal, NthReduced) and deal.is_same_product:
        return max(units.values(), default=0) >= deal.units
    return sum(units.values()) >= deal.units


def competing(lines: Sequence[WorkingLine], deals: Iterable[Deal]) -> list[tuple[Deal, ...]]:
    """The deals in groups that share no line with one another.

    Without those that another deal of their group does better whatever the units.
    """
    groups: list[tuple[set[int], list[tuple[Deal, set[int]]]]] = []
    for deal in deals:
        mine = {place for place, line in enumerate(lines) if can_fill(line, deal)}
        if not mine:
            continue
        places, joined = mine, [(deal, mine)]
        for group in [group for group in groups if not group[0].isdisjoint(mine)]:
            groups.remove(group)
            places, joined = places | group[0], [*group[1], *joined]
        groups.append((places, joined))
    return [_undominated(joined) for _, joined in groups]


def _undominated(deals: list[tuple[Deal, set[int]]]) -> tuple[Deal, ...]:
    if len(deals) == 1:
        return (deals[0][0],)
    return tuple(
        [
            deal
            for deal, mine in deals
            if not any(
                dominates(other, deal)
                and mine <= wide
                and not (_comes_first(deal, other) and dominates(deal, other) and wide <= mine)
                for other, wide in deals
                if other is not deal
            )
        ]
    )


def _comes_first(deal: Deal, other: Deal) -> bool:
    """In canonical order."""
    return (-deal.priority, deal.id) < (-other.priority, other.id)


def dominates(deal: Deal, other: Deal) -> bool:
    """Whether wherever the other is filled, this one saves as much, if it may have the units."""
    if type(deal) is not type(other) or deal.cap_fen is not None or other.is_exclusive:
        return False
    if isinstance(deal, NthReduced) and isinstance(other, NthReduced):
        is_wide = other.is_same_product or not deal.is_same_product
        is_often = deal.units <= other.units and deal.reduced >= other.reduced
        return is_wide and is_often and deal.rate_bp <= other.rate_bp
    if isinstance(deal, AnyFor) and isinstance(other, AnyFor):
        return deal.units == other.units and deal.price_fen <= other.price_fen
    return False


def is_exact(lines: Sequence[WorkingLine], deals: tuple[Deal, ...]) -> bool:
    """Whether `best_packing` tries every way to share units out among these deals."""
    return _ways(lines, _shared(lines, deals)) <= MOST_SHARED


def best_packing(shelf: Shelf, deals: tuple[Deal, ...]) -> list[Filled]:
    """How a group of competing deals is filled."""
    if len(deals) > 1:
        deals = tuple([deal for deal in deals if _alone(shelf, deal)])
    if len(deals) < 2:
        return _alone(shelf, deals[0]) if deals else []
    places = {deal.id: _places(shelf, deal) for deal in deals}
    shared = _shared(shelf.lines, deals)
    is_small = _ways(shelf.lines, shared) <= MOST_SHARED
    packings = (
        _shared_out(shelf, deals, places, shared) if is_small else _ordered(shelf, deals, places)
    )
    best: list[list[Filled]] = []
    most = 0
    for made in packings:
        saved = sum([_saved(deal, filled) for deal, filled in zip(deals, made, strict=True)])
        if saved > most:
            best, most = [], saved
        if saved == most:
            best.append([each for filled in made for each in filled])
    return min(best, key=lambda made: _rank(shelf, made)) if most else []


def _alone(shelf: Shelf, deal: Deal) -> list[Filled]:
    """How a deal is filled that may have all units; what saves nothing so never does."""
    return list(_fill(shelf, deal, _places(shelf, deal), shelf.stock()))


def _shared_out(
    shelf: Shelf,
    deals: tuple[Deal, ...],
    places: dict[str, list[int]],
    shared: dict[int, list[Deal]],
) -> Iterator[list[list[Filled]]]:
    """Every way to share out the units that several want, deal by deal."""
    splits = [list(_splits(units_of(shelf.lines[at]), wants)) for at, wants in shared.items()]
    mine = {deal.id: [at for at, wants in shared.items() if deal in wants] for deal in deals}
    stock = shelf.stock()
    known: dict[tuple[str, tuple[int, ...]], list[Filled]] = {}
    for split in product(*splits):
        part = dict(zip(shared, split, strict=True))
        made = []
        for deal in deals:
            units = tuple([part[at][deal.id] for at in mine[deal.id]])
            if (deal.id, units) not in known:
                some = stock | dict(zip(mine[deal.id], units, strict=True))
                known[deal.id, units] = list(_fill(shelf, deal, places[deal.id], some))
            made.append(known[deal.id, units])
        yield made


def _ordered(
    shelf: Shelf, deals: tuple[Deal, ...], places: dict[str, list[int]]
) -> Iterator[list[list[Filled]]]:
    """One deal after the other, in every order of a few."""
    orders: Iterable[tuple[Deal, ...]] = permutations(deals)
    for order in orders if len(deals) <= MOST_ORDERED else [deals]:
        stock = shelf.stock()
        made = {deal.id: list(_fill(shelf, deal, places[deal.id], stock)) for deal in order}
        yield [made[deal.id] for deal in deals]


def _saved(deal: Deal, filled: list[Filled]) -> int:
    off = sum([each.off_fen * each.times for each in filled])
    return off if deal.cap_fen is None else min(off, deal.cap_fen)


def _shared(lines: Sequence[WorkingLine], deals: tuple[Deal, ...]) -> dict[int, list[Deal]]:
    """Places of lines that more than one deal may take, and which these are."""
    found = {
        place: [deal for deal in deals if can_fill(line, deal)] for place, line in enumerate(lines)
    }
    return {place: wants for place, wants in found.items() if len(wants) > 1}


def _ways(lines: Sequence[WorkingLine], shared: dict[int, list[Deal]]) -> int:
    """How many ways there are to share the units out."""
    ways = 1
    for place, wants in shared.items():
        ways *= comb(units_of(lines[place]) + len(wants) - 1, len(wants) - 1)
    return ways


def _splits(units: int, wants: list[Deal]) -> Iterator[dict[str, int]]:
    """Every way to share units of one line out among deals."""
    if len(wants) == 1:
        yield {wants[0].id: units}
        return
    for mine in range(units, -1, -1):
        for rest in _splits(units - mine, wants[1:]):
            yield {wants[0].id: mine, **rest}


def _rank(shelf: Shelf, made: list[Filled]) -> tuple[list[int], object]:
    """Among packings that take off as much: units of earlier lines first, then earlier deals."""
    units = [0] * len(shelf.lines)
    by_deal: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    for filled in made:
        mine = by_deal.setdefault((-filled.deal.priority, filled.deal.id), [])
        for place, count in filled.units:
            units[place] += count * filled.times
            mine.append((place, -count, -filled.times))
    return [-count for count in units], sorted(by_deal.items())


def _places(shelf: Shelf, deal: Deal) -> list[int]:
    """Where units for a deal stand, the dearest first, among equals the earlier."""
    places = [place for place, line in enumerate(shelf.lines) if can_fill(line, deal)]
    places.sort(key=lambda place: -shelf.unit_fen[place])
    return places


def _fill(shelf: Shelf, deal: Deal, places: list[int], stock: Stock) -> Iterator[Filled]:
    """Fill a deal as often as it saves, and take its units out of the stock."""
    left = deal.cap_fen
    for filled in _fill_all(shelf, deal, places, stock):
        if left is None:
            yield filled
            continue
        times = min(filled.times, -(-left // filled.off_fen))
        _put_back(stock, filled.units, filled.times - times)
        yield Filled(deal, filled.units, filled.off_fen, times)
        left -= filled.off_fen * times
        if left <= 0:
            return


def _fill_all(shelf: Shelf, deal: Deal, places: list[int], stock: Stock) -> Iterator[Filled]:
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
                off = off_fen(shelf, deal, taken)
                if off <= 0:
                    _put_back(stock, taken, times)
                    return
                yield Filled(deal, tuple(taken), off, times)
                taken, count = [], 0
    _put_back(stock, taken, 1)


def _fill_bundle(shelf: Shelf, deal: Bundle, places: list[int], stock: Stock) -> Iterator[Filled]:
    while taken := _one_bundle(shelf, deal, places, stock):
        off = off_fen(shelf, deal, taken)
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


def _put_back(stock: Stock, taken: Iterable[tuple[int, int]], times: int) -> None:
    for place, units in taken:
        stock[place] += units * times


def off_fen(shelf: Shelf, deal: Deal, taken: Sequence[tuple[int, int]]) -> int:
    """What one filled deal takes off its units."""
    prices = [shelf.unit_fen[place] for place, units in taken for _ in range(units)]
    if isinstance(deal, NthReduced):
        cheapest = sum(sorted(prices)[: deal.reduced])
        return round_half_up(cheapest * (FULL - deal.rate_bp), FULL)
    return sum(prices) - deal.price_fen
