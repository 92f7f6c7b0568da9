"""一组商品: lines that share a deal or a capped percentage, priced once for each set of offers.

What the stages up to the fourth make of a line depends on the offers that touch it and on nothing
else. So it is worked out once for each subset of these, whatever the rest of the basket does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from core.pricing.live import On
from core.pricing.stages.claim import claim
from core.pricing.stages.list_price import list_price
from core.pricing.stages.multi_buy import multi_buy
from core.pricing.stages.packing import Packings
from core.pricing.stages.percentage import percentage
from core.pricing.stages.price_by_hand import price_by_hand
from core.pricing.stages.shelf import can_fill
from core.pricing.stages.unit_price import price_of, unit_price
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import Deal, NthReduced, Offer, PriceOffer

EARLY: tuple[Callable[[Working], None], ...] = (
    list_price,
    price_by_hand,
    claim,
    unit_price,
    multi_buy,
    percentage,
)


class Early(Struct, frozen=True):
    """Lines after stage 4, and as masks the offers that took something and those that had a say.

    Without any of these the lines could be others; without any other offer they are the same.
    `is_best`: no deal was filled but in a way that saves most.
    """

    lines: tuple[tuple[int, bool, bool, str, int, int], ...]
    used: int
    weighed: int
    is_best: bool

    @property
    def total_fen(self) -> int:
        """What the lines cost together."""
        return sum([state[0] for state in self.lines])


class Cluster:
    """Lines that are priced together up to stage 4; offers are bits of a mask."""

    __slots__ = ("_bits", "_live", "_made", "_packings", "_working", "lines", "mask")

    def __init__(self, working: Working, lines: list[WorkingLine], bits: dict[str, int]) -> None:
        live = working.on
        touching = frozenset().union(*[line.touching for line in lines])
        mine = [offer for offer in live.all if offer.id in touching]
        self.lines = lines
        self._working = working
        self._bits = {offer.id: bits[offer.id] for offer in mine}
        self._live = live.only(self._bits)
        self._made: dict[int, Early] = {}
        self._packings = Packings(working.packings)
        self.mask = sum(self._bits.values())

    def early(self, on: int) -> Early:
        """What the stages up to the fourth make of the lines with these offers on."""
        key = on & self.mask
        if key not in self._made:
            self._made[key] = self._price(key)
        return self._made[key]

    def restore(self, early: Early) -> None:
        """Let the lines be as they were then."""
        for line, state in zip(self.lines, early.lines, strict=True):
            line.state = state

    def _price(self, on: int) -> Early:
        bits = self._bits
        part = self._working.part(
            self.lines, self._live.only({name for name, bit in bits.items() if bit & on})
        )
        part.tried, part.weighed, part.packings = set[str](), set[str](), self._packings
        self._packings.is_best = self._packings.is_first = True
        for line in self.lines:
            line.restart()
        for stage in EARLY:
            stage(part)
        if not self._packings.is_first:
            # Others save as much: a deal that takes nothing may yet be why one of them is found.
            part.weighed |= {deal.id for deal in part.on.deals}
        return Early(
            tuple([line.state for line in self.lines]),
            mask_of(bits, part.tried) & on,
            mask_of(bits, part.weighed) & on,
            self._packings.is_best,
        )


def clusters(working: Working, bits: dict[str, int]) -> list[Cluster]:
    """The lines of a part in clusters."""
    live = working.on
    capped = [offer for offer in live.percentages if offer.cap_fen is not None]
    groups = joined(working.lines, [*live.deals, *capped])
    return [Cluster(working, group, bits) for group in groups]


def joined(lines: list[WorkingLine], offers: Iterable[Offer]) -> list[list[WorkingLine]]:
    """The lines in groups, such that none of these offers touches two of them."""
    group_of = list(range(len(lines)))
    for offer in offers:
        places = [at for at, line in enumerate(lines) if offer.id in line.touching]
        for same in _bound_together(offer, lines, places):
            found = {group_of[at] for at in same}
            if len(found) > 1:
                first = min(found)
                group_of = [first if group in found else group for group in group_of]
    return [
        [line for line, group in zip(lines, group_of, strict=True) if group == first]
        for first in dict.fromkeys(group_of)
    ]


def _bound_together(offer: Offer, lines: list[WorkingLine], places: list[int]) -> list[list[int]]:
    """Of the lines that an offer touches, those that it makes depend on one another."""
    is_same = isinstance(offer, NthReduced) and offer.is_same_product and offer.cap_fen is None
    if not is_same:
        return [places]
    codes = dict.fromkeys(lines[at].code for at in places)
    return [[at for at in places if lines[at].code == code] for code in codes]


def find_touching(lines: list[WorkingLine], live: On) -> None:
    """Let each line know which offers have anything to do with it."""
    for line in lines:
        mine = [o.id for o in live.prices if touches(o, line)] if not line.is_outside else []
        mine += [o.id for o in live.basket_offers if touches(o, line)]
        line.touching = frozenset(mine)


def touches(offer: Offer, line: WorkingLine) -> bool:
    """Whether an offer has anything to do with a line at list price."""
    if isinstance(offer, PriceOffer):
        is_kept_out = line.is_outside or offer.id in line.barred
        return price_of(offer, line.product) is not None and not is_kept_out
    if isinstance(offer, Deal) and not (offer.is_exclusive or offer.when.has_minimum):
        return can_fill(line, offer)
    return line.chosen == offer.id or line.is_open_to(offer)


def mask_of(bits: dict[str, int], ids: Iterable[str]) -> int:
    """These offers as a mask; other ids count for nothing."""
    mask = 0
    for name in ids:
        mask |= bits.get(name, 0)
    return mask
