"""费率: basis points as the counter says them (95折)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadDiscount
from core.values.rate import FULL, format_discount, parse_discount, take


@pytest.mark.parametrize(
    ("fen", "rate_bp", "left"),
    [
        (10000, 9500, 9500),
        (5, 9800, 5),  # 0.1 fen off is nothing
        (24, 9800, 24),  # 0.48 fen
        (25, 9800, 24),  # half a fen is taken off
        (10, 9500, 9),
        (9, 9500, 9),
        (2990, 9500, 2840),  # 149.5 off is 150, as on the drawn counter
        (2370, 9500, 2251),  # 118.5 off is 119, as on the drawn counter
        (1, 5000, 0),
        (12345, FULL, 12345),
        (12345, 0, 0),
    ],
)
def test_the_amount_taken_off_is_rounded_half_up(fen, rate_bp, left):
    assert take(fen, rate_bp) == left


@given(st.integers(0, 10**9), st.integers(0, FULL), st.integers(0, FULL))
def test_a_better_rate_never_leaves_more(fen, one, other):
    low, high = sorted((one, other))
    assert 0 <= take(fen, low) <= take(fen, high) <= fen


@pytest.mark.parametrize(
    ("rate_bp", "words"),
    [
        (9500, "95折"),
        (9800, "98折"),
        (9000, "9折"),
        (9550, "95.5折"),
        (9555, "95.55折"),
        (500, "0.5折"),
        (550, "0.55折"),
        (0, "0折"),
    ],
)
def test_discounts_are_said_as_in_a_shop(rate_bp, words):
    assert format_discount(rate_bp) == words


@pytest.mark.parametrize(
    ("text", "rate_bp"),
    [
        ("9折", 9000),
        ("95折", 9500),
        ("95", 9500),
        ("9.5", 9500),
        (" ９．５ 折 ", 9500),
        ("8.85折", 8850),
        ("0.5折", 500),
        ("99.99", 9999),
        ("10.5", 1050),
    ],
)
def test_discounts_are_read_as_they_are_said(text, rate_bp):
    assert parse_discount(text) == rate_bp


@pytest.mark.parametrize("text", ["", "折", "0", "0.000", "10", "10折", "100", "-9", "9折折"])
def test_what_is_no_discount_is_refused(text):
    with pytest.raises(BadDiscount):
        parse_discount(text)


@given(st.integers(1, FULL - 1))
def test_what_is_said_is_read_again(rate_bp):
    assert parse_discount(format_discount(rate_bp)) == rate_bp
