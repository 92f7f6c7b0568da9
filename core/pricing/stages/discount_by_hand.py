"""手工优惠: of a line, then of the basket, never below zero (domain.md 2, end of stage 6).

Each is rounded once; what the basket's takes off is allocated by what its lines still cost. What
is outside of everything neither takes any nor counts. Tier and offers keep their multiplier: it
is an amount less, not another price.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Lost, Reason, Rejected, Stage
from core.pricing.by_hand import DiscountByHand
from core.pricing.working import Working, WorkingLine
from core.values.money import allocate
from core.values.rate import FULL

LINE, BASKET = "line_by_hand", "basket_by_hand"


def discount_by_hand(working: Working) -> None:
    """Take the discounts by hand off what the offers left."""
    for line in working.lines:
        if isinstance(line.by_hand, DiscountByHand):
            _take_off_line(working, line, line.by_hand)
    if working.discount is not None:
        _take_off_basket(working, working.discount)


def _take_off_line(working: Working, line: WorkingLine, discount: DiscountByHand) -> None:
    if line.is_outside:
        working.rejected.append(Rejected(LINE, line.no, Lost.OUTSIDE, 0, discount.reason))
        return
    off_fen = discount.off(line.net_fen)
    if off_fen:
        _bear(working, line, off_fen, discount, Stage.LINE_BY_HAND)


def _take_off_basket(working: Working, discount: DiscountByHand) -> None:
    lines = [line for line in working.lines if not line.is_outside]
    nets = [line.net_fen for line in lines]
    off_fen = discount.off(sum(nets))
    if not off_fen:
        return
    for line, part in zip(lines, allocate(off_fen, nets), strict=True):
        if part:
            _bear(working, line, part, discount, Stage.BASKET_BY_HAND)


def _bear(
    working: Working, line: WorkingLine, fen: int, discount: DiscountByHand, stage: Stage
) -> None:
    line.net_fen -= fen
    is_line = stage is Stage.LINE_BY_HAND
    working.adjustments.append(
        Adjustment(
            stage,
            LINE if is_line else BASKET,
            line.no,
            fen,
            Reason.LINE_BY_HAND if is_line else Reason.BASKET_BY_HAND,
            discount.reason,
            0,
            0 if discount.rate_bp == FULL else discount.rate_bp,
        )
    )
