"""What a quote may call proven (domain.md 2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.pricing.quote import quote
from core.rulebook.offers import NthReduced
from tests.core.pricing.examples import NOW, PHARMACY, basket, product


@pytest.mark.parametrize(("count", "is_proven"), [(1, True), (2, True), (3, True), (14, False)])
def test_it_is_not_proven_where_deals_want_the_same_units(count: int, is_proven: bool) -> None:
    deals = tuple(NthReduced(id=f"d{i}", name="半价", units=2, rate_bp=5000) for i in range(count))
    goods = basket((product("601", 1000), "3"), (product("602", 900), "2"))
    assert quote(goods, None, replace(PHARMACY, offers=deals), NOW).is_proven is is_proven
