"""上下界: the least and the most that lines can still cost after stage 4, where much is undecided.

A cell is a line, or lines that share a deal. Its least is reached with every offer that is not
off; a deal is counted with the most that it could save besides.
"""

from __future__ import annotations

from core.pricing.cluster import joined, mask_of
from core.pricing.deal_bound import Bounded, DealBound, gain_at_terms, gain_together
from core.pricing.effort import Effort
from core.pricing.line_bound import LineBound
from core.pricing.stages.packing import dominates
from core.pricing.stages.shelf import can_fill
from core.pricing.working import Working
from core.rulebook.offers import Deal


class Cell:
    """A line, or lines that share a deal, and the bounds that were asked for."""

    __slots__ = ("_before", "_least", "_most", "_tight", "deals", "exclusive", "lines", "mask")

    def __init__(
        self, lines: list[LineBound], deals: list[tuple[int, Deal]], effort: Effort
    ) -> None:
        self.lines = lines
        self.deals = [
            DealBound(bit, deal, [each for each in lines if can_fill(each.line, deal)])
            for bit, deal in deals
        ]
        filling = [line for line in lines if any(line in each.all_lines for each in self.deals)]
        self._before = Bounded(filling, effort)
        for at, each in enumerate(self.deals):
            for other in self.deals[at + 1 :]:
                _note_better(each, other)
        self.mask = self.exclusive = 0
        for line in lines:
            self.mask |= line.mask
            self.exclusive |= line.exclusive
        for bit, _ in deals:
            self.mask |= bit
        self._least: dict[int, int] = {}
        self._tight: dict[int, int] = {}
        self._most: dict[tuple[int, int], int] = {}

    def least(self, off: int) -> int:
        """No choice without those that are off makes the lines cheaper."""
        key = off & self.mask
        if key not in self._least:
            deals = self._open(key)
            saved = gain_together(deals, key, self._before) if deals else 0
            fen = sum([line.least(key) for line in self.lines])
            self._least[key] = max(0, fen - saved)
        return self._least[key]

    def tight(self, off: int) -> int:
        """The same, looked at more closely."""
        key = off & self.mask
        if key not in self._tight:
            least = self.least(key)
            deals = self._open(key)
            if len(deals) > 1 and any(each.deal.cap_fen is not None for each in deals):
                fen = sum([line.least(key) for line in self.lines])
                least = max(least, fen - gain_at_terms(deals, key, self._before))
            self._tight[key] = least
        return self._tight[key]

    def _open(self, off: int) -> list[DealBound]:
        """Deals that could save something more where these are off."""
        return [each for each in self.deals if not each.bit & off and not each.better & ~off]

    def most(self, on: int, off: int) -> int:
        """No choice with those that are on makes them dearer."""
        key = on & self.mask, off & self.mask
        if key not in self._most:
            if any(not each.bit & off for each in self.deals):
                fen = sum([line.line.list_fen for line in self.lines])
            else:
                fen = sum([line.most(on, off) for line in self.lines])
            self._most[key] = fen
        return self._most[key]


def cells(working: Working, bits: dict[str, int], shared: frozenset[str]) -> list[Cell]:
    """The lines in cells; `shared` are percentages that they leave aside."""
    live = working.on
    deals = live.deals
    effort = working.packings.effort if working.packings is not None else Effort()
    exclusive = mask_of(bits, [offer.id for offer in live.basket_offers if offer.is_exclusive])
    made = []
    for group in joined(working.lines, deals):
        touching = frozenset().union(*[line.touching for line in group])
        mine = [(bits[deal.id], deal) for deal in deals if deal.id in touching]
        made.append(
            Cell(
                [LineBound(working, line, bits, exclusive, shared) for line in group], mine, effort
            )
        )
    return made


def _note_better(one: DealBound, other: DealBound) -> None:
    """Of two deals the one beside which the other could save nothing more."""
    if dominates(one.deal, other.deal) and other.all_lines <= one.all_lines:
        other.better |= one.bit
    elif dominates(other.deal, one.deal) and one.all_lines <= other.all_lines:
        one.better |= other.bit
