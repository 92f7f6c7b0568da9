"""磁条: the number at the head of a track, and nothing else of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.stripe import is_stripe, stripe_numbers

PAN = "6222021234567890128"


@pytest.mark.parametrize(
    "text",
    [
        f"%B{PAN}^ZHANG/SAN^25121010000000000?",
        "%B6222 0212 3456 7890 128^ZHANG/SAN^2512?",
        f";{PAN}=25121010000000?",
        f"%B{PAN}^ZHANG/SAN^2512?;{PAN}=2512101?",
        f"%B{PAN}^ZHANG",
        f";{PAN}",
    ],
)
def test_the_number_of_a_card_is_found_also_where_its_end_is_lost(text: str) -> None:
    assert is_stripe(text)
    assert PAN in stripe_numbers(text)
    assert not any("ZHANG" in number or "2512101" in number for number in stripe_numbers(text))


@pytest.mark.parametrize("text", [";800001?", "%800001?", "%B800001^LI^?", ";800001=?"])
def test_a_card_of_our_own_is_found_too(text: str) -> None:
    assert is_stripe(text)
    assert "800001" in stripe_numbers(text)


@pytest.mark.parametrize("text", ["", "800001", "6901234567892", "%", "；好吃吗？", "50%?", "a;b"])
def test_nothing_else_is_one(text: str) -> None:
    assert not is_stripe(text)


@given(st.text(st.characters(codec="ascii"), max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    assert all(isinstance(number, str) for number in stripe_numbers(text))
    is_stripe(text)
