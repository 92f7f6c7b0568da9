"""条件: when an offer is on, for whom and for which goods (domain.md 2)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

DAY_MINUTES = 24 * 60
LEAP_DAY = "02-28"
LEAP_DAYS = (LEAP_DAY, "03-01")
"""When a 29 February is celebrated in a common year: the last of February, or the day after."""


class Scope(Struct, frozen=True):
    """商品范围: products by code, whole categories and brands; empty means everything.

    `but_not` takes products by code out again.
    """

    products: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    but_not: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether the scope names no goods."""
        return not (self.products or self.categories or self.brands)

    def has(self, code: str, category: str, brand: str = "") -> bool:
        """Whether a product of this code, category and brand lies within it."""
        if code in self.but_not:
            return False
        is_named = code in self.products or category in self.categories or brand in self.brands
        return is_named or self.is_everything


EVERYTHING = Scope()


class BirthdayWindow(Struct, frozen=True):
    """生日窗口: so many days before and after the celebration day (0: the day alone).

    `is_month`: the solar month in which the celebration day lies instead.
    """

    days: int = 0
    is_month: bool = False


class Missed(StrEnum):
    """What of the time and the place of an offer does not fit, the gravest first."""

    OTHER_STORE = "other_store"
    NOT_YET = "not_yet"
    OVER = "over"
    OTHER_DAY = "other_day"
    OTHER_HOUR = "other_hour"


class Limits(Struct, frozen=True):
    """次数: in how many sales an offer may be used at most, None for no bound.

    By one member ever and on one business day, by everybody on one business day and in all; and
    of how many units of goods (限购), counted in the same four ways. What is counted for a member
    is given to members only.
    """

    per_member: int | None = None
    per_member_day: int | None = None
    per_day: int | None = None
    in_all: int | None = None
    units_per_member: int | None = None
    units_per_member_day: int | None = None
    units_per_day: int | None = None
    units_in_all: int | None = None

    @property
    def asks_for_member(self) -> bool:
        """Whether somebody has to be known, so that they can be counted."""
        ever = self.per_member is not None or self.units_per_member is not None
        return ever or self.per_member_day is not None or self.units_per_member_day is not None

    @property
    def has_units(self) -> bool:
        """Whether units of goods are counted."""
        by_member = self.units_per_member is not None or self.units_per_member_day is not None
        return by_member or self.units_per_day is not None or self.units_in_all is not None

    @property
    def has_uses(self) -> bool:
        """Whether sales are counted."""
        by_member = self.per_member is not None or self.per_member_day is not None
        return by_member or self.per_day is not None or self.in_all is not None


UNLIMITED = Limits()


class Conditions(Struct, frozen=True):
    """Business dates inclusive; `weekdays` 1 (Monday) to 7, `month_days` 1 to 31; empty: every one.

    Minutes of the store's wall clock from `from_minute` to before `to_minute`; over midnight where
    the second is not later. `from_tier` is a tier's code: that tier and those above it, since a
    higher tier keeps what the lower ones give. `stores` are store codes. For who joined within
    `joined_days` (1: on the day itself), who has not bought anything yet, whose birthday is near.
    `from_fen` and `from_milli` are a minimum on the list prices and quantities of the offer's
    lines, whatever else is on. No condition can ask that somebody is *not* a member: being one
    never makes a basket dearer.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    from_minute: int = 0
    to_minute: int = DAY_MINUTES
    for_members: bool = False
    from_tier: str = ""
    stores: frozenset[str] = frozenset()
    joined_days: int = 0
    is_first_purchase: bool = False
    birthday: BirthdayWindow | None = None
    from_fen: int = 0
    from_milli: int = 0

    @property
    def asks_for_member(self) -> bool:
        """Whether nobody but a member can have it."""
        if self.for_members or self.from_tier:
            return True
        return bool(self.joined_days or self.is_first_purchase or self.birthday)

    @property
    def is_of_time_and_place(self) -> bool:
        """Whether nothing is asked but when, where and of which tier."""
        asked = (self.joined_days, self.is_first_purchase, self.birthday, self.has_minimum)
        return not any(asked) and not self.for_members

    @property
    def has_minimum(self) -> bool:
        """Whether its lines have to come to something."""
        return bool(self.from_fen or self.from_milli)

    def is_on(self, business_on: date, minute: int, store: str = "") -> bool:
        """Whether it is the time and the place for it."""
        return self.missed(business_on, minute, store) is None

    def missed(self, business_on: date, minute: int, store: str = "") -> Missed | None:
        """Why it is not the time or not the place for it; None where it is."""
        if self.stores and store not in self.stores:
            return Missed.OTHER_STORE
        if self.starts_on is not None and business_on < self.starts_on:
            return Missed.NOT_YET
        if self.ends_on is not None and business_on > self.ends_on:
            return Missed.OVER
        if self.weekdays and business_on.isoweekday() not in self.weekdays:
            return Missed.OTHER_DAY
        if self.month_days and business_on.day not in self.month_days:
            return Missed.OTHER_DAY
        return None if self._is_hour(minute) else Missed.OTHER_HOUR

    def _is_hour(self, minute: int) -> bool:
        if self.from_minute < self.to_minute:
            return self.from_minute <= minute < self.to_minute
        return minute >= self.from_minute or minute < self.to_minute


ALWAYS = Conditions()
