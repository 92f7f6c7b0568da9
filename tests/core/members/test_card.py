"""会员卡: numbers issued and numbers read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.barcode import read_code
from core.errors import BadCard
from core.members.card import check_card, is_wrong_card, issue_card_no
from core.values.luhn import luhn_digit

STORES = st.integers(1, 99).map(lambda n: f"S{n:02d}")
ISSUED = st.builds(issue_card_no, STORES, st.integers(1, 99), st.integers(0, 999_999))


@pytest.mark.parametrize(
    ("payload", "digit"),
    [("7992739871", "3"), ("453201511283036", "6"), ("0", "0"), ("1", "8")],
)
def test_luhn_as_in_the_standard(payload, digit):
    assert luhn_digit(payload) == digit


def test_a_card_says_store_till_and_number():
    assert issue_card_no("S01", 2, 123) == "90102000123" + luhn_digit("90102000123")


@given(ISSUED)
def test_an_issued_card_is_a_card_and_never_an_ean_13(card):
    assert len(card) == 12
    assert check_card(card) == card
    assert not is_wrong_card(card)
    assert all(len(code) != 13 or not code.startswith("9") for code in read_code(card).candidates)


@given(ISSUED, st.integers(1, 11), st.integers(1, 9))
def test_one_wrong_digit_shows(card, place, more):
    wrong = card[:place] + str((int(card[place]) + more) % 10) + card[place + 1 :]
    assert is_wrong_card(wrong)


@given(ISSUED, st.integers(1, 10))
def test_two_neighbours_swapped_show(card, place):
    pair = card[place : place + 2]
    swapped = card[:place] + pair[::-1] + card[place + 2 :]
    # Luhn cannot tell 09 from 90: the one pair that it lets pass.
    assert is_wrong_card(swapped) == (len(set(pair)) == 2 and set(pair) != {"0", "9"})


@pytest.mark.parametrize(
    "text", ["800001", "901020001231x", "6901234567892", "abc", "９０１０２００"]
)
def test_what_was_not_issued_here_is_no_wrong_card(text):
    assert not is_wrong_card(text)


@pytest.mark.parametrize("card", ["1234", "VIP-0001", "6" * 32, "A b 1", "HUI9"])
def test_the_shop_may_bring_its_own_cards(card):
    assert check_card(card) == card


@pytest.mark.parametrize(
    "card",
    ["", "123", "6" * 33, "会员0001", "1234\n", "12\x0034", "help", "replace card", "card-٣"],
)
def test_what_is_no_card_is_refused(card):
    with pytest.raises(BadCard) as refused:
        check_card(card)
    assert refused.value.text == card
