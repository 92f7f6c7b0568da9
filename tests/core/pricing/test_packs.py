"""A pack's code belongs to one unit of the basket: which, and what it tells of that unit alone."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.errors import TooManyTraces
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand, PriceByHand
from tests.core.pricing.examples import basket, product

PILL = product("601", 1000, requires_trace=True)
TEA = product("602", 500)
SPRING, AUTUMN = date(2027, 3, 1), date(2027, 9, 1)
CHEAPER = DiscountByHand("破损", 1, amount_fen=100)


def told(made: Basket) -> list[tuple[int, str, date | None, tuple[str, ...]]]:
    """Pieces, batch, last day and codes of each line."""
    return [(line.pieces, line.batch, line.expires_on, line.traces) for line in made.lines]


def test_a_code_goes_to_a_unit_that_needs_one_and_else_brings_its_own() -> None:
    goods = basket((PILL, "2")).add(PILL, trace="a").add(PILL, trace="b")
    assert told(goods) == [(2, "", None, ("a", "b"))]
    assert told(goods.add(PILL, trace="c")) == [(3, "", None, ("a", "b", "c"))]
    assert told(basket(TEA).add(TEA, trace="d")) == [(2, "", None, ("d",))]


def test_no_line_has_more_codes_than_pieces() -> None:
    goods = basket((PILL, "2")).with_trace(1, "a").with_trace(1, "b")
    with pytest.raises(TooManyTraces):
        goods.with_trace(1, "c")


@pytest.mark.parametrize(
    ("pack", "wanted", "at"),
    [
        ({}, None, 0),
        ({}, 2, 1),
        ({"batch": "A"}, 1, 1),
        ({"expires_on": AUTUMN}, 1, 2),
        ({"batch": "C"}, 2, 0),
    ],
)
def test_the_batch_that_a_code_names_goes_before_the_line_that_is_wanted(pack, wanted, at) -> None:
    goods = basket(PILL).add(PILL, batch="A").add(PILL, expires_on=AUTUMN)
    made = goods.add(PILL, trace="t", wanted=wanted, **pack)
    assert [line.traces for line in made.lines] == [("t",) if n == at else () for n in range(3)]


@pytest.mark.parametrize(
    ("known", "pack"),
    [
        ({}, {"batch": "A"}),
        ({}, {"expires_on": SPRING}),
        ({"batch": "A"}, {"batch": "A", "expires_on": SPRING}),
        ({"expires_on": SPRING}, {"batch": "A"}),
    ],
)
def test_what_a_code_tells_of_a_unit_is_not_known_of_the_others(known, pack) -> None:
    both = {**known, **pack}
    named = (both.get("batch", ""), both.get("expires_on"))
    rest = (known.get("batch", ""), known.get("expires_on"))
    one, three = [basket().add(PILL, milli, **known) for milli in (1000, 3000)]
    assert told(one.add(PILL, trace="t", **pack)) == [(1, *named, ("t",))]
    assert told(three.add(PILL, trace="t", **pack)) == [(2, *rest, ()), (1, *named, ("t",))]


def test_a_code_that_tells_nothing_new_parts_no_line() -> None:
    goods = basket().add(PILL, 3000, batch="A")
    assert told(goods.add(PILL, batch="A", trace="t")) == [(3, "A", None, ("t",))]


def test_units_that_share_a_discount_by_hand_stay_together() -> None:
    goods = basket((PILL, "3")).with_by_hand(1, CHEAPER)
    assert told(goods.add(PILL, batch="A", trace="t")) == [(3, "", None, ("t",))]


def test_what_has_a_price_by_hand_is_chosen_from_no_offer() -> None:
    (line,) = basket().add(TEA, offer="g").lines
    by_hand = [None, CHEAPER, PriceByHand(300, "临期", 1)]
    assert [replace(line, by_hand=each).chosen for each in by_hand] == ["g", "g", ""]


def test_something_is_given_by_hand_where_a_line_or_the_basket_has_it() -> None:
    goods = basket(PILL, TEA)
    assert not goods.has_by_hand
    assert goods.with_by_hand(2, CHEAPER).has_by_hand
    assert goods.with_discount(CHEAPER).has_by_hand
