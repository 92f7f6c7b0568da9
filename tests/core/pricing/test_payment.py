"""Which tender pays which line, where it is a matter of a single fen (domain.md 3)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.pricing.quote import quote
from core.pricing.tender import Tender, TenderKind
from tests.core.pricing.examples import NOW, PHARMACY, basket, payables, priced, product, taken_off


def earning_nothing(*kinds: str):
    tenders = tuple(
        replace(rule, is_earning=rule.kind not in kinds, pays="all") for rule in PHARMACY.tenders
    )
    return replace(PHARMACY, tenders=tenders)


TEA = product("601", 1003)


@pytest.mark.parametrize(("fen", "spend"), [(0, 1003), (1, 1002), (2, 1001)])
def test_a_single_fen_of_a_tender_that_earns_nothing_is_left_out(fen, spend):
    made = priced(basket(TEA), "normal", earning_nothing("wechat"), wechat=fen, cash=1003)
    assert made.spend_fen == spend
    made = priced(basket(TEA), "normal", earning_nothing("cash"), cash=fen)
    assert made.spend_fen == spend


def test_cash_that_earns_nothing_for_an_empty_basket_is_change():
    handed = basket().with_tenders((Tender(TenderKind.CASH, 500),))
    made = quote(handed, None, earning_nothing("cash"), NOW)
    assert (made.change_fen, made.spend_fen) == (500, 0)


def test_a_tender_without_a_rule_pays_every_line_and_earns():
    book = replace(PHARMACY, tenders=(), cash_rounding_fen=10)
    made = priced(basket(TEA), "normal", book, wechat=501, cash=600)
    # 5.02 are left for cash: 5.00 and 0.02 less.
    assert (made.payable_fen, made.spend_fen) == (1001, 1001)


def test_cash_may_be_rounded_to_two_fen():
    book = replace(PHARMACY, cash_rounding_fen=2)
    assert priced(basket(TEA), None, book, cash=1003).payable_fen == 1002


def test_a_line_that_costs_nothing_bears_nothing():
    nothing = product("600", 0)
    made = priced(basket(nothing, TEA), None, replace(PHARMACY, cash_rounding_fen=10), cash=1003)
    assert (payables(made), taken_off(made)) == ([0, 1000], [("cash_rounding", 2, 3)])
