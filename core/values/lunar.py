"""农历: the Chinese calendar, by lunar_python."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2099


@lru_cache(maxsize=4096)
def solar_of(year: int, month: int, day: int, *, is_leap: bool = False) -> date:
    """The solar date on which a lunar birthday is celebrated in a lunar year (domain.md 5).

    A leap month where the year has it, else the ordinary month of that number; day 30 falls on
    day 29 in short months.
    """
    from lunar_python import LunarMonth, Solar

    found = LunarMonth.fromYm(year, -month) if is_leap else None
    found = found or LunarMonth.fromYm(year, month)
    if found is None:
        raise ValueError(f"no lunar month {month} in {year}")
    first = Solar.fromJulianDay(found.getFirstJulianDay())
    begin = date(first.getYear(), first.getMonth(), first.getDay())
    return begin + timedelta(days=min(day, found.getDayCount()) - 1)


@lru_cache(maxsize=1024)
def days_in(year: int, month: int, *, is_leap: bool) -> int:
    """Days of a lunar month (29 or 30); 0 where the year has no such leap month."""
    from lunar_python import LunarMonth

    found = LunarMonth.fromYm(year, -month if is_leap else month)
    return 0 if found is None else int(found.getDayCount())


@lru_cache(maxsize=1024)
def lunar_year(day: date) -> int:
    """The lunar year that a solar date lies in."""
    return day.year if day >= solar_of(day.year, 1, 1) else day.year - 1
