"""找单 at the counter: Ctrl+O, what is still known of a sale, and what is done with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRegularExpression
from PySide6.QtWidgets import QWidget

from core.actions.day import close_day, open_day
from core.actions.shift import takings_now
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CARD, MASKS, VITAMIN, Cashier
from ui.till.find_sale import FindSaleSheet
from ui.widgets.words import Words

BANK_CARD = "6222021234567890128"
FIRST, SECOND = "S01-T1-000001", "S01-T1-000002"


@pytest.fixture
def sheet(cashier: Cashier) -> FindSaleSheet:
    """Yesterday a member's vitamins, today somebody's masks; Ctrl+O."""
    for codes in ((CARD, VITAMIN), (MASKS,)):
        cashier.scan(*codes)
        cashier.pay()
        cashier.press("Esc")
        cashier.settle_down()
    sheet = cashier.window.sheets.find_sale
    cashier.press("Ctrl+O")
    cashier.wait(lambda: shown(sheet) == SECOND)
    return sheet


def shown(sheet: FindSaleSheet) -> str:
    """The sale whose receipt stands there and can be printed."""
    key = sheet.finder.list.current_key()
    return str(key) if sheet.reprint.isEnabled() else ""


def test_a_sale_is_found_by_what_is_known_of_it_and_printed_again(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    cashier.press("Down")
    cashier.wait(lambda: shown(sheet) == FIRST)
    cashier.type_in("5678")
    cashier.wait(lambda: len(sheet.finder.list.rows()) == 1 and shown(sheet) == FIRST)
    (row,) = sheet.finder.list.rows()
    assert "李*华" in row.text and "维生素" in row.sub
    cashier.press("Enter")
    assert sheet.isVisible(), "Enter only finds"
    cashier.press("Ctrl+P")
    cashier.wait(lambda: len(cashier.printer.printed) == 3)
    cashier.wait(lambda: FIRST in sheet.said.text())
    assert sheet.isVisible()
    cashier.burst(SECOND)
    cashier.wait(lambda: shown(sheet) == SECOND)
    cashier.burst("6900000000014")
    cashier.wait(lambda: sheet.finder.none.title.text() == "没有找到")
    assert not any(button.isEnabled() for button in (sheet.reprint, sheet.back, sheet.gift))


def test_a_key_behind_a_scan_is_meant_for_what_was_scanned(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    sheet.take_scan(FIRST)
    cashier.press("F8")
    returns = cashier.window.sheets.returns
    cashier.wait(lambda: returns.subtitle.text().startswith(FIRST))


def test_no_late_answer_shows_a_sale_beside_an_empty_list(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    key = sheet.finder.list.current_key()
    sheet.looked_at.emit(str(key))
    sheet.finder.list.show_rows(())
    cashier.wait(lambda: not cashier.window._work.is_busy)
    assert not sheet.reprint.isEnabled()


def test_what_a_customer_pays_with_is_looked_for_nowhere(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    cashier.burst(BANK_CARD)
    assert "银行卡" in " ".join(words.text() for words in sheet.findChildren(Words))
    cashier.type_in(BANK_CARD)
    cashier.wait(lambda: "银行卡" in sheet.finder.search.problem.text())
    assert sheet.finder.search.text() == ""


def test_a_sale_that_was_found_goes_to_the_return_without_a_receipt(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    cashier.burst(CARD)
    cashier.wait(lambda: shown(sheet) == FIRST)
    cashier.press("F8")
    returns = cashier.window.sheets.returns
    cashier.wait(lambda: returns.subtitle.text().startswith(FIRST))
    assert cashier.window.sheets.open_names == ("returns",)
    cashier.press("F8")
    cashier.wait(returns.effects.done.isEnabled)
    why = returns.effects.findChildren(QWidget, QRegularExpression("return_effect_.*"))
    assert any("没有小票" in row.accessibleName() + row.accessibleDescription() for row in why)


def test_gift_receipt_and_void_begin_from_it_and_a_closed_day_is_never_void(
    cashier: Cashier, sheet: FindSaleSheet
) -> None:
    cashier.press("Ctrl+G")
    cashier.wait(lambda: len(cashier.printer.printed) == 3)
    assert not sheet.isVisible()
    cashier.press("Ctrl+O")
    cashier.wait(lambda: shown(sheet) == SECOND)
    assert sheet.void.isEnabled()
    sheet.void.click()
    void = cashier.window.sheets.void
    cashier.wait(lambda: void.isVisible() and void.subtitle.text() == SECOND)
    cashier.press("Esc")
    manager = manager_of(cashier.shop)
    close_day(
        cashier.shop,
        counted_fen=takings_now(cashier.shop, staff=manager).expected_fen,
        staff=manager,
    )
    open_day(cashier.shop, float_fen=0, staff=manager)
    cashier.press("Ctrl+O")
    cashier.wait(lambda: shown(sheet) == SECOND)
    assert not sheet.void.isEnabled() and sheet.back.isEnabled()
