"""金额: parsing, formatting, rounding and allocation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadMoney
from core.values.money import MAX_FEN, allocate, format_money, parse_money, round_half_up
from tests.core.law import LAW

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)
AMOUNTS = st.integers(-(10**11), 10**11)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 10, 1), (4, 10, 0), (15, 10, 2), (25, 10, 3), (-5, 10, -1), (-4, 10, 0), (-15, 10, -2)],
)
def test_halves_are_rounded_away_from_zero(numerator, denominator, rounded):
    assert round_half_up(numerator, denominator) == rounded


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_rounding_is_the_nearest_integer_and_mirrors_at_zero(numerator, denominator):
    rounded = round_half_up(numerator, denominator)
    error = abs(rounded - Fraction(numerator, denominator))
    assert error <= Fraction(1, 2)
    if error == Fraction(1, 2):
        assert abs(rounded) > abs(Fraction(numerator, denominator))
    assert round_half_up(-numerator, denominator) == -rounded


def test_the_rest_of_an_allocation_goes_to_the_largest_remainders():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(10, [15, 15, 30]) == [3, 2, 5]
    assert allocate(5, [1, 2, 4]) == [1, 1, 3]


def test_ties_go_to_the_earlier_line():
    assert allocate(1, [7, 7, 7]) == [1, 0, 0]
    assert allocate(2, [7, 7, 7]) == [1, 1, 0]
    assert allocate(-2, [7, 7, 7]) == [-1, -1, 0]


def test_weights_that_are_all_zero_count_as_equal():
    assert allocate(5, [0, 0, 0]) == [2, 2, 1]


def test_negative_weights_and_no_weights_are_refused():
    for weights in ([1, -1], [-1], []):
        with pytest.raises(ValueError, match="weights"):
            allocate(10, weights)


@LAW
@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_an_allocation_add_up_and_mirror_at_zero(total, weights):
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert allocate(-total, weights) == [-part for part in parts]


@given(st.integers(0, 10**11), WEIGHTS)
def test_a_part_is_its_exact_share_up_or_down_and_an_alike_earlier_line_never_gets_less(
    total, weights
):
    parts = allocate(total, weights)
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(total * weight, whole) if whole else Fraction(total, len(weights))
        assert abs(part - share) < 1
    for (first, a), (second, b) in zip(
        zip(weights, parts, strict=True), list(zip(weights, parts, strict=True))[1:], strict=False
    ):
        if first == second:
            assert a >= b


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("1,234.50", 123450),
        ("1，234.50", 123450),
        ("¥12", 1200),
        ("￥ 0.05", 5),
        ("−3.20", -320),
        ("-3.2", -320),
        ("１２．５０", 1250),
        ("100000000", MAX_FEN),
    ],
)
def test_money_is_read_as_people_type_it(text, fen):
    assert parse_money(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1.234",
        "1e3",
        "12,34",
        ".",
        "1.",
        "--1",
        "٣",
        "1 2",
        "100000000.01",
        "9" * 500,
    ],
)
def test_what_is_not_money_is_refused(text):
    with pytest.raises(BadMoney):
        parse_money(text)


def test_money_is_written_with_two_decimals_and_a_true_minus():
    assert format_money(123450) == "1,234.50"
    assert format_money(-5) == "−0.05"
    assert format_money(0) == "0.00"


@given(st.integers(-MAX_FEN, MAX_FEN))
def test_written_money_reads_back(fen):
    assert parse_money(format_money(fen)) == fen
