"""填装: a deal filled with units that it may have, as often as it saves.

The dearest units fill the first ones: that makes the reduced units of each as dear as they can be.
Where several units are reduced and their sum is rounded, all ways to put them together are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.pricing.effort import OF_A_STATE, Effort
from core.pricing.stages.shelf import Filled, Shelf, Stock, can_fill
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import round_half_up
from core.values.rate import FULL

# So many ways to put units together are followed at a time, and so many with little effort left.
MOST_WAYS = 100
FEW_WAYS = 8

Row = tuple[tuple[int, ...], tuple[int, ...], int]
State = tuple[int, tuple[tuple[int, int], ...]]


def places_for(shelf: Shelf, deal: Deal) -> list[int]:
    """Where units for a deal stand, the dearest first, among equals the earlier."""
    places = [place for place, line in enumerate(shelf.lines) if can_fill(line, deal)]
    places.sort(key=lambda place: -shelf.unit_fen[place])
    return places


def fill(shelf: Shelf, deal: Deal, places: list[int], stock: Stock) -> Iterator[Filled]:
    """Fill a deal as often as it saves, and take its units out of the stock."""
    left = deal.cap_fen
    for filled in _fill_all(shelf, deal, places, stock):
        if left is None:
            yield filled
            continue
        times = min(filled.times, -(-left // filled.off_fen))
        put_back(stock, filled.units, filled.times - times)
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
                    put_back(stock, taken, times)
                    return
                yield Filled(deal, tuple(taken), off, times)
                taken, count = [], 0
    put_back(stock, taken, 1)


def _fill_bundle(shelf: Shelf, deal: Bundle, places: list[int], stock: Stock) -> Iterator[Filled]:
    while taken := _one_bundle(shelf, deal, places, stock):
        off = off_fen(shelf, deal, taken)
        if off <= 0:
            put_back(stock, taken, 1)
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
            put_back(stock, taken, 1)
            return []
    return taken


def put_back(stock: Stock, taken: Iterable[tuple[int, int]], times: int) -> None:
    """Give the units of so many fillings back to the stock."""
    for place, units in taken:
        stock[place] += units * times


def off_fen(shelf: Shelf, deal: Deal, taken: Sequence[tuple[int, int]]) -> int:
    """What one filled deal takes off its units."""
    prices = [shelf.unit_fen[place] for place, units in taken for _ in range(units)]
    if isinstance(deal, NthReduced):
        cheapest = sum(sorted(prices)[: deal.reduced])
        return round_half_up(cheapest * (FULL - deal.rate_bp), FULL)
    return sum(prices) - deal.price_fen


class Rows(Struct, frozen=True):
    """Units put together so far: what full rows save, paid units that wait, rows begun and full.

    A row is of paid and of reduced units, by place; the fraction of a fen that its reduced ones
    have saved so far stands beside.
    """

    saved_fen: int = 0
    waiting: tuple[int, ...] = ()
    begun: tuple[Row, ...] = ()
    full: tuple[Row, ...] = ()

    @property
    def state(self) -> State:
        """All that matters for the units that follow."""
        return len(self.waiting), tuple(sorted([(len(row[1]), row[2]) for row in self.begun]))

    def needs(self, deal: NthReduced) -> int:
        """So many units at least before none waits and no row is begun."""
        begun = sum([deal.reduced - len(row[1]) for row in self.begun])
        return begun + -(-len(self.waiting) // (deal.units - deal.reduced)) * deal.reduced

    @property
    def saved(self) -> int:
        """What they save so far, in ten-thousandths of a fen."""
        return self.saved_fen * FULL + sum([row[2] for row in self.begun])


def fill_rounded(
    shelf: Shelf, deal: NthReduced, places: list[int], units: Stock, effort: Effort
) -> list[Filled]:
    """All of these units in the fillings whose sums together round best.

    Where there are very many ways, in fillings that do so about as well.
    """
    found: list[Filled] = []
    for code in dict.fromkeys([shelf.lines[at].code for at in places]):
        same = [at for at in places if not deal.is_same_product or shelf.lines[at].code == code]
        for row in _best_rows(shelf, deal, [at for at in same for _ in range(units[at])], effort):
            taken = [(at, (*row[0], *row[1]).count(at)) for at in dict.fromkeys(row[0] + row[1])]
            found.append(Filled(deal, tuple(taken), off_fen(shelf, deal, taken), 1))
        if not deal.is_same_product:
            break
    return found


def _best_rows(
    shelf: Shelf, deal: NthReduced, places: list[int], effort: Effort
) -> tuple[Row, ...]:
    known: dict[State, Rows] = {(0, ()): Rows()}
    for at, place in enumerate(places, 1):
        then: dict[State, Rows] = {}
        made = [each for rows in known.values() for each in _with_one(shelf, deal, place, rows)]
        effort.spend(len(made) * OF_A_STATE)
        for each in made:
            if each.needs(deal) > len(places) - at:
                continue
            if each.state not in then or each.saved_fen > then[each.state].saved_fen:
                then[each.state] = each
        most = FEW_WAYS if effort.is_low else MOST_WAYS
        if len(then) > most:
            best = sorted(then.items(), key=lambda each: -each[1].saved)
            then = dict(best[:most])
        known = then
    return known[0, ()].full


def _with_one(shelf: Shelf, deal: NthReduced, place: int, rows: Rows) -> Iterator[Rows]:
    """A unit paid, or reduced in a row that is begun or in a new one."""
    yield replace(rows, waiting=(*rows.waiting, place))
    paid = deal.units - deal.reduced
    for at, row in enumerate(rows.begun):
        rest = rows.begun[:at] + rows.begun[at + 1 :]
        yield _reduced(shelf, deal, place, (replace(rows, begun=rest), row))
    if len(rows.waiting) >= paid:
        row = rows.waiting[:paid], (), 0
        rest_of = replace(rows, waiting=rows.waiting[paid:])
        yield _reduced(shelf, deal, place, (rest_of, row))


def _reduced(shelf: Shelf, deal: NthReduced, place: int, begun: tuple[Rows, Row]) -> Rows:
    rows, (paid, reduced, fraction) = begun
    fen, fraction = divmod(fraction + shelf.unit_fen[place] * (FULL - deal.rate_bp), FULL)
    saved, row = rows.saved_fen + fen, (paid, (*reduced, place), fraction)
    if len(row[1]) < deal.reduced:
        return replace(rows, saved_fen=saved, begun=(*rows.begun, row))
    saved += fraction * 2 >= FULL
    return replace(rows, saved_fen=saved, full=(*rows.full, row))
