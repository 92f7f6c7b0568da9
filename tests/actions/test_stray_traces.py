"""追溯码, of other systems: asked about where a line lacks one, found again at a return."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions import scan as scanning
from core.actions.trace import add_trace, sold_pack
from core.errors import Refused, StrayTrace, TraceTwice, UnknownCode
from core.pricing.basket import Basket
from core.shop import Shop
from tests.actions.test_codes import VITAMIN, scan, sell
from tests.builders import manager_of

VETERINARY, DEVICE = "861234567890123456789012", "+H123ABC01234567890"
"""Packs of other systems: 24 digits of 兽药, a HIBC of a medical device."""
SHAPES = {
    VETERINARY: True,
    DEVICE: True,
    "https://trace.example/?c=1234567890": True,
    "6901234567892": False,  # an article that nobody knows
    "16901234567899": False,
    "AB12345": False,  # too short to be told from a code of the shop
    "ABCDEFGHIJKLMNOPQ": False,  # a word
    "S01-T9-000123-R12": False,  # a paper of another till
    "QABCDEFGHJK23": False,  # a coupon of another shop
}


@pytest.mark.parametrize(("text", "is_offered"), SHAPES.items(), ids=range(len(SHAPES)))
def test_only_what_looks_like_one_is_asked_about_where_a_line_lacks_it(
    shop: Shop, basket: Basket, text: str, is_offered: bool
) -> None:
    vitamin = scan(shop, basket, VITAMIN).basket.lines[0].product
    full = basket.add(vitamin)
    lacking = basket.add(replace(vitamin, requires_trace=True), 2_000)
    with pytest.raises(Refused) as nothing:
        scan(shop, full, text)
    assert not isinstance(nothing.value, StrayTrace), "nothing lacks a code"
    with pytest.raises(Refused) as refused:
        scan(shop, lacking, text)
    assert isinstance(refused.value, StrayTrace) == is_offered
    if is_offered:
        assert refused.value.lines == (1,)


def test_a_pack_of_another_system_goes_to_the_line_that_stands_out(
    shop: Shop, basket: Basket
) -> None:
    staff = manager_of(shop)
    vitamin = scan(shop, basket, VITAMIN).basket.lines[0].product
    lacking = basket.add(replace(vitamin, requires_trace=True), 2_000)
    once = scanning.scan(shop, lacking, "SHORT-01", staff=staff, wanted=1)
    assert (once.changed_line, once.basket.line(1).traces) == (1, ("SHORT-01",))
    with pytest.raises(TraceTwice):
        scan(shop, once.basket, "SHORT-01")
    with pytest.raises(UnknownCode):
        scanning.scan(shop, once.basket, "6901234567892", staff=staff, wanted=1)
    assert add_trace(shop, once.basket, 1, DEVICE, staff=staff).basket.traces_missing == 0


def test_a_pack_leads_to_the_sale_it_went_out_with(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    traced = add_trace(shop, scan(shop, basket, VITAMIN).basket, 1, VETERINARY, staff=staff)
    no = sell(shop, traced)
    sold = sold_pack(shop, VETERINARY)
    assert sold is not None and sold.sale_no == no
    assert sold_pack(shop, DEVICE) is sold_pack(shop, "x") is sold_pack(shop, VITAMIN) is None
