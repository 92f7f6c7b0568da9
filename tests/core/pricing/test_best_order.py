"""Which of two choices that cost the same is taken, one rule after the other (domain.md 2)."""

from __future__ import annotations

from msgspec.structs import replace

from core.pricing.quote import quote
from core.rulebook.conditions import Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import GiftOffer, PercentageOffer, PriceOffer, Step, Threshold
from tests.core.pricing.examples import NOW, PHARMACY, basket, product

TEA = product("601", 1000)


def made_of(goods, *offers):
    return quote(goods, None, replace(PHARMACY, offers=offers), NOW)


def used(made):
    return {each.offer for each in made.adjustments}


def test_the_one_with_more_gifts() -> None:
    gift = GiftOffer(
        id="z", name="赠", group="g", steps=(GiftStep(Giving(("901",)), from_fen=1000),)
    )
    off = Threshold(id="a", name="满减", group="g", steps=(Step(from_fen=1000, off_fen=500),))
    goods = basket(TEA).add(product("901", 500), offer="z")
    made = made_of(goods, gift, off)
    assert (made.payable_fen, used(made), made.unmet) == (1000, {"z"}, ())


def test_a_price_is_not_used_up_and_stands_by_its_priority() -> None:
    special = PriceOffer(id="s", kind="special_price", priority=5)
    off = Threshold(
        id="a",
        name="满减",
        scope=Scope(frozenset({"601"})),
        counts_special=False,
        steps=(Step(from_fen=1000, off_fen=100),),
    )
    goods = basket(product("601", 1000, special_price_fen=900))
    assert used(made_of(goods, special, off)) == {"s"}
    assert used(made_of(goods, replace(special, priority=-5), off)) == {"a"}


def test_a_cap_is_one_for_all_lines_also_where_choices_are_compared() -> None:
    """Half of both would be 10.00 off; its cap is 5.00, and 9.00 off are better."""
    half = PercentageOffer(id="half", name="五折", rate_bp=5000, cap_fen=500, group="g")
    off = Threshold(id="off", name="满减", group="g", steps=(Step(from_fen=100, off_fen=900),))
    made = made_of(basket(TEA, product("602", 1000)), half, off)
    assert (made.payable_fen, used(made)) == (1100, {"off"})
