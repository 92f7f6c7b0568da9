"""农历: the calendar, leap months both ways."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from core.values.lunar import FIRST_YEAR, LAST_YEAR, days_in, lunar_year, solar_of

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
MONTHS = st.integers(1, 12)


@pytest.mark.parametrize(
    "day",
    [
        date(1949, 1, 29), date(1987, 1, 29), date(2000, 2, 5), date(2008, 2, 7), date(2015, 2, 19),
        date(2020, 1, 25), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29),
        date(2026, 2, 17), date(2027, 2, 6), date(2033, 1, 31), date(2034, 2, 19),
    ],
)  # fmt: skip
def test_spring_festival_opens_the_lunar_year(day):
    assert solar_of(day.year, 1, 1) == day
    assert lunar_year(day) == day.year
    assert lunar_year(day - timedelta(days=1)) == day.year - 1


@pytest.mark.parametrize(
    "day",
    [
        date(2015, 9, 27), date(2019, 9, 13), date(2020, 10, 1), date(2021, 9, 21),
        date(2022, 9, 10), date(2023, 9, 29), date(2024, 9, 17), date(2025, 10, 6),
        date(2026, 9, 25),
    ],
)  # fmt: skip
def test_mid_autumn_is_the_fifteenth_of_the_eighth_month(day):
    assert solar_of(day.year, 8, 15) == day


@pytest.mark.parametrize(
    ("year", "month", "first", "days"),
    [
        (2020, 4, date(2020, 5, 23), 29),
        (2023, 2, date(2023, 3, 22), 29),
        (2025, 6, date(2025, 7, 25), 29),
        (2033, 11, date(2033, 12, 22), 29),
    ],
)
def test_a_leap_month_follows_the_ordinary_one(year, month, first, days):
    assert solar_of(year, month, 1, is_leap=True) == first
    assert days_in(year, month, is_leap=True) == days
    ordinary = timedelta(days=days_in(year, month, is_leap=False))
    assert solar_of(year, month, 1) + ordinary == first


def test_without_its_leap_month_a_year_celebrates_in_the_ordinary_one():
    assert days_in(2024, 6, is_leap=True) == 0
    assert solar_of(2024, 6, 3, is_leap=True) == solar_of(2024, 6, 3)


def test_day_thirty_falls_on_the_last_day_of_a_short_month():
    assert days_in(2024, 12, is_leap=False) == 29
    assert solar_of(2024, 12, 30) == solar_of(2024, 12, 29) == date(2025, 1, 28)
    assert days_in(2023, 12, is_leap=False) == 30
    assert solar_of(2023, 12, 30) == date(2024, 2, 9)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (-4, 1), (4, 0)])
def test_what_is_no_lunar_day_is_an_error(month, day):
    with pytest.raises(ValueError, match="no lunar day"):
        solar_of(2024, month, day)


def test_the_months_of_each_year_join_without_a_gap():
    for year in range(FIRST_YEAR - 1, LAST_YEAR + 2):
        reached = solar_of(year, 1, 1)
        leaps = 0
        for month in range(1, 13):
            for is_leap in (False, True):
                days = days_in(year, month, is_leap=is_leap)
                if days:
                    assert solar_of(year, month, 1, is_leap=is_leap) == reached
                    assert days in (29, 30)
                    reached += timedelta(days=days)
                    leaps += is_leap
        assert leaps <= 1
        assert reached == solar_of(year + 1, 1, 1)


# The oracle goes the other way: lunar_python's own reading of the solar date.


@given(st.dates(date(FIRST_YEAR, 2, 1), date(LAST_YEAR, 12, 31)))
def test_the_lunar_reading_of_a_day_leads_back_to_it(day):
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month = lunar.getMonth()
    assert lunar_year(day) == lunar.getYear()
    assert solar_of(lunar.getYear(), abs(month), lunar.getDay(), is_leap=month < 0) == day


@given(YEARS, MONTHS, st.integers(1, 30), st.booleans())
def test_a_celebration_reads_as_the_day_that_was_asked_for(year, month, day, is_leap):
    found = solar_of(year, month, day, is_leap=is_leap)
    lunar = Solar.fromYmd(found.year, found.month, found.day).getLunar()
    has_leap = is_leap and days_in(year, month, is_leap=True) > 0
    assert lunar.getYear() == year
    assert lunar.getMonth() == (-month if has_leap else month)
    assert lunar.getDay() == day or (day == 30 and lunar.getDay() == 29)
