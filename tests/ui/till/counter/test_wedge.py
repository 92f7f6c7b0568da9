"""扫码枪: wherever the focus is, a scan lands in the basket and not one of its signs elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from core.trust.rights import Right
from tests.builders import Home
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    MASKS,
    NO_KEY_HELD,
    UNKNOWN,
    VITAMIN,
    Cashier,
)
from ui.widgets.words import Words

SPEEDS = [2, 12.5, 30, 60]


def texts(root: QWidget) -> list[str]:
    return [edit.text() for edit in root.findChildren(QLineEdit)]


def open_payment(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)


def open_join(cashier: Cashier) -> None:
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)


def open_hold(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F6")
    cashier.wait(cashier.window.sheets.hold.isVisible)


def open_help(cashier: Cashier) -> None:
    cashier.press("F1")
    cashier.wait(cashier.window.sheets.help.isVisible)


def count(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    cashier.press("Del")  # what holds now, marked to be typed over


def a_button(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.page.pay.button.setFocus()


def nothing(cashier: Cashier) -> None:
    cashier.page.scan.edit.clearFocus()


@pytest.mark.parametrize(
    "where", [open_payment, open_join, open_hold, open_help, count, a_button, nothing]
)
def test_not_one_sign_leaks(cashier: Cashier, where) -> None:
    where(cashier)
    before = texts(cashier.window)
    for gap_ms in SPEEDS:
        cashier.burst(MASKS, gap_ms=gap_ms)
        assert texts(cashier.window) == before
    for sheet in ("Esc", "Esc"):
        if cashier.window.sheets.has_open:
            cashier.press(sheet)
    cashier.settle_down()
    assert cashier.codes()[-1] == MASKS
    assert cashier.counter.basket.lines[-1].quantity_milli == len(SPEEDS) * 1000


def test_a_scan_in_the_middle_of_typing_leaves_what_was_typed(cashier: Cashier) -> None:
    cashier.type_in("wss")
    for gap_ms in SPEEDS:
        cashier.burst(CALCIUM, gap_ms=gap_ms)
        cashier.settle_down()
        assert cashier.page.scan.text() == "wss"
    assert cashier.counter.basket.lines[0].quantity_milli == len(SPEEDS) * 1000


def test_an_input_method_goes_on_composing(cashier: Cashier) -> None:
    open_join(cashier)
    cashier.window.sheets.join.name.focus()
    edit = cashier.window.sheets.join.name.edit
    QApplication.sendEvent(edit, QInputMethodEvent("zhang", []))
    for gap_ms in SPEEDS:
        cashier.burst(CALCIUM, gap_ms=gap_ms)
        assert edit.text() == ""
    committed = QInputMethodEvent()
    committed.setCommitString("张")
    QApplication.sendEvent(edit, committed)
    assert edit.text() == "张"
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]


def test_a_pin_comes_from_a_hand(cashier: Cashier) -> None:
    cashier.window.page.lock_asked.emit()
    cashier.wait(cashier.window.login.isVisible)
    cashier.wait(lambda: cashier.window.login.who.chosen() != "")
    pin = cashier.window.login.entry.field
    for gap_ms in SPEEDS:
        cashier.burst("246810", gap_ms=gap_ms)
        assert pin.text() == ""
        assert "扫码枪" in pin.problem.text()
        assert cashier.window.login.isVisible()
    cashier.type_in("246810")
    cashier.press("Enter")
    cashier.wait(cashier.page.isVisible)


PIECES = {
    "late Enter": (CALCIUM, "\r"),
    "two halves": (CALCIUM[:6], CALCIUM[6:] + "\r"),
    "three pieces": (CALCIUM[:4], CALCIUM[4:9], CALCIUM[9:] + "\r"),
}


@pytest.mark.parametrize("pieces", PIECES.values(), ids=list(PIECES))
@pytest.mark.parametrize("apart_ms", [150, 250, 700])
@pytest.mark.parametrize("where", ["lock", "approval"])
def test_a_scan_in_pieces_is_no_try_of_a_pin(
    cashier: Cashier, where: str, apart_ms: int, pieces: tuple[str, ...]
) -> None:
    if where == "lock":
        cashier.lock()
        who, entry = cashier.window.login.who, cashier.window.login.entry
    else:
        sheet = cashier.window.sheets.override
        cashier.window.talks.override.ask(Right.VOID_SALE, lambda _approval: None)
        cashier.wait(sheet.isVisible)
        who, entry = sheet.who, sheet.entry
    cashier.wait(lambda: who.chosen() != "")
    tried: list[str] = []
    who.answered.connect(lambda _name, pin: tried.append(pin))
    cashier.burst_in_pieces(*pieces, apart_ms=apart_ms)
    assert (tried, entry.field.text()) == ([], "")
    assert "扫码枪" in entry.field.problem.text()


def test_a_late_enter_still_ends_a_scan_in_a_sheet(cashier: Cashier) -> None:
    open_payment(cashier)
    before = texts(cashier.window)
    cashier.burst_in_pieces(CALCIUM, "\r", apart_ms=300)
    assert texts(cashier.window) == before
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN, CALCIUM]


def test_what_came_without_an_enter_is_not_lost_to_the_scan_after_it(cashier: Cashier) -> None:
    """The program stood still: both wait for it at once, and the system says when each was."""
    open_join(cashier)
    cashier._keys("wang", gap_ms=5, dwell_ms=1)
    cashier._keys(CALCIUM + "\r", gap_ms=5, dwell_ms=1, after_ms=400)
    assert "wang" in texts(cashier.window)
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]


def test_a_quick_hand_has_its_long_pin(cashier: Cashier) -> None:
    cashier.lock()
    who = cashier.window.login.who
    cashier.wait(lambda: who.chosen() != "")
    tried: list[str] = []
    who.answered.connect(lambda _name, pin: tried.append(pin))
    cashier._keys("135246801357", gap_ms=100, dwell_ms=60)
    cashier.press("Enter")
    assert tried == ["135246801357"]


@pytest.mark.parametrize("where", ["lock", "approval"])
def test_a_pin_of_quick_keys_and_a_quick_enter_is_a_pin(cashier: Cashier, where: str) -> None:
    """A practised hand, and what another program types for it: 79 ms a key, hardly held."""
    if where == "lock":
        cashier.lock()
        who = cashier.window.login.who
    else:
        cashier.window.talks.override.ask(Right.VOID_SALE, lambda _approval: None)
        cashier.wait(cashier.window.sheets.override.isVisible)
        who = cashier.window.sheets.override.who
    cashier.wait(lambda: who.chosen() != "")
    tried: list[str] = []
    who.answered.connect(lambda _name, pin: tried.append(pin))
    cashier._keys("246810\r", gap_ms=79, dwell_ms=1)
    assert tried == ["246810"]


def test_what_a_hand_types_comes_whole(cashier: Cashier) -> None:
    """Slow or fast: every key arrives, in order, and Enter after them."""
    open_join(cashier)
    join = cashier.window.sheets.join
    cashier.type_in("13912340001")
    assert join.phone.text() == "13912340001"
    for sign in "139":
        QTest.keyClick(QApplication.focusWidget(), sign)
    cashier.wait(lambda: join.phone.text() == "13912340001139")


def test_a_key_that_is_held_down_repeats(cashier: Cashier) -> None:
    open_hold(cashier)
    name = cashier.window.sheets.hold.name
    for is_repeat in (False, True, True, True, True, True):
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NO_KEY_HELD, "a", is_repeat)
        QApplication.sendEvent(QApplication.focusWidget(), down)
    cashier.press("Enter")
    assert name.text() == "aaaaaa"


def test_forty_scans_are_all_in_the_basket(cashier: Cashier) -> None:
    codes = [VITAMIN, CALCIUM, MASKS, UNKNOWN] * 10
    for code in codes:
        cashier.burst(code)
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN, CALCIUM, MASKS]
    assert [line.quantity_milli for line in cashier.counter.basket.lines] == [10_000] * 3
    assert UNKNOWN in cashier.error()


@pytest.mark.parametrize("code", ["134567890123456789", "281234567890123456", "4111111111111111"])
def test_a_payment_code_is_kept_nowhere(cashier: Cashier, home: Home, code: str) -> None:
    cashier.scan(CARD, VITAMIN)
    cashier.burst(code)
    cashier.settle_down()
    assert code not in cashier.error() and "没有记下" in cashier.error()
    assert cashier.window.flow.unknown_code == ""
    assert code not in "".join(texts(cashier.window))
    assert cashier.codes() == [VITAMIN]


def test_a_payment_code_during_the_payment_is_for_the_terminal(cashier: Cashier) -> None:
    open_payment(cashier)
    cashier.burst("134567890123456789")
    payment = cashier.window.sheets.payment
    words = [each.text() for each in payment.findChildren(Words) if each.isVisible()]
    assert payment.isVisible() and "没有记下" in " ".join(words)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    cashier.settle_down()
    assert cashier.error() == ""


def test_a_scan_after_the_change_begins_the_next_sale(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.burst(CALCIUM)
    cashier.settle_down()
    assert not cashier.window.sheets.has_open
    assert cashier.codes() == [CALCIUM]
