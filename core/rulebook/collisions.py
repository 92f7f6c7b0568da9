"""撞期: offers that are on at the same time for the same goods, and what becomes of both then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from core.rulebook.conditions import Conditions, Scope
from core.rulebook.offers import (
    AnyFor,
    BasketOffer,
    Bundle,
    NthReduced,
    Offer,
    PercentageOffer,
    Threshold,
)

AHEAD = 366
_DEALS = (NthReduced, AnyFor, Bundle)


class Clash(StrEnum):
    """What becomes of both: one of their group, no other beside it, the better one, or both."""

    GROUP = "group"
    EXCLUSIVE = "exclusive"
    BETTER = "better"
    BOTH = "both"


class Collision(Struct, frozen=True):
    """Another offer, by its name, on so many of the days ahead, the first of them on `first`."""

    other: str
    clash: Clash
    first: date
    days: int


def collisions(offer: Offer, offers: Iterable[Offer], on: date) -> tuple[Collision, ...]:
    """With which others it meets within a year from this business date; prices meet nobody."""
    found = []
    for other in offers:
        if other.id == offer.id:
            continue
        clash = _clash(offer, other)
        if clash is None:
            continue
        days = _days(offer.when, other.when, on)
        if days:
            found.append(Collision(other.name, clash, days[0], len(days)))
    return tuple(found)


def _clash(one: Offer, other: Offer) -> Clash | None:
    if not isinstance(one, BasketOffer) or not isinstance(other, BasketOffer):
        return None
    if not _share_goods(one, other):
        return None
    if one.group and one.group == other.group:
        return Clash.GROUP
    if one.is_exclusive or other.is_exclusive:
        return Clash.EXCLUSIVE
    if isinstance(one, PercentageOffer) and isinstance(other, PercentageOffer):
        return Clash.BOTH if one.is_stackable and other.is_stackable else Clash.BETTER
    if isinstance(one, _DEALS) and isinstance(other, _DEALS):
        return Clash.BETTER
    if isinstance(one, Threshold) and isinstance(other, Threshold):
        return Clash.BOTH
    return None


def _share_goods(one: BasketOffer, other: BasketOffer) -> bool:
    """Whether a product can be of both; of what category a product is nobody knows here."""
    first, second = _scope(one), _scope(other)
    if first.is_everything or second.is_everything:
        return True
    if first.products and second.products and not _named(first) and not _named(second):
        return bool((first.products - second.but_not) & (second.products - first.but_not))
    if first.categories and second.categories and not _mixed(first) and not _mixed(second):
        return bool(first.categories & second.categories)
    return True


def _scope(offer: BasketOffer) -> Scope:
    if isinstance(offer, Bundle):
        return Scope(products=frozenset(code for code, _ in offer.parts))
    return offer.scope


def _named(scope: Scope) -> bool:
    return bool(scope.categories or scope.brands)


def _mixed(scope: Scope) -> bool:
    return bool(scope.products or scope.brands)


def _days(one: Conditions, other: Conditions, on: date) -> list[date]:
    """The days of the year ahead on which both are on at the same hour in the same store."""
    if one.stores and other.stores and not one.stores & other.stores:
        return []
    if not _share_hours(one, other):
        return []
    days = (on + timedelta(days=ahead) for ahead in range(AHEAD))
    return [day for day in days if _is_day(one, day) and _is_day(other, day)]


def _is_day(when: Conditions, day: date) -> bool:
    return when.is_on(day, when.from_minute, next(iter(sorted(when.stores)), ""))


def _share_hours(one: Conditions, other: Conditions) -> bool:
    return _is_hour(one, other.from_minute) or _is_hour(other, one.from_minute)


def _is_hour(when: Conditions, minute: int) -> bool:
    if when.from_minute < when.to_minute:
        return when.from_minute <= minute < when.to_minute
    return minute >= when.from_minute or minute < when.to_minute
