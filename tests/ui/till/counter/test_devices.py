"""设备: from the settings to the test of a scanner, and what it finds holds at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.till.counter.at_counter import CALCIUM, VITAMIN, Cashier
from ui.devices.scan_trial import ENOUGH, SAMPLES
from ui.till.scanner_sheet import ScannerSheet
from ui.widgets.button import Button
from ui.widgets.words import Words


def open_devices(cashier: Cashier) -> None:
    cashier.press("Ctrl+,")
    settings = cashier.window.sheets.settings
    cashier.wait(settings.isVisible)
    settings.devices.click()
    cashier.wait(cashier.window.sheets.devices.isVisible)


def open_test(cashier: Cashier) -> ScannerSheet:
    open_devices(cashier)
    cashier.window.sheets.devices.findChild(Button, "device_scanner_test").click()
    sheet = cashier.window.sheets.scanner
    cashier.wait(sheet.isVisible)
    assert sheet.test.hasFocus()
    return sheet


def state(cashier: Cashier, device: str) -> str:
    return cashier.window.sheets.devices.findChild(Words, f"device_{device}_state").text()


def test_each_device_says_how_it_is(cashier: Cashier) -> None:
    open_devices(cashier)
    assert state(cashier, "scanner") == "键盘口，插上就能用"
    assert [bool(state(cashier, each)) for each in ("printer", "drawer", "display")] == [True] * 3
    cashier.press("Esc")
    assert not cashier.window.sheets.has_open


def test_a_scanner_without_an_end_works_after_its_test(cashier: Cashier) -> None:
    sheet = open_test(cashier)
    code = SAMPLES["ean13"]
    for no in range(1, ENOUGH + 1):
        cashier._keys("#" + code, gap_ms=12.5, dwell_ms=1)
        cashier.wait(lambda no=no: sheet.test.found is not None and sheet.test.found.count == no)
    cashier.press("Enter")
    cashier.wait(cashier.window.sheets.devices.isVisible)
    assert not sheet.isVisible()
    assert state(cashier, "scanner") == "键盘口，插上就能用　没有结束符　去掉前后缀"
    cashier.press("Esc")
    cashier._keys("#" + VITAMIN, gap_ms=12.5, dwell_ms=1)
    cashier.wait(lambda: cashier.codes() == [VITAMIN])
    assert cashier.page.scan.text() == ""
    settings = cashier.window.talks.machine.setting.settings
    assert (settings.scan_end, settings.scan_prefix) == ("none", "#")


def test_enter_takes_nothing_before_the_third_scan(cashier: Cashier) -> None:
    sheet = open_test(cashier)
    cashier.press("Enter")
    cashier.burst(SAMPLES["code128"])
    cashier.press("Enter")
    assert sheet.isVisible()
    assert not sheet.done.isEnabled()
    cashier.press("Esc")
    cashier.wait(cashier.window.sheets.devices.isVisible)
    assert cashier.codes() == []


def test_a_scan_lands_in_the_test_and_nowhere_else(cashier: Cashier) -> None:
    sheet = open_test(cashier)
    cashier.burst(CALCIUM)
    assert sheet.test.found is not None and sheet.test.found.code == CALCIUM
    sheet.again.setFocus()
    cashier.burst(CALCIUM)
    assert QApplication.focusWidget() is sheet.test, "the next one counts"
    assert cashier.codes() == []


@pytest.mark.parametrize("key", ["Left", "Right"])
def test_arrows_show_other_codes(cashier: Cashier, key: str) -> None:
    sheet = open_test(cashier)
    before = sheet.test.picture.accessibleName()
    cashier.press(key)
    assert sheet.test.picture.accessibleName() != before
