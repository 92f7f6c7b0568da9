"""调整: every fen between list price and payable, with its offer, its line and its reason."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Stage(StrEnum):
    """The stages that change a price, in their order (domain.md 2)."""

    PRICE_BY_HAND = "price_by_hand"
    UNIT_PRICE = "unit_price"
    MULTI_BUY = "multi_buy"
    PERCENTAGE = "percentage"
    THRESHOLD = "threshold"
    COUPON = "coupon"
    LINE_BY_HAND = "line_by_hand"
    BASKET_BY_HAND = "basket_by_hand"
    POINTS = "points"
    CASH_ROUNDING = "cash_rounding"


class Reason(StrEnum):
    """Why an adjustment was made; `ui.text` has the sentence a cashier reads out."""

    MEMBER_PRICE = "member_price"
    SPECIAL_PRICE = "special_price"
    TIER_PERCENTAGE = "tier_percentage"
    PERCENTAGE = "percentage"
    MULTI_BUY = "multi_buy"
    THRESHOLD = "threshold"
    COUPON = "coupon"
    GIFT = "gift"
    ADD_ON = "add_on"
    COUPON_POINTS = "coupon_points"
    PRICE_BY_HAND = "price_by_hand"
    LINE_BY_HAND = "line_by_hand"
    BASKET_BY_HAND = "basket_by_hand"
    POINTS = "points"
    CASH_ROUNDING = "cash_rounding"


class Adjustment(Struct, frozen=True):
    """`amount_fen` > 0 is taken off line `line`; list − all adjustments = payable, exactly.

    A coupon that gives points takes off nothing: 0, on each line that earns more for it.
    `unit_price_fen` is the reduced price of stage 2 or the price by hand, `rate_bp` the percentage
    of stage 4 or by hand, `label` the name of the offer or tier, or the reason given by hand, as
    the shop wrote it.
    """

    stage: Stage
    offer: str
    line: int
    amount_fen: int
    reason: Reason
    label: str = ""
    unit_price_fen: int = 0
    rate_bp: int = 0


class Lost(StrEnum):
    """Why an offer was not used for a line."""

    PRICE_BETTER = "price_better"
    PERCENTAGE_BETTER = "percentage_better"
    OUTSIDE = "outside"
    MEMBERS_ONLY = "members_only"
    NOT_LOWER = "not_lower"
    BY_HAND = "by_hand"
    OTHERS_BETTER = "others_better"
    NOT_REACHED = "not_reached"
    NOTHING_OFF = "nothing_off"
    NOT_CHOSEN = "not_chosen"
    NEW_MEMBERS = "new_members"
    FIRST_PURCHASE = "first_purchase"
    BIRTHDAY = "birthday"
    BIRTHDAY_EDITED = "birthday_edited"
    BIRTHDAY_USED = "birthday_used"
    MEMBER_USED_UP = "member_used_up"
    MEMBER_DAY_USED_UP = "member_day_used_up"
    DAY_USED_UP = "day_used_up"
    USED_UP = "used_up"
    SWITCHED_OFF = "switched_off"
    NOT_THEIRS = "not_theirs"
    OTHER_STORE = "other_store"
    NOT_YET = "not_yet"
    OVER = "over"
    OTHER_DAY = "other_day"
    OTHER_HOUR = "other_hour"
    HIGHER_TIER = "higher_tier"
    UNITS_USED_UP = "units_used_up"


class Rejected(Struct, frozen=True):
    """没有用上的: an offer that a line could have had, why it lost, and what it would have cost.

    `dearer_fen` ≥ 0: how much dearer the line would be with it; 0 at the same price. `line` 0 is
    the whole basket.
    """

    offer: str
    line: int
    lost: Lost
    dearer_fen: int = 0
    label: str = ""
