"""Trace codes in a basket: how many lack, whose unit a code is, and what leaves with it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from core.errors import NoSuchTrace
from core.pricing.basket import BasketLine, TraceWaiver
from core.pricing.exchange import Exchange
from core.pricing.tender import Tender, TenderKind
from tests.core.pricing.examples import basket, product

PILL = product("601", 1000, requires_trace=True)
TEA = product("602", 500)
SPRING, AUTUMN = date(2027, 3, 1), date(2027, 9, 1)


def line(**facts) -> BasketLine:
    return replace(BasketLine(1, PILL, 3000), **facts)


def test_each_unit_of_what_needs_a_code_lacks_one_until_it_has_it():
    lacking = [line(traces=tuple("abcd"[:count])).traces_lacking for count in range(5)]
    assert lacking == [3, 2, 1, 0, 0]
    assert BasketLine(1, TEA, 3000).traces_lacking == 0


def test_what_somebody_answers_for_is_not_missing():
    goods = basket((PILL, "3"), TEA).with_trace(1, "a")
    missing = [
        goods.with_waiver(waiver and TraceWaiver(waiver, "系统故障", 1, 1)).traces_missing
        for waiver in (None, 1, 2, 3)
    ]
    assert missing == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ({}, {}, True),
        ({"batch": "A"}, {"batch": "A"}, True),
        ({"batch": "A"}, {"batch": "B"}, False),
        ({"batch": "A"}, {}, True),
        ({}, {"batch": "A"}, True),
        ({"expires_on": SPRING}, {"expires_on": SPRING}, True),
        ({"expires_on": SPRING}, {"expires_on": AUTUMN}, False),
        ({"expires_on": SPRING}, {}, True),
        ({}, {"expires_on": SPRING}, True),
        ({"batch": "A", "expires_on": SPRING}, {"batch": "B", "expires_on": SPRING}, False),
        ({"batch": "A", "expires_on": SPRING}, {"batch": "A", "expires_on": AUTUMN}, False),
        ({}, {"product": TEA}, False),
    ],
)
def test_two_may_be_of_one_batch_where_nothing_known_speaks_against_it(one, other, may_be):
    assert line(**one).may_be_of(line(**other)) is may_be


def test_a_code_goes_alone_and_its_unit_stays():
    goods = basket((PILL, "3")).with_trace(1, "a").with_trace(1, "b")
    left = goods.without_trace(1, "a")
    assert (left.lines[0].traces, left.lines[0].pieces) == (("b",), 3)
    with pytest.raises(NoSuchTrace):
        left.without_trace(1, "a")
    both = goods.add(replace(PILL, code="603"))
    assert both.holder("b").no == 1
    with pytest.raises(NoSuchTrace):
        both.holder("c")


CASH, WECHAT = TenderKind("cash"), TenderKind("wechat")
BACK = Exchange(
    PILL.id, PILL.id, "1", ((1, 1000),), "其他", "", True, "", 1,
    back=(Tender(CASH, 500), Tender(WECHAT, 300)),
)  # fmt: skip


def test_what_goods_that_come_back_pay_is_no_tender_of_the_customer():
    credit = (Tender(CASH, 500),)
    goods = basket(TEA).with_exchange(replace(BACK, credit=credit))
    both = goods.with_tenders((*credit, Tender(WECHAT, 100)))
    assert both.own_tenders == (Tender(WECHAT, 100),)
    assert goods.with_tenders((Tender(WECHAT, 100),)).own_tenders == (Tender(WECHAT, 100),)
    assert basket(TEA).with_tenders(credit).own_tenders == credit
    alone = both.with_own_tenders((Tender(WECHAT, 100),))
    assert (alone.exchange, alone.tenders) == (replace(BACK, credit=()), (Tender(WECHAT, 100),))
    assert basket(TEA).with_own_tenders(credit).exchange is None


def test_a_basket_is_nothing_without_goods_a_member_and_anything_that_comes_back():
    assert basket().is_nothing
    assert not basket(TEA).is_nothing
    assert not basket().with_exchange(BACK).is_nothing
    assert not replace(basket(), member_id=PILL.id).is_nothing
