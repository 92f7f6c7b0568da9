"""串口扫码枪: the port is chosen at the till, and the scanner on it sells from that moment on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.values.settings import Settings
from tests.ui.devices.serial_port import Cable
from tests.ui.till.counter.at_counter import CALCIUM, VITAMIN
from tests.ui.till.counter.test_settings import Station, station_at
from ui.till import ports_flow
from ui.till.ports import PortsSheet
from ui.widgets.button import Button

__all__ = ["station_at"]


@pytest.fixture
def cable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cable]:
    """A scanner that the system knows, and another port beside it."""
    cable = Cable(tmp_path / "ttyACM0")
    monkeypatch.setattr(ports_flow, "ports_here", lambda: [str(cable.link), "/dev/ttyS9"])
    cable.plug_in()
    yield cable
    cable.pull_out()


@pytest.fixture
def station(home, qtbot) -> Iterator[Station]:
    with station_at(home, qtbot) as station:
        station.log_in()
        yield station


def open_ports(station: Station) -> PortsSheet:
    sheets = station.program.till.sheets
    station.open_settings()
    sheets.settings.devices.click()
    sheets.devices.findChild(Button, "device_scanner_test").click()
    sheets.scanner.ports.click()
    station.bot.waitUntil(sheets.ports.isVisible)
    return sheets.ports


def test_a_port_of_this_machine_is_chosen_and_read_at_once(station: Station, cable: Cable) -> None:
    sheet, scanner = open_ports(station), station.program.till.sheets.scanner
    name = f"scanner_port_{cable.link}"
    station.bot.waitUntil(lambda: sheet.findChild(Button, name) is not None)
    sheet.findChild(Button, name).click()
    sheet.ports.bauds.set_current("115200")
    station.cashier.press("Enter")
    station.bot.waitUntil(lambda: station.kept == [replace(Settings(), scanners=cable.setting)])
    station.bot.waitUntil(lambda: list(station.program.scans.troubles.values()) == [None])
    assert not sheet.isVisible()
    cable.scan(f"{VITAMIN}\r")
    station.bot.waitUntil(lambda: scanner.test.found is not None)
    station.cashier.press("Esc")
    station.cashier.press("Esc")
    cable.scan(f"{CALCIUM}\r")
    station.bot.waitUntil(lambda: station.cashier.codes() == [CALCIUM])


def test_several_are_typed_and_none_is_said_by_nothing(station: Station) -> None:
    sheet = open_ports(station)
    sheet.ports.field.set_text("COM3; COM4:19200;")
    assert sheet.ports.setting == "serial:COM3:9600;serial:COM4:19200"
    sheet.ports.show_setting(sheet.ports.setting)
    assert sheet.ports.field.text() == "COM3; COM4:19200"
    sheet.ports.field.set_text("")
    assert sheet.ports.setting == ""


def test_what_names_no_port_is_said_and_nothing_is_kept(station: Station) -> None:
    sheet = open_ports(station)
    sheet.ports.field.set_text("COM3:0")
    station.cashier.press("Enter")
    assert "不是能用的扫码枪设置" in sheet.ports.field.problem.text()
    assert sheet.isVisible() and station.kept == []


def test_where_no_port_is_seen_it_is_said(station: Station, monkeypatch) -> None:
    monkeypatch.setattr(ports_flow, "ports_here", list)
    sheet = open_ports(station)
    station.bot.waitUntil(lambda: "没有看见串口" in sheet.ports.here.text())
