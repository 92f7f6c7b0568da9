"""条件: when an offer is on, for whom and for which goods (domain.md 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Scope:
    """商品范围: products by code and whole categories; empty means everything.

    `but_not` takes products by code out again.
    """

    products: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    but_not: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether the scope names no goods."""
        return not (self.products or self.categories)

    def has(self, code: str, category: str) -> bool:
        """Whether a product of this code and category lies within it."""
        if code in self.but_not:
            return False
        return self.is_everything or code in self.products or category in self.categories


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Conditions:
    """Business dates inclusive; `weekdays` 1 (Monday) to 7, `month_days` 1 to 31; empty: every one.

    Minutes of the store's wall clock from `from_minute` to before `to_minute`; over midnight where
    the second is not later. `from_tier` is a tier's code: that tier and those above it, since a
    higher tier keeps what the lower ones give. No condition can ask that somebody is *not*
    a member: being one never makes a basket dearer.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    from_minute: int = 0
    to_minute: int = DAY_MINUTES
    for_members: bool = False
    from_tier: str = ""

    @property
    def asks_for_member(self) -> bool:
        """Whether nobody but a member can have it."""
        return bool(self.for_members or self.from_tier)

    def is_on(self, business_on: date, minute: int) -> bool:
        """Whether it is the time for it."""
        if self.starts_on is not None and business_on < self.starts_on:
            return False
        if self.ends_on is not None and business_on > self.ends_on:
            return False
        if self.weekdays and business_on.isoweekday() not in self.weekdays:
            return False
        if self.month_days and business_on.day not in self.month_days:
            return False
        return self._is_hour(minute)

    def _is_hour(self, minute: int) -> bool:
        if self.from_minute < self.to_minute:
            return self.from_minute <= minute < self.to_minute
        return minute >= self.from_minute or minute < self.to_minute


ALWAYS = Conditions()
