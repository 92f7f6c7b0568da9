"""积分抵扣: points as money (domain.md 2, stage 7): bounded, in whole steps, allocated by net."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.members.member import Standing
from core.pricing.adjustment import Stage
from core.pricing.quote import Quote, quote
from core.pricing.record import price_again, pricing_record
from core.rulebook.conditions import Scope
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rulebook import Rulebook
from core.values.canonical import canonical
from core.values.rate import FULL
from tests.core.pricing.chance import CATEGORIES, baskets, rulebooks, tenders
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

PILLS = {"is_prescription": True}
HALF = SpendPolicy(fen=100, per_points=100, most_bp=5000)
WHOLE = replace(HALF, most_bp=FULL)


def spending(policy: SpendPolicy | None, book: Rulebook = PHARMACY) -> Rulebook:
    return replace(book, points=replace(book.points, spend=policy))


def spent(goods, points: int, has: int = 100_000, policy: SpendPolicy | None = WHOLE) -> Quote:
    who = Standing(NOBODY.member_id, "normal", has)
    return quote(goods.with_points(points), who, spending(policy), NOW)


NOBODY = Standing(basket().sale_id, "normal")
GOODS = basket(product("801", 10000))


def test_a_hundred_points_pay_a_yuan():
    made = spent(GOODS, 300)
    assert (made.points_spent, made.points_fen, made.payable_fen) == (300, 300, 9700)


@pytest.mark.parametrize(
    ("policy", "chosen", "has", "taken"),
    [
        (HALF, 99_000, 100_000, 5000),  # half of 100.00
        (WHOLE, 99_000, 100_000, 10_000),  # all of it
        (WHOLE, 99_000, 799, 700),  # what there is, in whole steps
        (WHOLE, 199, 1000, 100),  # a wish between two steps
        (replace(WHOLE, per_points=30, fen=7), 1000, 50, 30),
        (replace(WHOLE, least_points=500), 400, 1000, 0),  # fewer than the least
        (replace(WHOLE, least_points=500), 500, 1000, 500),
        (replace(WHOLE, least_points=500), 500, 499, 0),
        (None, 500, 1000, 0),  # a shop that takes none
        (WHOLE, 500, 0, 0),
        (WHOLE, 0, 1000, 0),  # nobody said yes
    ],
)
def test_it_takes_what_was_chosen_as_far_as_it_makes_sense(policy, chosen, has, taken):
    assert spent(GOODS, chosen, has, policy).points_spent == taken


def test_the_most_that_makes_sense_is_said_before_anybody_chose():
    made = spent(GOODS, 0, 799)
    assert (made.most_points, made.points_spent) == (700, 0)
    assert spent(GOODS, 0, 799, replace(WHOLE, least_points=750)).most_points == 0
    assert spent(basket(product("802", 99)), 0).most_points == 0


def test_the_wish_stays_while_the_basket_shrinks_and_grows():
    goods = basket(product("803", 500), product("804", 9500)).with_points(2000)
    assert spent(goods.without(2), goods.points).points_spent == 500
    assert spent(goods, goods.without(2).points).points_spent == 2000


def test_another_member_did_not_choose():
    goods = GOODS.with_member(GOODS.sale_id).with_points(300)
    assert goods.with_member(GOODS.sale_id).points == 300
    assert goods.with_member(None).points == 0


def test_prescriptions_are_not_paid_with_points_but_count_for_the_share():
    goods = basket(product("805", 2000), product("806", 8000, **PILLS))
    made = spent(goods, 99_000, policy=HALF)
    assert [line.payable_fen for line in made.lines] == [0, 8000]
    assert made.points_spent == 2000
    made = spent(goods, 99_000, policy=replace(HALF, most_bp=1500))
    assert made.points_spent == 1500


def test_a_shop_says_which_goods_points_pay():
    goods = basket(product("807", 2000, category="烟"), product("808", 1000))
    made = spent(goods, 9000, policy=replace(WHOLE, scope=Scope(but_not=frozenset({"807"}))))
    assert [line.payable_fen for line in made.lines] == [2000, 0]
    made = spent(goods, 9000, policy=replace(WHOLE, scope=Scope(categories=frozenset({"烟"}))))
    assert [line.payable_fen for line in made.lines] == [0, 1000]


def test_what_they_pay_is_spread_by_net_and_the_points_by_what_they_pay():
    made = spent(basket(product("809", 1000), product("810", 2000), product("811", 333)), 1000)
    off = [(each.line, each.amount_fen) for each in made.adjustments if each.stage is Stage.POINTS]
    assert off == [(1, 300), (2, 600), (3, 100)]
    assert made.spent_points == ((1, 300), (2, 600), (3, 100))


def test_what_points_pay_earns_nothing_and_is_no_spend():
    made = spent(GOODS, 4000)
    assert (made.spend_fen, made.points) == (6000, 60)


def test_the_points_of_a_sale_cannot_be_spent_in_it():
    assert spent(GOODS, 100, has=99).points_spent == 0


def rounded(made):
    return [(e.line, e.amount_fen) for e in made.adjustments if e.stage is Stage.CASH_ROUNDING]


POLICIES = st.builds(
    SpendPolicy,
    fen=st.sampled_from([1, 3, 7, 100]),
    per_points=st.sampled_from([1, 7, 100]),
    most_bp=st.sampled_from([1, 3333, 5000, 10_000]),
    least_points=st.sampled_from([0, 1, 50]),
    scope=st.builds(Scope, categories=st.frozensets(st.sampled_from(CATEGORIES))),
)


@given(baskets(), rulebooks(), POLICIES, tenders(), st.integers(0, 20_000), st.integers(0, 20_000))
def test_laws(goods, book, policy, paid, chosen, has):
    who, book = Standing(NOBODY.member_id, "t1", has), spending(policy, book)
    goods = goods.with_tenders(paid)
    made, without = (quote(goods.with_points(n), who, book, NOW) for n in (chosen, 0))
    points = made.points_spent
    # no more than chosen, had and sensible; whole steps, each worth its whole money
    assert 0 <= points <= min(chosen, has, made.most_points)
    assert points % policy.per_points == 0
    assert made.points_fen == points // policy.per_points * policy.fen
    assert made.most_points == without.most_points <= has
    assert points == 0 or points >= policy.least_points
    if chosen >= made.most_points:
        assert points == made.most_points
    # adjustments and payable add up to list, no line below zero
    assert made.list_fen == made.payable_fen + sum(each.amount_fen for each in made.adjustments)
    assert all(line.payable_fen >= 0 for line in made.lines)
    before = {line.no: line for line in quote(goods.with_tenders(()), who, book, NOW).lines}
    off = {e.line: e.amount_fen for e in made.adjustments if e.stage is Stage.POINTS}
    products = {line.no: line.product for line in goods.lines}
    for no, fen in off.items():
        assert 0 < fen <= before[no].payable_fen
        assert not before[no].is_outside
        assert policy.scope.has(products[no].code, products[no].category)
    share = sum(line.payable_fen for line in before.values()) * policy.most_bp
    assert sum(off.values()) * FULL <= share
    assert {no for no, _ in made.spent_points} <= set(off)
    # points as money earn nothing and are no spend
    assert made.spend_fen <= without.spend_fen
    if rounded(made) == rounded(without):  # a fen of rounding may go to goods that earn more
        assert made.points <= without.points
    # the event alone gives the same bytes
    event = json.loads(canonical(pricing_record(goods.with_points(chosen), who, book, NOW)))
    assert price_again(event).canonical == made.canonical
