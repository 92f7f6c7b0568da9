"""Scans and typing: one input, a queue that goes on, suggestions that never get in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    GOJI,
    MASKS,
    MISREAD,
    STATIN,
    UNKNOWN,
    VITAMIN,
    Cashier,
)


def test_scans_come_in_order_however_fast_they_are(cashier: Cashier) -> None:
    cashier.scan(VITAMIN, CALCIUM, STATIN, VITAMIN, MASKS)
    assert cashier.codes() == [VITAMIN, CALCIUM, STATIN, MASKS]
    assert cashier.counter.basket.lines[0].quantity_milli == 2000


def test_the_new_line_is_current_and_in_sight(cashier: Cashier) -> None:
    codes = (VITAMIN, CALCIUM, STATIN, MASKS, "6931800170416", "6920140487179", "6905120566365",
             "6955710645550", "6931800724749", "6908370803938")  # fmt: skip
    cashier.scan(*codes)
    table = cashier.page.basket.table
    assert table.current() == str(cashier.counter.basket.lines[-1].no)
    place = table.view.visualRect(table.model.index(table.model.row_of(table.current()), 0))
    assert table.view.viewport().rect().contains(place.adjusted(0, 0, 0, -1))


def test_an_unknown_code_stays_said_while_the_queue_goes_on(cashier: Cashier) -> None:
    cashier.scan(UNKNOWN, VITAMIN)
    assert cashier.codes() == [VITAMIN]
    assert UNKNOWN in cashier.error()
    assert cashier.page.scan.input.edit.hasFocus()
    cashier.press("Esc")
    assert cashier.error() == ""


def test_an_unknown_code_becomes_a_product_by_one_key(cashier: Cashier) -> None:
    cashier.scan(UNKNOWN, CALCIUM)
    cashier.press("Ctrl+N")
    cashier.wait(cashier.window.sheets.product.isVisible)
    cashier.type_in("决明子茶")
    cashier.press("Enter")
    cashier.type_in("12.50")
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.product.isVisible())
    assert cashier.names() == ["碳酸钙D3片", "决明子茶"]
    assert cashier.error() == ""
    cashier.scan(UNKNOWN)
    assert cashier.counter.basket.lines[1].quantity_milli == 2000


def test_without_an_unknown_code_there_is_no_product_to_add(cashier: Cashier) -> None:
    cashier.press("Ctrl+N")
    assert not cashier.window.sheets.product.isVisible()


def test_a_misread_code_is_forgotten_when_the_next_scan_works(cashier: Cashier) -> None:
    cashier.scan(MISREAD)
    assert "校验位" in cashier.error()
    cashier.scan(VITAMIN)
    assert cashier.error() == ""


def test_a_scan_that_no_code_can_be_loses_nothing(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.scan("7" * 500)
    assert "500" in cashier.error()
    assert cashier.codes() == [VITAMIN]


def test_typing_offers_what_it_could_mean(cashier: Cashier) -> None:
    cashier.type_in("wss")
    shown = cashier.page.scan.suggestions
    cashier.wait(shown.isVisible)
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.names() == ["维生素C咀嚼片"]
    assert not shown.isVisible()


def test_a_member_is_offered_masked_and_taken_with_the_arrows(cashier: Cashier) -> None:
    cashier.type_in("5678")
    shown = cashier.page.scan.suggestions
    cashier.wait(shown.isVisible)
    row = shown.view.model().index(0, 0).data()
    assert "李*华" in row
    assert "138****5678" in row
    assert "李小华" not in row
    cashier.press("Down")
    cashier.press("Up")
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.card_no == CARD


def test_escape_empties_the_input_and_hides_the_offers(cashier: Cashier) -> None:
    cashier.type_in("wss")
    cashier.wait(cashier.page.scan.suggestions.isVisible)
    cashier.press("Esc")
    assert not cashier.page.scan.suggestions.isVisible()
    assert cashier.page.scan.text() == "", "or it would stand before the next code"


def test_four_digits_entered_too_fast_ask_who_was_meant(cashier: Cashier) -> None:
    cashier.scan("5678")
    cashier.wait(cashier.page.scan.suggestions.isVisible)
    assert cashier.error() == ""
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.counter.file is not None


def test_enter_never_takes_an_offer_made_for_a_shorter_text(cashier: Cashier) -> None:
    cashier.type_in(VITAMIN[:4])
    cashier.wait(cashier.page.scan.suggestions.isVisible)
    cashier.scan(MASKS[:0] + "6955710091227"[4:])  # the rest of a code whose beginning was typed
    assert "维生素C咀嚼片" not in cashier.names()


def test_what_is_weighed_is_sold_by_what_the_scale_printed(cashier: Cashier) -> None:
    cashier.scan(GOJI)
    row = cashier.page.basket.table.model.rows[0]
    assert row.quantity == "1 kg × 96.00"
    assert row.count == "", "weighed goods have no stepper"


def test_what_is_weighed_asks_its_weight_where_the_quantity_is_typed(cashier: Cashier) -> None:
    cashier.scan(GOJI)
    row = cashier.page.basket.table.model.rows
    assert "重量未输" in row[0].sub[0].text
    assert "kg" in cashier.page.scan.edit.placeholderText()
    cashier.type_in("0.375")
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.counter.basket.lines[0].quantity_milli == 375
    assert cashier.page.basket.table.model.rows[0].sub == ()
    cashier.pay()
    assert cashier.sales() == 1


def test_a_scan_goes_on_and_the_payment_asks_for_the_weight(cashier: Cashier) -> None:
    cashier.scan(GOJI)
    cashier.scan(VITAMIN)
    assert cashier.codes() == [GOJI, VITAMIN]
    assert not cashier.page.scan.is_counting
    cashier.press("F9")
    assert "的重量还没输" in cashier.error()
    assert not cashier.window.sheets.has_open
    cashier.press("Down")
    cashier.type_in("0.2")
    cashier.press("Enter")
    cashier.settle_down()
    assert [line.quantity_milli for line in cashier.counter.basket.lines] == [200, 1000]
    assert cashier.error() == ""
    cashier.pay()
    assert cashier.sales() == 1


def test_a_weight_that_is_not_told_is_asked_for_only_once(cashier: Cashier) -> None:
    cashier.scan(GOJI)
    cashier.press("Esc")
    assert not cashier.page.scan.is_counting
    assert cashier.counter.basket.lines[0].is_unweighed, "it waits, marked"
    cashier.press("Del")
    cashier.settle_down()
    assert cashier.codes() == []
    cashier.scan(GOJI)
    assert cashier.page.scan.is_counting
    cashier.press("Del")
    cashier.settle_down()
    assert not cashier.page.scan.is_counting, "or the next phone would be a weight"


def test_a_scan_lands_in_the_input_wherever_the_focus_is(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.page.pay.button.setFocus()
    cashier.scan(CALCIUM)
    assert cashier.codes() == [VITAMIN, CALCIUM]
    assert cashier.page.scan.input.edit.hasFocus()


def test_a_bug_says_so_and_the_till_goes_on(cashier: Cashier, monkeypatch) -> None:
    import ui.till.flow as flows

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(flows.scanning, "scan", broken)
        cashier.scan(VITAMIN)
    assert "程序出了错" in cashier.error()
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]


def test_pasting_looks_up_at_once(cashier: Cashier) -> None:
    QTest.qWait(50)
    cashier.page.scan.input.edit.insert("lxh")
    cashier.page.scan.input.edit.textEdited.emit("lxh")
    cashier.wait(cashier.page.scan.suggestions.isVisible)


def test_a_press_elsewhere_shuts_the_list_and_leaves_the_text(cashier: Cashier) -> None:
    cashier.type_in("wss")
    shown = cashier.page.scan.suggestions
    cashier.wait(shown.isVisible)
    QTest.mouseClick(cashier.page.pay, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    assert cashier.page.scan.text() == "wss"
