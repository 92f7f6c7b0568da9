"""优惠规则: offers as data. Stage 2 is here; the offers of the other stages join it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MEMBER_PRICE = "member_price"
SPECIAL_PRICE = "special_price"


@dataclass(frozen=True, slots=True)
class PriceOffer:
    """会员价 / 特价: one offer whose table of prices stands on the products (domain.md 2, stage 2).

    `kind` is "member_price" (members only) or "special_price" (everybody). Unless
    `takes_percentage`, a line at this price takes no percentage and no multiplier. It is on from
    `starts_on` to `ends_on`, both inclusive, in business dates; None leaves that end open.
    """

    id: str
    kind: str
    priority: int = 0
    takes_percentage: bool = False
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_for_members(self) -> bool:
        """Whether the offer asks for a member."""
        return self.kind == MEMBER_PRICE

    def is_on(self, business_on: date) -> bool:
        """限时: whether the offer holds on a business date."""
        if self.starts_on is not None and business_on < self.starts_on:
            return False
        return self.ends_on is None or business_on <= self.ends_on
