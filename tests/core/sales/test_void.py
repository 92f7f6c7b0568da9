"""作废: what goes back, and on which paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.pricing.tender import Tender, TenderKind
from core.sales.receipt import (
    BackLine,
    CopyLine,
    FigureLine,
    Heading,
    ItemLine,
    PointsBackLine,
    SaleInfo,
    TierBackLine,
    VoidLine,
    copy_of,
)
from core.sales.receipt_record import receipt_of, receipt_record
from core.sales.void import money_back
from tests.core.sales.sold import everything_voided, gold_card_with_everything

CASH, WECHAT, INSURANCE = TenderKind.CASH, TenderKind.WECHAT, TenderKind.INSURANCE


def test_each_tender_goes_back_once_cash_last_and_without_its_change():
    tenders = [Tender(CASH, 50_00), Tender(WECHAT, 5_00), Tender(WECHAT, 5_00)]
    assert money_back(tenders, 4_40) == (Tender(WECHAT, 10_00), Tender(CASH, 45_60))


def test_cash_that_all_came_back_as_change_is_not_paid_out_again():
    assert money_back([Tender(WECHAT, 10_00), Tender(CASH, 5_00)], 5_00) == (Tender(WECHAT, 10_00),)


TENDERS = st.lists(st.builds(Tender, st.sampled_from(TenderKind), st.integers(1, 100_000)))


@given(TENDERS, st.data())
def test_what_goes_back_is_what_was_paid(tenders, data):
    cash = sum(tender.amount_fen for tender in tenders if tender.kind is CASH)
    change = data.draw(st.integers(0, cash))
    back = money_back(tenders, change)
    assert (
        sum(tender.amount_fen for tender in back)
        == sum(tender.amount_fen for tender in tenders) - change
    )
    assert len({tender.kind for tender in back}) == len(back)
    assert all(tender.amount_fen > 0 for tender in back)


def test_the_paper_says_what_it_is_what_it_was_and_what_goes_back():
    sold, paper = gold_card_with_everything(), everything_voided()
    assert isinstance(paper.lines[1], VoidLine)
    assert SaleInfo(sold.sale_no, "2026-11-24 15:02", 3) in paper.lines
    items = [line for line in sold.lines if isinstance(line, ItemLine)]
    assert [line for line in paper.lines if isinstance(line, ItemLine)] == items
    backs = [line.amount_fen for line in paper.lines if isinstance(line, BackLine)]
    assert FigureLine("back", sum(backs)) in paper.lines
    assert PointsBackLine(217, 12_209) in paper.lines
    assert TierBackLine("金卡") in paper.lines
    assert receipt_of(receipt_record(paper)) == paper


def test_the_drawer_opens_where_cash_goes_back():
    paper = everything_voided()
    assert paper.opens_drawer
    assert not copy_of(paper, 1).opens_drawer


def test_a_copy_of_a_voided_sale_says_that_it_is_void():
    sold = gold_card_with_everything()
    copy = copy_of(sold, 1, is_voided=True)
    assert copy.lines[:3] == (Heading("中山路店", 2, is_copy=True), CopyLine(1), VoidLine())
    assert copy.lines[3:] == sold.lines[1:]
