"""生日: read, solar and lunar, and when it is celebrated (domain.md 5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadBirthday
from core.members.birthday import (
    birthday_in_days,
    celebrated_in,
    format_birthday,
    next_celebration,
    parse_birthday,
)
from core.members.member import Birthday
from core.values.lunar import days_in, solar_of

TODAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
SOLAR = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda d: Birthday(d.month, d.day))
LUNAR = st.builds(
    Birthday,
    month=st.integers(1, 12),
    day=st.integers(1, 30),
    is_lunar=st.just(True),
    is_leap=st.booleans(),
)


@st.composite
def dated_lunar(draw):
    year, month = draw(st.integers(1900, 2099)), draw(st.integers(1, 12))
    is_leap = draw(st.booleans()) and days_in(year, month, is_leap=True) > 0
    day = draw(st.integers(1, days_in(year, month, is_leap=is_leap)))
    return Birthday(month, day, year, True, is_leap)


@pytest.mark.parametrize(
    ("born", "today", "days"),
    [
        (Birthday(11, 24), date(2026, 11, 24), 0),
        (Birthday(11, 25), date(2026, 11, 24), 1),
        (Birthday(11, 23), date(2026, 11, 24), 364),
        (Birthday(1, 1), date(2026, 12, 31), 1),
        (Birthday(2, 29, 1988), date(2027, 2, 27), 1),
        (Birthday(2, 29, 1988), date(2027, 2, 28), 0),
        (Birthday(2, 29, 1988), date(2028, 2, 28), 1),
        (Birthday(2, 29, 1988), date(2028, 2, 29), 0),
        (Birthday(8, 15, None, True), date(2026, 9, 24), 1),
        (Birthday(8, 15, None, True), date(2026, 9, 25), 0),
        (Birthday(8, 15, None, True), date(2026, 9, 26), 354),
        (Birthday(12, 29, None, True), date(2027, 1, 1), 35),
    ],
)
def test_days_to_the_next_birthday(born, today, days):
    assert birthday_in_days(born, today) == days


def test_a_lunar_birthday_before_spring_festival_belongs_to_the_old_lunar_year():
    born = Birthday(12, 1, None, True)
    assert next_celebration(born, date(2024, 1, 1)) == date(2024, 1, 11)
    assert next_celebration(born, date(2024, 1, 12)) == date(2024, 12, 31)
    assert next_celebration(born, date(2025, 1, 1)) == date(2026, 1, 19)


def test_a_leap_month_birthday_is_celebrated_in_the_leap_month_where_there_is_one():
    born = Birthday(6, 3, None, True, True)
    assert celebrated_in(born, 2025) == date(2025, 7, 27)
    assert celebrated_in(born, 2026) == solar_of(2026, 6, 3)


def test_a_birthday_in_the_ordinary_month_is_not_celebrated_again_in_the_leap_month():
    born = Birthday(6, 3, None, True)
    assert next_celebration(born, date(2025, 6, 28)) == solar_of(2026, 6, 3)


@given(SOLAR | LUNAR, TODAYS)
def test_the_next_celebration_is_the_first_from_today_on(born, today):
    day = next_celebration(born, today)
    years = range(today.year - 2, today.year + 3)
    assert day == min(d for d in (celebrated_in(born, year) for year in years) if d >= today)
    assert birthday_in_days(born, day) == 0


@given(SOLAR, TODAYS)
def test_a_solar_birthday_is_at_most_a_year_away(born, today):
    assert 0 <= birthday_in_days(born, today) <= 365


@given(LUNAR, TODAYS)
def test_a_lunar_birthday_is_at_most_thirteen_moons_and_a_leap_month_away(born, today):
    assert 0 <= birthday_in_days(born, today) <= 30 * 14


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1988-03-05", Birthday(3, 5, 1988)),
        ("1988/3/5", Birthday(3, 5, 1988)),
        ("1988.3.5", Birthday(3, 5, 1988)),
        ("19880305", Birthday(3, 5, 1988)),
        ("1988年3月5日", Birthday(3, 5, 1988)),
        ("3月5号", Birthday(3, 5)),
        ("03-05", Birthday(3, 5)),
        ("0305", Birthday(3, 5)),
        ("2000-02-29", Birthday(2, 29, 2000)),
        ("02-29", Birthday(2, 29)),
        (" １９８８－０３－０５ ", Birthday(3, 5, 1988)),
        ("1988/3/5 0:00", Birthday(3, 5, 1988)),
        ("1988-03-05 00:00:00", Birthday(3, 5, 1988)),
        ("公历 1988-03-05", Birthday(3, 5, 1988)),
        ("农历八月十五", Birthday(8, 15, None, True)),
        ("农历8-15", Birthday(8, 15, None, True)),
        ("农历 8-15", Birthday(8, 15, None, True)),
        ("阴历8月15日", Birthday(8, 15, None, True)),
        ("闰四月初三", Birthday(4, 3, None, True, True)),
        ("农历闰4-3", Birthday(4, 3, None, True, True)),
        ("2020年闰四月廿九", Birthday(4, 29, 2020, True, True)),
        ("1960-闰6-12", Birthday(6, 12, 1960, True, True)),
        ("正月初一", Birthday(1, 1, None, True)),
        ("农历1989年腊月三十", Birthday(12, 30, 1989, True)),
        ("冬月二十", Birthday(11, 20, None, True)),
        ("农历十一月二十一", Birthday(11, 21, None, True)),
    ],
)
def test_birthdays_as_people_write_them(text, born):
    assert parse_birthday(text) == born


def test_the_lunar_column_makes_digits_lunar():
    assert parse_birthday("1988-08-15", lunar=True) == Birthday(8, 15, 1988, True)
    assert parse_birthday("八月十五", lunar=True) == Birthday(8, 15, None, True)
    assert parse_birthday("闰4-3", lunar=True) == Birthday(4, 3, None, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "生日", "1988-02-30", "1987-02-29", "1988-13-01", "1988-00-10", "02-30", "1988-3",
        "88-03-05", "1899-12-31", "2100-01-01", "0000-03-05", "1988-03-05x", "八月十五",
        "19880230", "1988-03-05 14:30", "3/5/1988", "32206", "1988--03-05", "9" * 500,
        "闰闰4-3", "4-闰3", "农历13-1", "农历8-31", "农历八月", "农历八月卅", "农历0-1",
        "2021年闰四月初三", "2020年闰四月三十", "农历2024-12-30", "农历十三月初一", "初三",
    ],
)  # fmt: skip
def test_a_birthday_that_does_not_exist_is_refused(text):
    with pytest.raises(BadBirthday) as refused:
        parse_birthday(text)
    assert refused.value.text == text


def test_the_refusal_knows_its_calendar():
    with pytest.raises(BadBirthday) as refused:
        parse_birthday("农历8-31")
    assert refused.value.is_lunar
    with pytest.raises(BadBirthday) as refused:
        parse_birthday("8-32")
    assert not refused.value.is_lunar


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (Birthday(3, 5, 1988), "1988-03-05"),
        (Birthday(3, 5), "03-05"),
        (Birthday(4, 3, None, True, True), "农历闰四月初三"),
        (Birthday(12, 30, 1989, True), "农历1989年腊月三十"),
        (Birthday(1, 20, None, True), "农历正月二十"),
        (Birthday(1, 21, None, True), "农历正月廿一"),
    ],
)
def test_birthdays_as_they_are_shown(born, text):
    assert format_birthday(born) == text


@given(SOLAR | LUNAR | dated_lunar() | st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(
    lambda d: Birthday(d.month, d.day, d.year)
))  # fmt: skip
def test_what_is_shown_can_be_typed_again(born):
    assert parse_birthday(format_birthday(born)) == born


@given(st.text(st.sampled_from("0123456789-/.年月日号闰农历阴正初十廿一二三腊冬 :T"), max_size=14))
def test_any_text_is_a_birthday_that_exists_or_refused(text):
    try:
        born = parse_birthday(text)
    except BadBirthday:
        return
    assert next_celebration(born, date(2026, 11, 24)) - date(2026, 11, 24) < timedelta(days=420)


@pytest.mark.parametrize(
    ("traditional", "simple"),
    [
        ("農曆閏四月初三", "农历闰四月初三"),
        ("農曆1990年臘月三十", "农历1990年腊月三十"),
        ("國曆3月5號", "公历3月5号"),
    ],
)
def test_traditional_signs_are_read_as_well(traditional: str, simple: str) -> None:
    assert parse_birthday(traditional) == parse_birthday(simple)
