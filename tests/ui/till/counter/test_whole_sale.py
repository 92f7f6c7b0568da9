"""从头到尾: a whole sale by keys alone, and one by fingers alone; the scanner only scans."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from core.actions.set_up import add_staff
from core.trust.staff import Role
from tests.builders import Home
from tests.ui.till.counter.at_counter import CALCIUM, CARD, VITAMIN, Cashier, cashier_at
from ui.look import Look

SMALLEST_TARGET = 44
OTHER_PIN = "135246"


@pytest.fixture
def cashier(home: Home, qtbot: QtBot, look: Look) -> Iterator[Cashier]:
    """店长 and 王芳 work here; nobody touched anything yet but the login."""
    with home.shop() as shop:
        add_staff(shop, name="王芳", pin=OTHER_PIN, role=Role.CASHIER)
    with cashier_at(home, qtbot, look, name="店长") as cashier:
        yield cashier


class Finger:
    """Presses what can be seen, or scrolled to, by its name, and nothing too small to hit."""

    def __init__(self, cashier: Cashier) -> None:
        self._cashier = cashier

    def tap(self, name: str) -> None:
        target, window = self.find(name), self._cashier.window
        around = target.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(target)
            around = around.parentWidget()

        def is_in_sight() -> bool:
            under = window.childAt(target.mapTo(window, target.rect().center()))
            return under is target or target.isAncestorOf(under)

        self._cashier.wait(is_in_sight)
        assert min(target.width(), target.height()) >= SMALLEST_TARGET, name
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def find(self, name: str) -> QWidget:
        window = self._cashier.window
        seen = lambda: [w for w in window.findChildren(QWidget, name) if w.isVisible()]  # noqa: E731
        self._cashier.wait(lambda: bool(seen()))
        return seen()[-1]

    def digits(self, pad: str, digits: str) -> None:
        for digit in digits:
            self.tap(f"{pad}_{digit}")


def test_a_whole_sale_by_keys(cashier: Cashier) -> None:
    window = cashier.window
    cashier.scan(VITAMIN, CALCIUM, CARD)
    cashier.press("F3")
    cashier.type_in("2")
    cashier.press("Enter")
    cashier.settle_down()
    cashier.press("Up")
    cashier.press("Del")
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]
    cashier.press("F11")
    assert cashier.page.basket.is_explaining
    cashier.press("F11")
    cashier.press("F9")
    cashier.wait(window.sheets.payment.isVisible)
    cashier.type_in("200")
    cashier.press("Enter")
    cashier.wait(lambda: window.sheets.payment.is_settled)
    cashier.press("Esc")
    cashier.wait(lambda: not window.sheets.payment.isVisible())
    cashier.settle_down()
    assert cashier.sales() == 1
    cashier.press("Ctrl+L")
    cashier.wait(lambda: window.login.isVisible() and window.login.who.chosen() == "店长")
    cashier.press("Down")
    cashier.type_in(OTHER_PIN)
    cashier.press("Enter")
    cashier.wait(lambda: window.flow.staff.name == "王芳")


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["usual", "at 200 %"])
def test_a_whole_sale_by_fingers(cashier: Cashier, size: tuple[int, int]) -> None:
    finger, window = Finger(cashier), cashier.window
    window.resize(*size)
    QApplication.processEvents()
    cashier.scan(VITAMIN, CALCIUM, CARD)
    finger.tap("basket_stepper_more")
    cashier.settle_down()
    assert cashier.counter.basket.lines[-1].quantity_milli == 2000
    finger.tap("basket_stepper_less")
    cashier.settle_down()
    finger.tap("key_F1")
    finger.tap("help_Del")
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN]
    finger.tap("why_open")
    finger.tap("why_close")
    finger.tap("pay")
    finger.tap("tender_cash")
    finger.tap("payment_amount_keyboard")
    finger.digits("payment_pad", "100")
    finger.tap("payment_done")
    cashier.wait(lambda: window.sheets.payment.is_settled)
    due = finger.find("change_due")
    assert due.visibleRegion().boundingRect() == due.rect(), "what is to be handed out is seen"
    finger.tap("change_next")
    cashier.wait(lambda: not window.sheets.payment.isVisible())
    cashier.settle_down()
    assert cashier.sales() == 1
    finger.tap("status_staff")
    cashier.wait(lambda: window.login.isVisible() and window.login.who.chosen() == "店长")
    finger.tap("staff_2")
    finger.digits("login_pad", OTHER_PIN)
    finger.tap("login_done")
    cashier.wait(lambda: window.flow.staff.name == "王芳")


@pytest.mark.parametrize("key", ["Del", "Shift+Del", "F3", "F6", "F11"])
def test_what_has_no_button_in_a_small_window_is_pressed_in_the_table_of_keys(
    cashier: Cashier, key: str
) -> None:
    cashier.window.resize(911, 512)
    QApplication.processEvents()
    cashier.scan(VITAMIN, CALCIUM)
    finger = Finger(cashier)
    finger.tap("key_F1")
    row = cashier.window.sheets.help.findChild(QWidget, f"help_{key}")
    assert row is not None and row.height() >= SMALLEST_TARGET
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    cashier.settle_down()
    done = {
        "Del": lambda: cashier.codes() == [VITAMIN],
        "Shift+Del": lambda: bool(cashier.question()),
        "F3": lambda: cashier.page.scan.is_counting,
        "F6": lambda: cashier.window.sheets.hold.isVisible(),
        "F11": lambda: cashier.page.basket.is_explaining,
    }
    cashier.wait(done[key])
