"""设置: another language, theme or sound in the middle of a sale, and nothing of it is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.actions.set_up import add_staff
from core.shop import Shop
from core.trust.staff import Role
from core.values.settings import Settings
from tests.builders import PIN, Home, audit_rows
from tests.ui.till.counter.at_counter import (
    CARD,
    UNKNOWN,
    VITAMIN,
    Cashier,
    TestPrinter,
)
from ui import app
from ui.app import Machine, Program
from ui.chain_desk import ChainDesk
from ui.devices import sound
from ui.devices.paper import PaperDesk
from ui.look import Look
from ui.widgets.segments import Segments
from ui.work import Opening

CASHIER_PIN = "135246"


class Station(Struct):
    """A whole program with somebody at it; its window is another one after each renewal."""

    program: Program
    bot: QtBot
    shops: list[Shop]
    printer: TestPrinter
    kept: list[Settings] = field(default_factory=list)

    @property
    def cashier(self) -> Cashier:
        return Cashier(self.bot, self.program.till, self.shops[0], self.printer)

    def log_in(self, name: str = "店长", pin: str = PIN) -> None:
        till = self.program.till
        self.bot.waitUntil(lambda: self.is_offered(name))
        self.cashier.type_in(pin)
        self.cashier.press("Enter")
        self.bot.waitUntil(lambda: till.page.isVisible() and till.flow.counter is not None)
        self.cashier.settle_down()

    def is_offered(self, name: str) -> bool:
        who = self.program.till.login.who
        who.choose(name)
        return who.chosen() == name

    def open_settings(self) -> None:
        self.cashier.press("Ctrl+,")
        self.bot.waitUntil(lambda: self.program.till.sheets.settings.isVisible())

    def choose(self, name: str, at: int) -> None:
        """Press one of the choices; wait until it holds, and what shows was made anew."""
        before, kept = self.program.till, len(self.kept)
        self.part(name, at).click()
        self.bot.waitUntil(lambda: len(self.kept) > kept)
        if name in ("language", "theme"):
            self.bot.waitUntil(lambda: self.program.till is not before)
        self.bot.waitUntil(lambda: not self.program.work.is_busy)

    def part(self, name: str, at: int) -> QWidget:
        sheet = self.program.till.sheets.settings
        part = sheet.findChild(QWidget, f"settings_{name}_{at}")
        assert part is not None
        return part


@contextmanager
def station_at(
    home: Home,
    bot: QtBot,
    settings: Settings | None = None,
    training: Opening | None = None,
    office: Sequence[str] = (),
) -> Iterator[Station]:
    printer, shops, kept = TestPrinter(), [], []

    @contextmanager
    def opening() -> Iterator[Shop]:
        with home.shop() as shop:
            shops.append(shop)
            yield shop

    chosen = settings or Settings()
    more = {"training": training, "office": office}
    machine = Machine(opening, PaperDesk(printer), chosen, kept.append, **more)
    program = Program(machine)
    try:
        program.begin()
        yield Station(program, bot, shops, printer, kept)
    finally:
        program.close()
        program.frame.hide()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        Look.load().apply(QApplication.instance())
        sound.set_on(True)


@pytest.fixture
def station(home: Home, qtbot: QtBot) -> Iterator[Station]:
    with station_at(home, qtbot) as station:
        yield station


def test_another_language_in_the_middle_of_a_sale_loses_nothing(station: Station) -> None:
    station.log_in()
    station.cashier.scan(CARD, VITAMIN, VITAMIN)
    before = station.cashier.counter
    station.open_settings()
    station.choose("language", 2)
    cashier = station.cashier
    assert cashier.counter is before, "nothing is priced again"
    assert cashier.page.pay.button.text() == "Pay"
    assert cashier.payable == "74.00"
    assert cashier.window.sheets.settings.isVisible(), "one may go on choosing"
    cashier.press("Esc")
    assert cashier.page.scan.input.edit.hasFocus()
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]
    cashier.pay()
    assert cashier.sales() == 1
    assert station.kept[-1].language == "en"


def test_whoever_types_goes_before_the_network_in_each_window(
    home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ChainDesk] = []
    monkeypatch.setattr(ChainDesk, "give_way", lambda desk: told.append(desk))
    with station_at(home, qtbot) as station:
        station.log_in()
        station.open_settings()
        station.choose("language", 2)
        told.clear()
        window = station.cashier.window.window().windowHandle()
        QTest.keyClick(window, Qt.Key.Key_Shift)
        assert told == [station.program.chain]


def test_the_receipt_is_in_the_language_of_the_screen(station: Station) -> None:
    station.log_in()
    station.open_settings()
    station.choose("language", 2)
    station.cashier.press("Esc")
    station.cashier.scan(VITAMIN)
    station.cashier.pay()
    station.cashier.wait(lambda: bool(station.printer.printed))
    assert b"Payable" in station.printer.printed[-1]


def test_a_receipt_may_keep_its_own_language(station: Station) -> None:
    station.log_in()
    station.open_settings()
    station.choose("receipt_language", 2)
    station.choose("language", 2)
    station.cashier.press("Esc")
    station.cashier.scan(VITAMIN)
    station.cashier.pay()
    station.cashier.wait(lambda: bool(station.printer.printed))
    assert "應收".encode("gb18030") in station.printer.printed[-1]


def test_another_theme_shows_the_same_state_in_other_colours(station: Station) -> None:
    station.log_in()
    station.cashier.scan(VITAMIN)
    paper = station.program.till.grab().toImage().pixelColor(300, 500).name()
    station.open_settings()
    station.choose("theme", 2)
    station.cashier.press("Esc")
    dark = station.program.till.grab().toImage().pixelColor(300, 500).name()
    assert dark != paper
    assert station.cashier.codes() == [VITAMIN]


def test_what_was_typed_and_what_was_said_stay_and_are_said_anew(station: Station) -> None:
    station.log_in()
    station.cashier.scan(UNKNOWN)
    said = station.cashier.error()
    assert UNKNOWN in said
    station.cashier.type_in("138")
    station.open_settings()
    station.choose("language", 2)
    cashier = station.cashier
    assert cashier.page.scan.text() == "138"
    assert UNKNOWN in cashier.error() and cashier.error() != said
    assert cashier.window.flow.unknown_code == UNKNOWN


def test_a_jam_that_waits_for_an_answer_still_waits(station: Station) -> None:
    station.log_in()
    station.printer.is_jammed = True
    station.cashier.scan(VITAMIN)
    station.cashier.pay()
    station.cashier.press("Esc")
    station.cashier.wait(lambda: bool(station.cashier.printer_notice()))
    station.open_settings()
    station.choose("language", 2)
    assert station.cashier.printer_notice()
    station.printer.is_jammed = False
    station.cashier.window.paper.again()
    station.cashier.wait(lambda: not station.cashier.printer_notice())
    assert len(station.printer.printed) == 1


def test_nobody_needs_to_be_logged_in_to_read_the_screen(station: Station) -> None:
    station.bot.waitUntil(lambda: station.is_offered("店长"))
    station.open_settings()
    station.choose("language", 2)
    assert station.program.till.login.isVisibleTo(station.program.till)
    assert station.program.till.login.title.text() == "Who is at the till?"
    station.cashier.press("Esc")
    station.log_in()
    station.cashier.scan(VITAMIN)
    assert station.cashier.page.pay.button.text() == "Pay"


def test_what_concerns_everybody_takes_a_manager(home: Home, qtbot: QtBot) -> None:
    with home.shop() as shop:
        add_staff(shop, name="王芳", pin=CASHIER_PIN, role=Role.CASHIER)
    with station_at(home, qtbot) as station:
        station.log_in("王芳", CASHIER_PIN)
        station.open_settings()
        station.part("has_sounds", 1).click()
        override = station.program.till.sheets.override
        station.bot.waitUntil(override.isVisible)
        assert station.kept == []
        station.cashier.type_in(PIN)
        station.cashier.press("Enter")
        station.bot.waitUntil(lambda: bool(station.kept) and not station.program.work.is_busy)
        assert station.kept == [replace(Settings(), has_sounds=False)]
        row = audit_rows(station.shops[0])[-1]
        assert row["what"] == "settings_changed"
        assert "has_sounds=False approved_by 1" in row["detail"]


def test_who_turns_back_changes_nothing(home: Home, qtbot: QtBot) -> None:
    with home.shop() as shop:
        add_staff(shop, name="王芳", pin=CASHIER_PIN, role=Role.CASHIER)
    with station_at(home, qtbot) as station:
        station.log_in("王芳", CASHIER_PIN)
        station.open_settings()
        station.part("lock_minutes", 0).click()
        station.bot.waitUntil(station.program.till.sheets.override.isVisible)
        station.cashier.press("Esc")
        sheet = station.program.till.sheets.settings
        assert sheet.isVisible()
        row = sheet.findChild(Segments, "settings_lock_minutes")
        assert row is not None and row.current() == "2", "what holds is what is shown"
        assert station.kept == []


def test_a_system_that_turns_dark_waits_for_the_payment(
    station: Station, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.log_in()
    station.cashier.scan(VITAMIN)
    before = station.program.till
    station.cashier.press("F9")
    station.bot.waitUntil(lambda: before.sheets.payment.isVisible())
    monkeypatch.setattr(app, "system_theme", lambda _app: "dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    station.bot.wait(50)
    assert station.program.till is before
    station.cashier.press("Enter")
    station.bot.waitUntil(lambda: before.sheets.payment.is_settled)
    station.cashier.press("Esc")
    station.bot.waitUntil(lambda: station.program.till is not before)
    assert station.program.till._look.theme == "dark"
    assert station.cashier.sales() == 1
    assert station.cashier.page.last.isVisible(), "the change is shown as before"


def test_each_row_of_the_help_is_a_key_for_the_finger(station: Station) -> None:
    station.log_in()
    station.cashier.press("F1")
    row = station.program.till.sheets.help.findChild(QWidget, "help_Ctrl+,")
    assert row is not None and row.height() >= 44
    row.click()
    station.bot.waitUntil(lambda: station.program.till.sheets.settings.isVisible())
    assert not station.program.till.sheets.help.isVisible()


def test_the_office_opens_beside_the_till(home: Home, qtbot: QtBot, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    office = (sys.executable, "-c", "import sys, pathlib; pathlib.Path(sys.argv[1]).touch()")
    with station_at(home, qtbot, office=(*office, str(opened))) as station:
        station.log_in()
        station.cashier.begin_chore("office")
        qtbot.waitUntil(opened.exists, timeout=20_000)
        assert not station.program.till.sheets.has_open, "the counter is free again"
        assert station.cashier.error() == ""


def test_an_office_that_cannot_open_is_said_at_the_counter(home: Home, qtbot: QtBot) -> None:
    with station_at(home, qtbot, office=("/nowhere/shuke", "manage")) as station:
        station.log_in()
        station.cashier.begin_chore("office")
        assert station.cashier.error().startswith("后台没有打开。收银照常")
