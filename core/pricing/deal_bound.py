"""多买的上界: the most that deals could save of what their lines cost at least without any deal.

Units in a deal pay their price after stage 2 and lose their percentages.
"""

from __future__ import annotations

from core.pricing.line_bound import LineBound
from core.pricing.stages.packing import units_of
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced
from core.values.money import round_half_up
from core.values.rate import FULL

# More rows than these of one line are bounded like those of several lines.
MOST_ROWS = 8


class DealBound:
    """A deal, the lines that may fill it, and what it could save; `better` are deals beside which
    it could save nothing more.
    """

    __slots__ = ("_gains", "_mask", "_shares", "all_lines", "better", "bit", "deal", "lines")

    def __init__(self, bit: int, deal: Deal, lines: list[LineBound]) -> None:
        self.bit, self.deal, self.lines = bit, deal, lines
        self.all_lines = frozenset(lines)
        self.better = self._mask = 0
        for line in lines:
            self._mask |= line.mask
        self._gains: dict[int, int] = {}
        self._shares: dict[int, list[tuple[LineBound, int]]] = {}

    def gain(self, off: int) -> int:
        """The most that it could save alone."""
        key = off & self._mask
        if key not in self._gains:
            self._gains[key] = gain(self.deal, self.lines, key)
        return self._gains[key]

    def shares(self, off: int) -> list[tuple[LineBound, int]]:
        """What a unit of each line seems to save in it: no filled deal saves more than the sum."""
        key = off & self._mask
        if key not in self._shares:
            deal, lines = self.deal, self.lines
            self._shares[key] = [(each, _share_of_unit(deal, lines, each, key)) for each in lines]
        return self._shares[key]

    def gain_beside(self, rest: dict[LineBound, int], off: int) -> int:
        """The most that it could save alone beyond what its units seem to save elsewhere."""
        fen = _gain_of_rows(self.deal, self.lines, off, rest)
        return fen if self.deal.cap_fen is None else min(fen, self.deal.cap_fen)

    @property
    def is_of_rows(self) -> bool:
        """Whether any units of its lines may stand together."""
        return not isinstance(self.deal, Bundle) and not (
            isinstance(self.deal, NthReduced) and self.deal.is_same_product
        )


def gain_together(deals: list[DealBound], off: int) -> int:
    """The most that deals could save together where they want the same units.

    The sum of what each could save alone. Or, since a unit fills one deal at most, every unit
    counted with the deal in which it seems to save most. Or the deal that saves most alone by
    itself, less what the others seem to save with its units.
    """
    gains = [each.gain(off) for each in deals]
    if len(deals) == 1:
        return gains[0]
    alone = sum(gains)
    for each in deals[1:]:
        alone += sum([line.facts(off)[2] for line in each.lines])
    big = deals[gains.index(max(gains))]
    rest: dict[LineBound, int] = {}
    for each in deals:
        if each is not big:
            _add_shares(rest, each, off)
    every = dict(rest)
    _add_shares(every, big, off)
    found = min(alone, _sum_of(every, off))
    if big.is_of_rows:
        found = min(found, _sum_of(rest, off) + big.gain_beside(rest, off))
    return found


def _add_shares(best: dict[LineBound, int], deal: DealBound, off: int) -> None:
    for line, share in deal.shares(off):
        if share > best.get(line, 0):
            best[line] = share


def _sum_of(shares: dict[LineBound, int], off: int) -> int:
    found = 0
    for line, share in shares.items():
        units = units_of(line.line)
        found += -(-share * units // FULL) + line.facts(off)[2] + units
    return found


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


def _share_of_unit(deal: Deal, lines: list[LineBound], line: LineBound, off: int) -> int:
    """What a unit of a line seems to save in a deal, in ten-thousandths of a fen."""
    unit_fen, most, _ = line.facts(off)
    if isinstance(deal, NthReduced):
        reduced = unit_fen * deal.reduced * (FULL - deal.rate_bp) // deal.units
        return reduced + 1 - (unit_fen - most) * FULL
    if isinstance(deal, AnyFor):
        return most * FULL - deal.price_fen * FULL // deal.units
    list_fen = sum(
        units
        * max([each.line.product.price_fen for each in lines if each.line.code == code] or [0])
        for code, units in deal.parts
    )
    mine = line.line.product.price_fen
    return most * FULL - deal.price_fen * FULL * mine // max(1, list_fen)


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
    shares: dict[LineBound, int] | None = None,
) -> int:
    """What rows take off, less the percentages that at least are lost for them.

    `shares` is what a unit would save elsewhere: that is lost as well.
    """
    assert not isinstance(deal, Bundle), "a bundle has no rows"
    fens: list[int] = []
    lost: list[int] = []
    rounded = 0
    is_reduced = isinstance(deal, NthReduced)
    for line in lines:
        units, (unit_fen, most, share) = units_of(line.line), line.facts(off)
        elsewhere = shares.get(line, 0) // FULL if shares else 0
        fens += [unit_fen if is_reduced else most - elsewhere] * units
        lost += [unit_fen - most + elsewhere if is_reduced else 0] * units
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
