"""优惠的条件 as data: when, where, for whom, for which goods, and how often.

What stands at its default is left out of a record, so that old rulebooks read as they did.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from core.rulebook.conditions import (
    DAY_MINUTES,
    UNLIMITED,
    BirthdayWindow,
    Conditions,
    Limits,
    Scope,
)
from core.values.fields import Fields
from core.values.money import MAX_FEN
from core.values.quantity import MAX_MILLI

_MOST_WINDOW_DAYS = 60
_MOST_JOINED_DAYS = 3660
_MOST_USES = 1_000_000_000
_LIMITS = (
    "per_member",
    "per_member_day",
    "per_day",
    "in_all",
    "units_per_member",
    "units_per_member_day",
    "units_per_day",
    "units_in_all",
)


def conditions_of(fields: Fields) -> Conditions:
    """The conditions of a record; raises BadRecord."""
    when = Conditions(
        starts_on=day_of(fields, "starts_on"),
        ends_on=day_of(fields, "ends_on"),
        weekdays=frozenset(fields.wholes("weekdays", least=1, most=7)),
        month_days=frozenset(fields.wholes("month_days", least=1, most=31)),
        from_minute=fields.whole("from_minute", 0, most=DAY_MINUTES - 1),
        to_minute=fields.whole("to_minute", DAY_MINUTES, least=1, most=DAY_MINUTES),
        for_members=fields.flag("for_members", False),
        from_tier=fields.text("from_tier", ""),
        stores=frozenset(fields.texts("stores")),
        joined_days=fields.whole("joined_days", 0, most=_MOST_JOINED_DAYS),
        is_first_purchase=fields.flag("is_first_purchase", False),
        birthday=None if fields.is_null("birthday") else _birthday_of(fields.inner("birthday")),
        from_fen=fields.whole("from_fen", 0, most=MAX_FEN),
        from_milli=fields.whole("from_milli", 0, most=MAX_MILLI),
    )
    check_days(fields, when.starts_on, when.ends_on)
    fields.end()
    return when


def _birthday_of(fields: Fields) -> BirthdayWindow:
    window = BirthdayWindow(
        days=fields.whole("days", 0, most=_MOST_WINDOW_DAYS),
        is_month=fields.flag("is_month", False),
    )
    if window.is_month and window.days:
        raise fields.wrong("days", "either days or the month")
    fields.end()
    return window


def scope_of(fields: Fields) -> Scope:
    """The scope of a record; raises BadRecord."""
    scope = Scope(
        products=frozenset(fields.texts("products")),
        categories=frozenset(fields.texts("categories")),
        but_not=frozenset(fields.texts("but_not")),
        brands=frozenset(fields.texts("brands")),
    )
    if "" in scope.brands:
        raise fields.wrong("brands", "a brand without a name")
    fields.end()
    return scope


def limits_of(fields: Fields) -> Limits:
    """The limits of a record; raises BadRecord."""
    limits = Limits(
        **{
            name: None if fields.is_null(name) else fields.whole(name, least=1, most=_MOST_USES)
            for name in _LIMITS
        }
    )
    fields.end()
    return limits


def conditions_record(when: Conditions) -> dict[str, Any]:
    """Plain values, from which `conditions_of` makes the same conditions."""
    window = when.birthday
    return unusual(
        starts_on=(text_of(when.starts_on), None),
        ends_on=(text_of(when.ends_on), None),
        weekdays=(sorted(when.weekdays), []),
        month_days=(sorted(when.month_days), []),
        from_minute=(when.from_minute, 0),
        to_minute=(when.to_minute, DAY_MINUTES),
        for_members=(when.for_members, False),
        from_tier=(when.from_tier, ""),
        stores=(sorted(when.stores), []),
        joined_days=(when.joined_days, 0),
        is_first_purchase=(when.is_first_purchase, False),
        birthday=(None if window is None else _birthday_record(window), None),
        from_fen=(when.from_fen, 0),
        from_milli=(when.from_milli, 0),
    )


def _birthday_record(window: BirthdayWindow) -> dict[str, Any]:
    return unusual(days=(window.days, 0), is_month=(window.is_month, False))


def scope_record(scope: Scope) -> dict[str, Any]:
    """Plain values, from which `scope_of` makes the same scope."""
    return unusual(
        products=(sorted(scope.products), []),
        categories=(sorted(scope.categories), []),
        but_not=(sorted(scope.but_not), []),
        brands=(sorted(scope.brands), []),
    )


def limits_record(limits: Limits) -> dict[str, Any]:
    """Plain values, from which `limits_of` makes the same limits."""
    if limits is UNLIMITED:
        return {}
    return unusual(**{name: (getattr(limits, name), None) for name in _LIMITS})


def day_of(fields: Fields, name: str) -> date | None:
    """A date that may be absent."""
    return None if fields.is_null(name) else fields.day(name)


def check_days(fields: Fields, starts_on: date | None, ends_on: date | None) -> None:
    """Raises BadRecord for an end before the beginning."""
    if starts_on and ends_on and ends_on < starts_on:
        raise fields.wrong("ends_on", "before starts_on")


def unusual(**fields: tuple[Any, Any]) -> dict[str, Any]:
    """The fields that are not at their default."""
    return {name: value for name, (value, usual) in fields.items() if value != usual}


def text_of(day: date | None) -> str | None:
    """A date as a record has it."""
    return None if day is None else day.isoformat()
