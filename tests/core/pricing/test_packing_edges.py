"""Shelves on which a filling is easily got wrong, each held against every way there is.

A fen more or less, a line more or less, units that are left over: what `test_packing` meets by
chance stands here by name. And what holds where there are more units than are shared out.
"""

from __future__ import annotations

from collections import Counter

import pytest

from core.pricing.stages.packing import best_packing, competing
from core.pricing.stages.sharing import MOST_UNITS
from core.pricing.stages.shelf import can_fill
from core.pricing.working import Working
from core.rulebook.conditions import Scope
from core.rulebook.offers import AnyFor, Bundle, NthReduced
from tests.core.pricing.examples import NOW, PHARMACY, basket, product
from tests.core.pricing.test_packing import every_packing, packed, place_of, shelf_for


def scope(*codes: str) -> Scope:
    return Scope(products=frozenset(codes))


def nth(name: str, units: int, *codes: str, **more) -> NthReduced:
    return NthReduced(id=name, name="第几件", units=units, scope=scope(*codes), **more)


def any_for(name: str, units: int, price_fen: int, *codes: str, **more) -> AnyFor:
    own = {"id": name, "name": "任选", "scope": scope(*codes)}
    return AnyFor(**own, units=units, price_fen=price_fen, **more)


def bundle(name: str, price_fen: int, *parts: tuple[str, int], **more) -> Bundle:
    return Bundle(id=name, name="组合", parts=parts, price_fen=price_fen, **more)


# What it shows → (code, fen, units) of each line, and the deals.
SHELVES = {
    "a fen is worth a filling, and is as much for a unit of an earlier line": (
        [("601", 2, 5), ("603", 3, 2)],
        [nth("d", 3, rate_bp=3333)],
    ),
    "the sum of two reduced units is rounded up from a half, not before": (
        [("601", 2, 2), ("601", 333, 5), ("604", 1001, 2)],
        [nth("d", 3, reduced=2, rate_bp=3333)],
    ),
    "a bundle is worth a fen": (
        [("601", 1000, 5)],
        [bundle("d0", 1000, ("601", 1)), bundle("d1", 1999, ("601", 2))],
    ),
    "a bundle that saves nothing is not filled, also where others would have its units": (
        [("601", 1000, 1), ("602", 600, 4)],
        [bundle("d0", 1000, ("601", 1)), any_for("d1", 2, 1000, "602"), any_for("d2", 5, 3300)],
    ),
    "a bundle that saves nothing changes nothing": (
        [("601", 1000, 1)],
        [bundle("d", 1000, ("601", 1))],
    ),
    "a fraction short of half a fen is nothing": (
        [("601", 4999, 2), ("602", 4883, 1), ("603", 116, 1), ("604", 4885, 1), ("605", 118, 1)],
        [nth("d", 3, reduced=2, rate_bp=9999)],
    ),
    "of the same product at two prices the sums are rounded together": (
        [("601", 999, 2), ("601", 1004, 3)],
        [nth("d", 5, reduced=4, rate_bp=3333, is_same_product=True)],
    ),
    "a deal with a cap is filled with what another leaves, for all that it saves": (
        [("601", 1000, 4)],
        [any_for("d0", 3, 2999), any_for("d1", 2, 1999, cap_fen=189)],
    ),
    "with a cap the dearest of the same product come first": (
        [("601", 2, 5), ("602", 1005, 1), ("601", 333, 1)],
        [nth("d", 4, reduced=2, rate_bp=5000, is_same_product=True, cap_fen=297)],
    ),
    "a unit left over takes the place of one of a later line": (
        [("601", 1001, 2), ("602", 3, 2), ("604", 1004, 1)],
        [nth("d0", 4, "603", "604"), nth("d1", 2)],
    ),
    "three of four units reduced are put together as they round best": (
        [("601", 1000, 5), ("602", 333, 3), ("603", 500, 1)],
        [nth("d", 4, reduced=3, rate_bp=3333)],
    ),
    "one that another does better for the same goods is left off": (
        [("601", 1000, 6), ("602", 1005, 1)],
        [nth("d0", 4, rate_bp=8500, priority=1), nth("d1", 2, rate_bp=3000)],
    ),
    "of the units left over the earliest counts": (
        [("601", 1000, 3), ("601", 1004, 2), ("603", 1000, 2)],
        [nth("d", 4, reduced=2)],
    ),
    "one free of five is worth more than two half as dear": (
        [("601", 1004, 5)],
        [nth("d0", 5), nth("d1", 2, rate_bp=5000)],
    ),
    "paid units may be of three lines": (
        [("601", 288, 3), ("602", 1000, 2), ("601", 500, 2)],
        [nth("d", 5, rate_bp=3000)],
    ),
    "of two alike one is filled, also of low priority": (
        [("601", 1000, 2)],
        [nth("d0", 2, priority=-1), nth("d1", 2, priority=-1)],
    ),
}


def shelved(lines, deals):
    return shelf_for([(product(code, fen), str(units)) for code, fen, units in lines], deals)


@pytest.mark.parametrize("shows", SHELVES)
def test_no_way_to_fill_them_stands_before(shows: str) -> None:
    lines, deals = SHELVES[shows]
    shelf = shelved(lines, deals)
    units = [
        (place, line.code, shelf.unit_fen[place])
        for place, line in enumerate(shelf.lines)
        for _ in range(shelf.stock()[place])
    ]
    made = packed(shelf, deals)
    best = min(place_of(each, len(lines)) for each in every_packing(deals, units))
    compared = 3 if any(deal.cap_fen is not None for deal in deals) else 4
    assert place_of(made, len(lines))[:compared] == best[:compared]


# More units than are shared out: one deal after the other is filled.
HALF = nth("d0", 2, rate_bp=5000)
MANY = {
    "a unit without a second one": (
        [("601", 1000, 151)],
        [HALF, any_for("d1", 2, 1999)],
    ),
    "units of a bundle that saves nothing": (
        [("601", 1000, 2), ("601", 400, 101), ("602", 600, 100)],
        [bundle("d0", 1500, ("601", 1), ("602", 1)), any_for("d1", 2, 700, "601")],
    ),
    "units of a bundle that lacks a part": (
        [("601", 1000, 101), ("602", 600, 50)],
        [bundle("d0", 1000, ("601", 1), ("602", 1)), any_for("d1", 2, 1500, "601")],
    ),
}


def packing(lines, deals):
    shelf = shelved(lines, deals)
    (group,) = competing(shelf.lines, deals)
    return best_packing(shelf, group)


@pytest.mark.parametrize("left", MANY)
def test_what_one_deal_leaves_of_too_many_units_is_there_once_for_the_next(left: str) -> None:
    lines, deals = MANY[left]
    made = packing(lines, deals)
    assert (made.is_best, made.is_first) == (False, False)
    used = Counter[int]()
    for filled in made.filled:
        for place, units in filled.units:
            used[place] += units * filled.times
    assert {filled.deal.id for filled in made.filled} >= {"d0"}
    stock = shelved(lines, deals).stock()
    assert all(used[place] <= units for place, units in stock.items())


def test_as_many_as_are_shared_out_are_shared_out_for_sure() -> None:
    lines, deals = [("601", 1000, MOST_UNITS)], [HALF, any_for("d1", 3, 2600)]
    assert packing(lines, deals).is_best
    assert not packing([("601", 1000, MOST_UNITS + 1)], deals).is_best


@pytest.mark.parametrize(
    "lines",
    [
        [("601", 1000, 90), ("602", 900, 90)],
        [("601", 1000, 90), ("602", 900, 91)],
        [("601", 1000, 90), ("602", 1000, 91)],
        [("601", 900, 91), ("602", 1000, 90)],
    ],
)
def test_one_deal_alone_is_sure_of_the_dearest_units_however_many_there_are(lines) -> None:
    assert packing(lines, [HALF]).is_best
    assert packing(lines, [nth("d0", 2, rate_bp=5000, is_same_product=True)]).is_best


def test_a_deal_with_a_cap_beside_others_is_sure_where_all_of_them_are() -> None:
    lines = [("601", 1000, 160), ("602", 900, 2), ("603", 800, 4)]
    capped = nth("w", 2, rate_bp=5000, cap_fen=100)
    unsure = [nth("d0", 2, "601", rate_bp=5000), any_for("d1", 3, 2600, "601")]
    assert not packing(lines, [capped, *unsure, nth("d2", 2, "602")]).is_best


def test_what_is_weighed_or_bears_a_label_of_the_scale_fills_no_deal() -> None:
    weighed, box = product("601", 1000, is_weighed=True), product("601", 1000)
    for lines in ([(weighed, "2")], [(weighed, "1"), (weighed, "1")]):
        shelf = shelf_for(lines, [HALF])
        assert not any(can_fill(line, HALF) for line in shelf.lines)
    labelled = Working.of(basket().add(box, label_fen=2000), None, PHARMACY, NOW).lines[0]
    labelled.offers = frozenset({"d0"})
    assert not can_fill(labelled, HALF)
