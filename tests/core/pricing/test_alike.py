"""Which of two lines alike comes first: the earlier has the fen that is left over (domain.md 2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.basket import BasketLine
from core.pricing.by_hand import DiscountByHand, PriceByHand
from tests.core.pricing.examples import basket, priced, product

TEA = product("601", 1000)
ONE_FEN = DiscountByHand("熟客", 1, amount_fen=1)


def who_has_the_fen(*lines) -> int:
    """The place, from 0, of the line that bears a fen that both cost too much."""
    scanned = tuple(
        BasketLine(no, replace(TEA, **facts), 1000, by_hand=by_hand)
        for no, (facts, by_hand) in enumerate(lines, 1)
    )
    made = priced(replace(basket(), lines=scanned, next_line=9, discount=ONE_FEN))
    (borne,) = [each for each in made.adjustments if each.offer == "basket_by_hand"]
    return borne.line - 1


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"price_fen": 1000, "member_price_fen": None}, {"member_price_fen": 0}),
        ({"member_price_fen": 0}, {"member_price_fen": 1}),
        ({"member_price_fen": 1}, {"member_price_fen": 2}),
        ({"special_price_fen": None}, {"special_price_fen": 5000}),
        ({"category": ""}, {"category": "食"}),
        ({"brand": ""}, {"brand": "甲"}),
    ],
)
def test_the_one_with_less_of_what_prices_it(first, later):
    assert who_has_the_fen((first, None), (later, None)) == 0
    assert who_has_the_fen((later, None), (first, None)) == 1


def test_without_anything_by_hand_before_a_price_before_a_discount():
    price = PriceByHand(1000, "价签错误", 1)
    # A ten-thousandth of 10.00 is no fen: all three cost the same.
    nearly_full = DiscountByHand("临期", 1, rate_bp=9999)
    order = (None, price, nearly_full)
    for at, first in enumerate(order):
        for later in order[at + 1 :]:
            assert who_has_the_fen(({}, first), ({}, later)) == 0
            assert who_has_the_fen(({}, later), ({}, first)) == 1


def test_a_label_on_goods_of_a_fen_says_how_many_fen_they_weigh():
    made = priced(basket().add(product("602", 1, is_weighed=True), label_fen=300))
    assert (made.lines[0].quantity_milli, made.lines[0].list_fen) == (300_000, 300)
    cheap = product("603", 1, is_weighed=True, special_price_fen=0)
    assert priced(basket().add(cheap, label_fen=300)).payable_fen == 0
