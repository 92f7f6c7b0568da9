"""积分少了: what is said where points that were to pay for a basket are spent elsewhere."""

from __future__ import annotations

from core.pricing.quote import Quote
from core.values.money import format_money
from ui.text import tr


def fewer_points_words(before: Quote, after: Quote) -> str:
    """The payable goes up by it; "" where the points pay as much as before."""
    if after.points_fen >= before.points_fen:
        return ""
    return tr(
        "积分少了：本单的积分抵扣从 {before} 变成 {after}，应收 {payable}。",
        before=format_money(before.points_fen),
        after=format_money(after.points_fen),
        payable=format_money(after.payable_fen),
    )
