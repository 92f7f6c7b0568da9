"""下界: what no choice of offers can go below, where some are on, some off and others open.

Every line at its least would leave a certain sum. Where more than that is paid, thresholds and
minimums may be reached that were not: so the bound asks, for each of these, how much more must be
paid to reach it, and takes the cheapest of all these sums. What a threshold takes off is known for
each sum; coupons take what they can of what the thresholds leave; discounts by hand come last.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.pricing.by_hand import DiscountByHand
from core.pricing.cell import Cell, LineBound, cells
from core.pricing.stages.coupon import coupon_off
from core.pricing.stages.gift import most_given, reached_givings
from core.pricing.stages.threshold import Measured, reduction
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import CouponOffer, GiftOffer, Threshold
from core.rulebook.rulebook import Outside
from core.values.money import MAX_FEN
from core.values.rate import FULL

MOST_STEPS = 32
Late = Threshold | GiftOffer | CouponOffer


@dataclass(frozen=True, slots=True)
class Floor:
    """Each cell at its least, and the sums of them that count for each late offer."""

    least: list[int]
    total: int
    sums: list[int]


@dataclass(frozen=True, slots=True)
class Contested:
    """A cell that one of some exclusive offers would have for itself."""

    at: int
    exclusive: int
    list_fen: int
    is_line: bool

    def fen(self, known_fen: int, on: int, off: int) -> int:
        """What of it counts at most, where it is `known_fen` if it surely does."""
        if not self.exclusive & ~off:
            return known_fen
        is_taken = self.is_line and self.exclusive & on
        return 0 if is_taken else self.list_fen


class Counted:
    """What counts for a threshold, a gift or a coupon, and what it could take off.

    `sure` are cells that count whatever happens, `priced` lines that count unless a price makes
    them special, `contested` those that count unless one of these exclusive offers is on;
    `free_fen` is what may count or not. `outside` are cells that cannot count, `takes` those of
    which it could take something.
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
        "free_fen",
        "group",
        "milli",
        "offer",
        "outside",
        "priced",
        "sure",
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
        self.contested: list[Contested] = []
        self.free_fen = self.milli = 0
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
        self._rate_bp, self._whole_fen, self._every_fen = _steepness(offer, self.milli)

    def _put(self, at: int, cell: Cell, lines: list[LineBound]) -> None:
        offer = self.offer
        has_price = isinstance(offer, Threshold | GiftOffer) and not offer.counts_special
        has_price = has_price and any(each.prices for each in lines)
        list_fen = sum(each.line.list_fen for each in lines)
        self.milli += sum(each.line.quantity_milli for each in lines)
        others = cell.exclusive & ~self.bit
        is_whole = len(lines) == len(cell.lines)
        if is_whole and others and not has_price and not offer.is_exclusive:
            self.contested.append(Contested(at, others, list_fen, len(lines) == 1))
        elif others or not is_whole or (has_price and cell.deals):
            self.free_fen += list_fen
        elif has_price:
            self.priced.append((at, lines[0]))
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


@dataclass(frozen=True, slots=True)
class Reach:
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


class Bounds:
    """Lower bounds of the payable after stage 6, discounts by hand included."""

    def __init__(
        self, working: Working, bits: dict[str, int], discount: DiscountByHand | None
    ) -> None:
        live = working.on
        self._working = working
        self._discount = discount
        self.cells = cells(working, bits)
        outside = working.rulebook.outside
        measured: tuple[Late, ...] = (*live.thresholds, *live.gifts)
        self._thresholds = [Counted(o, bits[o.id], self.cells, outside) for o in measured]
        self._coupons = [Counted(o, bits[o.id], self.cells, outside) for o in live.coupons]
        self._late = [*self._thresholds, *self._coupons]
        self._counting: list[list[int]] = [[] for _ in self.cells]
        for index, late in enumerate(self._late):
            for at in late.sure:
                self._counting[at].append(index)
        self._shares = {
            (coupon.bit, reach.bit): bool(reach.takes & set(coupon.outside))
            for coupon in self._coupons
            for reach in self._thresholds
        }
        self._by_hand = [
            (line, line.by_hand)
            for line in working.lines
            if isinstance(line.by_hand, DiscountByHand) and not line.is_outside
        ]

    def floor(self, off: int, above: Floor | None = None, changed: int = 0) -> Floor:
        """Everything at its least; what did not change is taken from the floor above."""
        if above is None:
            least = [cell.least(off) for cell in self.cells]
            return Floor(least, sum(least), [sum([least[i] for i in o.sure]) for o in self._late])
        least, sums, total = above.least.copy(), above.sums.copy(), above.total
        for at, cell in enumerate(self.cells):
            if cell.mask & changed:
                more = cell.least(off) - least[at]
                if more:
                    least[at] += more
                    total += more
                    for index in self._counting[at]:
                        sums[index] += more
        return Floor(least, total, sums)

    def tops(self, on: int, off: int) -> list[int]:
        """The most that could count for each late offer."""
        most = [cell.most(on, off) for cell in self.cells]
        return [
            late.free_fen
            + sum([most[at] for at in late.sure])
            + sum([most[at] for at, _ in late.priced])
            + sum([each.fen(most[each.at], on, off) for each in late.contested])
            for late in self._late
        ]

    def least(self, floor: Floor, tops: list[int], on: int, off: int) -> int:
        """No choice that agrees with what is decided costs less."""
        fen = self._after_thresholds(floor, tops, on, off)
        fen = self._after_coupons(fen, floor, tops, off)
        return max(0, self._after_hand(fen) if self._discount or self._by_hand else fen)

    def _after_thresholds(self, floor: Floor, tops: list[int], on: int, off: int) -> int:
        late = [
            (each, _reach(each, floor, index, tops[index], on, off))
            for index, each in enumerate(self._thresholds)
            if not each.bit & off
        ]
        if not late:
            return floor.total
        slope = sum([each.slope(reach.at(0), reach.ratio) for each, reach in late])
        if slope > FULL or any(each.is_dense(reach.top) for each, reach in late):
            return max(0, floor.total - _saved([(each, reach.top) for each, reach in late]))
        now = _saved([(each, reach.at(0)) for each, reach in late])
        worth = _saved([(each, reach.top) for each, reach in late]) - now
        extras = {0}
        for each, reach in late:
            for step in each.steps(reach.at(0), reach.top):
                extra = reach.extra(step)
                if extra < worth:
                    extras.add(extra)
        found = min(
            [
                floor.total + extra - _saved([(each, reach.at(extra)) for each, reach in late])
                for extra in extras
            ]
        )
        rates = sum([each.slope(reach.at(0), reach.ratio) > 0 for each, reach in late])
        return max(0, found - max(0, rates - 1))

    def _after_coupons(self, fen: int, floor: Floor, tops: list[int], off: int) -> int:
        first = len(self._thresholds)
        late: list[tuple[Counted, int, int]] = []
        for index, each in enumerate(self._coupons, first):
            if not each.bit & off:
                late.append((each, tops[index], self._outside(each, floor, tops, off)))
        if not late:
            return fen

        def counts(at: int) -> list[tuple[Counted, int]]:
            return [(each, min(top, at - outside)) for each, top, outside in late]

        slope = sum([each.slope(sum_) for each, sum_ in counts(fen)])
        if slope > FULL:
            return fen - _saved([(each, top) for each, top, _ in late])
        places = {fen}
        for each, top, outside in late:
            places |= {step + outside for step in each.steps(fen - outside, top)}
        found = min([place - _saved(counts(place)) for place in places])
        rates = sum([each.slope(sum_) > 0 for each, sum_ in counts(fen)])
        return found - max(0, rates - 1)

    def _outside(self, coupon: Counted, floor: Floor, tops: list[int], off: int) -> int:
        """The least that is left, after the thresholds, of lines that the coupon does not touch."""
        fen = sum([floor.least[at] for at in coupon.outside])
        if not fen:
            return 0
        for index, each in enumerate(self._thresholds):
            if not each.bit & off and self._shares[coupon.bit, each.bit]:
                fen -= each.off(tops[index])
        return max(0, fen)

    def _after_hand(self, fen: int) -> int:
        fen -= sum(by_hand.off(line.list_fen) for line, by_hand in self._by_hand)
        if self._discount is None:
            return fen
        outside = sum(line.list_fen for line in self._working.lines if line.is_outside)
        taking = max(0, fen - outside)
        return outside + taking - self._discount.off(taking)


def _reach(late: Counted, floor: Floor, index: int, top: int, on: int, off: int) -> Reach:
    base, free, ratio = floor.sums[index] + late.free_fen, 0, (0, 1)
    for each in late.contested:
        base += each.fen(floor.least[each.at], on, off)
    for at, line in late.priced:
        least = floor.least[at]
        dearer = line.least(off | line.price_mask) - least
        if dearer <= 0:
            base += least
            continue
        free += least
        if least * ratio[1] > ratio[0] * dearer:
            ratio = (least, dearer)
    return Reach(base, top, free, ratio)


def _saved(late: list[tuple[Counted, int]]) -> int:
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
