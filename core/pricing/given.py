"""手工所让: what each price and discount by hand came to in a quote, and who answers for it."""

from __future__ import annotations

from msgspec import Struct

from core.pricing.adjustment import Stage
from core.pricing.basket import Basket, BasketLine
from core.pricing.by_hand import Approved, ByHand, DiscountByHand, PriceByHand
from core.pricing.quote import Quote
from core.rulebook.by_hand import ByHandLimits
from core.values.rate import FULL

_BEFORE = (
    Stage.PRICE_BY_HAND,
    Stage.UNIT_PRICE,
    Stage.MULTI_BUY,
    Stage.PERCENTAGE,
    Stage.THRESHOLD,
    Stage.COUPON,
)


class Given(Struct, frozen=True):
    """`off_fen` taken off `of_fen`, which is the share `share_bp`; `line` None: off the basket.

    A price by hand is measured on the list price; a discount on what it was taken off, a rate by
    its own share, an amount by the share it came to, rounded up.
    """

    line: int | None
    by_hand: ByHand
    off_fen: int
    of_fen: int
    share_bp: int

    def approved_by(self, staff_no: int) -> Approved:
        """Somebody's approval of just as much."""
        return Approved(staff_no, self.off_fen, self.share_bp)

    def is_answered(self, limits: ByHandLimits) -> bool:
        """Whether it is within the limits, or approved for as much as it is now."""
        approved = self.by_hand.approved
        if approved is None:
            return self.is_within(limits)
        covers = self.off_fen <= approved.fen and self.share_bp <= approved.share_bp
        return covers or self.is_within(limits)

    def is_within(self, limits: ByHandLimits) -> bool:
        """Whether a cashier may give it alone."""
        if self.line is None:
            most_bp, most_fen = limits.basket_bp, limits.basket_fen
        elif isinstance(self.by_hand, PriceByHand):
            most_bp, most_fen = limits.price_bp, limits.line_fen
        else:
            most_bp, most_fen = limits.line_bp, limits.line_fen
        return self.share_bp <= most_bp and (most_fen is None or self.off_fen <= most_fen)


def given_by_hand(basket: Basket, quote: Quote) -> tuple[Given, ...]:
    """Everything by hand that was taken into account, by line, the basket's own last."""
    if not basket.has_by_hand:
        return ()
    given: list[Given] = []
    left_fen, takes_part = 0, False
    for priced in quote.lines:
        if priced.is_outside:
            continue
        line, takes_part = basket.line(priced.no), True
        before_fen = priced.list_fen - _off(quote, priced.no, _BEFORE)
        by_hand_fen = _off(quote, priced.no, (Stage.PRICE_BY_HAND,))
        line_fen = _off(quote, priced.no, (Stage.LINE_BY_HAND,))
        if isinstance(line.by_hand, PriceByHand):
            given.append(_price(line, priced.list_fen, by_hand_fen))
        elif line.by_hand is not None:
            given.append(_discount(line.no, line.by_hand, line_fen, before_fen))
        left_fen += before_fen - line_fen
    if basket.discount is not None and takes_part:
        off_fen = _off(quote, None, (Stage.BASKET_BY_HAND,))
        given.append(_discount(None, basket.discount, off_fen, left_fen))
    return tuple(given)


def _off(quote: Quote, line: int | None, stages: tuple[Stage, ...]) -> int:
    made = (each for each in quote.adjustments if each.stage in stages)
    return sum(each.amount_fen for each in made if line in (None, each.line))


def _price(line: BasketLine, list_fen: int, off_fen: int) -> Given:
    by_hand, unit_fen = line.by_hand, line.product.price_fen
    assert isinstance(by_hand, PriceByHand)
    share = _share(unit_fen - by_hand.price_fen, unit_fen) if off_fen else 0
    return Given(line.no, by_hand, off_fen, list_fen, share)


def _discount(line: int | None, by_hand: DiscountByHand, off_fen: int, of_fen: int) -> Given:
    is_rate = not by_hand.amount_fen
    share = FULL - by_hand.rate_bp if is_rate and off_fen else _share(off_fen, of_fen)
    return Given(line, by_hand, off_fen, of_fen, share)


def _share(part_fen: int, whole_fen: int) -> int:
    """Basis points, rounded up: a limit is never passed by a fraction."""
    return -(-part_fen * FULL // whole_fen) if whole_fen > 0 else 0
