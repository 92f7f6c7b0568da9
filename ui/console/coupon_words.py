"""券的记录: the coupons that were presented, as plain values."""

from __future__ import annotations

from typing import Any

from core.actions.counter import Counter
from ui.coupon_text import coupon_name


def coupon_records(counter: Counter) -> list[dict[str, Any]]:
    """The coupons that were presented; `is_used` where one does something for this basket."""
    used = {made.offer for made in counter.quote.adjustments}
    return [
        {
            "code": each.code,
            "offer": each.offer,
            "name": coupon_name(counter, each.offer),
            "is_used": each.offer in used,
        }
        for each in counter.basket.coupons
    ]
