"""生日窗口: when a birthday benefit is open, and for which celebration year (domain.md 5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.members.birthday import celebrated_in
from core.members.celebrations import celebrations, open_year
from core.members.member import Birthday, Celebration
from core.rulebook.conditions import BirthdayWindow

THE_DAY, AROUND, MONTH = BirthdayWindow(), BirthdayWindow(days=3), BirthdayWindow(is_month=True)
NEW_YEAR = Birthday(1, 2, 1990)
LEAP = Birthday(2, 29, 1988)
LUNAR_TWELFTH = Birthday(12, 1, None, True)


@pytest.mark.parametrize(
    ("born", "window", "today", "year"),
    [
        (NEW_YEAR, THE_DAY, date(2026, 1, 2), 2026),
        (NEW_YEAR, THE_DAY, date(2026, 1, 3), None),
        # Both ends are inclusive, and the year is that of the day, not of the window's beginning.
        (NEW_YEAR, AROUND, date(2025, 12, 30), 2026),
        (NEW_YEAR, AROUND, date(2025, 12, 29), None),
        (NEW_YEAR, AROUND, date(2026, 1, 5), 2026),
        (NEW_YEAR, AROUND, date(2026, 1, 6), None),
        (NEW_YEAR, MONTH, date(2026, 1, 31), 2026),
        (NEW_YEAR, MONTH, date(2025, 12, 31), None),
        (LEAP, MONTH, date(2027, 2, 1), 2027),
        (LEAP, THE_DAY, date(2027, 2, 28), 2027),
        # A lunar 12/1 fell twice in solar 2024 and never in 2025: its years are lunar ones.
        (LUNAR_TWELFTH, THE_DAY, date(2024, 1, 11), 2023),
        (LUNAR_TWELFTH, THE_DAY, date(2024, 12, 31), 2024),
        (LUNAR_TWELFTH, AROUND, date(2025, 1, 3), 2024),
        (LUNAR_TWELFTH, MONTH, date(2024, 12, 1), 2024),
        (LUNAR_TWELFTH, MONTH, date(2025, 1, 5), None),
        (LUNAR_TWELFTH, THE_DAY, date(2026, 1, 19), 2025),
    ],
)
def test_the_year_is_that_of_the_birthdays_own_calendar(born, window, today, year):
    assert open_year(born, window, today) == year


@given(
    st.builds(Birthday, month=st.integers(1, 12), day=st.integers(1, 28), is_lunar=st.booleans()),
    st.integers(0, 60),
    st.integers(1950, 2080),
)
def test_every_celebration_opens_its_window_for_its_own_year(born, days, year):
    day = celebrated_in(born, year)
    for today in (day - timedelta(days), day, day + timedelta(days)):
        assert open_year(born, BirthdayWindow(days=days), today) == year
    assert open_year(born, BirthdayWindow(days=days), day + timedelta(days + 1)) is None


def test_an_edited_birthday_waits_for_300_days():
    def opened(edited_on):
        windows = {"cake": THE_DAY, "month": MONTH}
        return celebrations(NEW_YEAR, windows, date(2026, 1, 2), edited_on=edited_on)

    today = date(2026, 1, 2)
    assert opened(None) == (Celebration("cake", 2026), Celebration("month", 2026))
    assert [each.is_waiting for each in opened(today - timedelta(299))] == [True, True]
    assert [each.is_waiting for each in opened(today - timedelta(300))] == [False, False]


def test_a_29_february_is_celebrated_in_common_years_when_the_rulebook_says():
    def opened(today, leap_day):
        return open_year(LEAP, THE_DAY, today, leap_day)

    assert opened(date(2027, 2, 28), "02-28") == 2027
    assert opened(date(2027, 2, 28), "03-01") is None
    assert opened(date(2027, 3, 1), "03-01") == 2027
    assert opened(date(2028, 2, 29), "03-01") == 2028
    assert opened(date(2028, 3, 1), "03-01") is None
    assert open_year(LEAP, MONTH, date(2027, 3, 31), "03-01") == 2027
    assert open_year(LEAP, MONTH, date(2027, 2, 28), "03-01") is None


def test_whose_birthday_nobody_knows_has_no_window():
    assert celebrations(None, {"month": MONTH}, date(2026, 1, 2)) == ()
