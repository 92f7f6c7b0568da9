"""多买的上界: the most that deals could save of what their lines cost at least without any deal.

Units in a deal pay their price after stage 2 and lose their percentages.
"""

from __future__ import annotations

from collections.abc import Hashable

from core.pricing.effort import Effort
from core.pricing.line_bound import LineBound
from core.pricing.stages.lone import Goods
from core.pricing.stages.sharing import are_too_many, asked_at, most_saved
from core.pricing.stages.shelf import units_of
from core.pricing.stages.taker import WORTH, Taker
from core.pricing.stages.takers import taker_of
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import MAX_FEN, round_half_up
from core.values.rate import FULL

Facts = tuple[tuple[int, int, int], ...]
# More rows than these of one line are bounded like those of several lines.
MOST_ROWS = 8


class DealBound:
    """A deal, the lines that may fill it, and what it could save; `better` are deals beside which
    it could save nothing more.
    """

    __slots__ = ("_gains", "_mask", "all_lines", "better", "bit", "deal", "lines")

    def __init__(self, bit: int, deal: Deal, lines: list[LineBound]) -> None:
        self.bit, self.deal, self.lines = bit, deal, lines
        self.all_lines = frozenset(lines)
        self.better = self._mask = 0
        for line in lines:
            self._mask |= line.mask
        self._gains: dict[int, int] = {}

    def gain(self, off: int) -> int:
        """The most that it could save alone."""
        key = off & self._mask
        if key not in self._gains:
            self._gains[key] = gain(self.deal, self.lines, key)
        return self._gains[key]


class Bounded:
    """What was bounded before: the same deals are asked for beside the same prices again and again.

    `prices` are those of units at which they last wanted about what there is.
    """

    __slots__ = ("effort", "place", "prices", "saved", "takers", "terms")

    def __init__(self, lines: list[LineBound], effort: Effort) -> None:
        self.effort = effort
        self.place = {line: at for at, line in enumerate(lines)}
        self.saved: dict[Hashable, int] = {}
        self.takers: dict[Hashable, Taker] = {}
        self.prices: dict[int, int] = {}
        self.terms: dict[Facts, list[tuple[int, dict[int, int]]]] = {}

    def taker(self, each: DealBound, places: list[int], goods: dict[int, Goods]) -> Taker:
        """How a deal takes such units."""
        priced = [goods[at].priced for at in places]
        key = each.bit, tuple(places), tuple(priced)
        if key not in self.takers:
            self.takers[key] = taker_of(each.deal, places, priced)
        return self.takers[key]

    def facts(self, off: int) -> Facts:
        """Of each line what its units cost and save beside."""
        return tuple([line.facts(off) for line in self.place])

    def asked(self, deals: list[DealBound], off: int) -> int:
        """What they could save together at the terms that other deals came to."""
        most = MAX_FEN
        for base, each in self.terms.get(self.facts(off), ()):
            if all(deal.bit in each for deal in deals if deal.lines):
                fen = base + sum([each.get(deal.bit, 0) for deal in deals])
                most = min(most, fen // WORTH + 1)
        return most


def gain_together(deals: list[DealBound], off: int, before: Bounded) -> int:
    """The most that deals could save together where they want the same units.

    Packed as well as can be, each unit less what percentages save of it; those with a cap as if
    they stood alone, or no more than at terms that are known.
    """
    if len(deals) == 1:
        return deals[0].gain(off)
    capped = [each for each in deals if each.deal.cap_fen is not None]
    if capped:
        return min(_beside_caps(deals, capped, off, before), before.asked(deals, off))
    lines = list(dict.fromkeys([line for each in deals for line in each.lines]))
    if before.effort.is_spent or len(lines) == 1 or not _are_regular(lines, off):
        more = [sum([line.facts(off)[2] for line in each.lines]) for each in deals[1:]]
        return sum([each.gain(off) for each in deals]) + sum(more)
    goods, takers = _packed([each for each in deals if each.lines], lines, off, before)
    key = tuple([each.bit for each in deals]), tuple(goods)
    if key not in before.saved:
        before.saved[key] = most_saved(takers, goods, before.effort)
    return before.saved[key] + sum([line.facts(off)[2] for line in lines])


def gain_at_terms(deals: list[DealBound], off: int, before: Bounded) -> int:
    """The same where caps stand among them, at prices at which they want about what there is."""
    most = gain_together(deals, off, before)
    lines = list(before.place)
    filling = [each for each in deals if each.lines]
    is_capped = any(each.deal.cap_fen is not None for each in filling)
    if not is_capped or len(lines) == 1 or before.effort.is_spent or not _are_regular(lines, off):
        return most
    goods, takers = _packed(filling, lines, off, before)
    if are_too_many(takers, goods, before.effort):
        return most
    saved, base, each = asked_at(takers, goods, before.effort, before.prices)
    share = sum([line.facts(off)[2] for line in lines])
    terms = {deal.bit: fen for deal, fen in zip(filling, each, strict=True)}
    before.terms.setdefault(before.facts(off), []).append((base + share * WORTH, terms))
    return min(most, saved + share)


def _are_regular(lines: list[LineBound], off: int) -> bool:
    """Whether percentages save something of units, and never cost."""
    return all(fen >= most for fen, most, _ in [line.facts(off) for line in lines])


def _beside_caps(deals: list[DealBound], capped: list[DealBound], off: int, before: Bounded) -> int:
    """What the deals without a cap could save if they may have all units, and each with one."""
    free = [each for each in deals if each.deal.cap_fen is None]
    more = sum([line.facts(off)[2] for each in capped for line in each.lines])
    alone = sum([each.gain(off) for each in capped])
    return (gain_together(free, off, before) if free else 0) + alone + more


def _packed(
    deals: list[DealBound], lines: list[LineBound], off: int, before: Bounded
) -> tuple[list[Goods], list[Taker]]:
    """The units of lines, the dearest first, and how deals take them."""
    goods = {}
    for line in sorted(lines, key=lambda line: -line.facts(off)[0]):
        unit_fen, most, _ = line.facts(off)
        at = before.place[line]
        units = units_of(line.line)
        goods[at] = Goods(at, unit_fen, line.line.code, units, unit_fen - most)
    takers = []
    for each in deals:
        mine = {before.place[line] for line in each.lines}
        takers.append(before.taker(each, [at for at in goods if at in mine], goods))
    return list(goods.values()), takers


def gain(deal: Deal, lines: list[LineBound], off: int) -> int:
    """The most that a deal could save of what its lines cost at least without any deal.

    Units in a deal pay their price after stage 2 and lose their percentages.
    """
    if not lines:
        return 0
    if isinstance(deal, Bundle):
        found = _gain_of_bundle(deal, lines, off)
    elif len(lines) == 1 and units_of(lines[0].line) <= MOST_ROWS * deal.units:
        found = _gain_of_line(deal, lines[0], off)
    elif isinstance(deal, NthReduced) and deal.is_same_product:
        codes = dict.fromkeys(line.line.code for line in lines)
        found = sum(
            _gain_of_rows(deal, [line for line in lines if line.line.code == code], off)
            for code in codes
        )
    else:
        found = _gain_of_rows(deal, lines, off)
    return found if deal.cap_fen is None else min(found, deal.cap_fen)


def _gain_of_line(deal: NthReduced | AnyFor, line: LineBound, off: int) -> int:
    """Exactly, for each number of deals."""
    units, unit_fen = units_of(line.line), line.unit_fen(off)
    cost = deal.units * unit_fen
    if isinstance(deal, NthReduced):
        cost -= round_half_up(deal.reduced * unit_fen * (FULL - deal.rate_bp), FULL)
    else:
        cost = min(cost, deal.price_fen)
    whole = line.least(off)
    return max(
        whole - line.least_of(units - times * deal.units, off) - times * cost
        for times in range(units // deal.units + 1)
    )


def _gain_of_rows(
    deal: Deal,
    lines: list[LineBound],
    off: int,
) -> int:
    """What rows take off, less the percentages that at least are lost for them."""
    assert not isinstance(deal, Bundle), "a bundle has no rows"
    fens: list[int] = []
    lost: list[int] = []
    rounded = 0
    is_reduced = isinstance(deal, NthReduced)
    for line in lines:
        units, (unit_fen, most, share) = units_of(line.line), line.facts(off)
        fens += [unit_fen if is_reduced else most] * units
        lost += [unit_fen - most if is_reduced else 0] * units
        rounded += share
    fens.sort(reverse=True)
    lost.sort()
    best = now = 0
    for first in range(0, len(fens) - deal.units + 1, deal.units):
        row = fens[first : first + deal.units]
        if isinstance(deal, NthReduced):
            now += round_half_up(sum(row[-deal.reduced :]) * (FULL - deal.rate_bp), FULL)
            now += deal.reduced > 1
        else:
            now += sum(row) - deal.price_fen
        now -= sum(lost[first : first + deal.units])
        best = max(best, now)
    return best + rounded if len(fens) >= deal.units else 0


def _gain_of_bundle(deal: Bundle, lines: list[LineBound], off: int) -> int:
    times, saved, rounded = None, -deal.price_fen, 0
    for code, wanted in deal.parts:
        mine = [line for line in lines if line.line.code == code]
        units = sum(units_of(line.line) for line in mine)
        times = units // wanted if times is None else min(times, units // wanted)
        each = [line.facts(off)[1] for line in mine]
        saved += wanted * max(each, default=0)
        rounded += sum([line.facts(off)[2] for line in mine])
    return max(0, saved * (times or 0) + rounded) if times else 0
