"""限额: what a cashier may give alone, and how far an approval reaches."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.basket import Basket
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.given import Given, given_by_hand
from core.rulebook.by_hand import NOTHING_ALONE, ByHandLimits
from tests.core.pricing.examples import basket, priced, product

BOX, OTHER = product("811", 10_00), product("812", 30_00)
CURE = product("813", 42_60, is_prescription=True)
LIMITS = ByHandLimits(line_bp=1000, line_fen=200, basket_bp=500, basket_fen=None, price_bp=2000)


def amount(fen: int) -> DiscountByHand:
    return DiscountByHand("临期", 2, amount_fen=fen)


def rate(rate_bp: int) -> DiscountByHand:
    return DiscountByHand("临期", 2, rate_bp=rate_bp)


def price(fen: int) -> PriceByHand:
    return PriceByHand(fen, "破损", 2)


def only(goods: Basket, tier: str | None = None) -> Given:
    (given,) = given_by_hand(goods, priced(goods, tier))
    return given


@pytest.mark.parametrize(
    ("by_hand", "quantity", "is_within"),
    [
        (amount(100), 1000, True),  # a tenth
        (amount(101), 1000, False),
        (amount(101), 2000, True),  # of 20.00
        (rate(9000), 1000, True),
        (rate(8999), 1000, False),
        (rate(9000), 2000, True),  # 2.00
        (rate(9000), 3000, False),  # 3.00 is more than 2.00
        (price(800), 1000, True),  # a fifth of list
        (price(799), 1000, False),
        (price(900), 2000, True),  # 2.00
        (price(900), 3000, False),  # 3.00
        (price(1500), 9000, True),  # above list nothing is given
    ],
)
def test_the_share_and_the_amount_of_a_line(by_hand: ByHand, quantity: int, is_within: bool):
    goods = basket(BOX, OTHER).with_quantity(1, quantity).with_by_hand(1, by_hand)
    assert only(goods).is_within(LIMITS) is is_within


@pytest.mark.parametrize(
    ("by_hand", "is_within"),
    [(amount(200), True), (amount(201), False), (rate(9500), True), (rate(9499), False)],
)
def test_the_share_of_the_basket(by_hand: DiscountByHand, is_within: bool):
    goods = basket(BOX, OTHER, CURE).with_discount(by_hand)
    assert only(goods).is_within(LIMITS) is is_within, "prescriptions do not count"


def test_a_discount_is_measured_on_what_the_offers_left():
    """金卡 pays 9.50: of it 0.96 is more than a tenth."""
    assert only(basket(BOX).with_by_hand(1, amount(95)), "gold").is_within(LIMITS)
    assert not only(basket(BOX).with_by_hand(1, amount(96)), "gold").is_within(LIMITS)


def test_an_old_rulebook_lets_nobody_give_alone():
    assert not only(basket(BOX).with_by_hand(1, amount(1))).is_within(NOTHING_ALONE)


def test_what_has_no_effect_is_not_given():
    assert given_by_hand(basket(CURE).with_discount(rate(5000)), priced(basket(CURE))) == ()
    goods = basket(CURE).with_by_hand(1, price(1))
    assert given_by_hand(goods, priced(goods)) == ()


def approved(goods: Basket) -> Basket:
    given = only(goods)
    by_hand = replace(given.by_hand, approved=given.approved_by(1))
    if given.line is None:
        assert isinstance(by_hand, DiscountByHand)
        return goods.with_discount(by_hand)
    return goods.with_by_hand(given.line, by_hand)


@pytest.mark.parametrize("by_hand", [amount(500), rate(5000), price(500)])
def test_an_approval_reaches_as_far_as_what_was_approved(by_hand: ByHand):
    goods = approved(basket(BOX, OTHER).with_quantity(1, 2000).with_by_hand(1, by_hand))
    assert only(goods).is_answered(LIMITS)
    assert not only(goods).is_within(LIMITS)


def test_more_boxes_ask_again_where_more_is_taken_off():
    for by_hand in (rate(5000), price(500)):
        goods = approved(basket(BOX).with_by_hand(1, by_hand))
        assert not only(goods.with_quantity(1, 2000)).is_answered(LIMITS)
    same = approved(basket(BOX).with_by_hand(1, amount(500)))
    assert only(same.with_quantity(1, 2000)).is_answered(LIMITS), "the same amount, a lesser share"


def test_fewer_boxes_ask_again_where_the_share_grows():
    goods = approved(basket(BOX).with_quantity(1, 2000).with_by_hand(1, amount(500)))
    assert not only(goods.with_quantity(1, 1000)).is_answered(LIMITS)
    for by_hand in (rate(3333), price(333)):
        lesser = approved(basket(BOX).with_quantity(1, 7000).with_by_hand(1, by_hand))
        assert only(lesser.with_quantity(1, 1000)).is_answered(LIMITS)


def test_the_baskets_asks_again_when_lines_are_taken_out_or_put_in():
    goods = approved(basket(BOX, OTHER).with_discount(amount(1000)))
    assert only(goods.add(OTHER)).is_answered(LIMITS)
    assert not only(goods.without(2)).is_answered(LIMITS)
    by_rate = approved(basket(BOX, OTHER).with_discount(rate(7000)))
    assert only(by_rate.without(2)).is_answered(LIMITS)
    assert not only(by_rate.add(OTHER)).is_answered(LIMITS)


def test_lines_that_became_one_need_an_answer_for_both():
    goods = approved(basket(BOX).with_by_hand(1, price(500))).add(BOX)
    joined = goods.with_by_hand(2, price(500))
    assert len(joined.lines) == 1
    assert not only(joined).is_answered(LIMITS)


def test_what_is_given_says_off_of_what_and_which_share():
    # 10.00 at a fifth off is 8.00; then 1.00 off 38.00, rounded up to 264 basis points.
    goods = basket(BOX, OTHER).with_by_hand(1, price(800)).with_discount(amount(100))
    by_line, by_basket = given_by_hand(goods, priced(goods))
    assert (by_line.line, by_line.off_fen, by_line.of_fen, by_line.share_bp) == (1, 200, 1000, 2000)
    of_basket = (by_basket.line, by_basket.off_fen, by_basket.of_fen, by_basket.share_bp)
    assert of_basket == (None, 100, 3800, 264)


def test_the_baskets_is_measured_on_what_those_of_its_lines_left():
    goods = basket(BOX, OTHER).with_by_hand(1, amount(500)).with_discount(amount(100))
    assert given_by_hand(goods, priced(goods))[-1].of_fen == 3500


def test_where_nothing_came_off_no_share_is_given():
    for by_hand in (price(1000), price(1500)):
        assert only(basket(BOX).with_by_hand(1, by_hand)).share_bp == 0
    free = basket(product("814", 0)).with_by_hand(1, amount(100))
    assert (only(free).off_fen, only(free).of_fen, only(free).share_bp) == (0, 0, 0)
    fen = basket(product("815", 1)).with_by_hand(1, amount(100))
    assert (only(fen).off_fen, only(fen).of_fen, only(fen).share_bp) == (1, 1, 10_000)
