"""上下界: the least and the most that lines can still cost after stage 4, where much is undecided.

A cell is a line, or lines that share a deal. Its least is reached with every offer that is not
off; a deal is counted with the most that it could save besides, each by itself.
"""

from __future__ import annotations

from core.pricing.cluster import joined, mask_of
from core.pricing.stages.list_price import at_price
from core.pricing.stages.packing import can_fill, dominates, units_of
from core.pricing.stages.percentage import percentages_off
from core.pricing.stages.unit_price import price_of
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import AnyFor, Bundle, Deal, NthReduced, PercentageOffer
from core.values.money import round_half_up
from core.values.rate import FULL

# More rows than these of one line are bounded like those of several lines.
MOST_ROWS = 8


class LineBound:
    """What one line could cost if there were no deals; offers are bits of a mask."""

    __slots__ = (
        "_caps",
        "_least",
        "exclusive",
        "line",
        "mask",
        "percentages",
        "price_mask",
        "prices",
    )

    def __init__(
        self,
        working: Working,
        line: WorkingLine,
        bits: dict[str, int],
        exclusive: int,
        shared: frozenset[str],
    ) -> None:
        live = working.on
        self.line = line
        self.prices: list[tuple[int, int, bool]] = []
        is_kept_out = line.is_outside or line.is_by_hand or bool(line.chosen)
        for price in live.prices:
            unit_fen = price_of(price, line.product)
            if unit_fen is None or is_kept_out or (price.is_for_members and not working.tier):
                continue
            if at_price(line, unit_fen) < line.list_fen:
                self.prices.append((bits[price.id], unit_fen, price.takes_percentage))
        self.percentages: list[tuple[int, PercentageOffer]] = [
            (bits[offer.id], offer)
            for offer in live.percentages
            if offer.id in line.touching and offer.id not in shared
        ]
        is_claimed = bool(exclusive) and not is_kept_out
        self.exclusive = exclusive & mask_of(bits, line.touching) if is_claimed else 0
        self._caps = {o.id: o.cap_fen for _, o in self.percentages if o.cap_fen is not None}
        self._least: dict[int, int] = {0: line.net_fen} if is_kept_out else {}
        self.price_mask = self.exclusive
        for bit, _, _ in self.prices:
            self.price_mask |= bit
        self.mask = self.price_mask
        for bit, _ in self.percentages:
            self.mask |= bit

    def least(self, off: int) -> int:
        """The line with every offer that is not off, at the best price."""
        key = off & self.mask
        if key not in self._least:
            line = self.line
            prices = [(at_price(line, fen), takes) for fen, takes in self._open(key)]
            self._least[key] = self._of(line.list_fen, prices, key)
        return self._least[key]

    def least_of(self, units: int, off: int) -> int:
        """The same of some of its units, where it has whole ones."""
        prices = [(fen * units, takes) for fen, takes in self._open(off)]
        return self._of(self.line.product.price_fen * units, prices, off)

    def unit_fen(self, off: int) -> int:
        """The least that one unit costs after stage 2."""
        return min([self.line.product.price_fen, *(fen for fen, _ in self._open(off))])

    def most(self, on: int, off: int) -> int:
        """The line with nothing more than what is on; an exclusive offer could keep it out."""
        line = self.line
        if self.exclusive & ~off:
            return line.list_fen
        unsure = ~on
        for bit, offer in self.percentages:
            if offer.cap_fen is not None:
                unsure |= bit
        return self.least(unsure)

    @property
    def is_capped(self) -> bool:
        """Whether a cap bounds one of its percentages: then units do not lose it in proportion."""
        return bool(self._caps)

    def rounded(self, off: int) -> int:
        """Fen by which its percentages of some units may miss the share of the whole."""
        open_ones = [offer for bit, offer in self.percentages if not bit & off]
        stacked = sum(offer.is_stackable for offer in open_ones)
        return 2 * (stacked + (stacked < len(open_ones)))

    def _open(self, off: int) -> list[tuple[int, bool]]:
        return [(fen, takes) for bit, fen, takes in self.prices if not bit & off]

    def _of(self, list_fen: int, prices: list[tuple[int, bool]], off: int) -> int:
        offers = [offer for bit, offer in self.percentages if not bit & off]
        found = list_fen - _off(list_fen, offers, self._caps)
        for fen, takes in prices:
            found = min(found, fen - _off(fen, offers, self._caps) if takes else fen)
        return found


def _off(fen: int, offers: list[PercentageOffer], caps: dict[str, int]) -> int:
    return sum([off for _, off in percentages_off(fen, offers, caps)]) if offers else 0


class Cell:
    """A line, or lines that share a deal, and the bounds that were asked for."""

    __slots__ = ("_least", "_most", "deals", "exclusive", "lines", "mask")

    def __init__(self, lines: list[LineBound], deals: list[tuple[int, Deal]]) -> None:
        self.lines = lines
        self.deals = [
            (bit, deal, [each for each in lines if can_fill(each.line, deal)])
            for bit, deal in deals
        ]
        self.mask = self.exclusive = 0
        for line in lines:
            self.mask |= line.mask
            self.exclusive |= line.exclusive
        for bit, _ in deals:
            self.mask |= bit
        self._least: dict[int, int] = {}
        self._most: dict[tuple[int, int], int] = {}

    def least(self, off: int) -> int:
        """No choice without those that are off makes the lines cheaper."""
        key = off & self.mask
        if key not in self._least:
            open_ones = [(deal, lines) for bit, deal, lines in self.deals if not bit & key]
            if len(open_ones) > 1:
                open_ones = _undominated(open_ones)
            gains = [gain(deal, lines, key) for deal, lines in open_ones]
            saved = sum(gains)
            if len(open_ones) > 1:
                for _, lines in open_ones[1:]:
                    saved += sum([line.rounded(key) for line in lines])
                saved = min(saved, gain_together(open_ones, gains, key))
            fen = sum([line.least(key) for line in self.lines])
            self._least[key] = max(0, fen - saved)
        return self._least[key]

    def most(self, on: int, off: int) -> int:
        """No choice with those that are on makes them dearer."""
        key = on & self.mask, off & self.mask
        if key not in self._most:
            if any(not bit & off for bit, _, _ in self.deals):
                fen = sum([line.line.list_fen for line in self.lines])
            else:
                fen = sum([line.most(on, off) for line in self.lines])
            self._most[key] = fen
        return self._most[key]


def cells(working: Working, bits: dict[str, int], shared: frozenset[str]) -> list[Cell]:
    """The lines in cells; `shared` are percentages that they leave aside."""
    live = working.on
    deals = live.deals
    exclusive = mask_of(bits, [offer.id for offer in live.basket_offers if offer.is_exclusive])
    made = []
    for group in joined(working.lines, deals):
        touching = frozenset().union(*[line.touching for line in group])
        mine = [(bits[deal.id], deal) for deal in deals if deal.id in touching]
        made.append(
            Cell([LineBound(working, line, bits, exclusive, shared) for line in group], mine)
        )
    return made


def _undominated(deals: list[tuple[Deal, list[LineBound]]]) -> list[tuple[Deal, list[LineBound]]]:
    """Without those that could save nothing more beside another one."""
    kept: list[tuple[Deal, list[LineBound]]] = []
    for at, (deal, lines) in enumerate(deals):
        others = [*kept, *deals[at + 1 :]]
        if not any(
            dominates(other, deal) and all(line in wide for line in lines) for other, wide in others
        ):
            kept.append((deal, lines))
    return kept


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


def gain_together(deals: list[tuple[Deal, list[LineBound]]], gains: list[int], off: int) -> int:
    """The most that deals could save together where they want the same units.

    A unit fills one deal at most, and a filled deal saves no more than the sum of what its units
    seem to save: so every unit is counted with the deal for which that is most. Or the deal that
    saves most alone is counted by itself, less what the others seem to save with its units.
    """
    first = gains.index(max(gains))
    big, wide = deals[first]
    rest = _shares([*deals[:first], *deals[first + 1 :]], off)
    both = {line: max(rest.get(line, 0), _share_of_unit(big, wide, line, off)) for line in wide}
    found = _sum_of(rest | both, off)
    if isinstance(big, Bundle) or (isinstance(big, NthReduced) and big.is_same_product):
        return found
    alone = _gain_of_rows(big, wide, off, rest)
    alone = alone if big.cap_fen is None else min(alone, big.cap_fen)
    return min(found, _sum_of(rest, off) + alone)


def _shares(deals: list[tuple[Deal, list[LineBound]]], off: int) -> dict[LineBound, int]:
    """What a unit of each line seems to save at most."""
    best: dict[LineBound, int] = {}
    for deal, lines in deals:
        for line in lines:
            share = _share_of_unit(deal, lines, line, off)
            if share > best.get(line, 0):
                best[line] = share
    return best


def _sum_of(shares: dict[LineBound, int], off: int) -> int:
    found = 0
    for line, share in shares.items():
        if share > 0:
            units = units_of(line.line)
            found += -(-share * units // FULL) + line.rounded(off) + units
    return found


def _share_of_unit(deal: Deal, lines: list[LineBound], line: LineBound, off: int) -> int:
    """What a unit of a line seems to save in a deal, in ten-thousandths of a fen."""
    unit_fen, most = line.unit_fen(off), _unit_most(line, off)
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
    deal: NthReduced | AnyFor,
    lines: list[LineBound],
    off: int,
    shares: dict[LineBound, int] | None = None,
) -> int:
    """What rows take off, less the percentages that at least are lost for them.

    `shares` is what a unit would save elsewhere: that is lost as well.
    """
    fens: list[int] = []
    lost: list[int] = []
    rounded = 0
    is_reduced = isinstance(deal, NthReduced)
    for line in lines:
        units, unit_fen, most = units_of(line.line), line.unit_fen(off), _unit_most(line, off)
        elsewhere = shares.get(line, 0) // FULL if shares else 0
        fens += [unit_fen if is_reduced else most - elsewhere] * units
        lost += [unit_fen - most + elsewhere if is_reduced else 0] * units
        rounded += line.rounded(off)
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
        each = [_unit_most(line, off) for line in mine]
        saved += wanted * max(each, default=0)
        rounded += sum(line.rounded(off) for line in mine)
    return max(0, saved * (times or 0) + rounded) if times else 0


def _unit_most(line: LineBound, off: int) -> int:
    """What a unit costs at most where its line costs the least."""
    if line.is_capped:
        return line.line.product.price_fen
    return -(-line.least(off) // units_of(line.line))
