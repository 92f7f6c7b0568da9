"""What a quote may call proven (domain.md 2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.pricing.quote import quote
from core.rulebook.offers import AnyFor, NthReduced
from tests.core.pricing.examples import NOW, PHARMACY, basket, product


@pytest.mark.parametrize(("count", "is_proven"), [(1, True), (2, False), (14, False)])
def test_it_is_not_proven_where_deals_want_too_many_of_the_same_units(
    count: int, is_proven: bool
) -> None:
    deals = tuple(
        NthReduced(id=f"d{i}", name="半价", units=2 + i, rate_bp=5000 - 300 * i)
        for i in range(count)
    )
    goods = basket((product("601", 1000), "9"), (product("602", 900), "8"))
    assert quote(goods, None, replace(PHARMACY, offers=deals), NOW).is_proven is is_proven


@pytest.mark.parametrize("count", [2, 3, 9])
def test_it_is_proven_where_there_are_few_units_or_one_deal_does_all_better(count: int) -> None:
    alike = tuple(NthReduced(id=f"d{i}", name="半价", units=2, rate_bp=5000) for i in range(count))
    other = AnyFor(id="a", name="任选三件", units=3, price_fen=2000)
    goods = basket((product("601", 1000), "3"), (product("602", 900), "2"))
    assert quote(goods, None, replace(PHARMACY, offers=(*alike, other)), NOW).is_proven
