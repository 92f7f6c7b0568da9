"""Stage 1, and the order in which lines stand (domain.md 2)."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.pricing.basket import Basket, BasketLine
from core.pricing.quote import quote
from core.rulebook.points_policy import PointsPolicy
from tests.core.pricing.examples import (
    NOW,
    PHARMACY,
    a_member,
    basket,
    payables,
    priced,
    product,
)


def test_price_by_quantity_is_rounded_once_per_line_half_up():
    herb = product("101", 9600, is_weighed=True)
    assert payables(priced(basket((herb, "0.375")))) == [3600]
    penny = product("102", 10, is_weighed=True)
    assert payables(priced(basket((penny, "0.05"), (penny, "0.049")))) == [1, 0]


def test_a_price_label_is_the_price_of_its_line_and_gives_its_quantity():
    herb = product("103", 2000, is_weighed=True)
    made = priced(Basket(UUID(int=1)).add(herb, label_fen=1234))
    assert (made.lines[0].list_fen, made.lines[0].payable_fen) == (1234, 1234)
    assert made.lines[0].quantity_milli == 617


def test_a_special_price_takes_its_share_of_the_label():
    herb = product("104", 2000, is_weighed=True, special_price_fen=1500)
    made = priced(Basket(UUID(int=1)).add(herb, label_fen=1235))
    assert payables(made) == [926]  # 1235 × 1500 ÷ 2000 = 926.25
    assert made.list_fen == 1235
    assert made.adjustments[0].amount_fen == 309


def test_a_label_rounds_half_up_where_the_special_price_cuts_it():
    herb = product("105", 2000, special_price_fen=1000)
    assert payables(priced(Basket(UUID(int=1)).add(herb, label_fen=1235))) == [618]


def test_lines_alike_are_added_together_and_the_sum_is_rounded_once():
    box = product("106", 1999)
    lines = (BasketLine(1, box, 1000), BasketLine(2, box, 2000), BasketLine(3, box, 1000))
    made = quote(Basket(UUID(int=1), lines, next_line=4), None, PHARMACY, NOW)
    assert [(line.no, line.quantity_milli, line.payable_fen) for line in made.lines] == [
        (1, 4000, 7996)
    ]


def test_the_line_keeps_its_lowest_number_whatever_the_order():
    box, other = product("107", 500), product("108", 700)
    lines = (BasketLine(5, box, 1000), BasketLine(3, other, 1000), BasketLine(2, box, 1000))
    made = quote(Basket(UUID(int=1), lines, next_line=6), None, PHARMACY, NOW)
    assert [(line.no, line.quantity_milli) for line in made.lines] == [(2, 2000), (3, 1000)]


def test_weighed_and_labelled_lines_stay_apart():
    herb = product("109", 10, is_weighed=True)
    made = priced(basket((herb, "1"), (herb, "1")).add(herb, label_fen=5).add(herb, label_fen=5))
    assert [line.quantity_milli for line in made.lines] == [1000, 1000, 500, 500]


def test_the_same_product_at_another_price_stays_apart():
    lines = (
        BasketLine(1, product("110", 500), 1000),
        BasketLine(2, product("110", 600), 1000),
        BasketLine(3, product("110", 500, special_price_fen=400), 1000),
    )
    made = quote(Basket(UUID(int=1), lines, next_line=4), None, PHARMACY, NOW)
    assert payables(made) == [500, 600, 400]


def test_an_empty_basket_costs_nothing():
    made = priced(Basket(UUID(int=1)), "gold")
    assert (made.lines, made.list_fen, made.payable_fen, made.points) == ((), 0, 0, 0)


def test_a_label_on_a_product_without_price_stands_as_it_is():
    herb = product("111", 0, special_price_fen=300)
    made = priced(Basket(UUID(int=1)).add(herb, label_fen=500))
    assert (made.payable_fen, made.lines[0].quantity_milli) == (500, 1000)


def half_points(*lines: BasketLine) -> list[tuple[int, int]]:
    """(no, points) where every line has an equal claim on one point: the earlier line has it."""
    book = replace(PHARMACY, points=PointsPolicy(points=1, per_fen=len(lines) * 100))
    made = quote(Basket(UUID(int=1), lines, next_line=9), a_member("normal"), book, NOW)
    return [(line.no, line.points) for line in made.lines]


def test_earlier_means_the_product_code_not_the_scan():
    first, later = product("112", 100), product("113", 100)
    assert half_points(BasketLine(1, later, 1000), BasketLine(2, first, 1000)) == [(1, 0), (2, 1)]


def test_lines_of_one_code_stand_by_price():
    dear, cheap = product("114", 200), product("114", 100)
    lines = BasketLine(1, dear, 500), BasketLine(2, cheap, 1000)
    assert half_points(*lines) == [(1, 0), (2, 1)]


def test_lines_of_one_code_and_price_stand_by_quantity():
    herb = product("115", 100, is_weighed=True)
    lines = BasketLine(1, herb, 1001), BasketLine(2, herb, 1000)
    assert half_points(*lines) == [(1, 0), (2, 1)]


def test_lines_still_alike_stand_by_what_else_prices_them_and_twins_by_number():
    plain, on_offer = product("116", 100), product("116", 100, special_price_fen=100)
    lines = BasketLine(1, on_offer, 1000), BasketLine(2, plain, 1000)
    assert half_points(*lines) == [(1, 0), (2, 1)]
    herb = product("117", 100, is_weighed=True)
    twins = BasketLine(2, herb, 1000), BasketLine(1, herb, 1000)
    assert half_points(*twins) == [(1, 1), (2, 0)]
