"""券码: drawn from the dice, read as people type them, and a wrong sign is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.coupon_code import RANDOM_BYTES, SIGNS, is_misread, make_code, read_code

DICE = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


@given(DICE)
def test_a_code_is_read_again_however_it_is_typed(dice):
    code = make_code(dice)
    assert len(code) == 13
    assert code[0] == "Q"
    assert read_code(code.lower()) == code
    assert read_code(f"{code[:5]}-{code[5:9]} {code[9:]}") == code
    assert not is_misread(code)


@given(DICE, st.integers(1, 12), st.sampled_from(SIGNS))
def test_every_single_wrong_sign_is_found(dice, place, sign):
    code = make_code(dice)
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_misread(wrong) == (wrong != code)


@pytest.mark.parametrize("text", ["", "6901234567809", "800001", "Q123", "QIIIIIIIIIIII", "春季券"])
def test_what_is_no_code_is_none(text):
    assert read_code(text) is None
    assert not is_misread(text)


def test_other_dice_make_another_code():
    assert make_code(bytes(7)) != make_code(bytes(6) + b"\1")
    with pytest.raises(ValueError, match="seven"):
        make_code(bytes(6))
