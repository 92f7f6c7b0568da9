"""优惠券: amounts, percentages with a cap, a product, a gift, points (domain.md 2, stage 6)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.adjustment import Lost, Reason
from core.pricing.basket import Basket, Presented
from core.pricing.quote import Quote, quote
from core.rulebook.conditions import Scope
from core.rulebook.giving import Giving
from core.rulebook.offers import (
    SPECIAL_PRICE,
    CouponOffer,
    NthReduced,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, payables, product

TEA, CAKE = product("601", 10000), product("602", 1000)


def coupon(name: str, **facts) -> CouponOffer:
    return CouponOffer(id=name, name=f"券{name}", code=name, **facts)


def asked(goods: Basket, *offers, tier: str | None = None) -> Quote:
    for offer in offers:
        if isinstance(offer, CouponOffer):
            goods = goods.with_coupon(Presented(offer.code, offer.id))
    book = replace(PHARMACY, offers=offers)
    return quote(goods, a_member(tier) if tier else None, book, NOW)


def only(*codes: str) -> Scope:
    return Scope(products=frozenset(codes))


def test_a_percentage_stops_at_its_cap():
    assert asked(basket(TEA), coupon("a", rate_bp=8000)).payable_fen == 8000
    assert asked(basket(TEA), coupon("a", rate_bp=8000, cap_fen=1500)).payable_fen == 8500


def test_percentages_come_first_then_amounts_whatever_their_priority():
    first = coupon("amount", off_fen=1000, priority=9)
    assert asked(basket(TEA), first, coupon("rate", rate_bp=9000)).payable_fen == 8000


def test_within_a_kind_the_narrower_first_each_on_what_the_former_left():
    wide, narrow = coupon("a", rate_bp=5000), coupon("b", rate_bp=9000, scope=only("602"))
    made = asked(basket(TEA, CAKE), wide, narrow)
    # 10.00 less a tenth is 9.00; half of 109.00 is 54.50.
    assert [(each.offer, each.line, each.amount_fen) for each in made.adjustments] == [
        ("a", 1, 5000), ("b", 2, 100), ("a", 2, 450),
    ]  # fmt: skip


def test_the_minimum_is_measured_after_the_thresholds_and_before_other_coupons():
    hundred = Threshold(id="t", name="满减", steps=(Step(from_fen=10000, off_fen=1000),))
    at = coupon("a", off_fen=500, from_fen=9000)
    other = coupon("b", off_fen=3000)
    assert asked(basket(TEA), hundred, at, other).payable_fen == 5500
    dearer = replace(at, from_fen=9001)
    # 5.00 off 100.00 is worse than 10.00 off without the coupon, whatever the other takes.
    assert asked(basket(TEA), hundred, dearer, other).payable_fen == 6000


@pytest.mark.parametrize(("unit_fen", "payable"), [(0, 2000), (990, 2990), (1000, 3000)])
def test_one_unit_of_an_exact_product_at_its_price(unit_fen, payable):
    made = asked(basket((CAKE, "3")), coupon("a", unit_fen=unit_fen, scope=only("602")))
    assert made.payable_fen == payable


def test_an_exact_product_is_the_unit_that_saves_most_at_its_share_of_the_line():
    half = NthReduced(id="half", name="第二件半价", units=2, rate_bp=5000)
    # Two at 15.00 are 7.50 each; the 9.00 of the other saves more.
    other = product("603", 900)
    free = coupon("a", unit_fen=0, scope=only("602", "603"))
    assert payables(asked(basket((CAKE, "2"), other), half, free)) == [1500, 0]
    assert payables(asked(basket((CAKE, "2")), half, free)) == [750]


def test_no_percentage_is_taken_of_what_a_coupon_gives_away():
    free, half = coupon("a", unit_fen=0, scope=only("602")), coupon("b", rate_bp=5000)
    assert payables(asked(basket(TEA, CAKE), free, half)) == [5000, 0]


def test_a_gift_coupon_gives_what_was_chosen_from_its_minimum_on():
    gift = coupon("g", gives=Giving(("901",)), from_fen=10000)
    goods = basket(TEA).add(product("901", 500), offer="g")
    made = asked(goods, gift)
    assert (payables(made), made.unmet) == ([10000, 0], ())
    assert [each.reason for each in made.adjustments] == [Reason.GIFT]
    short = asked(basket(CAKE).add(product("901", 500), offer="g"), gift)
    assert (payables(short), short.unmet) == ([1000, 500], (2,))
    offered = asked(basket(TEA), gift)
    assert [row.offer for row in offered.offered] == ["g"]
    assert [(each.offer, each.lost) for each in offered.rejected] == [("g", Lost.NOT_CHOSEN)]


def test_a_multiplier_takes_the_place_of_a_lower_one_and_not_on_special_lines():
    double = coupon("d", multiplier_bp=20000, from_fen=5000)
    assert asked(basket(TEA), double, tier="normal").points == 200
    assert asked(basket(CAKE), double, tier="normal").points == 10
    triple = PointsOffer(id="p", name="三倍", multiplier_bp=30000)
    made = asked(basket(TEA), double, triple, tier="normal")
    assert (made.points, made.adjustments) == (300, ())


def test_bonus_points_once_over_the_lines_that_caused_them():
    made = asked(basket((TEA, "2"), CAKE), coupon("b", bonus=21), tier="normal")
    assert [line.points for line in made.lines] == [200 + 20, 10 + 1]
    assert [(each.amount_fen, each.reason) for each in made.adjustments] == [
        (0, Reason.COUPON_POINTS)
    ] * 2


def test_points_are_nothing_for_who_is_no_member():
    made = asked(basket(TEA), coupon("b", bonus=21))
    assert (made.points, made.adjustments) == (0, ())
    assert [each.offer for each in made.rejected] == ["b"]


def test_an_exact_product_comes_before_a_percentage_however_many_lines_it_may_be():
    free = coupon("a", unit_fen=0, scope=only("602", "603"))
    half = coupon("b", rate_bp=5000, scope=only("602"))
    # 9.00 of the other is given away, then half of 10.00; half first would leave 5.00 and 0.
    assert payables(asked(basket(CAKE, product("603", 900)), free, half)) == [0, 900]


def test_a_unit_that_costs_as_much_anyway_uses_no_coupon_and_a_fen_less_does():
    at = coupon("a", unit_fen=1000, scope=only("602"))
    assert asked(basket(CAKE), at).adjustments == ()
    (made,) = asked(basket(CAKE), replace(at, unit_fen=999)).adjustments
    assert (made.amount_fen, made.unit_price_fen) == (1, 999)


def test_of_units_that_save_the_same_the_earlier_is_given():
    free = coupon("a", unit_fen=0, scope=only("602", "603"))
    assert payables(asked(basket(product("603", 1000), CAKE), free)) == [1000, 0]


@pytest.mark.parametrize("weighs", ["0.5", "2"])
def test_what_is_weighed_or_has_a_label_is_no_unit(weighs):
    free = coupon("a", unit_fen=0, scope=only("602"))
    herb = replace(CAKE, is_weighed=True)
    assert asked(basket((herb, weighs)), free).adjustments == ()
    labelled = basket().add(CAKE, label_fen=2000)
    assert asked(labelled, free).adjustments == ()


def test_a_unit_stops_at_the_cap_too():
    free = coupon("a", unit_fen=0, scope=only("602"), cap_fen=300)
    assert asked(basket(CAKE), free).payable_fen == 700


def test_points_of_a_coupon_leave_a_special_line_as_it_is():
    double, bonus = coupon("d", multiplier_bp=20000), coupon("b", bonus=7)
    special = PriceOffer("special", SPECIAL_PRICE, name="特价")
    cheap = replace(TEA, special_price_fen=9000)
    made = asked(basket(cheap), double, special, tier="normal")
    assert (made.points, [each.offer for each in made.adjustments]) == (90, ["special"])
    assert asked(basket(cheap), bonus, special, tier="normal").points == 97


def test_a_multiplier_that_is_no_higher_is_not_used():
    double = PointsOffer(id="p", name="双倍", multiplier_bp=20000)
    made = asked(basket(TEA), coupon("d", multiplier_bp=20000), double, tier="normal")
    assert (made.points, made.adjustments) == (200, ())


def test_a_coupon_for_points_of_goods_that_are_not_there_gives_none():
    made = asked(basket(TEA), coupon("b", bonus=7, scope=only("602")), tier="normal")
    assert (made.points, made.adjustments) == (100, ())
