"""What percentages lose by units that fill deals, of what a line may take."""

from __future__ import annotations

import pytest

from core.pricing.stages.forgone import forgone, percentages_fen, taking
from core.pricing.stages.lone import Goods
from core.pricing.stages.taker import LOSS, WORTH
from core.pricing.working import Working
from core.rulebook.offers import PercentageOffer
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

TEN, OTHER = [PercentageOffer(id=name, name="九折", rate_bp=9000) for name in "ab"]
CAPPED = PercentageOffer(id="c", name="九折封顶", rate_bp=9000, cap_fen=500)
HALF_FEN = PercentageOffer(id="h", name="九五折", rate_bp=9500)


@pytest.mark.parametrize(
    ("facts", "takes"),
    [
        ({}, ["a"]),
        ({"offers": frozenset("ac")}, ["a", "c"]),
        ({"offers": frozenset("b")}, ["b"]),
        ({"offers": frozenset("a"), "takes_percentage": False}, []),
        ({"offers": frozenset("ab"), "owner": "b"}, ["b"]),
        ({"offers": frozenset("abc"), "owner": "c"}, ["c"]),
        ({"offers": frozenset("ab"), "owner": "x"}, []),
        ({"offers": frozenset("ab"), "is_outside": True}, []),
    ],
)
def test_a_line_gives_them_what_its_owner_or_its_offers_take(facts, takes) -> None:
    (line,) = Working.of(basket(product("601", 1000)), None, PHARMACY, NOW).lines
    for name, value in {"offers": frozenset("a"), **facts}.items():
        setattr(line, name, value)
    assert [each.id for each in taking(line, [TEN, OTHER, CAPPED])] == takes


def test_each_number_of_units_in_deals_loses_what_the_rest_takes_less() -> None:
    assert forgone(1000, 3, [TEN]) == (0, 100, 200, 300)
    assert forgone(1000, 3, []) == ()
    # Half a fen of each is rounded once for all that are left.
    assert forgone(10, 3, [HALF_FEN]) == (0, 1, 1, 2)
    # Seven units reach a cap of 5 yuan, be it that two of them fill deals.
    assert forgone(1000, 7, [CAPPED]) == (0, 0, 0, 100, 200, 300, 400, 500)


def test_a_cap_is_taken_up_line_by_line_and_rates_without_one_take_of_each() -> None:
    lines = Working.of(basket(*[product(f"60{at}", 1000) for at in "123"]), None, PHARMACY, NOW)
    for line, offers in zip(lines.lines, ("c", "ac", "bc"), strict=True):
        line.offers = frozenset(offers)
    left = [(line, fen) for line, fen in zip(lines.lines, (4000, 3000, 2000), strict=True)]
    # 4 yuan of the cap, then 3 yuan without one, then the last yuan of the cap or 2 without.
    assert percentages_fen(left, [TEN, OTHER, CAPPED]) == 400 + 300 + 200
    assert percentages_fen(left, [CAPPED]) == 500
    assert percentages_fen(left, []) == 0


@pytest.mark.parametrize("lost", [(0, 1, 1, 2), (0, 0, 0, 3), (0, 2, 4, 5), (0, 7)])
def test_what_is_lost_with_each_unit_is_never_more_than_that_with_what_is_allowed_for(lost) -> None:
    goods = Goods(0, 1000, "601", len(lost) - 1, forgone=lost)
    assert goods.each_lost == lost[-1] * LOSS // goods.units
    beyond = [goods.each_lost * units - fen * LOSS for units, fen in enumerate(lost)]
    assert goods.slack == max(beyond) >= 0


def test_what_a_unit_saves_elsewhere_is_lost_with_it() -> None:
    assert Goods(0, 1000, "601", 3).each_lost == 0
    assert Goods(0, 1000, "601", 3, lost_fen=5).each_lost == 5 * WORTH
    assert Goods(0, 1000, "601", 3, lost_fen=5).slack == 0
