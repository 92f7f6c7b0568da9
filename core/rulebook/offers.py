"""优惠规则: offers as data. Stage 2 is here; the offers of the other stages join it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PriceOffer:
    """会员价 / 特价: one offer whose table of prices stands on the products (domain.md 2, stage 2).

    `kind` is "member_price" (members only) or "special_price" (everybody). Unless
    `takes_percentage`, a line at this price takes no percentage and no multiplier.
    """

    id: str
    kind: str
    priority: int = 0
    takes_percentage: bool = False
