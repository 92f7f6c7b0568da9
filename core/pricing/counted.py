"""计入: what counts for a threshold, a gift or a coupon, and how much of it there can be.

Lines stand in the cells of `core.pricing.cell`, each at its least; what is paid more than that
somewhere may count too, and then more may be taken off.
"""

from __future__ import annotations

from msgspec import Struct

from core.pricing.cell import Cell
from core.pricing.line_bound import LineBound
from core.pricing.stages.coupon import coupon_off
from core.pricing.stages.gift import most_given, reached_givings
from core.pricing.stages.threshold import Measured, reduction
from core.pricing.working import WorkingLine
from core.rulebook.offers import CouponOffer, GiftOffer, PercentageOffer, Threshold
from core.rulebook.rulebook import Outside
from core.values.money import MAX_FEN
from core.values.rate import FULL, take

MOST_STEPS = 32
Late = Threshold | GiftOffer | CouponOffer


class Cap(Struct, frozen=True):
    """封顶: a percentage that several lines share up to its cap: all that it takes is the cap.

    The cells leave it aside, and the bound takes its cap off their sum.
    """

    bit: int
    fen: int
    cells: frozenset[int]

    @classmethod
    def of(cls, offer: PercentageOffer, bit: int, all_cells: list[Cell]) -> Cap:
        """The most that it takes: its cap, or its rate of all of its lines."""
        most, places = 0, set[int]()
        for at, cell in enumerate(all_cells):
            for each in cell.lines:
                if offer.id in each.line.touching:
                    most += each.line.list_fen - take(each.line.list_fen, offer.rate_bp)
                    places.add(at)
        cap_fen = most if offer.cap_fen is None else min(most, offer.cap_fen)
        return cls(bit, cap_fen, frozenset(places))


class Counted:
    """What counts for a threshold, a gift or a coupon, and what it could take off.

    `sure` are cells that count, `priced` lines that count unless a price makes them special,
    `contested` those that count unless one of these exclusive offers is on, `parts` cells of which
    some lines count, and their list prices. `outside` are cells that cannot count, `takes` those
    of which it could take something.
    """

    __slots__ = (
        "_chosen",
        "_every_fen",
        "_off",
        "_outside",
        "_rate_bp",
        "_whole_fen",
        "bit",
        "contested",
        "group",
        "milli",
        "offer",
        "outside",
        "parts",
        "priced",
        "sure",
        "sure_cells",
        "takes",
    )

    def __init__(self, offer: Late, bit: int, all_cells: list[Cell], outside: Outside) -> None:
        self.offer, self.bit = offer, bit
        self._outside = outside
        self._chosen: list[WorkingLine] = []
        self.takes: set[int] = set()
        self.group = offer.group or f" {offer.id}"
        self.sure: list[int] = []
        self.outside: list[int] = []
        self.priced: list[tuple[int, LineBound]] = []
        self.contested: list[tuple[int, int]] = []
        self.parts: list[tuple[int, int]] = []
        self.milli = 0
        self._off: dict[int, int] = {}
        for at, cell in enumerate(all_cells):
            lines = [each for each in cell.lines if offer.id in each.line.touching]
            if lines:
                self.takes.add(at)
            if lines and lines[0].line.chosen:
                self._chosen.append(lines[0].line)
                lines = []
            if lines:
                self._put(at, cell, lines)
            else:
                self.outside.append(at)
        self.sure_cells = frozenset(self.sure)
        self._rate_bp, self._whole_fen, self._every_fen = _steepness(offer, self.milli)

    def _put(self, at: int, cell: Cell, lines: list[LineBound]) -> None:
        """What could only keep lines from counting is left aside: to count more is no less."""
        offer = self.offer
        is_particular = isinstance(offer, Threshold | GiftOffer) and not offer.counts_special
        others = cell.exclusive & ~self.bit
        self.milli += sum(each.line.quantity_milli for each in lines)
        if len(lines) < len(cell.lines):
            self.parts.append((at, sum(each.line.list_fen for each in lines)))
        elif is_particular and lines[0].prices and not cell.deals:
            self.priced.append((at, lines[0]))
        elif others and len(lines) == 1 and not offer.is_exclusive:
            self.contested.append((at, others))
        else:
            self.sure.append(at)

    def slope(self, fen: int, ratio: tuple[int, int] = (0, 1)) -> int:
        """Basis points of each fen more that it takes off from such a sum on, jumps aside.

        `ratio`: how much more counts besides for each fen.
        """
        more, each = ratio
        rate_bp = FULL if fen < self._whole_fen else self._rate_bp
        return rate_bp * (more + each) // each

    def is_dense(self, top: int) -> bool:
        """Whether a threshold that repeats has more steps than one wants to look at."""
        return bool(self._every_fen) and top > MOST_STEPS * self._every_fen

    def off(self, fen: int) -> int:
        """The most that it takes off where so much counts."""
        if fen not in self._off:
            self._off[fen] = self._most_off(fen)
        return self._off[fen]

    def _most_off(self, fen: int) -> int:
        offer, reached = self.offer, Measured(fen, self.milli)
        if isinstance(offer, Threshold):
            return min(max(0, fen), reduction(offer, reached))
        if isinstance(offer, GiftOffer):
            return most_given(reached_givings(offer, reached), self._chosen, self._outside)
        if fen < max(0, offer.from_fen) or offer.is_for_points:
            return 0
        if offer.gives is not None:
            return most_given([offer.gives], self._chosen, self._outside)
        return coupon_off(offer, fen)

    def steps(self, least: int, most: int) -> list[int]:
        """Sums above one and up to another from which on it takes more."""
        offer = self.offer
        if isinstance(offer, CouponOffer):
            return [offer.from_fen] if least < offer.from_fen <= most else []
        found: list[int] = []
        for step in offer.steps:
            if not step.from_fen:
                continue
            first = step.from_fen
            if offer.repeats and least >= first:
                first = (least // first + 1) * first
            found += range(first, most + 1, step.from_fen) if offer.repeats else [first]
        return [fen for fen in found if least < fen <= most]


class Reach(Struct, frozen=True):
    """How much counts for one of them where `extra` more than the floor is paid."""

    base: int
    top: int
    free_fen: int
    ratio: tuple[int, int]

    def at(self, extra: int) -> int:
        """At most so much."""
        more, each = self.ratio
        return min(self.top, self.base + extra + min(self.free_fen, extra * more // each))

    def extra(self, fen: int) -> int:
        """The least that must be paid more to reach so much."""
        if self.at(0) >= fen:
            return 0
        more, each = self.ratio
        need = fen - self.base
        extra = max(need - self.free_fen, need * each // (more + each))
        while self.at(extra) < fen:
            extra += 1
        return extra


def reach_of(
    late: Counted, least: list[int], sure_fen: int, top: int, on: int, off: int, caps: list[Cap]
) -> Reach:
    """How much could count for an offer above a floor, where this is on and that is off."""
    base, free, ratio = sure_fen, 0, (0, 1)
    for cap in caps:
        if cap.cells <= late.sure_cells:
            base -= cap.fen
    for at, others in late.contested:
        if not others & on:
            base += least[at]
    for at, list_fen in late.parts:
        base += min(list_fen, least[at])
    for at, line in late.priced:
        fen = least[at]
        dearer = line.least(off | line.price_mask) - fen
        if dearer <= 0:
            base += fen
            continue
        free += fen
        if fen * ratio[1] > ratio[0] * dearer:
            ratio = (fen, dearer)
    return Reach(base, top, free, ratio)


def saved_by(late: list[tuple[Counted, int]]) -> int:
    """What they take off together: of a group the one that takes most."""
    groups: dict[str, int] = {}
    for each, fen in late:
        off = each.off(fen)
        if off > groups.get(each.group, 0):
            groups[each.group] = off
    return sum(groups.values())


def _steepness(offer: Late, milli: int) -> tuple[int, int, int]:
    """How what it takes off grows with what counts, apart from the steps.

    Its rate; the sum below which its amount may be all that there is; how often it repeats.
    """
    if isinstance(offer, CouponOffer):
        whole_fen = MAX_FEN if offer.unit_fen is not None else offer.off_fen
        return FULL - offer.rate_bp, whole_fen if whole_fen > offer.from_fen else 0, 0
    every = [step.from_fen for step in offer.steps if step.from_fen] if offer.repeats else []
    every_fen = min(every, default=0)
    if isinstance(offer, GiftOffer):
        return 0, 0, every_fen
    rate_bp = whole_fen = 0
    for step in offer.steps:
        rate_bp = max(rate_bp, FULL - step.rate_bp)
        times = 1
        if offer.repeats and step.from_milli and not step.from_fen:
            times = milli // step.from_milli
        if step.off_fen > step.from_fen:
            whole_fen = max(whole_fen, step.off_fen * times)
    return rate_bp, whole_fen, every_fen
