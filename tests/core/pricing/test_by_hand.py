"""改价 and 手工优惠 (domain.md 2, after stage 6), each sum worked out from the rule's text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.basket import Basket
from core.pricing.by_hand import Approved, ByHand, DiscountByHand, PriceByHand
from core.pricing.quote import Quote
from tests.core.pricing.examples import (
    PHARMACY,
    basket,
    losers,
    payables,
    priced,
    product,
    taken_off,
)

BOX = product("801", 3900, member_price_fen=3700)
OTHER = product("802", 6800)
CURE = product("803", 4260, is_prescription=True)


def price(fen: int, reason: str = "价签错误") -> PriceByHand:
    return PriceByHand(fen, reason, 2)


def amount(fen: int, reason: str = "临期") -> DiscountByHand:
    return DiscountByHand(reason, 2, amount_fen=fen)


def rate(rate_bp: int, reason: str = "临期") -> DiscountByHand:
    return DiscountByHand(reason, 2, rate_bp=rate_bp)


def on_line(by_hand: ByHand, *goods: object, no: int = 1) -> Basket:
    return basket(*goods).with_by_hand(no, by_hand)  # type: ignore[arg-type]


# 改价


def test_a_price_by_hand_is_an_adjustment_from_list_with_its_reason():
    made = priced(on_line(price(3600), (BOX, "2")))
    assert made.adjustments == (
        Adjustment(
            Stage.PRICE_BY_HAND,
            "price_by_hand",
            1,
            600,
            Reason.PRICE_BY_HAND,
            "价签错误",
            3600,
        ),
    )
    assert (made.list_fen, made.payable_fen) == (7800, 7200)


def test_it_keeps_the_line_out_of_member_price_and_percentage_and_says_so():
    """37.00 by 会员价, 37.05 by 95折: neither, though both are cheaper than 38.00."""
    made = priced(on_line(price(3800), BOX, OTHER), "gold")
    assert payables(made) == [3800, 6460]
    assert losers(made) == [
        ("member-price", 1, "by_hand", 0),
        ("tier:gold", 1, "by_hand", 0),
    ]


def test_it_earns_what_was_paid_without_the_multiplier():
    """38.00 × 1 + 64.60 × 1.5 = 134.9, floored once."""
    made = priced(on_line(price(3800), BOX, OTHER), "gold")
    assert (made.points, made.spend_fen) == (134, 3800 + 6460)
    assert made.lines[0].is_special


def test_above_list_it_is_the_list_price_of_its_line():
    made = priced(on_line(price(4500), (BOX, "2"), OTHER), "gold")
    assert [(line.list_fen, line.payable_fen) for line in made.lines] == [
        (9000, 9000),
        (6800, 6460),
    ]
    assert taken_off(made) == [("percentage", 2, 340)]


def test_at_list_it_takes_nothing_off_and_keeps_the_offers_out():
    made = priced(on_line(price(3900), BOX), "gold")
    assert (made.adjustments, made.payable_fen) == ((), 3900)


def test_of_what_is_weighed_it_is_rounded_once():
    """0.375 kg at 88.88 is 33.33; of a label, label × price ÷ list: 36.00 × 88.88 ÷ 96.00."""
    herb = product("804", 9600, is_weighed=True)
    assert payables(priced(on_line(price(8888), (herb, "0.375")))) == [3333]
    labelled = Basket(basket().sale_id).add(herb, label_fen=3600).with_by_hand(1, price(8888))
    assert payables(priced(labelled)) == [3333]


def test_a_product_without_a_price_gets_one():
    made = priced(on_line(price(1200), (product("805", 0), "3")))
    assert (made.list_fen, made.payable_fen, made.adjustments) == (3600, 3600, ())


# 手工优惠, of a line


def test_a_discount_comes_after_the_percentage():
    """68.00 at 95折 is 64.60; 9折 of that takes off 6.46."""
    made = priced(on_line(rate(9000), OTHER), "gold")
    assert made.adjustments == (
        Adjustment(Stage.PERCENTAGE, "tier:gold", 1, 340, Reason.TIER_PERCENTAGE, "金卡", 0, 9500),
        Adjustment(
            Stage.LINE_BY_HAND, "line_by_hand", 1, 646, Reason.LINE_BY_HAND, "临期", 0, 9000
        ),
    )
    assert made.payable_fen == 5814


def test_it_comes_after_the_member_price_too_and_the_multiplier_stays_with_its_line():
    """37.00 − 5.00; 64.60 − 4.60 = 60.00, × 1.5: 32 + 90."""
    goods = basket(BOX, OTHER).with_by_hand(1, amount(500)).with_by_hand(2, amount(460))
    made = priced(goods, "gold")
    assert payables(made) == [3200, 6000]
    assert made.points == 32 + 90


def test_it_is_floored_at_zero():
    made = priced(on_line(amount(5000), BOX))
    assert taken_off(made) == [("line_by_hand", 1, 3900)]
    assert made.payable_fen == 0


def test_half_a_fen_is_taken_off():
    """95折 of 29.90: 1.495."""
    assert taken_off(priced(on_line(rate(9500), product("806", 2990)))) == [
        ("line_by_hand", 1, 150)
    ]


def test_a_line_with_a_discount_stays_apart():
    goods = on_line(amount(500), BOX).add(BOX).add(BOX)
    assert [(line.no, line.quantity_milli) for line in goods.lines] == [(1, 1000), (2, 2000)]
    assert payables(priced(goods)) == [3400, 7800]


def test_two_lines_with_the_same_discount_have_it_twice():
    goods = on_line(amount(500), BOX).add(BOX).with_by_hand(2, amount(500))
    assert payables(priced(goods)) == [3400, 3400]


def test_an_amount_stays_when_the_quantity_changes_and_a_rate_goes_with_it():
    assert payables(priced(on_line(amount(500), BOX).with_quantity(1, 3000))) == [11200]
    assert payables(priced(on_line(rate(9000), BOX).with_quantity(1, 3000))) == [10530]


def test_lines_alike_in_price_by_hand_are_one():
    goods = on_line(price(3600), BOX).add(BOX)
    assert len(goods.lines) == 2
    joined = goods.with_by_hand(2, price(3600))
    assert [(line.no, line.quantity_milli) for line in joined.lines] == [(2, 2000)]
    apart = goods.with_by_hand(2, price(3600, "破损"))
    assert len(apart.lines) == 2, "another reason is told apart"


def test_taken_back_the_line_joins_one_like_it_again():
    goods = on_line(amount(500), BOX).add(BOX).with_by_hand(1, None)
    assert [(line.no, line.quantity_milli) for line in goods.lines] == [(1, 2000)]


# 手工优惠, of the basket


def test_the_baskets_is_allocated_by_what_the_lines_still_cost():
    """10.00 over 37.00 and 64.60: 3.6417 and 6.3583, the larger remainder is the first's."""
    goods = basket(BOX, OTHER).with_discount(amount(1000, "老顾客"))
    made = priced(goods, "gold")
    assert taken_off(made) == [
        ("unit_price", 1, 200),
        ("basket_by_hand", 1, 364),
        ("percentage", 2, 340),
        ("basket_by_hand", 2, 636),
    ]
    assert made.payable_fen == 3700 + 6460 - 1000


def test_the_baskets_is_taken_off_after_those_of_the_lines():
    """39.00 − 9.00 = 30.00 and 68.00: 95折 of 98.00 takes off 4.90."""
    goods = on_line(amount(900), BOX, OTHER).with_discount(rate(9500))
    made = priced(goods)
    assert made.payable_fen == 9800 - 490
    assert sum(fen for stage, _, fen in taken_off(made) if stage == "basket_by_hand") == 490


def test_a_line_with_a_price_by_hand_bears_its_share_of_the_baskets():
    """36.00 and 68.00: of 10.40 it is 3.60 and 6.80."""
    made = priced(on_line(price(3600), BOX, OTHER).with_discount(amount(1040)))
    assert payables(made) == [3600 - 360, 6800 - 680]


def test_the_baskets_is_floored_at_zero():
    made = priced(basket(BOX, CURE).with_discount(amount(99_999)))
    assert payables(made) == [0, 4260]


# Prescription medicines


def outside(goods: Basket) -> Quote:
    made = priced(goods, "gold")
    assert payables(made) == [4260]
    assert made.adjustments == ()
    return made


def test_prescription_medicines_take_nothing_by_hand():
    said = losers(outside(on_line(price(4000), CURE)))
    assert said[0] == ("price_by_hand", 1, "outside", 0)
    said = losers(outside(on_line(amount(100), CURE)))
    assert said[-1] == ("line_by_hand", 1, "outside", 0)
    outside(basket(CURE).with_discount(rate(5000)))


def test_where_the_rulebook_lets_them_they_take_it():
    book = replace(PHARMACY, outside=replace(PHARMACY.outside, is_prescription_outside=False))
    assert priced(on_line(amount(100), CURE), None, book).payable_fen == 4160


# After it


def test_cash_is_rounded_after_it():
    """39.00 − 0.37 = 38.63 in cash is 38.60."""
    book = replace(PHARMACY, cash_rounding_fen=10)
    made = priced(on_line(amount(37), BOX), None, book, cash=5000)
    assert taken_off(made) == [("line_by_hand", 1, 37), ("cash_rounding", 1, 3)]
    assert made.change_fen == 5000 - 3860


@pytest.mark.parametrize("by_hand", [price(3600), amount(500), rate(9000)])
def test_who_approved_it_prices_nothing(by_hand: ByHand):
    plain = on_line(by_hand, BOX, OTHER)
    approved = on_line(replace(by_hand, approved=Approved(1, 9999, 9999)), BOX, OTHER)
    assert priced(plain).canonical == priced(approved).canonical


def test_an_amount_is_no_rate_and_a_rate_is_told():
    for by_hand, rate_bp in ((amount(100), 0), (rate(9000), 9000)):
        (line,) = priced(on_line(by_hand, OTHER)).adjustments
        (of_basket,) = priced(basket(OTHER).with_discount(by_hand)).adjustments
        assert (line.rate_bp, of_basket.rate_bp) == (rate_bp, rate_bp)
