"""会员码: what stands in the QR code of a member."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadCheckDigit
from core.members.member_code import member_code, read_member_code

CARDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=32)


@given(CARDS)
def test_a_code_gives_its_card(card_no: str) -> None:
    assert read_member_code(member_code(card_no)) == card_no


@given(CARDS, st.integers(0, 31), st.characters(min_codepoint=48, max_codepoint=57))
def test_another_card_in_it_is_noticed(card_no: str, at: int, sign: str) -> None:
    other = card_no[: at % len(card_no)] + sign + card_no[at % len(card_no) + 1 :]
    if other == card_no:
        return
    _, _, check = member_code(card_no).rpartition(":")
    with pytest.raises(BadCheckDigit):
        read_member_code(f"SK1:{other}:{check}")


@pytest.mark.parametrize("text", ["", "800001", "SK1", "SK1:800001", "SK2:800001:1234", "http://x"])
def test_nothing_else_is_one(text: str) -> None:
    assert read_member_code(text) is None
