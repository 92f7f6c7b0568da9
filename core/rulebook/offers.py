"""优惠规则: offers as data, by the stage that they belong to (domain.md 2).

Every kind has `id`, `name` and `priority`. Of an exclusion `group` at most one offer is on; the
lines of an exclusive offer take no other one and count for none. `cap_fen` is the most that an
offer takes off one sale, None for no bound.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.rulebook.conditions import (
    ALWAYS,
    EVERYTHING,
    UNLIMITED,
    Conditions,
    Limits,
    Scope,
)
from core.rulebook.giving import GiftStep, Giving
from core.values.rate import FULL

MEMBER_PRICE = "member_price"
SPECIAL_PRICE = "special_price"
# What adjustments of no offer are called: the percentage of a tier, and what the stages take off.
TIER_MARK = "tier:"
TAKEN_IDS = ("price_by_hand", "line_by_hand", "basket_by_hand", "points")


class PriceOffer(Struct, frozen=True):
    """会员价 / 特价: one offer whose table of prices stands on the products (domain.md 2, stage 2).

    `kind` is "member_price" (members only) or "special_price" (everybody). Unless
    `takes_percentage`, a line at this price takes no percentage and no multiplier. It is on from
    `starts_on` to `ends_on`, both inclusive, in business dates; None leaves that end open. `when`
    narrows that to weekdays, hours, stores or tiers; a price asks for nothing else. `limits` are
    of units: what is beyond them costs what it would without.
    """

    id: str
    kind: str
    priority: int = 0
    takes_percentage: bool = False
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    when: Conditions = ALWAYS
    limits: Limits = UNLIMITED

    @property
    def is_for_members(self) -> bool:
        """Whether the offer asks for a member."""
        return self.kind == MEMBER_PRICE

    def is_on(self, business_on: date) -> bool:
        """限时: whether the offer holds on a business date."""
        if self.starts_on is not None and business_on < self.starts_on:
            return False
        return self.ends_on is None or business_on <= self.ends_on


class BasketOffer(Struct, frozen=True, kw_only=True):
    """What the offers of stages 3 to 6 have in common."""

    id: str
    name: str
    priority: int = 0
    when: Conditions = ALWAYS
    scope: Scope = EVERYTHING
    group: str = ""
    is_exclusive: bool = False
    cap_fen: int | None = None
    limits: Limits = UNLIMITED

    @property
    def asks_for_member(self) -> bool:
        """Whether nobody but a member can have it."""
        return self.when.asks_for_member or self.limits.asks_for_member

    @property
    def is_counted(self) -> bool:
        """Whether it has to be known who used it, and when."""
        return self.limits != UNLIMITED or self.when.birthday is not None

    def is_for(self, code: str, category: str, brand: str = "") -> bool:
        """Whether the offer is for such goods at all."""
        return self.scope.has(code, category, brand)


class NthReduced(BasketOffer, frozen=True, kw_only=True):
    """第二件半价 · 买N送M: of `units` units the `reduced` cheapest cost `rate_bp` of their price.

    买2送1 is 3 units, 1 of them at 0. `is_same_product`: a deal takes units of one product only.
    """

    units: int
    reduced: int = 1
    rate_bp: int = 0
    is_same_product: bool = False


class AnyFor(BasketOffer, frozen=True, kw_only=True):
    """任选 N 件 X 元: any `units` units of the scope cost `price_fen` together."""

    units: int
    price_fen: int


class Bundle(BasketOffer, frozen=True, kw_only=True):
    """组合价: so many units of each product, by code, cost `price_fen` together."""

    parts: tuple[tuple[str, int], ...]
    price_fen: int

    def is_for(self, code: str, category: str, brand: str = "") -> bool:
        """Its parts, as far as they lie within its scope."""
        is_part = any(code == part for part, _ in self.parts)
        return is_part and self.scope.has(code, category, brand)


class PercentageOffer(BasketOffer, frozen=True, kw_only=True):
    """折扣: lines of the scope cost `rate_bp`. Of those that do not stack the best one is taken.

    Stackable ones follow on the remainder, by priority, then id. `tier` is the code of the tier
    whose percentage it is, "" for an offer of the rulebook.
    """

    rate_bp: int
    is_stackable: bool = False
    tier: str = ""


class Step(Struct, frozen=True):
    """一档: reached at ≥ `from_fen`, or at `from_milli` of quantity; takes off an amount or a rate.

    Where it asks for both, both have to be reached. `off_fen` once, or where the threshold
    `repeats` as often as all that it asks for is full; `rate_bp` of FULL takes nothing.
    """

    from_fen: int = 0
    from_milli: int = 0
    off_fen: int = 0
    rate_bp: int = FULL


class Threshold(BasketOffer, frozen=True, kw_only=True):
    """满减 · 满折: of its steps the best, measured on the eligible lines after stage 4."""

    steps: tuple[Step, ...]
    repeats: bool = False
    counts_special: bool = True


class GiftOffer(BasketOffer, frozen=True, kw_only=True):
    """满额赠礼 · 加价购: from so much on the customer may choose a product, free or at a price.

    Of the steps that are reached the one that saves most holds; one that `repeats` gives its units
    for each full `from`, never more than `most_units` (0: no bound).
    """

    steps: tuple[GiftStep, ...]
    repeats: bool = False
    counts_special: bool = True
    most_units: int = 0


class CouponOffer(BasketOffer, frozen=True, kw_only=True):
    """优惠券: on only where one was presented. It does one thing, from `from_fen` on.

    `off_fen` is an amount off, `rate_bp` a percentage; `gives` lets the customer choose a product;
    at `unit_fen` one unit of its scope is had (0: free, None: no such coupon); or its lines earn
    `multiplier_bp`, and `bonus` points once. `code` is what anybody may present, as often as they
    come; "" where codes are issued that can be used once each. `partner` is who bears its cost,
    "" for the shop itself.
    """

    code: str = ""
    off_fen: int = 0
    rate_bp: int = FULL
    from_fen: int = 0
    gives: Giving | None = None
    unit_fen: int | None = None
    multiplier_bp: int = FULL
    bonus: int = 0
    partner: str = ""

    @property
    def is_single_use(self) -> bool:
        """Whether it takes a code of its own each time."""
        return not self.code

    @property
    def is_counted(self) -> bool:
        """Whether it has to be known who used it, and when."""
        asks = self.limits != UNLIMITED or self.when.birthday is not None
        return asks or self.is_single_use or bool(self.partner)

    @property
    def is_for_points(self) -> bool:
        """Whether it gives points, and takes nothing off."""
        return self.multiplier_bp > FULL or self.bonus > 0


class PointsOffer(BasketOffer, frozen=True, kw_only=True):
    """积分倍率 · 加送积分: its lines earn `multiplier_bp`, and `bonus` for each whole unit.

    A special line takes no multiplier, but its bonus.
    """

    multiplier_bp: int = FULL
    bonus: int = 0


Deal = NthReduced | AnyFor | Bundle
Offer = PriceOffer | BasketOffer
