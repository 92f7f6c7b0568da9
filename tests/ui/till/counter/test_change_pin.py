"""改 PIN: the old one, the new one twice; by keyboard or finger, and nothing holds half-way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from core.actions.login import login
from tests.builders import PIN, audit_rows
from tests.ui.till.counter.at_counter import VITAMIN, Cashier
from ui.till.change_pin import ChangePinSheet

NEW = "864209"


@pytest.fixture
def sheet(cashier: Cashier) -> ChangePinSheet:
    """Opened from the settings, over a basket."""
    cashier.scan(VITAMIN)
    cashier.press("Ctrl+,")
    settings = cashier.window.sheets.settings
    cashier.wait(settings.isVisible)
    settings.pin.setFocus()
    cashier.press("Enter")
    cashier.wait(cashier.window.sheets.change_pin.isVisible)
    assert not settings.isVisible()
    return cashier.window.sheets.change_pin


def say(cashier: Cashier, *pins: str) -> None:
    for pin in pins:
        cashier.type_in(pin)
        cashier.press("Enter")


def problem(sheet: ChangePinSheet) -> str:
    return sheet.entry.field.problem.text()


def test_three_times_enter_and_it_holds(cashier: Cashier, sheet: ChangePinSheet) -> None:
    assert sheet.subtitle.text() == "店长"
    say(cashier, PIN, NEW, NEW)
    assert (sheet.entry.pin(), sheet._pins) == ("", ["", "", ""]), "on their way, and kept no more"
    cashier.wait(lambda: sheet.step.text() == "PIN 改好了")
    cashier.press("Enter")
    assert not sheet.isVisible()
    assert cashier.page.scan.input.edit.hasFocus()
    assert login(cashier.shop, NEW).name == "店长"
    assert "pin_changed" in [row["what"] for row in audit_rows(cashier.shop)]
    assert cashier.codes() == [VITAMIN]


def test_a_finger_needs_no_keyboard(cashier: Cashier, sheet: ChangePinSheet) -> None:
    for pin in (PIN, NEW, NEW):
        for digit in pin:
            key = sheet.findChild(QAbstractButton, f"change_pin_pad_{digit}")
            assert key is not None
            key.click()
        sheet.done.click()
    cashier.wait(lambda: sheet.step.text() == "PIN 改好了")
    sheet.done.click()
    assert not sheet.isVisible()


def test_what_is_wrong_is_said_where_it_is_wrong(cashier: Cashier, sheet: ChangePinSheet) -> None:
    say(cashier, "")
    assert problem(sheet) == "请输入 PIN。"
    say(cashier, PIN, "123456")
    assert (sheet.step.text(), "太容易猜" in problem(sheet)) == ("新的 PIN", True)
    say(cashier, NEW, "975318")
    assert (sheet.step.text(), "两次不一样" in problem(sheet)) == ("新的 PIN", True)
    say(cashier, NEW, NEW)
    cashier.wait(lambda: sheet.step.text() == "PIN 改好了")


def test_a_wrong_old_pin_changes_nothing(cashier: Cashier, sheet: ChangePinSheet) -> None:
    for _ in range(2):
        say(cashier, "975318", NEW, NEW)
        cashier.wait(lambda: "PIN 不对" in problem(sheet))
        assert sheet.step.text() == "现在的 PIN"
    cashier.press("Esc")
    assert login(cashier.shop, PIN).name == "店长"
    failed = [row for row in audit_rows(cashier.shop) if row["what"] == "pin_change_failed"]
    assert len(failed) == 2


def test_esc_leaves_everything_as_it_was(cashier: Cashier, sheet: ChangePinSheet) -> None:
    say(cashier, PIN, NEW)
    cashier.press("Esc")
    assert not sheet.isVisible()
    assert sheet._pins == ["", "", ""]
    assert login(cashier.shop, PIN).name == "店长"


def test_a_scanner_types_no_pin(cashier: Cashier, sheet: ChangePinSheet) -> None:
    cashier.burst("246810")
    assert "扫码枪" in problem(sheet)
    assert sheet.step.text() == "现在的 PIN"
    cashier.press("Esc")
    assert cashier.codes() == [VITAMIN]


def test_nobody_has_no_pin_to_change(cashier: Cashier) -> None:
    cashier.window._days.begin()
    cashier.wait(cashier.window.login.isVisible)
    cashier.window.talks.machine.setting.begin()
    cashier.wait(cashier.window.sheets.settings.isVisible)
    assert not cashier.window.sheets.settings.pin.isVisible()
