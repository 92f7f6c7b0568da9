"""What a quote may call proven (domain.md 2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.basket import Presented
from core.pricing.quote import quote
from core.pricing.search import MOST_ALIKE, Search
from core.rulebook.conditions import Scope
from core.rulebook.offers import AnyFor, CouponOffer, NthReduced, PercentageOffer
from tests.core.pricing.examples import NOW, PHARMACY, basket, product


@pytest.mark.parametrize(
    ("count", "units", "is_proven"),
    [(1, "90", True), (2, "9", True), (12, "9", True), (2, "90", False), (12, "90", False)],
)
def test_it_is_not_proven_where_deals_want_too_many_of_the_same_units(
    count: int, units: str, is_proven: bool
) -> None:
    deals = tuple(
        NthReduced(id=f"d{i}", name="半价", units=2 + i, rate_bp=5000 - 300 * i)
        for i in range(count)
    )
    goods = basket((product("601", 1000), units), (product("602", 900), units))
    made = quote(goods, None, replace(PHARMACY, offers=deals), NOW)
    assert made.is_proven is is_proven


@pytest.mark.parametrize("count", [2, 3, 9])
def test_it_is_proven_where_there_are_few_units_or_one_deal_does_all_better(count: int) -> None:
    alike = tuple(NthReduced(id=f"d{i}", name="半价", units=2, rate_bp=5000) for i in range(count))
    other = AnyFor(id="a", name="任选三件", units=3, price_fen=2000)
    goods = basket((product("601", 1000), "3"), (product("602", 900), "2"))
    assert quote(goods, None, replace(PHARMACY, offers=(*alike, other)), NOW).is_proven


def test_where_a_coupon_pays_for_everything_few_choices_are_compared(monkeypatch) -> None:
    tried: list[int] = []
    price = Search._price
    monkeypatch.setattr(
        Search, "_price", lambda self, mask: tried.append(mask) or price(self, mask)
    )
    goods = [product(f"6{n:02}", 100 + n) for n in range(11)]
    offers = tuple(
        PercentageOffer(id=f"p{n}", name="九折", rate_bp=9000, scope=Scope(frozenset({each.code})))
        for n, each in enumerate(goods)
    )
    coupon = CouponOffer(id="c", name="百元券", code="c", off_fen=100_00)
    presented = replace(basket(*goods), coupons=(Presented("c", "c"),))
    made = quote(presented, None, replace(PHARMACY, offers=(*offers, coupon)), NOW)
    assert (made.payable_fen, made.is_proven) == (0, True)
    assert len(tried) <= MOST_ALIKE
