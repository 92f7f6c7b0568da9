"""付款码: what a customer pays with is recognised, and no product, card of ours or phone is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PaymentCode
from core.members.card import issue_card_no
from core.members.names import check_name
from core.members.standing import check_note
from core.sales.explanation import CounterReason, Explanation, check_explanation
from core.sales.held import check_held_name
from core.values.gtin import check_digit
from core.values.luhn import luhn_digit
from core.values.payment_code import PaidWith, paid_with, refuse_payment
from core.values.resident_id import is_resident_id, resident_check_sign

DIGITS = "0123456789"


@pytest.mark.parametrize("prefix", range(10, 16))
def test_wechat(prefix: int) -> None:
    assert paid_with(f"{prefix}1234567890123456") is PaidWith.WECHAT


@pytest.mark.parametrize("prefix", range(25, 31))
@pytest.mark.parametrize("length", [16, 18, 24])
def test_alipay(prefix: int, length: int) -> None:
    assert paid_with(f"{prefix}".ljust(length, "7")) is PaidWith.ALIPAY


@pytest.mark.parametrize(
    "number", ["6212261234567890123", "4111111111111111", "5555555555554444", "378282246310005"]
)
def test_bank_cards(number: str) -> None:
    number = number[:-1] + luhn_digit(number[:-1])
    assert paid_with(number) is PaidWith.CARD


@given(st.text(DIGITS, min_size=12, max_size=12))
def test_no_article_number_is_one(payload: str) -> None:
    gtin = payload + check_digit(payload)
    assert paid_with(gtin) is None
    assert paid_with("0" + gtin) is None


@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 999_999))
def test_no_card_of_ours_is_one(store: int, till: int, number: int) -> None:
    assert paid_with(issue_card_no(f"S{store:02d}", till, number)) is None


@pytest.mark.parametrize("text", ["13800135678", "8613800135678", "", "S01-T1-000001", "1" * 17])
def test_nothing_else_is_one(text: str) -> None:
    assert paid_with(text) is None


def explained(words: str) -> Explanation:
    told = Explanation(CounterReason.OTHER, words)
    return check_explanation(told, (CounterReason.OTHER,))


@pytest.mark.parametrize("words", ["{}", "付款码{}。", "卡 {} 的", "Amy {}"])
@pytest.mark.parametrize(
    "code",
    ["134567890123456789", "１３４５６７８９０１２３４５６７８９", "280123456789012345",
     "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111"],
)  # fmt: skip
def test_within_a_text_it_is_refused_too(words: str, code: str) -> None:
    text = words.format(code)
    for check in (refuse_payment, check_note, check_name, check_held_name, explained):
        with pytest.raises(PaymentCode) as refused:
            check(text)
        assert "1111" not in str(refused.value) and "3456" not in str(refused.value)


@pytest.mark.parametrize("text", ["13800135678 13912345678", "2026-11-26 起，每天 2 次", "赵六"])
def test_a_text_of_other_numbers_stays_as_it_is(text: str) -> None:
    assert refuse_payment(text) == text


RESIDENT = ("11010519491231002X", "440524188001010014")  # as GB 11643 gives them


def resident(seventeen: str) -> str:
    return seventeen + resident_check_sign(seventeen)


def test_the_number_of_a_resident_is_told_by_its_parts() -> None:
    assert is_resident_id(RESIDENT[0])
    assert not is_resident_id(RESIDENT[1])  # nobody of 1880 comes any more
    good = resident("13010619800229123")
    assert is_resident_id(good)
    other = str((int(good[-2]) + 1) % 10)
    assert not is_resident_id(good[:-2] + other + good[-1])
    assert not is_resident_id(resident("13010619810229123"))
    assert not is_resident_id(resident("10010619800229123"))


@pytest.mark.parametrize("begins", ["110105", "130106", "150102", "622301", "350802", "411502"])
@pytest.mark.parametrize("order", ["121", "122", "123", "126", "127", "129"])
def test_within_words_the_number_of_a_resident_stands(begins: str, order: str) -> None:
    number = resident(f"{begins}19800229{order}")
    for check in (check_note, check_held_name, explained):
        assert number in str(check(f"代{number}"))


def test_the_number_of_a_resident_may_end_in_x_behind_what_is_a_card() -> None:
    number = resident("62010219800101101")
    assert paid_with(number[:-1]) is PaidWith.CARD and number[-1] == "X"
    assert number in str(check_note(f"代{number}"))


def test_a_code_that_looks_like_a_residents_number_is_refused_as_a_code() -> None:
    number = next(
        each for order in range(100, 200) if (each := resident(f"11010519800229{order}")).isdigit()
    )
    with pytest.raises(PaymentCode):
        refuse_payment(number)
