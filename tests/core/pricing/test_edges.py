"""Where rules meet: exclusive offers and minimums, benefits that are used up, steps of two sums."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.members.member import Celebration
from core.pricing.adjustment import Lost
from core.pricing.basket import Presented
from core.pricing.by_hand import DiscountByHand
from core.pricing.quote import quote
from core.rulebook.conditions import BirthdayWindow, Conditions, Limits, Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import (
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from core.rulebook.schemes import Tier, TierScheme
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, product

CREAM, SOAP = product("601", 6000), product("602", 5000)
HALF = PercentageOffer(
    id="half", name="半价", rate_bp=5000, is_exclusive=True, scope=Scope(frozenset({"601"}))
)
TENTH = PercentageOffer(id="tenth", name="九折", rate_bp=9000, when=Conditions(from_fen=10000))


def made_of(goods, *offers, who=None):
    return quote(goods, who, replace(PHARMACY, offers=offers), NOW)


def used(made):
    return {each.offer for each in made.adjustments if not each.offer.startswith("tier:")}


def test_lines_of_an_exclusive_offer_do_not_count_for_the_minimum_of_another() -> None:
    made = made_of(basket(CREAM, SOAP), HALF, TENTH)
    assert (made.payable_fen, used(made), made.is_proven) == (8000, {"half"}, True)
    assert [(each.offer, each.lost) for each in made.rejected] == [("tenth", Lost.NOT_REACHED)]


def test_the_exclusive_one_stays_off_where_the_other_with_all_lines_takes_more() -> None:
    most = replace(TENTH, rate_bp=1000)
    made = made_of(basket(CREAM, SOAP), HALF, most)
    assert (made.payable_fen, used(made)) == (1100, {"tenth"})
    assert [(each.offer, each.dearer_fen) for each in made.rejected] == [("half", 8000 - 1100)]


def test_other_lines_alone_may_reach_it() -> None:
    made = made_of(basket(CREAM, (SOAP, "2")), HALF, TENTH)
    assert (made.payable_fen, used(made)) == (3000 + 9000, {"half", "tenth"})


@pytest.mark.parametrize("when", [Conditions(from_fen=10000), Conditions(from_milli=2000)])
def test_it_is_so_for_deals_and_points_too(when: Conditions) -> None:
    deal = NthReduced(id="deal", name="第二件半价", units=1, rate_bp=5000, when=when)
    double = PointsOffer(id="double", name="双倍", multiplier_bp=20000, when=when)
    made = made_of(basket(CREAM, SOAP), HALF, deal, double, who=a_member("normal"))
    assert (used(made), made.points) == ({"deal"}, 2 * 55)
    one = made_of(basket(CREAM, SOAP), HALF, double, who=a_member("normal"))
    assert (used(one), one.points) == ({"half"}, 80)
    assert Lost.NOT_REACHED in [each.lost for each in one.rejected if each.offer == "double"]


def test_an_exclusive_offer_that_another_takes_below_its_minimum_has_no_line() -> None:
    second = replace(TENTH, rate_bp=8000, is_exclusive=True, priority=-1)
    made = made_of(basket(CREAM, SOAP), HALF, second, replace(TENTH, id="all", when=Conditions()))
    assert (made.payable_fen, used(made)) == (3000 + 4500, {"half", "all"})


def test_a_gift_below_its_minimum_is_not_offered() -> None:
    gift = GiftOffer(
        id="gift",
        name="满赠",
        steps=(GiftStep(Giving(("602",)), from_fen=1000),),
        when=Conditions(from_fen=10000),
    )
    assert made_of(basket(CREAM, SOAP), gift).offered
    assert not made_of(basket(CREAM, SOAP), gift, HALF).offered


def test_of_two_that_cost_the_same_the_one_that_comes_again_is_used() -> None:
    plain = PercentageOffer(id="z", name="八折", rate_bp=8000)
    for other in (
        replace(plain, id="a", limits=Limits(per_member=1)),
        replace(plain, id="a", when=Conditions(birthday=BirthdayWindow(3))),
    ):
        who = replace(a_member("normal"), birthdays=(Celebration("a", 2026),))
        assert used(made_of(basket(CREAM), other, plain, who=who)) == {"z"}
        assert used(made_of(basket(CREAM), other, who=who)) == {"a"}
    tomorrow = replace(plain, id="a", limits=Limits(per_member_day=1, per_day=1, in_all=9))
    assert used(made_of(basket(CREAM), tomorrow, plain, who=a_member("normal"))) == {"a"}


def test_of_two_that_give_the_same_points_the_one_that_comes_again_is_used() -> None:
    often = PointsOffer(id="z", name="双倍", multiplier_bp=20000, limits=Limits(per_day=9))
    once = replace(often, id="a", limits=Limits(per_member=1))
    assert made_of(basket(CREAM), once, often, who=a_member("normal")).used == ("z",)


def test_of_two_coupons_the_one_that_can_be_presented_again_is_used() -> None:
    once = CouponOffer(id="a", name="一次券", off_fen=500, group="g")
    again = replace(once, id="z", name="常用券", code="Z")
    both = replace(basket(CREAM), coupons=(Presented("123", "a"), Presented("Z", "z")))
    assert used(made_of(both, once, again)) == {"z"}


def test_a_deal_that_saves_nothing_changes_nothing_of_another_with_a_cap() -> None:
    goods = basket((product("601", 2000), "3"), (product("602", 3000), "2"))
    half = NthReduced(id="half", name="第二件半价", units=2, rate_bp=5000, cap_fen=1500)
    rate = PercentageOffer(id="p", name="95折", rate_bp=9500)
    for price_fen in (99999, 4999):
        pair = Bundle(id="set", name="一套", parts=(("601", 1), ("602", 1)), price_fen=price_fen)
        assert made_of(goods, half, pair, rate).payable_fen == 10200


def test_where_not_every_packing_is_tried_the_gap_says_what_could_be_missing() -> None:
    deals = tuple(
        NthReduced(id=f"d{i}", name="半价", units=2 + i, rate_bp=5000 - 300 * i) for i in range(2)
    )
    made = made_of(basket((product("601", 1000), "90"), (product("602", 900), "80")), *deals)
    assert (made.is_proven, made.gap_fen > 0) == (False, True)
    assert made.gap_fen <= made.payable_fen


@pytest.mark.parametrize("beside_fen", [20, 200])
def test_points_decide_by_what_the_whole_sale_earns(beside_fen: int) -> None:
    """0.54 points or 0.81 of the one line: only with the fractions of the other is it one more."""
    special = PriceOffer(id="a", kind="special_price")
    off = Threshold(id="z", name="满减", scope=Scope(frozenset({"701"})), steps=(Step(60, 0, 6),))
    tiers = (Tier("gold", "金卡", 0, multiplier_bp=15000),)
    book = replace(PHARMACY, scheme=TierScheme(tiers), offers=(special, off))
    goods = basket(product("701", 60, special_price_fen=54), product("702", beside_fen))
    made = quote(goods, a_member("gold"), book, NOW)
    assert made.payable_fen == 54 + beside_fen
    assert made.points == (54 + beside_fen) * 15 // 1000
    assert used(made) == {"z"} if beside_fen == 20 else {"a"}


@pytest.mark.parametrize(("soaps", "off_fen"), [("2", 0), ("3", 1000), ("5", 1000), ("6", 2000)])
def test_a_threshold_that_repeats_by_amount_and_pieces_does_so_where_both_are_full(
    soaps: str, off_fen: int
) -> None:
    step = Step(from_fen=10000, from_milli=3000, off_fen=1000)
    off = Threshold(id="t", name="满减", repeats=True, steps=(step,))
    assert made_of(basket((SOAP, soaps)), off).saved_fen == off_fen


def test_what_is_missing_to_its_next_time_is_of_both() -> None:
    step = Step(from_fen=10000, from_milli=3000, off_fen=1000)
    off = Threshold(id="t", name="满减", repeats=True, steps=(step,))
    (near,) = made_of(basket((SOAP, "5")), off).nearly
    assert (near.missing_fen, near.missing_milli, near.gain_fen) == (0, 1000, 1000)


def test_what_is_outside_helps_no_minimum_whoever_else_has_lines_for_itself() -> None:
    pill = product("699", 6000, is_prescription=True)
    made = made_of(basket(CREAM, SOAP, pill), HALF, TENTH)
    assert (made.payable_fen, used(made)) == (3000 + 5000 + 6000, {"half"})
    assert [(each.offer, each.lost) for each in made.rejected] == [("tenth", Lost.NOT_REACHED)]


def test_who_has_too_few_points_is_offered_nothing_for_them() -> None:
    giving = Giving(("903",), 1, 990, 1)
    gift = GiftOffer(id="g", name="加价购", steps=(GiftStep(giving, from_fen=5000),))
    rich, poor = replace(a_member("normal"), points=1), a_member("normal")
    assert [len(made_of(basket(SOAP), gift, who=who).offered) for who in (rich, poor)] == [1, 0]


def test_nothing_is_proven_while_points_are_short_also_where_another_step_costs_none() -> None:
    steps = (
        GiftStep(Giving(("903",), 1, 990, 50), from_fen=5000),
        GiftStep(Giving(("904",)), from_fen=90_000),
    )
    gift = GiftOffer(id="g", name="加价购", steps=steps)
    goods = basket(SOAP).add(product("903", 2000), offer="g")
    rich, poor = replace(a_member("normal"), points=50), replace(a_member("normal"), points=49)
    proven = [made_of(goods, gift, who=who).is_proven for who in (rich, poor)]
    assert proven == [True, False]


def test_what_lost_is_as_much_dearer_as_it_is_beside_the_others() -> None:
    """9折 of the soap stays on beside what is asked for the cream; of a group one goes."""
    soap = PercentageOffer(id="soap", name="九折", rate_bp=9000, scope=Scope(frozenset({"602"})))
    best = replace(soap, id="best", rate_bp=7000, scope=Scope(frozenset({"601"})))
    worse = replace(best, id="worse", rate_bp=8000)
    made = made_of(basket(CREAM, SOAP), soap, best, worse)
    assert made.payable_fen == 4200 + 4500
    assert [(each.offer, each.line, each.dearer_fen) for each in made.rejected] == [("worse", 0, 0)]
    grouped = [replace(each, group="g") for each in (best, worse)]
    made = made_of(basket(CREAM, SOAP), soap, *grouped)
    lost = [(each.offer, each.line, each.dearer_fen) for each in made.rejected]
    assert (made.payable_fen, lost) == (4200 + 4500, [("worse", 0, 600)])


def test_a_step_that_others_took_the_money_for_is_not_reached() -> None:
    off = Threshold(id="t", name="满60减1", steps=(Step(from_fen=6000, off_fen=100),))
    made = made_of(basket(CREAM), replace(HALF, is_exclusive=False), off)
    assert (made.payable_fen, used(made)) == (3000, {"half"})
    assert [(each.offer, each.lost) for each in made.rejected] == [("t", Lost.NOT_REACHED)]


def test_of_what_costs_the_same_the_higher_priority_then_the_lower_id_is_used() -> None:
    five = Threshold(id="b", name="减5", steps=(Step(from_fen=100, off_fen=500),), group="g")
    other = replace(five, id="a")
    made = made_of(basket(CREAM), five, other)
    lost = [(each.offer, each.line, each.lost, each.dearer_fen) for each in made.rejected]
    assert (used(made), lost) == ({"a"}, [("b", 0, Lost.OTHERS_BETTER, 0)])
    assert used(made_of(basket(CREAM), replace(five, priority=1), other)) == {"b"}


def test_of_what_costs_the_same_what_earns_more_is_used() -> None:
    bonus = CouponOffer(id="p", name="送分", code="p", bonus=9, group="g")
    less = replace(bonus, id="a", code="a", bonus=3)
    goods = replace(basket(CREAM), coupons=(Presented("p", "p"), Presented("a", "a")))
    made = made_of(goods, bonus, less, who=a_member("normal"))
    assert (made.points, used(made)) == (60 + 9, {"p"})


def test_what_a_person_takes_off_the_basket_is_one_for_goods_that_share_no_offer() -> None:
    """By itself the soap would cost nothing with 10.00 less, whatever its offer takes."""
    cheap = product("602", 500)
    offers = [
        Threshold(
            id=f"t{code}",
            name="满减",
            scope=Scope(frozenset({code})),
            steps=(Step(from_fen=100, off_fen=100),),
        )
        for code in ("601", "602")
    ]
    off = DiscountByHand("熟客", 1, amount_fen=1000)
    made = made_of(basket(CREAM, cheap).with_discount(off), *offers)
    assert (made.payable_fen, used(made)) == (5900 + 400 - 1000, {"t601", "t602", "basket_by_hand"})


def test_points_that_suffice_for_one_add_on_go_to_the_one_that_saves_more() -> None:
    offers = [
        GiftOffer(
            id=name,
            name="加价购",
            scope=Scope(frozenset({code})),
            steps=(GiftStep(Giving((f"90{code}",), 1, price_fen, 50), from_fen=100),),
        )
        for name, code, price_fen in (("a", "601", 1500), ("b", "602", 500))
    ]
    goods = basket(CREAM, SOAP)
    for name, code in (("a", "601"), ("b", "602")):
        goods = goods.add(product(f"90{code}", 2000), offer=name)
    made = made_of(goods, *offers, who=replace(a_member("normal"), points=50))
    assert (made.payable_fen, made.unmet) == (6000 + 5000 + 2000 + 500, (3,))


def test_an_amount_of_a_fen_is_taken_and_what_costs_nothing_bears_none_of_it() -> None:
    fen = Threshold(id="t", name="减一分", steps=(Step(from_fen=100, off_fen=1),))
    made = made_of(basket(product("600", 0), CREAM), fen)
    assert [(each.line, each.amount_fen) for each in made.adjustments] == [(2, 1)]


def test_what_is_left_of_several_deals_takes_the_percentage() -> None:
    half = NthReduced(id="half", name="第二件半价", units=2, rate_bp=5000)
    tenth = PercentageOffer(id="tenth", name="九折", rate_bp=9000)
    made = made_of(basket((product("601", 1000), "5")), half, tenth)
    assert made.payable_fen == 2 * 1500 + 900


def test_between_a_price_and_a_percentage_as_low_the_higher_priority_is_used() -> None:
    special = PriceOffer(id="s", kind="special_price")
    rate = PercentageOffer(id="r", name="九折", rate_bp=9000, priority=5)
    goods = basket(product("601", 1000, special_price_fen=900))
    assert used(made_of(goods, special, rate)) == {"r"}
    assert used(made_of(goods, special, replace(rate, priority=-5))) == {"s"}


def test_what_is_given_away_at_a_price_of_nothing_says_so() -> None:
    goods = basket(product("601", 1000, special_price_fen=0))
    (made,) = made_of(goods, PriceOffer(id="s", kind="special_price")).adjustments
    assert (made.amount_fen, made.unit_price_fen) == (1000, 0)


@pytest.mark.parametrize("beside", [False, True])
def test_of_a_group_one_is_on_also_where_its_offers_are_for_different_goods(beside: bool) -> None:
    def off(name: str, code: str, off_fen: int, group: str) -> Threshold:
        steps = (Step(from_fen=100, off_fen=off_fen),)
        scope = Scope(frozenset({code}))
        return Threshold(id=name, name="满减", scope=scope, steps=steps, group=group)

    offers = [off("a", "601", 100, "g"), off("c", "602", 200, "g")]
    if beside:
        offers.append(off("b", "601", 10, ""))
    made = made_of(basket(CREAM, SOAP), *offers)
    assert used(made) == ({"b", "c"} if beside else {"c"})
    assert made.payable_fen == 6000 + 5000 - 200 - (10 if beside else 0)


def test_a_deal_takes_the_last_fen_of_its_cap() -> None:
    half = NthReduced(id="half", name="第二件半价", units=2, rate_bp=5000, cap_fen=501)
    goods = basket((product("601", 1000), "2"), (product("602", 900), "2"))
    assert made_of(goods, half).saved_fen == 501
