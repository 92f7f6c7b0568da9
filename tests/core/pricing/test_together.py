"""Goods that share no offer earn their points together: floored once, for the whole sale."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.quote import quote
from core.pricing.rank import Earned, Rank
from core.pricing.together import Alike, best_together
from core.pricing.working import Working
from core.rulebook.conditions import Scope
from core.rulebook.offers import PriceOffer, Step, Threshold
from core.rulebook.schemes import Tier, TierScheme
from core.values.rate import FULL
from tests.core.pricing.examples import NOW, PHARMACY, a_member, basket, product


def off(code: str, from_fen: int, off_fen: int) -> Threshold:
    steps = (Step(from_fen, 0, off_fen),)
    return Threshold(id=f"z{code}", name="满减", scope=Scope(frozenset({code})), steps=steps)


def made_of(count: int, *more):
    """So many goods at 0.60, each for 0.54 as a special price or with an offer that earns more."""
    codes = [f"7{at:02}" for at in range(count)]
    goods = basket(*[product(code, 60, special_price_fen=54) for code in codes], *more)
    offers = (PriceOffer(id="a", kind="special_price"), *[off(code, 60, 6) for code in codes])
    tiers = (Tier("gold", "金卡", 0, multiplier_bp=15000),)
    book = replace(PHARMACY, scheme=TierScheme(tiers), offers=(*offers, off("801", 30, 10)))
    made = quote(goods, a_member("gold"), book, NOW)
    return made.payable_fen, made.points, {each.offer for each in made.adjustments}


def test_the_fraction_of_goods_with_an_offer_of_their_own_counts():
    assert made_of(1) == (54, 0, {"a"})
    assert made_of(1, product("801", 30)) == (54 + 20, 1, {"z700", "z801"})


@pytest.mark.parametrize(("parts", "offers"), [(7, 5), (8, 8)])
def test_up_to_so_many_ways_all_are_compared_and_beyond_each_part_earns_most(parts, offers):
    """Each part earns a fifth of a point more with an offer: five of them are a point."""
    fifth = 20 * FULL * FULL
    without = Alike(Rank(100, 0, 0, 0, 0, (), ()), Earned(0, 0), frozenset())
    with_one = Alike(Rank(100, 0, 0, 0, 1, (0,), ("o",)), Earned(fifth, 0), frozenset("o"))
    working = Working.of(basket(), a_member("normal"), PHARMACY, NOW)
    chosen = best_together(working, Earned(0, 0), [[without, with_one]] * parts)
    assert sum(len(each.ids) for each in chosen) == offers
