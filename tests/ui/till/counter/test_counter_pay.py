"""Money: two keys for exact cash, never twice, the change stays until the next scan; paper."""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.actions import reprint as reprinting
from core.actions.serve import card_holder
from core.members.member import Member
from core.members.tiers import TierChange
from core.sales.receipt import TenderLine
from core.shop import Shop
from tests.ui.till.counter.at_counter import CALCIUM, CARD, MASKS, STATIN, VITAMIN, Cashier
from ui.till import scan_talk
from ui.till.notices import DONE, ERROR, NEWS
from ui.widgets.words import Words


def test_three_products_and_a_card_in_four_scans_and_two_keys(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN, CALCIUM, MASKS)
    cashier.pay()
    cashier.settle_down()
    assert cashier.sales() == 1
    assert cashier.counter.basket.is_empty
    cashier.wait(lambda: len(cashier.printer.printed) == 1)


def test_a_double_press_sells_once(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    for _ in range(4):
        cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    cashier.settle_down()
    assert cashier.sales() == 1
    cashier.press("F9")
    cashier.settle_down()
    assert cashier.sales() == 1


def test_turning_back_keeps_what_was_taken_and_says_so(cashier: Cashier) -> None:
    cashier.scan(VITAMIN, CALCIUM)
    cashier.press("F9")
    sheet = cashier.window.sheets.payment
    cashier.wait(sheet.isVisible)
    cashier.press("Ctrl+3")
    cashier.type_in("20")
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window._work.is_busy)
    cashier.press("Esc")
    cashier.settle_down()
    assert [tender.amount_fen for tender in cashier.counter.basket.tenders] == [20_00]
    assert "20.00" in cashier.page.basket.notices.text(NEWS)
    cashier.press("Shift+Del")
    cashier.press("Shift+Del")
    cashier.settle_down()
    assert "还没有收完" in cashier.page.basket.notices.text(ERROR)
    for _ in range(2):
        cashier.press("Del")
        cashier.settle_down()
        cashier.press("Up")
    assert cashier.codes() == [VITAMIN], "its money would be nobody's"
    assert "还没有收完" in cashier.page.basket.notices.text(ERROR)
    cashier.press("Esc")
    cashier.press("Esc")
    assert "20.00" in cashier.page.pay.button.text(), "no notice left, and the money is in sight"
    cashier.scan(CALCIUM)
    cashier.scan(MASKS)
    assert cashier.codes() == [VITAMIN, CALCIUM, MASKS]
    cashier.press("F9")
    cashier.wait(sheet.isVisible)
    remove = sheet.findChild(QAbstractButton, "paid_0_remove")
    assert remove is not None
    remove.click()
    cashier.wait(lambda: not cashier.window._work.is_busy)
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.counter.basket.tenders == ()
    assert not cashier.page.basket.notices.text(NEWS)
    assert cashier.sales() == 0


def test_digits_are_the_amount_and_choose_no_other_way(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    sheet = cashier.window.sheets.payment
    cashier.wait(sheet.isVisible)
    cashier.type_in("100")
    assert sheet._money.entry.text() == "100"
    cashier.press("Enter")
    cashier.wait(lambda: sheet.is_settled)
    assert cashier.sales() == 1


def test_a_change_that_no_note_makes_is_asked_about_once(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    sheet = cashier.window.sheets.payment
    cashier.wait(sheet.isVisible)
    cashier.type_in("1000")
    cashier.press("Enter")
    assert not sheet.is_settled
    assert "再按一次回车" in sheet._money.zone.problem.text()
    cashier.press("Enter")
    cashier.wait(lambda: sheet.is_settled)


@pytest.mark.parametrize("how", ["paid", "back"])
def test_scans_behind_a_payment_are_said_and_go_where_it_said(cashier: Cashier, how: str) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    sheet = cashier.window.sheets.payment
    cashier.wait(sheet.isVisible)
    assert "等着" not in sheet.subtitle.text()
    cashier.burst(CALCIUM)
    said = "有 1 次扫码等着：收完款算下一位，返回就进本单"
    cashier.wait(lambda: sheet.subtitle.text() == said)
    cashier.burst(MASKS)
    cashier.wait(lambda: sheet.subtitle.text().startswith("有 2 次扫码等着"))
    if how == "paid":
        cashier.press("Enter")
        cashier.wait(lambda: sheet.is_settled)
    else:
        cashier.press("Esc")
    cashier.settle_down()
    assert cashier.codes() == [*([] if how == "paid" else [VITAMIN]), CALCIUM, MASKS]
    cashier.press("Esc")
    cashier.press("F9")
    cashier.wait(lambda: sheet.isVisible() and not sheet.is_settled)
    assert "等着" not in sheet.subtitle.text()


def test_a_scan_behind_a_split_payment_is_still_said(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    sheet = cashier.window.sheets.payment
    cashier.wait(sheet.isVisible)
    cashier.burst(CALCIUM)
    cashier.press("Ctrl+3")
    cashier.type_in("20")
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window._work.is_busy)
    assert sheet.subtitle.text().startswith("有 1 次扫码等着")


def test_several_tenders_make_one_sale(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.press("Ctrl+3")
    cashier.type_in("20")
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window._work.is_busy)
    cashier.press("Ctrl+2")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    assert cashier.sales() == 1


def test_the_next_scan_closes_the_change_and_begins_the_next_sale(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.settle_down()
    cashier.scan(CALCIUM)
    assert not cashier.window.sheets.payment.isVisible()
    assert cashier.codes() == [CALCIUM]


def test_the_change_stands_at_the_counter_until_the_next_one(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.press("Ctrl+2")
    cashier.type_in("50")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.payable == "11.00"
    assert not cashier.page.pay.button.isEnabled()
    assert cashier.page.last.isVisible()
    cashier.scan(CALCIUM)
    assert cashier.payable == "68.00"


def test_f9_waits_for_what_was_scanned_before_it(cashier: Cashier) -> None:
    for code in (VITAMIN, CALCIUM):
        cashier.type_in(code)
        cashier.press("Enter")
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    assert cashier.codes() == [VITAMIN, CALCIUM]
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    sold = reprinting.last_sale(cashier.shop)
    assert sold is not None
    assert sold.payable_fen == 107_00


def test_an_empty_basket_cannot_be_paid(cashier: Cashier) -> None:
    cashier.press("F9")
    cashier.settle_down()
    assert not cashier.window.sheets.payment.isVisible()


def test_a_jammed_printer_never_stops_a_sale(cashier: Cashier) -> None:
    cashier.printer.is_jammed = True
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.wait(lambda: "没有打出来" in cashier.printer_notice())
    assert cashier.sales() == 1
    cashier.scan(CALCIUM)
    cashier.pay()
    assert cashier.sales() == 2
    assert "没有打出来" in cashier.printer_notice(), "it stays until somebody answers"
    cashier.press("Esc")
    cashier.press("Ctrl+P")
    cashier.wait(lambda: len(cashier.window.paper.kept) == 3)
    assert "打印机还没好" in cashier.page.basket.notices.text(DONE)
    cashier.printer.is_jammed = False
    cashier.page.trouble_answered.emit("printer", "again")
    cashier.wait(lambda: len(cashier.printer.printed) == 3)
    assert cashier.printer_notice() == ""


def test_a_receipt_that_nobody_wants_is_forgotten(cashier: Cashier) -> None:
    cashier.printer.is_jammed = True
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.wait(lambda: cashier.printer_notice() != "")
    cashier.page.trouble_answered.emit("printer", "drop")
    assert cashier.printer_notice() == ""
    assert cashier.window.paper.kept == ()


def test_the_last_receipt_comes_again(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.press("Esc")
    cashier.bot.wait(600)
    cashier.press("Ctrl+P")
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    assert cashier.printer.printed[0] != cashier.printer.printed[1], "the second is marked"
    assert "送去补打了" in cashier.page.basket.notices.text(DONE)


def test_a_price_that_moved_is_shown_before_the_money_is_taken(cashier: Cashier) -> None:
    """A tier that rises while the sheet is open makes the basket cheaper: take the new price."""
    cashier.scan(CARD, VITAMIN, CALCIUM)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    rise(cashier)
    cashier.press("Enter")
    said = cashier.window.sheets.payment.findChild(Words, "payment_change_problem")
    assert said is not None
    cashier.wait(lambda: said.text() != "")
    assert cashier.sales() == 0
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    assert cashier.sales() == 1


def test_what_was_taken_before_a_price_moved_is_kept(cashier: Cashier) -> None:
    """A part was charged to a phone already: it is not charged again."""
    payment = cashier.window.sheets.payment
    cashier.scan(CARD, VITAMIN, CALCIUM)
    cashier.press("F9")
    cashier.wait(payment.isVisible)
    payment.tender_added.emit("wechat", 20_00)
    cashier.wait(lambda: payment.findChild(QWidget, "paid_0") is not None)
    rise(cashier)
    cashier.press("Enter")
    said = payment.findChild(Words, "payment_change_problem")
    assert said is not None
    cashier.wait(lambda: said.text() != "")
    assert payment.findChild(QWidget, "paid_0") is not None
    cashier.press("Enter")
    cashier.wait(lambda: payment.is_settled)
    sale = reprinting.last_sale(cashier.shop)
    assert sale is not None
    paid = [line for line in sale.receipt.lines if isinstance(line, TenderLine)]
    assert (paid[0].kind, paid[0].amount_fen) == ("wechat", 20_00)
    assert sum(line.amount_fen for line in paid) - sale.change_fen == sale.payable_fen


def rise(cashier: Cashier) -> None:
    """The member at the counter becomes the dearest one to the shop, as by another till."""
    file = cashier.counter.file
    assert file is not None
    with cashier.shop.store.write() as tx:
        tx.members.change_tier(
            TierChange(
                member_id=file.member.id,
                cause="sale",
                sale_id=UUID(int=1),
                day_id=UUID(int=1),
                at_us=0,
                business_on=date(2026, 1, 1),
                before=file.member.tier,
                after="diamond",
                until_before=None,
                until_after=None,
                spend_fen=0,
            )
        )


def test_scans_keep_their_order_when_somebody_turns_back_while_the_store_is_slow(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    _make_slow(monkeypatch)
    cashier.burst(CALCIUM)
    cashier.press("Esc")
    cashier.burst(MASKS)
    cashier.burst(STATIN)
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN, CALCIUM, MASKS, STATIN]


def test_a_card_whose_turn_came_before_it_was_looked_up_is_not_asked_about(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    _make_slow(monkeypatch)
    cashier.burst(CARD)
    cashier.press("Esc")
    cashier.burst(CALCIUM)
    cashier.settle_down()
    assert not cashier.window.sheets.has_open
    assert cashier.counter.basket.member_id is not None
    assert cashier.codes() == [VITAMIN, CALCIUM]


def _make_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store takes its time to say whose card something is."""

    def slowly(shop: Shop, text: str) -> Member | None:
        time.sleep(0.2)
        return card_holder(shop, text)

    monkeypatch.setattr(scan_talk, "card_holder", slowly)
