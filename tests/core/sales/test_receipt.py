"""小票: it adds up, to the fen, in every way that a customer may check it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pricing.tender import TenderKind
from core.sales.receipt import (
    CodeLine,
    CopyLine,
    FigureLine,
    Heading,
    ItemLine,
    MemberLine,
    OfferLine,
    PointsLine,
    Receipt,
    SavingLine,
    TenderLine,
    UpgradeLine,
    copy_of,
)
from tests.core.sales.sold import (
    AMOXICILLIN,
    DANSHEN,
    GOLDEN,
    LI,
    MASK,
    ROUNDED,
    VITAMIN,
    WOLFBERRY,
    receipt_of_sale,
    sold,
)


def of_kind(receipt: Receipt, kind: type) -> list:
    return [line for line in receipt.lines if isinstance(line, kind)]


def figure(receipt: Receipt, kind: str) -> int | None:
    return next((f.amount for f in of_kind(receipt, FigureLine) if f.kind == kind), None)


def test_the_gold_cards_receipt_says_what_the_sale_says():
    receipt = GOLDEN["gold_card_with_everything"]()
    names = [(item.name, item.list_fen, item.payable_fen) for item in of_kind(receipt, ItemLine)]
    assert names == [
        ("维生素C片", 78_00, 74_00),
        ("阿莫西林胶囊", 18_50, 18_50),
        ("复方丹参滴丸（薄膜滴丸）27mg×180丸", 68_00, 64_60),
        ("枸杞子", 48_00, 45_60),
    ]
    assert of_kind(receipt, SavingLine) == [
        SavingLine("member_price", "会员价", 0, 4_00, 37_00),
        SavingLine("tier_percentage", "金卡", 9500, 3_40),
        SavingLine("tier_percentage", "金卡", 9500, 2_40),
    ]
    assert figure(receipt, "payable") == 202_70
    assert of_kind(receipt, TenderLine) == [
        TenderLine("insurance", 18_50),
        TenderLine("cash", 200_00),
    ]
    assert figure(receipt, "change") == 15_80
    assert of_kind(receipt, MemberLine) == [MemberLine("李*华", "****5678", "金卡")]
    assert of_kind(receipt, UpgradeLine) == [UpgradeLine("钻石卡")]
    assert of_kind(receipt, PointsLine)[0].balance == 12_480
    assert of_kind(receipt, CodeLine) == [CodeLine("S01-T2-000123")]


def test_what_is_weighed_is_one_piece():
    assert figure(GOLDEN["gold_card_with_everything"](), "pieces") == 5000


def test_a_stranger_has_no_member_lines_and_no_change_without_cash():
    receipt = GOLDEN["a_stranger_buys_a_box"]()
    assert not of_kind(receipt, MemberLine) + of_kind(receipt, PointsLine)
    assert figure(receipt, "change") is None
    assert figure(receipt, "saved") is None


def test_what_was_given_is_marked_and_what_each_offer_saved_adds_up():
    receipt = GOLDEN["gift_and_add_on"]()
    items = [(item.chosen, item.list_fen, item.payable_fen) for item in of_kind(receipt, ItemLine)]
    assert items == [("", 78_00, 74_00), ("gift", 9_99, 0), ("add_on", 12_00, 5_00)]
    by_offer = [(line.label, line.amount_fen) for line in of_kind(receipt, OfferLine)]
    assert by_offer == [("会员价", 4_00), ("满 70 送口罩", 9_99), ("加 5 元换茶", 7_00)]
    assert sum(fen for _, fen in by_offer) == figure(receipt, "saved")


def test_cash_rounding_is_shown_once_and_no_item_bears_it():
    receipt = GOLDEN["rounded_down_in_cash"]()
    assert figure(receipt, "list") == 29_97
    assert figure(receipt, "rounding") == 7
    assert figure(receipt, "payable") == 29_90
    assert [item.payable_fen for item in of_kind(receipt, ItemLine)] == [29_97]
    assert not of_kind(receipt, SavingLine)


def test_a_copy_differs_in_its_mark_only():
    receipt = GOLDEN["gold_card_with_everything"]()
    copy = copy_of(receipt, 1)
    assert not receipt.is_copy
    assert copy.is_copy
    assert of_kind(copy, Heading) == [Heading("中山路店", 2, is_copy=True)]
    assert copy.lines[1:] == (CopyLine(1), *receipt.lines[1:])
    assert copy_of(copy, 1) == copy


@pytest.mark.parametrize(
    ("kind", "takes_cash"), [(TenderKind.CASH, True), (TenderKind.ALIPAY, False)]
)
def test_the_drawer_is_needed_for_cash_only(kind, takes_cash):
    receipt = receipt_of_sale(sold((MASK, 1000), tenders=((kind, 9_99),)))
    assert receipt.opens_drawer is takes_cash


GOODS = st.sampled_from([VITAMIN, AMOXICILLIN, DANSHEN, MASK, WOLFBERRY])
ITEMS = st.lists(st.tuples(GOODS, st.integers(1, 20_000)), min_size=1, max_size=8)


@given(ITEMS, st.booleans(), st.integers(0, 50_00))
def test_every_receipt_adds_up(items, has_card, over_fen):
    member = LI if has_card else None
    open_sale = sold(*items, tenders=(), member=member, rulebook=ROUNDED)
    cash = max(1, open_sale.quote.payable_fen + over_fen)
    sale = sold(*items, tenders=((TenderKind.CASH, cash),), member=member, rulebook=ROUNDED)
    receipt = receipt_of_sale(sale, member)
    items_fen = sum(item.payable_fen for item in of_kind(receipt, ItemLine))
    list_fen = sum(item.list_fen for item in of_kind(receipt, ItemLine))
    savings = sum(saving.amount_fen for saving in of_kind(receipt, SavingLine))
    rounding = figure(receipt, "rounding") or 0
    payable = figure(receipt, "payable")
    assert list_fen == figure(receipt, "list")
    assert list_fen - savings == items_fen
    assert items_fen - rounding == payable
    assert figure(receipt, "list") - (figure(receipt, "saved") or 0) == payable
    by_offer = sum(line.amount_fen for line in of_kind(receipt, OfferLine))
    assert by_offer in (0, figure(receipt, "saved"))
    assert figure(receipt, "paid") - figure(receipt, "change") == payable
    assert figure(receipt, "paid") == sum(t.amount_fen for t in of_kind(receipt, TenderLine))
