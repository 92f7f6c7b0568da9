"""限购: so many units take an offer, the rest is as without it; lines stay whole in the quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.pricing.adjustment import Lost
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand, PriceByHand
from core.pricing.quote import Quote, quote
from core.pricing.used import Used
from core.rulebook.conditions import Limits, Scope
from core.rulebook.offers import SPECIAL_PRICE, PercentageOffer, PriceOffer, Step, Threshold
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, product

SPECIAL = PriceOffer(id="special", kind=SPECIAL_PRICE, name="特价")
TENTH = PercentageOffer(id="tenth", name="九折", rate_bp=9000)
OFF = Threshold(id="off", name="满50减5", steps=(Step(from_fen=50_00, off_fen=5_00),))
BASKETS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 5)), min_size=1, max_size=5
).map(lambda rows: made(*rows))


def made(*rows: tuple[str, int]) -> Basket:
    goods = {
        code: product(code, 10_00 + 5_00 * place, special_price_fen=7_00 + 5_00 * place)
        for place, code in enumerate("ABC")
    }
    return basket(*[(goods[code], str(units)) for code, units in rows])


def priced(goods: Basket, limit: int | None, used_milli: int = 0) -> Quote:
    limits = Limits(units_in_all=limit)
    offers = (replace(SPECIAL, limits=limits), replace(TENTH, limits=limits), OFF)
    uses = (Used("special", in_all_milli=used_milli), Used("tenth", in_all_milli=used_milli))
    return quote(goods, None, replace(PHARMACY, offers=offers), NOW, uses)


@given(BASKETS, st.integers(1, 30))
def test_adjustments_and_payable_are_the_list_and_no_line_is_parted_for_good(goods, limit):
    told = priced(goods, limit)
    assert told.list_fen - sum(made.amount_fen for made in told.adjustments) == told.payable_fen
    plain = priced(goods, None)
    assert [(e.no, e.quantity_milli, e.list_fen) for e in told.lines] == [
        (e.no, e.quantity_milli, e.list_fen) for e in plain.lines
    ]
    assert {made.line for made in told.adjustments} <= {line.no for line in told.lines}


@given(BASKETS)
def test_a_limit_that_nobody_reaches_changes_nothing(goods):
    told, plain = priced(goods, 1000), priced(goods, None)
    assert (told.payable_fen, told.adjustments) == (plain.payable_fen, plain.adjustments)


@given(BASKETS, st.integers(1, 12), st.integers(0, 12))
def test_no_more_units_take_it_than_are_left(goods, limit, used):
    told = priced(goods, limit, used * 1000)
    assert all(milli <= max(0, limit - used) * 1000 for _, milli in told.used_units)


@given(BASKETS, st.integers(1, 12))
def test_the_order_of_scans_makes_no_difference(goods, limit):
    other = replace(goods, lines=goods.lines[::-1])
    assert priced(goods, limit).payable_fen == priced(other, limit).payable_fen


def with_limits(goods, *offers, uses=(), tier=None):
    who = a_member(tier) if tier else None
    return quote(goods, who, replace(PHARMACY, offers=offers), NOW, uses)


TWO_EACH = Limits(units_in_all=2)


def test_of_three_units_two_take_the_price_and_the_line_is_told_as_one():
    told = with_limits(made(("B", 3)), replace(SPECIAL, limits=TWO_EACH))
    (line,) = told.lines
    assert (line.quantity_milli, line.list_fen, line.payable_fen) == (3000, 45_00, 39_00)
    assert (line.is_special, told.used_units) == (False, (("special", 2000),))
    assert [(each.line, each.amount_fen) for each in told.adjustments] == [(1, 6_00)]
    assert [(each.line, each.lost) for each in told.rejected] == [(1, Lost.UNITS_USED_UP)]
    both = with_limits(made(("B", 2)), replace(SPECIAL, limits=TWO_EACH))
    assert (both.lines[0].is_special, both.rejected) == (True, ())


def test_the_units_that_save_most_come_first_and_a_line_after_the_other():
    one = replace(TENTH, limits=Limits(units_in_all=3))
    told = with_limits(made(("A", 2), ("C", 2)), one)
    # 2.00 off each of C, then 1.00 off one of A.
    assert [line.payable_fen for line in told.lines] == [19_00, 36_00]
    assert told.used_units == (("tenth", 3000),)
    assert [(each.line, each.lost) for each in told.rejected] == [(0, Lost.UNITS_USED_UP)]


@pytest.mark.parametrize(
    ("limits", "used"),
    [
        (Limits(units_in_all=3), Used("tenth", in_all_milli=2000)),
        (Limits(units_per_day=3), Used("tenth", day_milli=2000)),
        (Limits(units_per_member=3), Used("tenth", member_milli=2000)),
        (Limits(units_per_member_day=3), Used("tenth", member_day_milli=2000)),
        (Limits(units_in_all=9, units_per_day=1), Used("tenth", in_all_milli=8000)),
    ],
)
def test_what_was_taken_before_counts(limits, used):
    offer = replace(TENTH, limits=limits)
    told = with_limits(made(("A", 2)), offer, uses=(used,), tier="normal")
    assert (told.payable_fen, told.used_units) == (19_00, (("tenth", 1000),))


def test_where_none_is_left_none_takes_it():
    for taken in (2000, 2500):
        uses = (Used("tenth", in_all_milli=taken),)
        told = with_limits(made(("A", 1)), replace(TENTH, limits=TWO_EACH), uses=uses)
        assert (told.payable_fen, told.used_units) == (10_00, ())
    half = (Used("tenth", in_all_milli=1500),)
    told = with_limits(made(("A", 1)), replace(TENTH, limits=TWO_EACH), uses=half)
    assert told.payable_fen == 10_00


def test_what_is_outside_or_priced_by_hand_uses_none_of_it_and_other_goods_neither():
    pill = product("D", 90_00, is_prescription=True)
    only = replace(TENTH, limits=Limits(units_in_all=1), scope=Scope(frozenset({"A", "B", "D"})))
    goods = basket(pill, *(line.product for line in made(("A", 1), ("B", 1), ("C", 1)).lines))
    told = with_limits(goods.with_by_hand(3, PriceByHand(14_00, "临期", 1)), only)
    assert sorted(line.payable_fen for line in told.lines) == [9_00, 14_00, 20_00, 90_00]
    assert told.used_units == (("tenth", 1000),)


def test_what_cannot_be_parted_takes_it_whole_or_not_at_all():
    herb = product("H", 10_00, is_weighed=True)
    for weighs, payable in (("2", 18_00), ("2.001", 20_01)):
        told = with_limits(basket((herb, weighs)), replace(TENTH, limits=TWO_EACH))
        assert told.payable_fen == payable
    off = DiscountByHand("临期", 1, amount_fen=1_00)
    told = with_limits(made(("A", 3)).with_by_hand(1, off), replace(TENTH, limits=TWO_EACH))
    assert told.payable_fen == 29_00


def test_parts_earn_together_what_the_line_earns():
    told = with_limits(made(("A", 3)), replace(TENTH, limits=TWO_EACH), tier="normal")
    assert (told.payable_fen, told.points, told.spend_fen) == (28_00, 28, 28_00)


FORTY = PercentageOffer(id="forty", name="四折", rate_bp=4000, scope=Scope(frozenset({"X"})))
X = product("X", 20_00, special_price_fen=10_00)
Y = product("Y", 20_00, special_price_fen=12_00)


def test_what_a_line_does_not_use_goes_to_the_next():
    one = replace(SPECIAL, limits=Limits(units_in_all=1))
    told = with_limits(basket(X, Y), one, FORTY)
    # The special price saves most on X, where 40 % is cheaper still.
    assert [line.payable_fen for line in told.lines] == [8_00, 12_00]
    assert told.used_units == (("special", 1000),)
    assert Lost.UNITS_USED_UP not in {each.lost for each in told.rejected}
    three = with_limits(basket((X, "2"), (Y, "3")), replace(SPECIAL, limits=TWO_EACH), FORTY)
    assert [line.payable_fen for line in three.lines] == [16_00, 2 * 12_00 + 20_00]
    assert [(e.line, e.lost) for e in three.rejected if e.lost is Lost.UNITS_USED_UP] == [
        (2, Lost.UNITS_USED_UP)
    ]


def test_units_that_nobody_wants_are_not_called_used_up():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000)
    told = with_limits(basket(X, Y), replace(SPECIAL, limits=Limits(units_in_all=1)), half, FORTY)
    assert [line.payable_fen for line in told.lines] == [8_00, 10_00]
    assert told.used_units == ()
    assert Lost.UNITS_USED_UP not in {each.lost for each in told.rejected}


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_together_they_cost_no_more_than_apart_where_the_units_are_enough(x, y, limit):
    one = replace(SPECIAL, limits=Limits(units_in_all=limit))

    def cost(*goods):
        return with_limits(basket(*goods), one, FORTY).payable_fen

    assert cost((X, str(x)), (Y, str(y))) == cost((X, str(x))) + cost((Y, str(y)))


def said(told):
    return [(each.offer, each.line, each.lost) for each in told.rejected]


ONE = Limits(units_in_all=1)


def test_lines_that_it_is_not_for_are_told_nothing_of_it():
    pill = product("P", 90_00, is_prescription=True, special_price_fen=1_00)
    dearer = product("Q", 10_00, special_price_fen=11_00)
    goods = basket(X, pill, dearer, product("R", 50_00), product("S", 30_00, special_price_fen=1))
    by_hand = goods.with_by_hand(5, PriceByHand(29_00, "临期", 1))
    told = with_limits(by_hand, replace(SPECIAL, limits=ONE))
    assert [line.payable_fen for line in told.lines] == [10_00, 90_00, 10_00, 50_00, 29_00]
    assert said(told) == [
        ("special", 2, Lost.OUTSIDE),
        ("special", 3, Lost.NOT_LOWER),
        ("special", 5, Lost.BY_HAND),
    ]
    only = replace(TENTH, limits=ONE, scope=Scope(frozenset({"X"})))
    assert said(with_limits(basket(X, Y), only)) == []


def test_among_lines_that_save_as_much_the_earlier_has_it_and_a_fen_is_saved_too():
    rounded = basket(product("A", 10_00), product("B", 10_04))
    told = with_limits(rounded, replace(TENTH, limits=ONE))
    assert [line.payable_fen for line in told.lines] == [9_00, 10_04]
    fen = basket((product("A", 10_00, special_price_fen=9_99), "2"))
    assert with_limits(fen, replace(SPECIAL, limits=ONE)).payable_fen == 9_99 + 10_00


def test_the_least_that_a_limit_leaves_counts_and_of_nothing_not_a_gram():
    both = replace(TENTH, limits=Limits(units_in_all=9, units_per_day=1))
    assert with_limits(basket((X, "2")), both).payable_fen == 18_00 + 20_00
    herb = product("H", 10_00, is_weighed=True, special_price_fen=0)
    gone = (Used("special", in_all_milli=1000),)
    assert with_limits(basket((herb, "0.001")), replace(SPECIAL, limits=ONE)).payable_fen == 0
    told = with_limits(basket((herb, "0.001")), replace(SPECIAL, limits=ONE), uses=gone)
    assert told.payable_fen == 1


def test_it_is_passed_to_whom_it_is_enough_for_and_only_that_is_said():
    herb = product("H", 10_00, is_weighed=True, special_price_fen=9_50)
    told = with_limits(basket(X, Y, (herb, "2")), replace(SPECIAL, limits=ONE), FORTY)
    assert [line.payable_fen for line in told.lines] == [8_00, 12_00, 20_00]
    assert said(told) == [("special", 1, Lost.OTHERS_BETTER), ("special", 3, Lost.UNITS_USED_UP)]


def test_what_is_used_up_of_one_is_said_beside_another_that_nobody_wants():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000, scope=Scope(frozenset("XY")))
    one = replace(TENTH, id="one", limits=ONE, scope=Scope(frozenset("Z")))
    goods = basket(X, Y, (product("Z", 5_00), "2"))
    told = with_limits(goods, replace(SPECIAL, limits=ONE), one, half, FORTY)
    assert ("one", 0, Lost.UNITS_USED_UP) in said(told)
    assert Lost.UNITS_USED_UP not in {lost for offer, _, lost in said(told) if offer == "special"}


def test_what_takes_nothing_off_parts_no_line():
    told = with_limits(basket((X, "2")), replace(TENTH, rate_bp=10000, limits=ONE))
    assert (told.payable_fen, Lost.UNITS_USED_UP in {e.lost for e in told.rejected}) == (
        40_00,
        False,
    )
