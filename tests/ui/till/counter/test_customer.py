"""客显 beside a till: it follows the sale from the first scan to the change, and then forgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.values.settings import Settings
from tests.ui.customer.drawn import drawn
from tests.ui.devices.serial_port import Cable
from tests.ui.till.counter.at_counter import CARD, STATIN, VITAMIN, Cashier
from tests.ui.till.counter.test_devices import open_devices, state
from ui.customer.desk import CustomerDesk
from ui.customer.state import Scene
from ui.customer.window import CustomerWindow
from ui.look import Look
from ui.till.display import DisplaySheet
from ui.till.notices import DISPLAY
from ui.widgets.button import Button
from ui.widgets.tile import Tile


@pytest.fixture
def desk(cashier: Cashier, look: Look) -> Iterator[CustomerDesk]:
    desk = cashier.window.customer
    desk.use(Settings(display="window"))
    desk.stand(look, cashier.window)
    yield desk
    desk.leave()


def shown(desk: CustomerDesk) -> CustomerWindow:
    assert desk.window is not None
    return desk.window


def said(desk: CustomerDesk) -> str:
    window = shown(desk)
    return " ".join(text for part in (window.goods, window.due) for text in drawn(part))


def test_a_sale_is_followed_to_its_change(cashier: Cashier, desk: CustomerDesk) -> None:
    assert "中山路店" in " ".join(drawn(shown(desk).slides))
    assert shown(desk).scene is Scene.IDLE
    cashier.scan(CARD, VITAMIN, STATIN)
    cashier.wait(lambda: cashier.payable in said(desk))
    assert "处方药" in said(desk)
    assert not any(name in said(desk) for name in cashier.names() if "他汀" in name)
    cashier.pay()
    cashier.wait(lambda: shown(desk).scene is Scene.PAID)
    assert "谢谢光临" in drawn(shown(desk).thanks)
    desk._after_paid()
    assert shown(desk).scene is Scene.IDLE


def test_scans_go_to_the_till_while_it_stands_there(cashier: Cashier, desk: CustomerDesk) -> None:
    cashier.burst(VITAMIN)
    cashier.wait(lambda: cashier.codes() == [VITAMIN])
    assert cashier.page.scan.input.edit.hasFocus()


def test_a_rush_is_painted_when_it_is_over(cashier: Cashier, desk: CustomerDesk) -> None:
    cashier.scan(VITAMIN)
    cashier.wait(lambda: not desk._behind.isActive())
    states: list[object] = []
    shown(desk).show_state = states.append  # type: ignore[method-assign, assignment]
    for _ in range(50):
        desk.show(cashier.counter)
    cashier.wait(lambda: bool(states))
    assert len(states) == 1
    assert not desk._latest.isActive()


def test_without_a_second_screen_it_waits(cashier: Cashier, desk: CustomerDesk) -> None:
    desk.use(Settings(display="second"))
    assert desk.window is None
    desk.use(Settings(display="screen:HDMI-9"))
    assert desk.window is None


def test_a_setting_that_was_spoilt_by_hand_shows_nothing_and_stops_nobody(
    cashier: Cashier, desk: CustomerDesk
) -> None:
    desk.use(Settings(display="window", display_link="x" * 301))
    assert (desk.window, desk.wrong is None) == (None, False)
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]


# From the settings


def open_choice(cashier: Cashier) -> DisplaySheet:
    open_devices(cashier)
    cashier.window.sheets.devices.findChild(Button, "device_display_set").click()
    sheet = cashier.window.sheets.display
    cashier.wait(sheet.isVisible)
    return sheet


def test_it_is_chosen_among_the_devices_and_holds_at_once(
    cashier: Cashier, desk: CustomerDesk
) -> None:
    desk.use(Settings())
    sheet = open_choice(cashier)
    sheet.choice.findChild(Tile, "display_window").click()
    sheet.choice.link.set_text("https://shuke.example/m")
    sheet.done.click()
    cashier.wait(cashier.window.sheets.devices.isVisible)
    assert state(cashier, "display") == "在一个窗口里"
    assert shown(desk).due._link == "https://shuke.example/m"
    settings = cashier.window.talks.machine.setting.settings
    assert (settings.display, settings.display_link) == ("window", "https://shuke.example/m")


def test_a_pole_display_is_tried_before_it_is_kept(
    cashier: Cashier, desk: CustomerDesk, tmp_path: Path
) -> None:
    cable = Cable(tmp_path / "pole")
    cable.plug_in()
    sheet = open_choice(cashier)
    for wrong in ("", "COM4:快"):
        sheet.choice.pole.set_text(wrong)
        sheet.choice.try_pole.click()
        assert "COM4:9600" in sheet.choice.pole.problem.text()
        assert sheet.choice.try_pole.isEnabled()
    sheet.choice.pole.set_text(str(tmp_path / "pole"))
    assert not sheet.choice.pole.problem.text()
    sheet.choice.try_pole.click()
    cashier.wait(lambda: "两行送出去了" in sheet.choice.problem.text())
    cable.pull_out()
    sheet.choice.try_pole.click()
    cashier.wait(lambda: "用不了" in sheet.choice.problem.text())
    assert cashier.window.customer.pole.profile is None, "nothing was kept"


def test_what_was_tried_holds_no_longer_than_its_sheet(
    cashier: Cashier, desk: CustomerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[Settings] = []
    monkeypatch.setattr(type(desk), "use", lambda _desk, settings: used.append(settings))
    sheet = open_choice(cashier)
    sheet.shut()
    assert used == [cashier.window.talks.machine.setting.settings]


def test_a_code_that_holds_too_much_is_refused_before_it_is_kept(
    cashier: Cashier, desk: CustomerDesk
) -> None:
    sheet = open_choice(cashier)
    sheet.choice.link.set_text("药" * 101)
    sheet.done.click()
    assert "300 个字节" in sheet.choice.link.problem.text()
    assert sheet.isVisible()
    sheet.choice.link.set_text("药" * 100)
    sheet.choice.submitted.emit()
    cashier.wait(cashier.window.sheets.devices.isVisible)


def test_a_pole_display_that_is_not_there_is_told_and_selling_goes_on(
    cashier: Cashier, desk: CustomerDesk, tmp_path: Path
) -> None:
    desk.use(Settings(pole=f"serial:{tmp_path / 'pole'}"))
    cashier.wait(lambda: "客显" in cashier.page.basket.notices.text(DISPLAY))
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]
    open_devices(cashier)
    assert "没有插着" in state(cashier, "display")
    desk.close()
