"""生日 in the store: month, day, year where it is known, and the calendar; without the store."""

from __future__ import annotations

from functools import lru_cache

from core.members.member import Birthday

SOLAR, LUNAR, LUNAR_LEAP = 0, 1, 2

BirthdayRow = tuple[int | None, int | None, int | None, int]


@lru_cache(maxsize=65_536)
def birthday_row(born: Birthday | None) -> BirthdayRow:
    """Month, day, year and calendar; a million people share some thirty thousand of these."""
    if born is None:
        return None, None, None, SOLAR
    calendar = (LUNAR_LEAP if born.is_leap else LUNAR) if born.is_lunar else SOLAR
    return born.month, born.day, born.year, calendar


def birthday_of(row: BirthdayRow) -> Birthday | None:
    """The birthday of such a row."""
    month, day, year, calendar = row
    if month is None or day is None:
        return None
    return Birthday(month, day, year, calendar != SOLAR, calendar == LUNAR_LEAP)
