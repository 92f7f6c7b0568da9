"""满额赠礼 · 加价购: what is reached, what a chosen product costs, what it never does (stage 5)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.adjustment import Reason
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.pricing.quote import Quote, quote
from core.pricing.stages.gift import NeverHad, gift_value, most_given, never_had
from core.rulebook.conditions import Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer, PercentageOffer, Step, Threshold
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rulebook import Outside, Rulebook
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, payables, priced, product

TISSUE, SOAP, OIL = product("901", 500), product("902", 300), product("903", 2000)
GIFT = GiftOffer(
    id="gift", name="满 100 送", steps=(GiftStep(Giving(("901", "902")), from_fen=10000),)
)
ADD_ON = GiftOffer(
    id="oil", name="加价购", steps=(GiftStep(Giving(("903",), 1, 990), from_fen=5000),)
)


def book(*offers, **facts) -> Rulebook:
    return replace(PHARMACY, offers=offers, **facts)


def asked(goods: Basket, *offers, **facts) -> Quote:
    return quote(goods, None, book(*offers, **facts), NOW)


def chosen(fen: int, *gifts: tuple, offer: str = "gift") -> Basket:
    goods = basket(product("601", fen))
    for gift in gifts:
        goods = goods.add(gift, offer=offer)
    return goods


def test_it_is_reached_at_exactly_its_amount_and_offered_with_what_may_be_chosen():
    (row,) = asked(chosen(10000), GIFT).offered
    assert (row.offer, row.products, row.units, row.price_fen, row.left) == (
        "gift", ("901", "902"), 1, 0, 1,
    )  # fmt: skip
    assert asked(chosen(9999), GIFT).offered == ()


def test_a_chosen_gift_stands_at_list_and_is_taken_down_to_nothing():
    made = asked(chosen(10000, TISSUE), GIFT)
    assert (made.list_fen, payables(made), made.unmet) == (10500, [10000, 0], ())
    (given,) = made.adjustments
    assert (given.offer, given.line, given.amount_fen, given.reason) == (
        "gift", 2, 500, Reason.GIFT,
    )  # fmt: skip
    assert made.offered[0].left == 0


def test_an_add_on_costs_its_price_and_never_more_than_list():
    assert payables(asked(chosen(5000, OIL, offer="oil"), ADD_ON)) == [5000, 990]
    cheap = chosen(5000, replace(OIL, price_fen=700), offer="oil")
    made = asked(cheap, ADD_ON)
    assert (payables(made), made.adjustments, made.unmet) == ([5000, 700], (), ())


def test_below_its_amount_a_gift_keeps_its_price_and_is_named():
    made = asked(chosen(9999, TISSUE), GIFT)
    assert (payables(made), made.adjustments, made.unmet) == ([9999, 500], (), (2,))


def test_a_gift_counts_for_nothing_its_own_offer_least():
    # 98.00 with a gift of 5.00 would be 103.00: it is not reached by it, nor is anything else.
    made = asked(
        chosen(9800, TISSUE),
        GIFT,
        Threshold(id="t", name="满 100 减 10", steps=(Step(from_fen=10000, off_fen=1000),)),
    )
    assert (made.payable_fen, made.unmet) == (10300, (2,))


def test_an_add_on_takes_no_percentage_and_no_second_offer():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000)
    goods = chosen(10000, OIL, offer="oil")
    assert payables(asked(goods, ADD_ON, half)) == [5000, 990]


def test_a_percentage_stays_off_where_the_gift_would_be_lost_by_it():
    # 95折 leaves 95.00, and the gift of 20.00 would have to be paid: 115.00 instead of 100.00.
    gift = replace(GIFT, steps=(GiftStep(Giving(("903",)), from_fen=10000),))
    ninety_five = PercentageOffer(id="p", name="95折", rate_bp=9500)
    assert asked(chosen(10000, OIL), gift, ninety_five).payable_fen == 10000
    # Nobody chose it: what costs least is taken, and the gift is not within reach.
    made = asked(chosen(10000), gift, ninety_five)
    assert (made.payable_fen, made.offered) == (9500, ())
    assert [(near.offer, near.missing_fen, near.gives) for near in made.nearly] == [
        ("gift", 500, "gift")
    ]


def test_of_the_steps_that_are_reached_the_one_that_saves_most_holds():
    ladder = replace(
        GIFT,
        steps=(
            GiftStep(Giving(("902",)), from_fen=5000),
            GiftStep(Giving(("901",), units=2), from_fen=10000),
        ),
    )
    made = asked(chosen(10000, SOAP, TISSUE), ladder)
    assert (payables(made), made.unmet) == ([10000, 300, 0], (2,))
    assert payables(asked(chosen(5000, SOAP), ladder)) == [5000, 0]


def test_more_than_it_gives_is_paid_and_the_dearest_are_given():
    two = replace(GIFT, steps=(GiftStep(Giving(("901", "902"), units=2), from_fen=10000),))
    made = asked(chosen(10000, SOAP, SOAP, TISSUE), two)
    assert (payables(made), made.unmet) == ([10000, 300, 0], (2,))


@pytest.mark.parametrize(("fen", "units"), [(9999, 0), (10000, 1), (29999, 2), (50000, 3)])
def test_for_each_hundred_one_and_no_more_than_its_bound(fen, units):
    each = replace(GIFT, repeats=True, most_units=3)
    rows = asked(chosen(fen), each).offered
    assert [row.units for row in rows] == ([units] if units else [])


def test_by_number_of_pieces():
    pieces = replace(GIFT, steps=(GiftStep(Giving(("901",)), from_milli=3000),))
    two, three = basket((product("601", 100), "2")), basket((product("601", 100), "3"))
    assert (asked(two, pieces).offered, len(asked(three, pieces).offered)) == ((), 1)


def test_prescriptions_neither_count_nor_are_given():
    cure = product("601", 9000, is_prescription=True)
    assert asked(basket(cure, product("602", 1000)), GIFT).offered == ()
    pills = replace(TISSUE, is_prescription=True)
    assert asked(chosen(10000, pills), GIFT).unmet == (2,)
    # Also where the rulebook lets prescriptions take offers: nothing of it is given away.
    open_to_all = replace(PHARMACY.outside, is_prescription_outside=False)
    assert asked(chosen(10000, pills), GIFT, outside=open_to_all).unmet == (2,)


def test_class_a_medicines_are_never_a_gift_but_may_be_an_add_on():
    cold = replace(TISSUE, category="甲类非处方药")
    assert asked(chosen(10000, cold), GIFT).unmet == (2,)
    at_a_price = replace(GIFT, steps=(GiftStep(Giving(("901",), 1, 100), from_fen=10000),))
    assert payables(asked(chosen(10000, cold), at_a_price)) == [10000, 100]
    own_words = replace(PHARMACY.outside, never_gifts=frozenset({"OTC-A"}))
    assert asked(chosen(10000, cold), GIFT, outside=own_words).unmet == ()


def test_what_is_not_in_its_list_or_from_no_offer_at_all_is_not_given():
    assert asked(chosen(10000, OIL), GIFT).unmet == (2,)
    assert asked(chosen(10000, TISSUE, offer="gone"), GIFT).unmet == (2,)
    assert asked(chosen(10000, TISSUE)).unmet == (2,)


def test_of_a_group_the_better_is_on():
    ten = Threshold(
        id="ten", name="减 10", steps=(Step(from_fen=10000, off_fen=1000),), group="one"
    )
    gift = replace(GIFT, group="one", steps=(GiftStep(Giving(("901", "903")), from_fen=10000),))
    assert payables(asked(chosen(10000, OIL), gift, ten)) == [10000, 0]
    made = asked(chosen(10000, TISSUE), gift, ten)
    assert (payables(made), made.unmet) == ([9000, 500], (2,))


def test_the_scope_is_what_counts_not_what_is_given():
    drinks = replace(GIFT, scope=Scope(categories=frozenset({"饮料"})))
    assert asked(chosen(10000), drinks).offered == ()
    cola = basket(product("601", 10000, category="饮料")).add(TISSUE, offer="gift")
    assert asked(cola, drinks).unmet == ()


def test_a_price_by_hand_makes_it_bought_and_so_does_saying_so():
    goods = chosen(9999, TISSUE)
    by_hand = goods.with_by_hand(2, PriceByHand(100, "临期", 1))
    assert payables(asked(by_hand, GIFT)) == [9999, 100]
    assert by_hand.with_by_hand(2, None) == goods, "without the price it is the gift that it was"
    bought = goods.bought(2)
    made = asked(bought, GIFT)
    assert (made.payable_fen, made.unmet) == (10499, ())
    assert len(made.offered) == 1  # simply bought, it counts like anything else


def test_bought_it_joins_what_is_like_it():
    goods = basket(TISSUE).add(TISSUE, offer="gift")
    assert len(goods.lines) == 2
    assert [line.quantity_milli for line in goods.bought(2).lines] == [2000]


def test_a_discount_by_hand_of_the_basket_is_shared_by_an_add_on():
    goods = chosen(5000, OIL, offer="oil").with_discount(DiscountByHand("临期", 1, rate_bp=5000))
    made = asked(goods, ADD_ON)
    assert made.payable_fen == 5990 - 2995
    assert sum(payables(made)) == made.payable_fen


def test_an_add_on_earns_on_what_is_paid_without_a_multiplier():
    # 60.00 at 92折 is 55.20 and earns double, the add-on of 9.90 once: 110.4 + 9.9.
    made = priced(chosen(6000, OIL, offer="oil"), "diamond", book(ADD_ON))
    assert (payables(made), made.points) == ([5520, 990], 120)


# With points

FOR_POINTS = GiftOffer(
    id="swap", name="积分换", steps=(GiftStep(Giving(("903",), 2, 990, 300), from_fen=5000),)
)


def of_member(goods: Basket, has: int, *offers, **facts) -> Quote:
    return quote(goods, replace(a_member("normal"), points=has), book(*offers, **facts), NOW)


def test_an_add_on_may_cost_points_besides_which_the_line_keeps():
    made = of_member(chosen(5000, OIL, offer="swap"), 300, FOR_POINTS)
    assert (payables(made), made.unmet) == ([5000, 990], ())
    assert (made.spent_points, made.points_spent, made.points_fen) == (((2, 300),), 300, 0)


def test_who_lacks_the_points_or_is_no_member_does_not_have_it():
    goods = chosen(5000, OIL, offer="swap")
    assert of_member(goods, 299, FOR_POINTS).unmet == (2,)
    made = asked(goods, FOR_POINTS)
    assert (made.unmet, made.spent_points, made.offered) == ((2,), (), ())


@pytest.mark.parametrize(("points", "units"), [(299, 0), (300, 1), (599, 1), (600, 2), (900, 2)])
def test_as_many_are_offered_as_the_points_are_enough_for(points, units):
    rows = of_member(chosen(5000), points, FOR_POINTS).offered
    assert [(row.units, row.points) for row in rows] == ([(units, 300)] if units else [])
    taken = of_member(chosen(5000, OIL, offer="swap"), points, FOR_POINTS).offered
    assert sum(row.left for row in taken) == max(0, units - 1)


def test_points_as_money_come_after_and_not_for_that_line():
    spend = replace(PHARMACY.points, spend=SpendPolicy(fen=1, per_points=1))
    goods = replace(chosen(5000, OIL, offer="swap"), points=10_000)
    made = of_member(goods, 1000, FOR_POINTS, points=spend)
    assert (payables(made), made.spent_points) == ([4300, 990], ((1, 700), (2, 300)))


def test_nothing_is_called_proven_while_the_points_are_not_enough_for_all_that_was_chosen():
    soap = GiftOffer(
        id="first", name="积分换皂", steps=(GiftStep(Giving(("902",), 1, 0, 300), from_fen=5000),)
    )
    goods = chosen(5000, OIL, offer="swap").add(SOAP, offer="first")
    made = of_member(goods, 300, soap, FOR_POINTS)
    assert (payables(made), made.unmet) == ([5000, 990, 300], (3,))
    assert (made.is_proven, made.gap_fen) == (False, 300)
    enough = of_member(goods, 600, soap, FOR_POINTS)
    assert (enough.is_proven, enough.gap_fen, enough.unmet) == (True, 0, ())


def test_what_is_given_is_special_and_paying_for_it_makes_it_an_add_on():
    made = asked(chosen(10000, TISSUE), GIFT)
    assert [line.is_special for line in made.lines] == [False, True]
    assert [each.reason for each in made.adjustments] == [Reason.GIFT]
    (added,) = asked(chosen(5000, OIL, offer="oil"), ADD_ON).adjustments
    assert (added.reason, added.amount_fen) == (Reason.ADD_ON, 1010)


def steps(*givings: Giving) -> GiftOffer:
    return replace(GIFT, steps=tuple(GiftStep(each, from_fen=5000) for each in givings))


def test_a_step_for_other_goods_does_not_stand_in_the_way():
    # The second lets have the oil at more than its list price: it is had, and paid as listed.
    made = asked(chosen(5000, OIL), steps(Giving(("901",)), Giving(("903",), 1, 5000)))
    assert (payables(made), made.unmet) == ([5000, 2000], ())


def test_of_steps_that_save_the_same_the_first_holds():
    rich = replace(a_member("normal"), points=1000)
    for_points = steps(Giving(("903",), 1, 990), Giving(("903",), 1, 990, 50))
    made = quote(chosen(5000, OIL), rich, book(for_points), NOW)
    assert (payables(made), made.points_spent) == ([5000, 990], 0)


def test_two_small_gifts_save_more_than_a_dearer_one():
    two = steps(Giving(("901",), 2), Giving(("903",), 1, 1400))
    goods = chosen(5000, TISSUE, TISSUE, OIL)
    # 2 × 5.00 saved beside 6.00.
    assert (payables(asked(goods, two)), asked(goods, two).unmet) == ([5000, 0, 2000], (3,))


def test_what_gifts_are_worth_is_their_list_price_and_no_other_offers():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000)
    made = asked(chosen(20000, TISSUE), GIFT, half)
    assert (made.saved_fen, gift_value(made.adjustments)) == (10500, 500)
    outside = PHARMACY.outside
    assert most_given([], [], outside) == 0


def test_what_is_weighed_or_outside_is_not_had_and_a_prescription_not_for_nothing():
    outside = Outside(is_prescription_outside=False, categories=frozenset({"烟"}))

    def why(goods, *, is_gift=True):
        return never_had(goods, is_gift=is_gift, outside=outside)

    pill = replace(TISSUE, is_prescription=True)
    assert why(TISSUE) is None
    assert why(replace(TISSUE, is_weighed=True)) is NeverHad.WEIGHED
    assert why(replace(TISSUE, category="烟"), is_gift=False) is NeverHad.OUTSIDE
    assert (why(pill), why(pill, is_gift=False)) == (NeverHad.NO_GIFT, None)
