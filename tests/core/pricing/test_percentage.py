"""Stage 4: the tier's percentage (domain.md 2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.rulebook.conditions import Scope
from core.rulebook.offers import SPECIAL_PRICE, NthReduced, PercentageOffer, PriceOffer
from tests.core.pricing.examples import (
    PHARMACY,
    basket,
    losers,
    payables,
    priced,
    product,
    taken_off,
)


def test_a_gold_card_takes_5_percent_off_and_is_explained():
    made = priced(basket(product("301", 6800)), "gold")
    assert made.adjustments == (
        Adjustment(Stage.PERCENTAGE, "tier:gold", 1, 340, Reason.TIER_PERCENTAGE, "金卡", 0, 9500),
    )
    assert made.payable_fen == 6460


@pytest.mark.parametrize(
    ("tier", "list_fen", "payable_fen"),
    [
        ("silver", 5, 5),  # 0.1 fen off
        ("silver", 24, 24),  # 0.48
        ("silver", 25, 24),  # 0.5 is half up
        ("silver", 75, 73),  # 1.5
        ("gold", 9, 9),  # 0.45
        ("gold", 10, 9),  # 0.5
        ("gold", 2990, 2840),  # 149.5
        ("diamond", 6, 6),  # 0.48
        ("diamond", 7, 6),  # 0.56
        ("normal", 12345, 12345),
    ],
)
def test_what_is_taken_off_is_rounded_half_up(tier, list_fen, payable_fen):
    assert priced(basket(product("302", list_fen)), tier).payable_fen == payable_fen


def test_it_is_rounded_once_per_line():
    box = product("303", 10)
    assert priced(basket((box, "3")), "gold").payable_fen == 28  # 1.5 off, not 3 × 0.5
    herb = product("304", 10, is_weighed=True)
    assert payables(priced(basket((herb, "1"), (herb, "1"), (herb, "1")), "gold")) == [9, 9, 9]


def test_a_percentage_that_takes_nothing_off_is_off():
    made = priced(basket(product("305", 5)), "silver")
    assert made.adjustments == ()
    assert losers(made) == [("tier:silver", 1, "not_lower", 0)]


def test_nobody_and_the_lowest_tier_have_no_percentage():
    goods = basket(product("306", 1000))
    for tier in (None, "normal"):
        made = priced(goods, tier)
        assert (made.payable_fen, made.adjustments, made.rejected) == (1000, (), ())


def test_a_tier_that_the_rulebook_no_longer_knows_is_the_lowest():
    assert priced(basket(product("307", 1000)), "platinum").payable_fen == 1000


def test_the_basket_of_the_drawn_counter():
    made = priced(
        basket(
            (product("01", 3900, member_price_fen=3700), "2"),
            product("02", 6800),
            product("03", 2370),
            product("04", 4260, is_prescription=True),
            (product("05", 9600, is_weighed=True), "0.375"),
            product("06", 2990),
        ),
        "gold",
    )
    assert payables(made) == [7400, 6460, 2251, 4260, 3420, 2840]
    assert taken_off(made) == [
        ("unit_price", 1, 400),
        ("percentage", 2, 340),
        ("percentage", 3, 119),
        ("percentage", 5, 180),
        ("percentage", 6, 150),
    ]
    assert made.points == (7400 * 10 + (6460 + 2251 + 3420 + 2840) * 15) // 1000


def offered(goods, *offers, tier=None):
    return priced(goods, tier, replace(PHARMACY, offers=offers))


def test_a_cap_is_reached_by_the_whole_sale_line_by_line():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000, cap_fen=1000)
    made = offered(basket(product("601", 1500), product("602", 1500)), half)
    assert payables(made) == [750, 1250]
    with_price = replace(product("603", 1500), special_price_fen=1400)
    # Nothing of the cap is left for the third: its special price is better than a half not taken.
    both = (half, PriceOffer("special", SPECIAL_PRICE, name="特价"))
    made = offered(basket(product("601", 1500), product("602", 1500), with_price), *both)
    assert payables(made) == [750, 1250, 1400]


def test_what_a_price_leaves_of_a_cap_is_there_for_later_lines():
    half = PercentageOffer(id="half", name="五折", rate_bp=5000, cap_fen=1000)
    special = PriceOffer("special", SPECIAL_PRICE, name="特价")
    cheap = replace(product("601", 1500), special_price_fen=500)
    made = offered(basket(cheap, product("602", 1500), product("603", 1500)), half, special)
    assert payables(made) == [500, 750, 1250]


def test_a_better_percentage_says_how_much_dearer_the_tiers_would_be():
    tenth = PercentageOffer(id="tenth", name="九折", rate_bp=9000)
    made = offered(basket(product("601", 1000)), tenth, tier="gold")
    assert losers(made) == [("tier:gold", 1, "others_better", 50)]
    # Of three at 10.00 two are in a deal for 15.00, and no percentage is taken of those.
    deal = NthReduced(id="deal", name="第二件半价", units=2, rate_bp=5000)
    made = offered(basket((product("601", 1000), "3")), tenth, deal, tier="gold")
    assert (made.payable_fen, losers(made)) == (2400, [("tier:gold", 1, "others_better", 50)])


def test_one_as_good_as_the_tiers_is_not_cheaper_by_a_fen():
    same = PercentageOffer(id="same", name="95折", rate_bp=9500, priority=9)
    made = offered(basket(product("601", 1000)), same, tier="gold")
    assert (made.payable_fen, losers(made)) == (950, [("tier:gold", 1, "others_better", 0)])


def test_a_percentage_that_rounding_makes_worth_nothing_is_off():
    """12 fen: less a twentieth and then two thirds are 4, and so are 12 fen less two thirds."""
    twentieth = PercentageOffer(id="twentieth", name="95折", rate_bp=9500)
    thirds = PercentageOffer(id="thirds", name="三三折", rate_bp=3333, is_stackable=True)
    made = offered(basket((product("601", 3), "4")), twentieth, thirds)
    assert [(each.offer, each.amount_fen) for each in made.adjustments] == [("thirds", 8)]


def test_of_two_that_take_as_much_of_a_line_the_one_that_is_used_anyway_is_on():
    first = PercentageOffer(id="a", name="九折", rate_bp=9000, scope=Scope(frozenset({"601"})))
    both = PercentageOffer(id="b", name="全场九折", rate_bp=9000)
    made = offered(basket(product("601", 1000), product("602", 1000)), first, both)
    assert {each.offer for each in made.adjustments} == {"b"}


def test_who_has_a_line_for_itself_takes_no_price_for_it():
    mine = PercentageOffer(id="mine", name="独享九折", rate_bp=9000, is_exclusive=True)
    special = PriceOffer("special", SPECIAL_PRICE, name="特价", takes_percentage=True)
    cream = replace(product("601", 1000), special_price_fen=950)
    assert payables(offered(basket(cream), mine, special)) == [900]
