"""手工优惠的限额: how much a cashier may take off alone, and the reasons that count."""

from __future__ import annotations

from msgspec import Struct

# What a rulebook from before there were any is read with; a shop writes its own.
REASONS = ("临期", "破损", "老顾客", "价签错误", "店长同意")


class ByHandLimits(Struct, frozen=True):
    """The most that is given without an approval: a share (basis points), and fen, None for any.

    `line_…` is of what a line costs before it, `basket_…` of the whole basket, `price_bp` of the
    list price of a line, whose fen are those of `line_fen`. Nothing at all by default.
    `is_switching_free`: an offer may be switched off for a basket without an approval.
    """

    line_bp: int = 0
    line_fen: int | None = None
    basket_bp: int = 0
    basket_fen: int | None = None
    price_bp: int = 0
    reasons: tuple[str, ...] = REASONS
    is_switching_free: bool = True


NOTHING_ALONE = ByHandLimits()
