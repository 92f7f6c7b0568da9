"""赠品收回: what is kept at its list price says whether a gift may stay."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.rulebook.conditions import Scope
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer
from core.sales.gifts_back import gifts_kept
from core.sales.returns import LinePart, SoldLine
from tests.core.sales.sold import PHARMACY

GIFT = GiftOffer(
    id="g", name="每满 100 送", steps=(GiftStep(Giving(("9",)), from_fen=100_00),), repeats=True
)
COUPON = CouponOffer(id="c", name="礼券", code="C", gives=Giving(("9",)), from_fen=50_00)


def line(no: int, fen: int, units: int = 1, gift: str = "", **facts: object) -> SoldLine:
    milli = units * 1000
    paid = 0 if gift else fen
    made = SoldLine(no, str(no), "", "", "", "", False, milli, fen // units, fen, paid, paid, 0)
    return replace(made, gift=gift, **facts)  # type: ignore[arg-type]


def kept(
    lines: list[SoldLine], back: dict[int, int], *offers: GiftOffer | CouponOffer
) -> list[int]:
    parts = [LinePart(no, milli, 0, 0, 0, 0) for no, milli in back.items()]
    book = replace(PHARMACY, offers=offers or (GIFT, COUPON))
    return [each.no for each in gifts_kept(lines, parts, book)]


@pytest.mark.parametrize(("units", "gone"), [(1, []), (2, []), (3, [2]), (4, [2])])
def test_it_may_stay_as_long_as_what_is_kept_reaches_it(units, gone):
    # Four at 50.00 gave one of two gifts that they reached.
    assert kept([line(1, 200_00, 4), line(2, 10_00, gift="g")], {1: units * 1000}) == gone


def test_each_hundred_keeps_one():
    lines = [line(1, 200_00, 4), line(2, 10_00, gift="g"), line(3, 8_00, gift="g")]
    assert kept(lines, {1: 1000}) == [3]
    assert kept(lines, {1: 1000, 3: 1000}) == []
    assert kept(lines, {1: 4000}) == [2, 3]


def test_what_came_back_before_is_not_kept():
    lines = [line(1, 200_00, 4, returned_milli=2000), line(2, 10_00, gift="g")]
    assert kept(lines, {1: 1000}) == [2]
    gone = [lines[0], replace(lines[1], returned_milli=1000)]
    assert kept(gone, {1: 1000}) == []


def test_neither_gifts_nor_what_is_outside_nor_other_goods_count():
    other = replace(GIFT, scope=Scope(products=frozenset({"1"})))
    goods = [line(1, 60_00), line(2, 90_00), line(3, 90_00, gift="g"), line(4, 90_00, units=2)]
    assert kept(goods, {4: 1000}, other) == [3]
    pills = replace(goods[1], is_prescription=True)
    assert kept([goods[0], pills, goods[2]], {1: 0}) == [3]


def test_a_coupon_has_its_minimum_and_an_offer_that_is_gone_gave_nothing():
    lines = [line(1, 60_00, 2), line(2, 10_00, gift="c")]
    assert kept(lines, {1: 0}) == []
    assert kept(lines, {1: 1000}) == [2]
    assert kept([line(1, 60_00), line(2, 10_00, gift="gone")], {1: 0}) == [2]
