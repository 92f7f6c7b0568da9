"""手机: what is a phone number, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadPhone
from core.members.phone import format_phone, parse_phone, phone_tail

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "+8613812345678",
        "8613812345678", "008613812345678", "１３８１２３４５６７８", "＋86（138）12345678",
        "138—1234—5678", "\t13812345678 ",
    ],
)  # fmt: skip
def test_a_chinese_mobile_in_all_its_spellings(text):
    assert parse_phone(text) == "+8613812345678"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("010-62345678", "+861062345678"),
        ("(0571) 8765 4321", "+8657187654321"),
        ("+852 9123 4567", "+85291234567"),
        ("+1 202 555 0143", "+12025550143"),
    ],
)
def test_landlines_and_phones_of_other_countries(text, phone):
    assert parse_phone(text) == phone


def test_a_number_without_country_code_is_one_of_the_region():
    assert parse_phone("9123 4567", "HK") == "+85291234567"


@pytest.mark.parametrize(
    "text",
    [
        "", "1381234567", "138123456789", "12812345678", "李小华", "1381234567x", "0", "12345",
        "+86", "138123456780 转 12", "1" * 500, "1.38E+10", "13812345678;13912345678", "\x00" * 11,
    ],
)  # fmt: skip
def test_what_cannot_be_dialled_is_refused(text):
    with pytest.raises(BadPhone) as refused:
        parse_phone(text)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613812345678", "13812345678"),
        ("+861062345678", "01062345678"),
        ("+8657187654321", "057187654321"),
        ("+864008001234", "4008001234"),
        ("+85291234567", "+85291234567"),
    ],
)
def test_a_phone_is_shown_as_people_here_write_it(phone, shown):
    assert format_phone(phone) == shown
    assert parse_phone(shown) == phone


@given(MOBILES)
def test_a_phone_survives_being_shown_and_typed_again(digits):
    phone = parse_phone(digits)
    assert parse_phone(phone) == phone
    assert format_phone(phone) == digits
    assert parse_phone(format_phone(phone)) == phone
    assert phone_tail(phone) == digits[-4:]


@given(st.text(st.sampled_from("0123456789+-() x;.ext转"), max_size=24))
def test_any_text_is_e164_or_refused(text):
    try:
        phone = parse_phone(text)
    except BadPhone:
        return
    assert phone[0] == "+"
    assert phone[1:].isdigit()
    assert 8 <= len(phone) <= 16
