"""Which offers had a say in what fills the deals, though they may take nothing (domain.md 2).

The search leaves each of them off in turn: what would be cheapest in the end may be the other way.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.cluster import EARLY, find_touching
from core.pricing.stages.packing import Packings
from core.pricing.stages.shelf import MOST_CHOSEN, all_units
from core.rulebook.conditions import Scope
from core.rulebook.offers import AnyFor, NthReduced, PercentageOffer
from tests.core.pricing.examples import PHARMACY, basket, product
from tests.core.pricing.test_best_offer import live_for

HALF = NthReduced(id="half", name="半价", units=2, rate_bp=5000)
LESS = NthReduced(id="less", name="八折", units=2, rate_bp=8000)
TWENTY = replace(HALF, id="twenty", cap_fen=2000)


def rate(name: str, *codes: str, cap_fen: int | None = None) -> PercentageOffer:
    scope = Scope(frozenset(codes))
    return PercentageOffer(id=name, name="95折", rate_bp=9500, cap_fen=cap_fen, scope=scope)


def filled(goods, *offers):
    """What each line costs after stage 4, and who had a say in what fills the deals."""
    working, live = live_for(basket(*goods), None, replace(PHARMACY, offers=offers))
    find_touching(working.lines, live)
    part = working.part(working.lines, live)
    part.tried, part.weighed = set(), set()
    part.packings = Packings(units=all_units(part.lines))
    for line in part.lines:
        line.restart()
    for stage in EARLY:
        stage(part)
    return [line.net_fen for line in part.lines], part.weighed


def test_a_deal_in_whose_stead_another_would_be_filled_had_a_say() -> None:
    goods = [(product("601", 1000), "2")]
    assert filled(goods, HALF, LESS) == ([1500], {"half"})
    other = AnyFor(id="any", name="任选", units=2, price_fen=1900, scope=Scope(frozenset({"602"})))
    goods.append((product("602", 1000), "2"))
    assert filled(goods, HALF, LESS, other)[1] == {"half"}
    dearer = replace(other, id="dearer", price_fen=1950)
    assert filled(goods, HALF, LESS, other, dearer)[1] == {"half", "any"}
    assert filled(goods, LESS, other)[1] == set()


PAIRS = [product("601", 10000), product("602", 10000), product("603", 4000), product("604", 4000)]
DEAR = [9000, 9000, 4000, 4000]


@pytest.mark.parametrize(
    ("rates", "costs"),
    [
        ([], DEAR),
        ([rate("r", "601", "602")], [9500, 9500, 3000, 3000]),
        ([rate("r", "601", "602", cap_fen=800)], [9500, 9700, 3000, 3000]),
        # Here nothing else gains by the dear pair, or a little by one dear and one cheap unit.
        ([rate("r", "603", "604", cap_fen=300)], [9000, 9000, 3800, 3900]),
        ([rate("r", "601", cap_fen=50), rate("s", "603", "604")], [9000, 9000, 3800, 3800]),
        ([rate("r", "601", cap_fen=450), rate("s", "603", "604")], [9550, 8571, 3429, 3800]),
    ],
)
def test_of_two_pairs_that_reach_a_cap_the_one_that_leaves_most_to_percentages(rates, costs):
    assert filled(PAIRS, TWENTY, *rates) == (costs, {each.id for each in rates})


def test_pairs_that_are_filled_again_and_again_leave_none_of_their_units() -> None:
    """Four pairs of 40 yuan save 80 yuan as well as two of 100, and leave 25 yuan of these."""
    goods = [(product("601", 10000), "4"), (product("603", 4000), "8")]
    capped = replace(rate("r", "601", cap_fen=2500), rate_bp=9000)
    costs, _ = filled(goods, replace(TWENTY, cap_fen=8000), capped)
    assert sum(costs) == 72000 - 8000 - 2500


def test_percentages_that_take_nothing_of_units_of_a_deal_had_no_say() -> None:
    goods = [*PAIRS, product("605", 500)]
    half = replace(TWENTY, scope=Scope(frozenset({"601", "602", "603", "604"})))
    assert filled(goods, half, rate("r", "605", cap_fen=5)) == ([*DEAR, 495], set())


def test_beyond_so_many_units_none_has_a_say() -> None:
    capped = rate("r", "601", "602", cap_fen=800)
    many = [*PAIRS, (product("605", 1), str(MOST_CHOSEN - 4))]
    half = replace(TWENTY, scope=Scope(frozenset({"601", "602", "603", "604"})))
    assert filled(many, half, capped)[0][:4] == [9500, 9700, 3000, 3000]
    more = [*many, product("606", 1)]
    assert filled(more, half, capped) == ([*DEAR, MOST_CHOSEN - 4, 1], set())


def test_deals_that_share_no_line_share_a_cap_above_them() -> None:
    """The first pair leaves all that the percentage may take: the second takes its dear units."""
    more = [replace(each, code=f"7{each.code}") for each in PAIRS]
    one, two = [
        replace(TWENTY, id=name, scope=Scope(frozenset(each.code for each in goods)))
        for name, goods in (("one", PAIRS), ("two", more))
    ]
    capped = rate("r", "601", "602", "7601", "7602", cap_fen=1000)
    costs, _ = filled([*PAIRS, *more], one, two, capped)
    assert costs == [9500, 9500, 3000, 3000, *DEAR]
