"""数量: thousandths, their bounds and their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadQuantity
from core.values.quantity import (
    MAX_MILLI,
    check_quantity,
    extend,
    format_quantity,
    is_whole,
    parse_quantity,
    quantity_at,
)


@pytest.mark.parametrize(
    ("text", "milli"),
    [("2", 2000), ("0.375", 375), ("9999", MAX_MILLI), (" 1.5 ", 1500), ("２", 2000)],
)
def test_quantities_are_thousandths(text, milli):
    assert parse_quantity(text) == milli


@pytest.mark.parametrize("text", ["0", "0.000", "-1", "10000", "1000000000", "1.2345", "", "x"])
def test_zero_negative_and_absurd_quantities_are_refused(text):
    with pytest.raises(BadQuantity):
        parse_quantity(text)


def test_a_line_holds_from_one_thousandth_to_9999():
    assert check_quantity(1) == 1
    assert check_quantity(MAX_MILLI) == MAX_MILLI
    for milli in (0, -1, MAX_MILLI + 1):
        with pytest.raises(BadQuantity):
            check_quantity(milli)


@given(st.integers(1, MAX_MILLI))
def test_written_quantities_read_back(milli):
    assert parse_quantity(format_quantity(milli)) == milli


def test_idle_zeros_are_not_written():
    assert format_quantity(2000) == "2"
    assert format_quantity(370) == "0.37"
    assert format_quantity(-1500) == "−1.5"


def test_only_thousands_are_whole_units():
    assert is_whole(3000)
    assert not is_whole(2999)


def test_price_times_quantity_is_rounded_half_up():
    assert extend(9600, 375) == 3600
    assert extend(10, 50) == 1  # 0.5 fen
    assert extend(10, 49) == 0  # 0.49 fen


def test_the_quantity_of_a_price_label_is_label_by_unit_price():
    assert quantity_at(1234, 2000) == 617
    assert quantity_at(1, 2000) == 1  # half a thousandth
    assert quantity_at(1, 9_999_999) == 1  # never nothing
    with pytest.raises(BadQuantity):
        quantity_at(100, 0)
