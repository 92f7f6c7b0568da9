"""打印测试 at the counter: from the settings to the first receipt on a printer just plugged in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions.set_up import add_staff
from core.trust.staff import Role
from tests.builders import PIN, Home, audit_rows
from tests.ui.devices.epson_paper import EpsonPaper
from tests.ui.till.counter.at_counter import VITAMIN
from tests.ui.till.counter.test_settings import CASHIER_PIN, Station, station_at


class NetworkPrinter(threading.Thread):
    """A printer on port 9100 of this machine that never answers a question."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.jobs: list[bytes] = []
        self.start()

    def run(self) -> None:
        while True:
            try:
                wire, _ = self._server.accept()
            except OSError:
                return
            with wire:
                got = b""
                while chunk := wire.recv(65536):
                    got += chunk
            self.jobs.append(got.replace(b"\x10\x04\x02", b""))

    def stop(self) -> None:
        if self._server.fileno() >= 0:
            self._server.shutdown(socket.SHUT_RDWR)
            self._server.close()


@pytest.fixture
def network() -> Iterator[NetworkPrinter]:
    printer = NetworkPrinter()
    yield printer
    printer.stop()


@contextmanager
def a_test(home: Home, bot: QtBot, *, name: str = "店长", pin: str = PIN) -> Iterator[Station]:
    with station_at(home, bot) as station:
        station.log_in(name, pin)
        station.open_settings()
        part(station, "settings_devices").click()
        part(station, "device_printer_test").click()
        bot.waitUntil(station.program.till.sheets.printer.isVisible)
        yield station


def part(station: Station, name: str) -> QAbstractButton:
    found = station.program.till.findChildren(QAbstractButton, name)
    assert found, name
    return found[-1]


def words(station: Station, name: str) -> str:
    found = station.program.till.sheets.printer.findChild(QWidget, name)
    assert found is not None
    return str(found.text())  # type: ignore[attr-defined]


def tried(station: Station, address: str) -> None:
    sheet = station.program.till.sheets.printer
    sheet.ladder.place.field.set_text(address)
    station.cashier.press("Enter")


def answer(station: Station, *names: str) -> None:
    """Wait for the question, give the answers."""
    ladder = station.program.till.sheets.printer.ladder
    station.bot.waitUntil(lambda: ladder.is_asking and f"ladder_{names[0]}" in shown(ladder))
    wants_yes = bool(ladder.deed)
    for name in names:
        part(station, f"ladder_{name}").click()
    if wants_yes:
        part(station, "printer_go").click()


def shown(ladder: QWidget) -> set[str]:
    return {each.objectName() for each in ladder.findChildren(QAbstractButton) if each.isVisible()}


def test_a_printer_is_found_out_and_prints_the_next_receipt(
    home: Home, qtbot: QtBot, network: NetworkPrinter
) -> None:
    with a_test(home, qtbot) as station:
        station.program.till.paper.profiles = home.path / "printers"
        tried(station, network.address)
        answer(station, "4")
        answer(station, "32")
        answer(station, "no")
        answer(station, "nothing")
        answer(station, "yes")
        assert words(station, "ladder_found_0") == "文字：整行画成图"
        assert part(station, "printer_go").hasFocus()
        station.cashier.press("Enter")
        station.cashier.press("Enter")
        station.bot.waitUntil(lambda: bool(station.kept))
        station.bot.waitUntil(station.program.till.sheets.devices.isVisible)
        station.cashier.settle_down()
        assert len(station.kept) == 1, "a hasty hand keeps it once"
        kept = station.kept[-1]
        assert (kept.printer, kept.paper_mm) == (f"tcp:{network.address}", 58)
        assert kept.profile == "tested"
        assert "printer=tcp:" in audit_rows(station.shops[0])[-1]["detail"]
        station.cashier.press("Esc")
        station.cashier.settle_down()
        tests = len(network.jobs)
        station.cashier.scan(VITAMIN)
        station.cashier.pay()
        station.bot.waitUntil(lambda: len(network.jobs) > tests)
        paper = EpsonPaper(network.jobs[-1], dots=384)
        assert paper.rasters and paper.cuts == 0


def test_a_printer_that_is_not_there_is_told_and_can_be_tried_again(
    home: Home, qtbot: QtBot, network: NetworkPrinter
) -> None:
    with a_test(home, qtbot) as station:
        network.stop()
        tried(station, network.address)
        station.bot.waitUntil(lambda: "没有打出来" in words(station, "ladder_problem"))
        assert part(station, "printer_again").isVisible()
        part(station, "printer_again").click()
        station.bot.waitUntil(lambda: "没有打出来" in words(station, "ladder_problem"))
        station.cashier.press("Esc")
        assert station.kept == []


def test_an_address_that_is_none_stays_where_it_was_typed(home: Home, qtbot: QtBot) -> None:
    with a_test(home, qtbot) as station:
        tried(station, "host:port")
        place = station.program.till.sheets.printer.ladder.place
        assert "照灰字的样子写" in place.field.problem.text()
        assert place.field.text() == "host:port"


def test_a_question_with_several_answers_wants_one(
    home: Home, qtbot: QtBot, network: NetworkPrinter
) -> None:
    with a_test(home, qtbot) as station:
        tried(station, network.address)
        ladder = station.program.till.sheets.printer.ladder
        qtbot.waitUntil(lambda: ladder.is_asking)
        part(station, "printer_go").click()
        assert "请点一行" in words(station, "ladder_problem")
        part(station, "ladder_1").click()
        part(station, "ladder_nothing").click()
        assert not part(station, "ladder_1").isChecked(), "nothing goes together with no other"


def test_a_cashier_needs_a_manager_for_it(
    home: Home, qtbot: QtBot, network: NetworkPrinter
) -> None:
    with home.shop() as shop:
        add_staff(shop, name="王芳", pin=CASHIER_PIN, role=Role.CASHIER)
    with a_test(home, qtbot, name="王芳", pin=CASHIER_PIN) as station:
        tried(station, network.address)
        for given in ("1", "48", "yes", "bars", "yes"):
            answer(station, given)
        part(station, "printer_go").click()
        override = station.program.till.sheets.override
        qtbot.waitUntil(override.isVisible)
        assert station.kept == []
        station.cashier.type_in(PIN)
        station.cashier.press("Enter")
        qtbot.waitUntil(lambda: bool(station.kept))
        assert station.kept[-1].printer == f"tcp:{network.address}"


def test_what_the_system_knows_is_offered_and_slow_systems_keep_nobody_waiting(
    home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = threading.Event()

    def names() -> list[str]:
        assert found.wait(5)
        return ["XP-80C"]

    monkeypatch.setattr("ui.devices.spooler.queue_names", names)
    with a_test(home, qtbot) as station:
        place = station.program.till.sheets.printer.ladder.place
        part(station, "printer_kind_queue").click()
        found.set()
        qtbot.waitUntil(lambda: "printer_found_XP-80C" in shown(place))
        part(station, "printer_found_XP-80C").click()
        assert place.setting == "queue:XP-80C"


def test_no_printer_is_chosen_without_a_test(home: Home, qtbot: QtBot) -> None:
    with a_test(home, qtbot) as station:
        part(station, "printer_kind_none").click()
        part(station, "printer_go").click()
        qtbot.waitUntil(lambda: bool(station.kept) and not station.program.work.is_busy)
        assert station.kept[-1].printer == "none"
        assert not station.program.till.paper.has_printer
