"""下界: what no choice of offers can go below, where some are on, some off and others open.

Every line at its least would leave a certain sum. Where more than that is paid, thresholds and
minimums may be reached that were not: so the bound asks, for each of these, how much more must be
paid to reach it, and takes the cheapest of all these sums. What a threshold takes off is known for
each sum; coupons take what they can of what the thresholds leave; discounts by hand come last.
"""

from __future__ import annotations

from msgspec import Struct

from core.pricing.by_hand import DiscountByHand
from core.pricing.cell import cells
from core.pricing.counted import Cap, Counted, Late, reach_of, saved_by
from core.pricing.stages.threshold import counting
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import CouponOffer, PercentageOffer
from core.values.rate import FULL


class Floor(Struct, frozen=True):
    """Each cell at its least, and the sums of them that count for each late offer.

    `is_known`: nothing is open any more of what prices the cells.
    """

    least: list[int]
    total: int
    sums: list[int]
    is_known: bool = False


class Bounds:
    """Lower bounds of the payable after stage 6, discounts by hand included.

    Offers that are `in_doubt` may be below their minimum: that they are on says nothing of them.
    """

    def __init__(
        self,
        working: Working,
        bits: dict[str, int],
        discount: DiscountByHand | None,
        in_doubt: int = 0,
    ) -> None:
        live = working.on
        self._working = working
        self._discount = discount
        self._certain = ~in_doubt
        capped = _shared_caps(working)
        self.cells = cells(working, bits, frozenset([offer.id for offer in capped]))
        self._caps = [Cap.of(offer, bits[offer.id], self.cells) for offer in capped]
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
        """Everything at its least; what did not change is taken from the floor above.

        More is off now than there: nothing has become cheaper.
        """
        if above is not None and above.is_known:
            return above
        if above is None:
            least = [cell.least(off) for cell in self.cells]
            sums = [sum([least[i] for i in o.sure]) for o in self._late]
            return Floor(least, sum(least), sums)
        least, sums, total = above.least.copy(), above.sums.copy(), above.total
        for at, cell in enumerate(self.cells):
            if cell.mask & changed:
                more = cell.least(off) - least[at]
                if more > 0:
                    least[at] += more
                    total += more
                    for index in self._counting[at]:
                        sums[index] += more
        return Floor(least, total, sums)

    def tight(self, off: int, floor: Floor) -> Floor:
        """The same floor, looked at more closely where deals with caps want the same units."""
        if floor.is_known:
            return floor
        least, sums, total = floor.least.copy(), floor.sums.copy(), floor.total
        for at, cell in enumerate(self.cells):
            more = cell.tight(off) - least[at]
            if more > 0:
                least[at] += more
                total += more
                for index in self._counting[at]:
                    sums[index] += more
        return Floor(least, total, sums)

    def known(self) -> Floor:
        """The floor of all choices that make the lines what they are now, after stage 4."""
        least = [sum([each.line.net_fen for each in cell.lines]) for cell in self.cells]
        counted = [_counting(each.offer, self._working.lines) for each in self._late]
        sums = [sum([line.net_fen for line in lines]) for lines in counted]
        return Floor(least, sum(least), sums, is_known=True)

    def tops(self, on: int, off: int, floor: Floor | None = None) -> list[int]:
        """The most that could count for each late offer."""
        if floor is not None and floor.is_known:
            return floor.sums
        on &= self._certain
        most = [cell.most(on, off) for cell in self.cells]
        return [
            sum([most[at] for at in late.sure])
            + sum([most[at] for at, _ in late.priced])
            + sum([most[at] for at, others in late.contested if not others & on])
            + sum([min(list_fen, most[at]) for at, list_fen in late.parts])
            for late in self._late
        ]

    def least(self, floor: Floor, tops: list[int], on: int, off: int) -> int:
        """No choice that agrees with what is decided costs less."""
        on &= self._certain
        caps = [cap for cap in self._caps if not cap.bit & off and not floor.is_known]
        fen = self._after_thresholds(floor, tops, on, off, caps)
        fen = self._after_coupons(fen, floor, tops, off, caps)
        return max(0, self._after_hand(fen) if self._discount or self._by_hand else fen)

    def _after_thresholds(
        self, floor: Floor, tops: list[int], on: int, off: int, caps: list[Cap]
    ) -> int:
        total = floor.total - sum([cap.fen for cap in caps])
        if floor.is_known:
            open_ones = [
                (each, floor.sums[index])
                for index, each in enumerate(self._thresholds)
                if not each.bit & off
            ]
            return max(0, total - saved_by(open_ones))
        late = [
            (each, reach_of(each, floor.least, floor.sums[index], tops[index], on, off, caps))
            for index, each in enumerate(self._thresholds)
            if not each.bit & off
        ]
        if not late:
            return max(0, total)
        slope = sum([each.slope(reach.at(0), reach.ratio) for each, reach in late])
        if slope > FULL or any(each.is_dense(reach.top) for each, reach in late):
            return max(0, total - saved_by([(each, reach.top) for each, reach in late]))
        now = saved_by([(each, reach.at(0)) for each, reach in late])
        worth = saved_by([(each, reach.top) for each, reach in late]) - now
        extras = {0}
        for each, reach in late:
            for step in each.steps(reach.at(0), reach.top):
                extra = reach.extra(step)
                if extra < worth:
                    extras.add(extra)
        found = min(
            [
                total + extra - saved_by([(each, reach.at(extra)) for each, reach in late])
                for extra in extras
            ]
        )
        rates = sum([each.slope(reach.at(0), reach.ratio) > 0 for each, reach in late])
        return max(0, found - max(0, rates - 1))

    def _after_coupons(
        self, fen: int, floor: Floor, tops: list[int], off: int, caps: list[Cap]
    ) -> int:
        first = len(self._thresholds)
        late: list[tuple[Counted, int, int]] = []
        for index, each in enumerate(self._coupons, first):
            if not each.bit & off:
                late.append((each, tops[index], self._outside(each, floor, tops, off, caps)))
        if not late:
            return fen

        def counts(at: int) -> list[tuple[Counted, int]]:
            return [(each, min(top, at - outside)) for each, top, outside in late]

        slope = sum([each.slope(sum_) for each, sum_ in counts(fen)])
        if slope > FULL:
            return fen - saved_by([(each, top) for each, top, _ in late])
        places = {fen}
        for each, top, outside in late:
            places |= {step + outside for step in each.steps(fen - outside, top)}
        found = min([place - saved_by(counts(place)) for place in places])
        rates = sum([each.slope(sum_) > 0 for each, sum_ in counts(fen)])
        return found - max(0, rates - 1)

    def _outside(
        self, coupon: Counted, floor: Floor, tops: list[int], off: int, caps: list[Cap]
    ) -> int:
        """The least that is left, after the thresholds, of lines that the coupon does not touch."""
        fen = sum([floor.least[at] for at in coupon.outside])
        if not fen:
            return 0
        for index, each in enumerate(self._thresholds):
            if not each.bit & off and self._shares[coupon.bit, each.bit]:
                fen -= each.off(tops[index])
        return max(
            0, fen - sum([cap.fen for cap in caps if not cap.cells.isdisjoint(coupon.outside)])
        )

    def _after_hand(self, fen: int) -> int:
        fen -= sum(by_hand.off(line.list_fen) for line, by_hand in self._by_hand)
        if self._discount is None:
            return fen
        outside = sum(line.list_fen for line in self._working.lines if line.is_outside)
        taking = max(0, fen - outside)
        return outside + taking - self._discount.off(taking)


def _counting(offer: Late, lines: list[WorkingLine]) -> list[WorkingLine]:
    """The lines that count for an offer as they stand."""
    if isinstance(offer, CouponOffer):
        return [line for line in lines if line.is_open_to(offer)]
    return counting(offer, lines)


def _shared_caps(working: Working) -> list[PercentageOffer]:
    """Percentages with a cap that several lines share."""
    return [
        offer
        for offer in working.on.percentages
        if offer.cap_fen is not None
        and sum([offer.id in line.touching for line in working.lines]) > 1
    ]
