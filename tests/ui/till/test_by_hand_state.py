"""手工优惠: what the sheet says of a line, of the basket and of what is given there already."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.errors import BadDiscount, BadMoney
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.rulebook.by_hand import NOTHING_ALONE
from tests.ui.till import baskets
from ui.till.by_hand_state import ByHandState, Way, by_hand_of


def test_a_line_and_the_basket_are_named_with_what_they_cost_now() -> None:
    made = baskets.counter(baskets.basket(39_00, 68_00, prescription_fen=42_60))
    state = ByHandState.of(made, 2)
    assert state.line is not None
    assert (state.line.name, state.line.words, state.line.net) == ("商品2", "1 × 68.00", "68.00")
    assert (state.basket.words, state.basket.net) == ("3 种 3 件", "149.60")
    assert state.reasons == ("临期", "破损", "老顾客", "价签错误", "店长同意")
    assert state.limits == "不用授权：一行到 9折，整单到 95折，改价到 9折"


def test_what_is_outside_says_why() -> None:
    made = baskets.counter(baskets.basket(prescription_fen=42_60))
    state = ByHandState.of(made, 1)
    assert state.line is not None
    assert state.line.blocked == "处方药不参加优惠"
    assert state.basket.blocked == "这一单都不参加优惠"


@pytest.mark.parametrize(
    ("by_hand", "said"),
    [
        (PriceByHand(36_00, "价签错误", 1), "改价 36.00·价签错误　−3.00"),
        (PriceByHand(45_00, "价签错误", 1), "改价 45.00·价签错误　0.00"),
        (DiscountByHand("破损", 1, amount_fen=5_00), "减 5.00·破损　−5.00"),
        (DiscountByHand("破损", 1, rate_bp=9000), "9折·破损　−3.90"),
    ],
)
def test_what_is_given_already_is_said(by_hand: PriceByHand | DiscountByHand, said: str) -> None:
    basket = baskets.basket(39_00, 68_00).with_by_hand(1, by_hand)
    basket = basket.with_discount(DiscountByHand("老顾客", 1, amount_fen=1_00))
    state = ByHandState.of(baskets.counter(basket), 1)
    assert state.line is not None
    assert state.line.given == said
    assert state.basket.given == "减 1.00·老顾客　−1.00"


def test_without_limits_everything_wants_a_manager() -> None:
    rules = replace(baskets.rulebook(), by_hand=NOTHING_ALONE)
    made = baskets.counter(baskets.basket(39_00), rules=rules)
    assert ByHandState.of(made, None).limits == "都要店长授权"


def test_a_number_is_read_as_its_way_means_it() -> None:
    assert by_hand_of(Way.AMOUNT, "９．５", "破损") == DiscountByHand("破损", 0, amount_fen=9_50)
    assert by_hand_of(Way.RATE, "9.5", "破损") == DiscountByHand("破损", 0, rate_bp=9500)
    assert by_hand_of(Way.PRICE, "9.5", "破损") == PriceByHand(9_50, "破损", 0)
    for way, text, error in ((Way.RATE, "10", BadDiscount), (Way.PRICE, "x", BadMoney)):
        with pytest.raises(error):
            by_hand_of(way, text, "破损")
