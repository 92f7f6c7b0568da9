"""串口扫码枪 at the counter: a real terminal, and everything else that a cashier does meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.devices.serial_port import Cable
from tests.ui.till.counter.at_counter import CALCIUM, MASKS, STATIN, VITAMIN, Cashier
from ui.devices.scan_desk import ScanDesk
from ui.till.notices import DONE, SCANNER


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    found = Cable(tmp_path / "scanner")
    found.plug_in()
    yield found
    found.pull_out()


@pytest.fixture
def desk(cashier: Cashier, cable: Cable) -> Iterator[ScanDesk]:
    desk = cashier.window.scans
    desk._retry_s = 0.05
    desk.use(cable.setting)
    cashier.wait(lambda: list(desk.troubles.values()) == [None])
    yield desk
    desk.close()


def header(cashier: Cashier) -> list[str]:
    return [status.name for status in cashier.window.serial.statuses()]


def test_forty_scans_are_in_the_basket_in_order(
    cashier: Cashier, desk: ScanDesk, cable: Cable
) -> None:
    codes = [VITAMIN, CALCIUM, MASKS] * 13 + [STATIN]
    cable.scan("".join(code + "\r" for code in codes))
    cashier.wait(lambda: cashier.codes() == [VITAMIN, CALCIUM, MASKS, STATIN])
    cashier.settle_down()
    counts = [line.quantity_milli for line in cashier.counter.basket.lines]
    assert counts == [13_000, 13_000, 13_000, 1_000]


def test_two_scanners_at_once_never_mix(cashier: Cashier, desk: ScanDesk, cable: Cable) -> None:
    """One types, one is on the port: each in the middle of the other's code."""
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)
    before = [edit.text() for edit in cashier.window.findChildren(QLineEdit)]
    heard: list[str] = []
    cashier.window.serial.scanned.connect(heard.append)
    cashier._keys(VITAMIN[:6], gap_ms=5, dwell_ms=1)
    cable.scan(CALCIUM[:4])
    cashier._keys(VITAMIN[6:9], gap_ms=5, dwell_ms=1, after_ms=5)
    cable.scan(CALCIUM[4:] + "\r")
    cashier.wait(lambda: heard == [CALCIUM])
    cashier._keys(VITAMIN[9:] + "\r", gap_ms=5, dwell_ms=1, after_ms=5)
    assert [edit.text() for edit in cashier.window.findChildren(QLineEdit)] == before
    cashier.press("Esc")
    cashier.settle_down()
    assert sorted(cashier.codes()) == sorted([VITAMIN, CALCIUM])


def test_what_comes_while_no_window_stands_is_read_by_the_next(
    cashier: Cashier, desk: ScanDesk, cable: Cable
) -> None:
    serial = cashier.window.serial
    serial.end()
    cable.scan(CALCIUM + "\r")
    cashier.wait(lambda: bool(desk._missed))
    serial.begin()
    cashier.wait(lambda: cashier.codes() == [CALCIUM])


def test_what_is_being_typed_stays(cashier: Cashier, desk: ScanDesk, cable: Cable) -> None:
    cashier.type_in("wss")
    cable.scan(CALCIUM + "\r\n")
    cashier.wait(lambda: cashier.codes() == [CALCIUM])
    assert cashier.page.scan.text() == "wss"


def test_a_pin_is_not_scanned(cashier: Cashier, desk: ScanDesk, cable: Cable) -> None:
    cashier.lock()
    entry = cashier.window.login.entry
    cable.scan("246810\r")
    cashier.wait(lambda: "扫码枪" in entry.field.problem.text())
    assert cashier.window.lock.is_laid


def test_pulled_out_in_the_middle_of_a_code(cashier: Cashier, desk: ScanDesk, cable: Cable) -> None:
    cable.scan(VITAMIN + "\r" + CALCIUM[:5])
    cashier.wait(lambda: cashier.codes() == [VITAMIN])
    cashier.bot.wait(200)  # the half has been read
    cable.pull_out()
    notices = cashier.page.basket.notices
    cashier.wait(lambda: notices.text(SCANNER) != "")
    assert "没有插着" in notices.text(SCANNER)
    assert "没有收，请重扫" in notices.text(SCANNER)
    assert header(cashier) == ["scanner"]
    cashier.burst(MASKS)  # the other one goes on
    cashier.settle_down()
    cable.plug_in()
    cashier.wait(lambda: notices.text(SCANNER) == "")
    assert "接上了" in notices.text(DONE)
    assert header(cashier) == []
    cable.scan(CALCIUM + "\r")
    cashier.wait(lambda: cashier.codes() == [VITAMIN, MASKS, CALCIUM])


def test_a_setting_that_names_nothing_is_said(cashier: Cashier) -> None:
    cashier.window.scans.use("usb")
    cashier.window.serial.begin()
    assert "serial:/dev/ttyACM0" in cashier.page.basket.notices.text(SCANNER)
    assert header(cashier) == ["scanner"]
