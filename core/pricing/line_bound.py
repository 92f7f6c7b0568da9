"""一行的上下界: what one line could cost if there were no deals; offers are bits of a mask."""

from __future__ import annotations

from core.pricing.cluster import mask_of
from core.pricing.stages.list_price import at_price
from core.pricing.stages.percentage import percentages_off
from core.pricing.stages.shelf import units_of
from core.pricing.stages.unit_price import price_of
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import PercentageOffer


class LineBound:
    """What one line could cost if there were no deals; offers are bits of a mask."""

    __slots__ = (
        "_caps",
        "_facts",
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
            is_barred = price.id in line.barred or (price.is_for_members and not working.tier)
            if unit_fen is None or is_kept_out or is_barred:
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
        self._facts: dict[int, tuple[int, int, int]] = {}
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

    def facts(self, off: int) -> tuple[int, int, int]:
        """Of one unit: the least price after stage 2, and what it costs at most where the line
        costs the least; then the fen by which percentages of some units may miss their share.

        A cap that bounds a percentage would be lost by no unit in proportion.
        """
        key = off & self.mask
        if key not in self._facts:
            most = self.line.product.price_fen
            if not self._caps:
                most = -(-self.least(off) // units_of(self.line))
            open_ones = [offer for bit, offer in self.percentages if not bit & off]
            stacked = sum([offer.is_stackable for offer in open_ones])
            rounded = 2 * (stacked + (stacked < len(open_ones)))
            self._facts[key] = self.unit_fen(off), most, rounded
        return self._facts[key]

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
