"""货架: the units of a basket that may fill deals, and deals that are filled with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from core.pricing.stages.forgone import forgone, taking
from core.pricing.working import WorkingLine
from core.rulebook.offers import Bundle, Deal, NthReduced, PercentageOffer
from core.values.quantity import ONE, is_whole

# Of so many units in a basket those are chosen for deals that leave most to percentages. It hangs
# on no offer, so that one offer more never makes a basket dearer.
MOST_CHOSEN = 32
# Of so few the first of all ways that save the same is looked for, also where caps make them many.
MOST_ORDERED = 16

Stock = dict[int, int]
"""Units by the place of their line."""


class Filled(Struct, frozen=True):
    """A deal filled `times` times by the same (place of the line, units), taking `off_fen` each."""

    deal: Deal
    units: tuple[tuple[int, int], ...]
    off_fen: int
    times: int


class Packing(Struct, frozen=True):
    """How deals are filled.

    `is_best`: no way saves more, and whatever was tried before, this one is found. `is_first`: nor
    does any stand before it, so that without deals that fill nothing it is the same. `is_weighed`:
    percentages had a say in which units they take.
    """

    filled: tuple[Filled, ...]
    is_best: bool = True
    is_first: bool = True
    is_weighed: bool = True


class Shelf(Struct, frozen=True):
    """The lines with what a unit of each costs after stage 2: exact, since units are whole.

    `percentages` are those that left-over units may take.
    """

    lines: Sequence[WorkingLine]
    unit_fen: list[int]
    percentages: Sequence[PercentageOffer] = ()

    @classmethod
    def of(cls, lines: Sequence[WorkingLine], percentages: Sequence[PercentageOffer] = ()) -> Shelf:
        """The lines as they stand."""
        unit_fen = [line.net_fen * ONE // line.quantity_milli for line in lines]
        return cls(lines, unit_fen, percentages)

    def forgone(self, place: int) -> tuple[int, ...]:
        """What percentages take less of a line, for each number of its units in deals."""
        line = self.lines[place]
        offers = taking(line, self.percentages)
        return forgone(self.unit_fen[place], units_of(line), offers)

    def has_forgone(self, places: Iterable[int]) -> bool:
        """Whether percentages take less of some lines where their units fill deals."""
        return any(self.forgone(place) for place in places)

    def has_any(self, percentages: Sequence[PercentageOffer], deals: Sequence[Deal]) -> bool:
        """Whether some of these may take something of units that these deals may have."""
        return any(
            taking(line, percentages) and any(can_fill(line, deal) for deal in deals)
            for line in self.lines
        )

    def weighed(self, deals: Sequence[Deal]) -> set[str]:
        """The percentages that have a say in which units fill these deals."""
        return {
            each.id
            for place, line in enumerate(self.lines)
            if any(can_fill(line, deal) for deal in deals) and any(self.forgone(place))
            for each in taking(line, self.percentages)
        }

    def priced(self, places: Iterable[int]) -> list[tuple[int, str]]:
        """What a unit costs, and its code, at some of them."""
        return [(self.unit_fen[place], self.lines[place].code) for place in places]

    def stock(self) -> Stock:
        """Whole units of each line, by its place."""
        return {place: units_of(line) for place, line in enumerate(self.lines)}


def units_of(line: WorkingLine) -> int:
    """Whole units of a line."""
    return line.quantity_milli // ONE


def all_units(lines: Iterable[WorkingLine]) -> int:
    """Whole units of a basket."""
    return sum([units_of(line) for line in lines])


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
