"""What a sale earns (domain.md 3, Earn)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.rulebook.points_policy import PointsPolicy
from core.rulebook.rulebook import Rulebook
from tests.core.pricing.examples import PHARMACY, basket, priced, product

PILLS = {"is_prescription": True}


def tendering(kind: str, **rule: object) -> Rulebook:
    tenders = tuple(
        replace(each, **rule) if each.kind == kind else each  # type: ignore[arg-type]
        for each in PHARMACY.tenders
    )
    return replace(PHARMACY, tenders=tenders)


def points(made):
    return [line.points for line in made.lines]


def test_a_point_a_yuan_floored():
    assert priced(basket(product("501", 1999)), "normal").points == 19


def test_points_are_floored_once_per_sale_not_per_line():
    made = priced(basket(product("502", 150), product("503", 150)), "normal")
    assert made.points == 3
    assert points(made) == [2, 1]


def test_the_tier_multiplies_what_is_paid():
    goods = basket(product("504", 10000))
    assert [priced(goods, tier).points for tier in ("normal", "silver", "gold", "diamond")] == [
        100, 117, 142, 184,
    ]  # fmt: skip


def test_points_are_allocated_to_the_lines_by_their_terms():
    special = product("505", 2000, special_price_fen=1000)
    made = priced(basket(product("506", 1000), special), "gold")
    assert [line.payable_fen for line in made.lines] == [950, 1000]
    assert made.points == (950 * 15 + 1000 * 10) // 1000 == 24
    assert points(made) == [14, 10]  # 14.1 and 9.9 of 24.25


def test_prescriptions_neither_earn_nor_count_as_spend():
    made = priced(basket(product("507", 1000), product("508", 4260, **PILLS)), "normal")
    assert (made.points, made.spend_fen) == (10, 1000)
    assert [(line.points, line.spend_fen, line.is_outside) for line in made.lines] == [
        (10, 1000, False),
        (0, 0, True),
    ]


def test_what_insurance_pays_earns_nothing():
    goods = basket(product("509", 10000))
    assert priced(goods, "normal", insurance=4000, cash=6000).points == 60
    assert priced(goods, "normal", insurance=10000).points == 0


def test_insurance_is_attributed_to_the_lines_it_may_pay_by_amount():
    goods = basket(product("510", 3000), product("511", 7000, **PILLS))
    made = priced(goods, "normal", insurance=5000, card=5000)
    assert [line.spend_fen for line in made.lines] == [1500, 0]
    only_pills = tendering("insurance", pays="prescription")
    made = priced(goods, "normal", only_pills, insurance=5000, card=5000)
    assert [line.spend_fen for line in made.lines] == [3000, 0]


def test_what_a_restricted_tender_paid_is_not_paid_a_second_time():
    book = tendering("insurance", pays="prescription")
    book = replace(
        book,
        tenders=tuple(
            replace(rule, is_earning=False) if rule.kind == "voucher" else rule
            for rule in book.tenders
        ),
    )
    goods = basket(product("512", 3000), product("513", 7000, **PILLS))
    made = priced(goods, "normal", book, voucher=1000, insurance=7000, cash=2000)
    assert made.spend_fen == 2000  # the voucher paid the only line that insurance left


def test_the_order_of_tenders_changes_nothing():
    goods = basket(product("514", 3333), product("515", 6667, **PILLS), product("516", 111))
    one = priced(goods, "gold", insurance=5001, cash=100, wechat=77)
    other = priced(goods, "gold", wechat=77, cash=100, insurance=5001)
    assert one.canonical == other.canonical


def test_a_part_not_yet_paid_counts_as_earning():
    goods = basket(product("517", 10000))
    assert priced(goods, "normal").points == 100
    assert priced(goods, "normal", insurance=2500).points == 75


def test_change_earns_nothing():
    assert priced(basket(product("518", 1000)), "normal", cash=10000).points == 10


def test_a_shop_may_let_cash_earn_nothing():
    book = tendering("cash", is_earning=False)
    goods = basket(product("519", 10000))
    assert priced(goods, "normal", book, cash=20000).points == 0
    assert priced(goods, "normal", book, card=4000, cash=6000).points == 40


def test_nobody_earns_nothing_but_the_base_is_known():
    made = priced(basket(product("520", 1000)))
    assert (made.points, made.spend_fen) == (0, 1000)


@pytest.mark.parametrize(
    ("policy", "earned"),
    [
        (PointsPolicy(points=1, per_fen=1000), 9),
        (PointsPolicy(points=3, per_fen=100), 299),
        (PointsPolicy(points=0), 0),
    ],
)
def test_the_rate_is_data(policy, earned):
    book = replace(PHARMACY, points=policy)
    assert priced(basket(product("521", 9999)), "normal", book).points == earned


def test_due_and_change():
    goods = basket(product("522", 1000))
    assert [
        (made.due_fen, made.change_fen)
        for made in (
            priced(goods),
            priced(goods, card=400),
            priced(goods, cash=1000),
            priced(goods, cash=2000),
            priced(goods, card=400, cash=1000),
            priced(goods, card=1200),
        )
    ] == [(1000, 0), (600, 0), (0, 0), (0, 1000), (0, 400), (0, 0)]
