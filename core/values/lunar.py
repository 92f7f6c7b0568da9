"""农历: the Chinese calendar, by lunar_python."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2099
MONTHS = 12


def solar_of(year: int, month: int, day: int, *, is_leap: bool = False) -> date:
    """The solar date on which a lunar birthday is celebrated in a lunar year (domain.md 5).

    A leap month where the year has it, else the ordinary month of that number; day 30 falls on
    day 29 in short months. ValueError for what is no month or day of any year.
    """
    if not 1 <= month <= MONTHS or day < 1:
        raise ValueError(f"no lunar day {month}-{day}")
    months = _months(year)
    first, days = months.get(-month if is_leap else month) or months[month]
    return first + timedelta(days=min(day, days) - 1)


def days_in(year: int, month: int, *, is_leap: bool) -> int:
    """Days of a lunar month (29 or 30); 0 where the year has no such leap month."""
    _, days = _months(year).get(-month if is_leap else month, (None, 0))
    return days


def lunar_year(day: date) -> int:
    """The lunar year that a solar date lies in."""
    first, _ = _months(day.year)[1]
    return day.year if day >= first else day.year - 1


@lru_cache(maxsize=256)
def _months(year: int) -> dict[int, tuple[date, int]]:
    """Month (a leap month is negative) → first day and length. A year takes 3 ms, once."""
    from lunar_python import LunarYear, Solar

    months: dict[int, tuple[date, int]] = {}
    for month in LunarYear.fromYear(year).getMonths():
        if month.getYear() == year:
            first = Solar.fromJulianDay(month.getFirstJulianDay())
            begin = date(first.getYear(), first.getMonth(), first.getDay())
            months[month.getMonth()] = (begin, month.getDayCount())
    return months
