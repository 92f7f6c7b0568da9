"""时刻: an instant in UTC microseconds and the business date it belongs to.

The store's day ends at a set hour (default 04:00), not at midnight (domain.md 1).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from msgspec import Struct

MICRO = 1_000_000
CHINA = timezone(timedelta(hours=8), "CST")
"""One clock for the whole country, and no summer time."""


class Moment(Struct, frozen=True):
    """An instant (UTC, microseconds since 1970) with its business date in the store's zone.

    `minute` is that of the store's wall clock, 0 to 1439, and `store` the code of the store whose
    day and clock these are.
    """

    at_us: int
    business_on: date
    minute: int = 0
    store: str = ""


def moment_at(at_us: int, zone: tzinfo, day_ends_hour: int, store: str = "") -> Moment:
    """An instant with its business date and the minute of the store's wall clock."""
    return Moment(at_us, *_day_and_minute(at_us // (60 * MICRO), zone, day_ends_hour), store)


@lru_cache(maxsize=8)
def _day_and_minute(minutes: int, zone: tzinfo, day_ends_hour: int) -> tuple[date, int]:
    """Every question within one minute has one answer: zones differ by whole minutes."""
    clock = local_time(minutes * 60 * MICRO, zone)
    on = (clock - timedelta(hours=day_ends_hour)).date()
    return on, clock.hour * 60 + clock.minute


def business_date(at_us: int, zone: tzinfo, day_ends_hour: int) -> date:
    """The store's day of an instant: before `day_ends_hour` it is still yesterday."""
    return (local_time(at_us, zone) - timedelta(hours=day_ends_hour)).date()


def local_time(at_us: int, zone: tzinfo) -> datetime:
    """The wall clock of the store at an instant."""
    seconds, micro = divmod(at_us, MICRO)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro).astimezone(zone)


def day_began_us(day: date, zone: tzinfo) -> int:
    """The instant at which the wall clock of the store says midnight of a day."""
    since = datetime.combine(day, time(), zone) - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(seconds=1) * MICRO


def day_and_time(at_us: int, zone: tzinfo) -> str:
    """As papers say when something was: 2026-11-26 19:30."""
    return f"{local_time(at_us, zone):%Y-%m-%d %H:%M}"


def time_of_day(at_us: int, zone: tzinfo) -> str:
    """Of a day that is known: 19:30."""
    return f"{local_time(at_us, zone):%H:%M}"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that day is missing."""
    return months_after(day, -months)


@lru_cache(maxsize=64)
def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day is missing."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
