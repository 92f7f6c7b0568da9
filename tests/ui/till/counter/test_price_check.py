"""查价 on the screen: Ctrl+F, scan after scan, Esc; the basket stays as it was."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.ui.till.counter.at_counter import CARD, MASKS, UNKNOWN, VITAMIN, Cashier


def test_prices_are_asked_for_beside_a_sale(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    before = cashier.codes()
    sheet = cashier.window.sheets.price
    cashier.press("Ctrl+F")
    cashier.wait(sheet.isVisible)
    cashier.burst(MASKS)
    cashier.wait(lambda: "医用外科口罩" in sheet.product.text())
    assert sheet.amount.text() == "28.40"
    first = sheet.findChild(QWidget, "price_fact_1")
    assert first is not None
    cashier.burst(UNKNOWN)
    cashier.wait(lambda: bool(sheet.said.text()))
    cashier.burst(VITAMIN)
    cashier.wait(lambda: "维生素" in sheet.product.text())
    assert not sheet.said.text()
    cashier.press("Esc")
    assert not sheet.isVisible()
    assert cashier.codes() == before
