"""Stage 8: only what is paid in cash, always downwards (domain.md 2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.pricing.examples import PHARMACY, basket, payables, priced, product, taken_off

TO_THE_JIAO = replace(PHARMACY, cash_rounding_fen=10)
TO_THE_YUAN = replace(PHARMACY, cash_rounding_fen=100)
PILLS = {"is_prescription": True}


def test_cash_is_rounded_down_to_the_unit():
    made = priced(basket(product("401", 1999)), None, TO_THE_JIAO, cash=2000)
    assert (made.payable_fen, made.change_fen, made.due_fen) == (1990, 10, 0)
    assert taken_off(made) == [("cash_rounding", 1, 9)]


@pytest.mark.parametrize("fen", [1990, 2000])
def test_what_is_even_already_stays(fen):
    assert priced(basket(product("402", fen)), None, TO_THE_JIAO, cash=fen).adjustments == ()


def test_nothing_is_rounded_without_cash_or_without_a_unit():
    goods = basket(product("403", 1999))
    assert priced(goods, None, TO_THE_JIAO).payable_fen == 1999
    assert priced(goods, None, TO_THE_JIAO, alipay=1999).payable_fen == 1999
    assert priced(goods, None, PHARMACY, cash=1999).payable_fen == 1999


def test_other_tenders_come_first_and_only_the_rest_is_rounded():
    goods = basket(product("404", 10007))
    made = priced(goods, None, TO_THE_JIAO, cash=10000, alipay=5)
    assert (made.payable_fen, made.change_fen) == (10005, 0)  # 10002 in cash become 10000
    covered = priced(goods, None, TO_THE_JIAO, cash=100, alipay=10007)
    assert (covered.payable_fen, covered.change_fen) == (10007, 100)


def test_a_part_in_cash_rounds_all_that_is_left_to_pay():
    made = priced(basket(product("405", 1007)), None, TO_THE_JIAO, cash=500)
    assert (made.payable_fen, made.due_fen) == (1000, 500)


def test_less_than_the_unit_is_given_away():
    assert priced(basket(product("406", 7)), None, TO_THE_JIAO, cash=10).payable_fen == 0


def test_it_is_allocated_over_the_lines_by_what_cash_pays():
    goods = basket(product("407", 3000), product("408", 1000), product("409", 1009))
    made = priced(goods, None, TO_THE_JIAO, cash=6000)
    assert taken_off(made) == [
        ("cash_rounding", 1, 5),
        ("cash_rounding", 2, 2),
        ("cash_rounding", 3, 2),
    ]


def test_prescription_lines_bear_nothing_while_another_line_can():
    goods = basket(product("410", 4267, **PILLS), product("411", 2000))
    made = priced(goods, None, TO_THE_JIAO, cash=7000)
    assert payables(made) == [4267, 1993]


def test_prescription_lines_bear_it_where_there_is_nothing_else():
    made = priced(basket(product("412", 4267, **PILLS)), None, TO_THE_JIAO, cash=5000)
    assert payables(made) == [4260]


def test_prescription_lines_bear_only_what_the_others_cannot_hold():
    goods = basket(product("413", 1080, **PILLS), product("414", 3))
    made = priced(goods, None, TO_THE_YUAN, cash=2000)
    assert payables(made) == [1000, 0]


def test_what_insurance_paid_of_a_prescription_is_not_cash():
    only_pills = replace(
        TO_THE_JIAO,
        tenders=tuple(
            replace(rule, pays="prescription") if rule.kind == "insurance" else rule
            for rule in TO_THE_JIAO.tenders
        ),
    )
    goods = basket(product("415", 4267, **PILLS), product("416", 2006))
    made = priced(goods, None, only_pills, insurance=4267, cash=2000)
    assert payables(made) == [4267, 2000]
    assert (made.due_fen, made.change_fen) == (0, 0)


def test_a_line_that_cash_does_not_pay_bears_nothing():
    shop = replace(
        TO_THE_JIAO,
        outside=replace(TO_THE_JIAO.outside, is_prescription_outside=False),
        tenders=tuple(
            replace(rule, pays="prescription") if rule.kind == "insurance" else rule
            for rule in TO_THE_JIAO.tenders
        ),
    )
    goods = basket(product("420", 4000, **PILLS), product("421", 1009))
    assert payables(priced(goods, None, shop, insurance=4000, cash=1100)) == [4000, 1000]


def test_mixed_tenders_on_lines_of_both_kinds():
    goods = basket(product("417", 5003, **PILLS), product("418", 5004))
    made = priced(goods, None, TO_THE_JIAO, wechat=4000, cash=6100)
    assert (made.payable_fen, made.change_fen) == (10000, 100)
    assert payables(made) == [5003, 4997]


def test_the_points_see_the_rounded_price():
    made = priced(basket(product("419", 1009)), "normal", TO_THE_YUAN, cash=1000)
    assert (made.payable_fen, made.spend_fen, made.points) == (1000, 1000, 10)
