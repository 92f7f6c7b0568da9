"""搜索: the best choice among the offers of one part of a basket, by branch and bound.

What is not decided yet is bounded from below: every line at the least that it could cost, every
deal and every later offer at the most that it could save alone. A branch that cannot win any more
is left; what is left over is priced to the end.
"""

from __future__ import annotations

from collections.abc import Callable

from core.pricing.by_hand import DiscountByHand
from core.pricing.live import On
from core.pricing.stages.claim import claim
from core.pricing.stages.coupon import coupon, coupon_off
from core.pricing.stages.discount_by_hand import discount_by_hand
from core.pricing.stages.earning import bonus_of, multiplier_of, points_of
from core.pricing.stages.gift import gift, gift_value
from core.pricing.stages.list_price import at_price, list_price
from core.pricing.stages.multi_buy import can_fill, competing, multi_buy
from core.pricing.stages.percentage import percentage, percentages_off
from core.pricing.stages.price_by_hand import price_by_hand
from core.pricing.stages.threshold import Measured, reduction, threshold
from core.pricing.stages.unit_price import price_of, unit_price
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import (
    BasketOffer,
    CouponOffer,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Threshold,
)

MOST_PROVEN = 12
MOST_VISITED = 96
EARLY: tuple[Callable[[Working], None], ...] = (
    list_price,
    price_by_hand,
    claim,
    unit_price,
    multi_buy,
    percentage,
)
LATE: tuple[Callable[[Working], None], ...] = (gift, threshold, coupon, discount_by_hand)

Late = Threshold | CouponOffer
Key = tuple[int, int, int, int, int, tuple[int, ...], tuple[str, ...]]


class _Line:
    """A line with what touches it, and the bounds that were asked for."""

    __slots__ = ("exclusive", "is_dealt", "least", "line", "mask", "most", "percentages", "prices")

    def __init__(self, line: WorkingLine) -> None:
        self.line = line
        self.mask = self.exclusive = 0
        self.is_dealt = False
        self.prices: list[tuple[int, int]] = []
        self.percentages: list[tuple[int, PercentageOffer]] = []
        self.least: dict[int, int] = {}
        self.most: dict[tuple[int, int], int] = {}


class Search:
    """The choice among the competing offers of one part, each of them a bit of a mask."""

    def __init__(
        self, working: Working, rivals: tuple[Offer, ...], discount: DiscountByHand | None
    ) -> None:
        self._working = working
        self._live = working.on
        self._rivals = rivals
        self._discount = discount
        self._bit = {offer.id: 1 << at for at, offer in enumerate(rivals)}
        self._always = frozenset(offer.id for offer in self._live.all if offer.id not in self._bit)
        later: tuple[Late, ...] = (*self._live.thresholds, *self._live.coupons)
        self._later = tuple(
            offer for offer in later if any(line.is_open_to(offer) for line in working.lines)
        )
        self._groups = self._group_masks()
        self._deals = self._deal_savings()
        self._lines = [self._line(line) for line in working.lines]
        self._counted = {
            offer.id: [at for at, each in enumerate(self._lines) if each.line.is_open_to(offer)]
            for offer in self._later
        }
        self._has_by_hand = discount is not None or any(
            line.by_hand is not None for line in working.lines
        )
        self._priced: list[tuple[int, int]] = []
        self._best: tuple[Key, int] | None = None
        self._open_bound: int | None = None
        self._visited = 0
        # Which units fill which deal is the best there is only where no two deals want the same.
        packed = competing(working.lines, self._live.deals)
        self.is_proven = all(len(group) == 1 for group in packed)
        self.gap_fen = 0

    @property
    def best_ids(self) -> frozenset[str]:
        """The competing offers that are on in the best choice."""
        assert self._best is not None, "nothing was priced"
        mask = self._best[1]
        return frozenset(name for name, bit in self._bit.items() if mask & bit)

    def run(self) -> None:
        """Find the best choice."""
        self._price(self._greedy())
        if len(self._rivals) <= MOST_PROVEN:
            self._branch(0, 0, 0)
            return
        self._branch(0, 0, 0, most=MOST_VISITED)
        assert self._best is not None
        if self._open_bound is not None:
            self.is_proven = False
            self.gap_fen = max(0, self._best[0][0] - self._open_bound)

    def _greedy(self) -> int:
        mask = 0
        for bit in self._bit.values():
            if self._is_allowed(mask | bit):
                mask |= bit
        return mask

    # Facts

    def _group_masks(self) -> list[int]:
        masks: dict[str, int] = {}
        for offer in self._rivals:
            if isinstance(offer, BasketOffer) and offer.group:
                masks[offer.group] = masks.get(offer.group, 0) | self._bit[offer.id]
        return [mask for mask in masks.values() if mask & (mask - 1)]

    def _is_allowed(self, mask: int) -> bool:
        """Of an exclusion group at most one is on."""
        return all((mask & group) & ((mask & group) - 1) == 0 for group in self._groups)

    def _on(self, mask: int) -> On:
        return self._live.only(
            self._always | {name for name, bit in self._bit.items() if mask & bit}
        )

    def _deal_savings(self) -> list[tuple[int, int]]:
        """The bit of each deal, and the most that it saves alone, at list prices."""
        found = []
        for deal in self._live.deals:
            for line in self._working.lines:
                line.restart()
            part = self._working.part(self._working.lines, On(deals=(deal,)))
            for stage in (list_price, price_by_hand, multi_buy):
                stage(part)
            saved = sum(made.amount_fen for made in part.adjustments)
            found.append((self._bit.get(deal.id, 0), saved))
        for line in self._working.lines:
            line.restart()
        for stage in (list_price, price_by_hand):
            stage(self._working)
        return found

    def _line(self, line: WorkingLine) -> _Line:
        """Each offer by its bit, 0 for one that is always on."""
        found = _Line(line)
        for price in self._live.prices:
            if touches(price, line):
                found.prices.append((self._bit.get(price.id, 0), _at_price(price, line)))
        for offer in self._live.basket_offers:
            if not touches(offer, line):
                continue
            bit = self._bit.get(offer.id, 0)
            if isinstance(offer, PercentageOffer):
                found.percentages.append((bit, offer))
            if offer.is_exclusive:
                found.exclusive |= bit
        found.is_dealt = any(can_fill(line, deal) for deal in self._live.deals)
        found.mask = found.exclusive
        for bit, _ in (*found.prices, *found.percentages):
            found.mask |= bit
        return found

    # Bounds

    def _bound(self, decided: int, on: int) -> int:
        """No choice that agrees with what is decided costs less."""
        if self._has_by_hand:
            return 0
        off = decided & ~on
        fen = sum(_least(line, off) for line in self._lines)
        fen -= sum(saved for bit, saved in self._deals if not bit & off)
        most = [_most(line, decided, on) for line in self._lines]
        groups: dict[str, int] = {}
        for offer in self._later:
            if self._bit.get(offer.id, 0) & off:
                continue
            places = self._counted[offer.id]
            milli = sum(self._lines[at].line.quantity_milli for at in places)
            saved = _most_off(offer, sum(most[at] for at in places), milli)
            name = offer.group or f" {offer.id}"
            groups[name] = max(groups.get(name, 0), saved)
        return max(0, fen - sum(groups.values()))

    # Choices

    def _branch(self, place: int, decided: int, on: int, most: int | None = None) -> None:
        """Decide one offer after the other, on first; leave what cannot win."""
        assert self._best is not None
        self._visited += 1
        bound = self._bound(decided, on)
        if bound > self._best[0][0]:
            return
        if most is not None and self._visited > most:
            is_lower = self._open_bound is None or bound < self._open_bound
            self._open_bound = bound if is_lower else self._open_bound
            return
        if place == len(self._rivals):
            if not any(used & ~on == 0 and on & ~mask == 0 for mask, used in self._priced):
                self._price(on)
            return
        bit = 1 << place
        if self._is_allowed(on | bit):
            self._branch(place + 1, decided | bit, on | bit, most)
        self._branch(place + 1, decided | bit, on, most)

    def _price(self, mask: int) -> None:
        part = self._working.part(self._working.lines, self._on(mask))
        part.discount = self._discount
        for line in part.lines:
            line.restart()
        for stage in (*EARLY, *LATE):
            stage(part)
        used = {made.offer for made in part.adjustments}
        key = _key(part, used)
        self._priced.append((mask, mask & self._lasting(used)))
        if self._best is None or key < self._best[0]:
            self._best = (key, mask)

    def _lasting(self, used: set[str]) -> int:
        """Offers whose absence could change something: those used, and those that claim lines."""
        lasting = 0
        for offer in self._rivals:
            claims = isinstance(offer, BasketOffer) and offer.is_exclusive
            if claims or offer.id in used or isinstance(offer, PointsOffer):
                lasting |= self._bit[offer.id]
        return lasting


def _key(part: Working, used: set[str]) -> Key:
    known: dict[str, Offer] = {o.id: o for o in part.on.basket_offers}
    known |= {o.id: o for o in part.on.prices}
    on = [known[name] for name in used if name in known]
    return (
        sum(line.net_fen for line in part.lines),
        -gift_value(part.adjustments),
        -_points_as_if_earning(part),
        sum(isinstance(offer, CouponOffer) for offer in on),
        len(on),
        tuple(sorted(-offer.priority for offer in on)),
        tuple(sorted(offer.id for offer in on)),
    )


def _least(line: _Line, off: int) -> int:
    """The line at the lowest price that is not off, with every percentage that is not off.

    Less than that it never costs without deals: what is taken off never grows with the price.
    """
    if line.line.chosen:
        return 0
    key = off & line.mask
    if key not in line.least:
        fen = line.line.list_fen
        if not line.line.is_by_hand:
            fen = min([fen, *(price for bit, price in line.prices if not bit & off)])
        open_ones = [offer for bit, offer in line.percentages if not bit & off]
        line.least[key] = fen - sum(saved for _, saved in percentages_off(fen, open_ones, {}))
    return line.least[key]


def _most(line: _Line, decided: int, on: int) -> int:
    """What the line costs with nothing more than what is decided; at list where deals may change.

    An exclusive offer would keep the others from it.
    """
    key = (decided & line.mask, on & line.mask)
    if key not in line.most:
        fen = max(line.line.list_fen, line.line.net_fen)
        if not line.is_dealt and not line.exclusive & ~(decided & ~on):
            sure = [offer for bit, offer in line.percentages if bit & on and offer.cap_fen is None]
            fen -= sum(saved for _, saved in percentages_off(fen, sure, {}))
        line.most[key] = fen
    return line.most[key]


def _at_price(offer: PriceOffer, line: WorkingLine) -> int:
    price = price_of(offer, line.product)
    return line.list_fen if price is None else at_price(line, price)


def _most_off(offer: Late, fen: int, milli: int) -> int:
    if isinstance(offer, Threshold):
        return min(fen, reduction(offer, Measured(fen, milli)))
    return coupon_off(offer, fen) if fen >= offer.from_fen else 0


def _points_as_if_earning(working: Working) -> int:
    if working.tier is None:
        return 0
    lines = [line for line in working.lines if not line.is_outside]
    term = sum(line.net_fen * multiplier_of(working, line) for line in lines)
    bonus = sum(bonus_of(line) for line in lines)
    return points_of(working, term) + bonus


def touches(offer: Offer, line: WorkingLine) -> bool:
    """Whether an offer has anything to do with a line."""
    if isinstance(offer, PriceOffer):
        return price_of(offer, line.product) is not None and not line.is_outside
    return line.chosen == offer.id or line.is_open_to(offer)
