"""What a cashier types for an earlier sale: days, times, and words that are clues."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.sales.search import SaleSearch, Typed, amount_of, numbers_of, read_typed

TODAY = date(2026, 11, 24)


def at(hour: int, minute: int) -> int:
    return int(datetime(2026, 11, 24, hour, minute, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("word", "since", "until"),
    [
        ("今天", TODAY, TODAY),
        ("昨天", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-02-03", date(2026, 2, 3), date(2026, 2, 3)),
        ("2月3日", date(2026, 2, 3), date(2026, 2, 3)),
        ("12-31", date(2025, 12, 31), date(2025, 12, 31)),
        ("2-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("11-18~11-20", date(2026, 11, 18), date(2026, 11, 20)),
        ("12-30至1-2", date(2025, 12, 30), date(2026, 1, 2)),
    ],
)
def test_a_day_without_its_year_is_the_last_one_that_has_been(
    word: str, since: date, until: date
) -> None:
    assert read_typed(word, TODAY) == Typed(days=(since, until))


@pytest.mark.parametrize("word", ["13-1", "2-30", "11.20", "25:00", "9:75", "24点", "2026-02-30"])
def test_what_is_no_day_and_no_time_is_a_word(word: str) -> None:
    assert read_typed(word, TODAY) == Typed((word,))


@pytest.mark.parametrize(
    ("word", "inside", "outside"),
    [
        ("14:00-16:00", [(14, 0), (16, 0)], [(13, 59), (16, 1)]),
        ("14：30", [(14, 0), (15, 0)], [(13, 59), (15, 1)]),
        ("9点", [(9, 0), (9, 59)], [(8, 59), (10, 0)]),
        ("22点至2点", [(22, 0), (23, 59), (0, 0), (2, 0)], [(21, 59), (2, 1)]),
        ("0:10", [(23, 40), (0, 0), (0, 40)], [(23, 39), (0, 41)]),
    ],
)
def test_a_time_holds_every_day_and_past_midnight(
    word: str, inside: list[tuple[int, int]], outside: list[tuple[int, int]]
) -> None:
    hours = read_typed(word, TODAY).hours
    assert hours is not None
    search = SaleSearch(TODAY, TODAY, UTC, hours)
    assert all(search.is_at(at(*each)) for each in inside)
    assert not any(search.is_at(at(*each)) for each in outside)


def test_several_words_are_several_clues() -> None:
    typed = read_typed(" 35.80　昨天 维生素 14点 ", TODAY)
    assert typed.words == ("35.80", "维生素")
    assert typed.days == (date(2026, 11, 23), date(2026, 11, 23))
    assert typed.hours == (14 * 60, 14 * 60 + 59)


def test_blanks_within_a_code_part_no_words() -> None:
    assert read_typed("01069012345678\x1d21A", TODAY).words == ("01069012345678\x1d21A",)


def test_four_digits_are_the_end_of_a_number_fewer_are_all_of_it() -> None:
    assert numbers_of("0097", 30_100) == (97, 10_097, 20_097, 30_097)
    assert numbers_of("97", 30_100) == (97,)
    assert numbers_of("000123", 100) == (123,)
    assert numbers_of("9.7", 100) == numbers_of("６", 100) == numbers_of("6901234567892", 100) == ()


@pytest.mark.parametrize(
    ("word", "fen"),
    [("35.8", 35_80), ("¥35.80", 35_80), ("35元", 35_00), ("-5", None), ("维", None)],
)
def test_an_amount_may_have_its_sign(word: str, fen: int | None) -> None:
    assert amount_of(word) == fen
