"""钱箱设置 at the counter: tried, kept, and told where its port is not there."""

from __future__ import annotations

from pathlib import Path

from tests.builders import audit_rows
from tests.ui.devices.test_drawer_port import Drawer
from tests.ui.till.counter.at_counter import VITAMIN, Cashier
from tests.ui.till.counter.test_devices import open_devices, state
from ui.till.drawer_test import DrawerTestSheet
from ui.till.notices import DRAWER
from ui.widgets.button import Button


def open_setting(cashier: Cashier) -> DrawerTestSheet:
    open_devices(cashier)
    cashier.window.sheets.devices.findChild(Button, "device_drawer_set").click()
    sheet = cashier.window.sheets.drawer_test
    cashier.wait(sheet.isVisible)
    return sheet


def choose_port(sheet: DrawerTestSheet, port: str) -> None:
    sheet.test.show_setting("serial:")
    sheet.test.port.set_text(port)


def test_a_drawer_on_its_own_port_is_tried_and_kept(cashier: Cashier, tmp_path: Path) -> None:
    drawer = Drawer(tmp_path / "drawer")
    drawer.plug_in()
    sheet = open_setting(cashier)
    choose_port(sheet, str(drawer.link))
    sheet.test.button.click()
    cashier.wait(lambda: "叫它开了" in sheet.test.said.text())
    assert drawer.is_opened()
    assert audit_rows(cashier.shop)[-1]["what"] == "drawer_tried"
    sheet.done.click()
    cashier.wait(cashier.window.sheets.devices.isVisible)
    assert state(cashier, "drawer") == f"在串口 {drawer.link} 上"
    cashier.press("Esc")
    cashier.scan(VITAMIN)
    cashier.pay()
    assert drawer.is_opened()
    drawer.pull_out()


def test_a_port_that_is_not_there_is_said_and_the_sale_goes_on(
    cashier: Cashier, tmp_path: Path
) -> None:
    sheet = open_setting(cashier)
    choose_port(sheet, str(tmp_path / "nothing"))
    sheet.test.button.click()
    cashier.wait(lambda: "没有插着" in sheet.test.said.text())
    sheet.done.click()
    cashier.wait(cashier.window.sheets.devices.isVisible)
    cashier.press("Esc")
    sold = cashier.sales()
    cashier.scan(VITAMIN)
    cashier.pay()
    assert cashier.sales() == sold + 1
    cashier.wait(lambda: bool(cashier.printer.printed))
    cashier.wait(lambda: "用钥匙开" in cashier.page.basket.notices.text(DRAWER))


def test_what_names_no_port_is_refused_at_once(cashier: Cashier) -> None:
    sheet = open_setting(cashier)
    for wrong, said in (("", "这里还空着"), ("COM5:0", "“COM5:0”开不了钱箱")):
        choose_port(sheet, wrong)
        sheet.done.click()
        assert said in sheet.test.port.problem.text()
        assert "COM5:9600" in sheet.test.port.problem.text()
    assert sheet.isVisible()


def test_a_cashier_whom_nobody_allows_it_can_try_again(cashier: Cashier) -> None:
    cashier.hand_over_to_fang()
    sheet = open_setting(cashier)
    sheet.test.button.click()
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert sheet.test.button.isEnabled() and not sheet.test.said.text()
    cashier.press("Esc")
    cashier.wait(lambda: not override.isVisible())
    sheet.test.button.click()
    cashier.wait(override.isVisible)
