"""时刻: instants, business dates and months."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.moment import (
    business_date,
    local_time,
    moment_at,
    months_after,
    months_before,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def us(*clock: int) -> int:
    return round(datetime(*clock, tzinfo=SHANGHAI).timestamp()) * 1_000_000


def test_the_business_day_ends_at_its_hour_not_at_midnight():
    assert business_date(us(2026, 11, 24, 23, 59), SHANGHAI, 4) == date(2026, 11, 24)
    assert business_date(us(2026, 11, 25, 3, 59), SHANGHAI, 4) == date(2026, 11, 24)
    assert business_date(us(2026, 11, 25, 4, 0), SHANGHAI, 4) == date(2026, 11, 25)
    assert business_date(us(2026, 11, 25, 0, 0), SHANGHAI, 0) == date(2026, 11, 25)


def test_the_store_s_zone_decides_not_the_machine_s():
    at_us = us(2026, 11, 24, 2, 0)
    assert business_date(at_us, UTC, 4) == date(2026, 11, 23)
    assert local_time(at_us, UTC).hour == 18


def test_a_moment_keeps_its_microseconds():
    at_us = us(2026, 11, 24, 14, 32) + 123_457
    assert local_time(at_us, SHANGHAI).microsecond == 123_457


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_a_missing_day_is_the_last_of_its_month(day, months, after):
    assert months_after(day, months) == after


def test_months_before_is_the_same_backwards():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 600))
def test_a_day_that_every_month_has_comes_back(day, months):
    day = day.replace(day=min(day.day, 28))
    assert months_before(months_after(day, months), months) == day


@given(st.integers(0, 4_000_000_000_000_000), st.integers(0, 12))
def test_a_moment_has_the_business_date_and_the_wall_clocks_minute(at_us, hour) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moment, clock = moment_at(at_us, zone, hour), local_time(at_us, zone)
    assert moment.business_on == business_date(at_us, zone, hour)
    assert moment.minute == clock.hour * 60 + clock.minute
