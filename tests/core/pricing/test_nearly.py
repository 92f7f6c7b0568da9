"""差一点: of a step within reach what is missing, and what is not worth a word (domain.md 2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.quote import quote
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer, Step, Threshold
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

TEA = product("601", 6000)


def near(goods, offer):
    made = quote(goods, None, replace(PHARMACY, offers=(offer,)), NOW)
    return [(n.missing_fen, n.missing_milli, n.gain_fen, n.gives) for n in made.nearly]


def off(*steps: Step, **facts) -> Threshold:
    return Threshold(id="t", name="满减", steps=steps, **facts)


@pytest.mark.parametrize(
    ("from_fen", "told"),
    [(12_000, [(6000, 0, 500, "")]), (12_001, []), (6_000, []), (5_999, [])],
)
def test_a_step_is_told_where_at_most_half_of_it_is_missing(from_fen, told):
    assert near(basket(TEA), off(Step(from_fen=from_fen, off_fen=500))) == told


def test_a_step_that_gains_a_fen_is_told_and_one_that_gains_nothing_is_not():
    assert near(basket(TEA), off(Step(from_fen=8000, off_fen=1))) == [(2000, 0, 1, "")]
    same = off(Step(from_fen=5000, off_fen=500), Step(from_fen=8000, off_fen=500))
    assert near(basket(TEA), same) == []


def test_of_two_steps_the_nearer_is_told():
    both = off(Step(from_fen=9000, off_fen=900), Step(from_fen=8000, off_fen=500))
    assert near(basket(TEA), both) == [(2000, 0, 500, "")]


def test_pieces_are_missing_as_fen_are():
    four, two = Step(from_milli=4000, off_fen=500), Step(from_milli=2000, off_fen=100)
    assert near(basket(TEA), off(four)) == []
    assert near(basket((TEA, "2")), off(four)) == [(0, 2000, 500, "")]
    free = product("600", 0)
    assert near(basket(TEA), off(two)) == [(0, 1000, 100, "")]
    # What costs nothing counts as a piece.
    for_free = replace(off(two), steps=(Step(from_milli=2000, rate_bp=9000),))
    assert near(basket(free), for_free) == []
    gift = GiftOffer(id="g", name="赠", steps=(GiftStep(Giving(("903",)), from_milli=2000),))
    assert near(basket(free), gift) == [(0, 1000, 0, "gift")]


def test_a_gift_within_reach_says_what_is_given_and_the_first_of_steps_alike():
    free, paid = Giving(("903",)), Giving(("903",), 1, 990)
    steps = (GiftStep(free, from_fen=8000), GiftStep(paid, from_fen=8000))
    gift = GiftOffer(id="g", name="赠", steps=steps)
    assert near(basket(TEA), gift) == [(2000, 0, 0, "gift")]
    assert near(basket(TEA), replace(gift, steps=steps[::-1])) == [(2000, 0, 0, "add_on")]
    pieces = replace(gift, steps=(GiftStep(free, from_milli=2000),))
    assert near(basket(TEA), pieces) == [(0, 1000, 0, "gift")]


def test_of_an_empty_sum_nothing_is_told():
    assert near(basket(), off(Step(from_fen=1, off_fen=1))) == []
