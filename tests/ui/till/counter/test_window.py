"""The window: who stands there, the day, what must not be lost, and a picture of each page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.actions.day import close_day
from core.actions.login import login
from core.values.settings import Settings
from tests.builders import PIN, Home
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    MASKS,
    VITAMIN,
    Cashier,
    cashier_at,
)
from ui.app import Machine, pictures
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter
from ui.devices.profile import GB18030
from ui.look import Look
from ui.widgets.empty import Empty
from ui.widgets.sheet import Sheet
from ui.window import CLOSED_OUT, TillWindow, forget
from ui.work import Work


def test_the_day_is_closed_and_somebody_logs_in_again(cashier: Cashier) -> None:
    window = cashier.window
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.press("Esc")
    cashier.wait(lambda: not window.sheets.payment.isVisible())
    cashier.settle_down()
    cashier.press("F12")
    cashier.wait(window.sheets.shift.isVisible)
    cashier.type_in("5")
    cashier.wait(window.sheets.close_day.isVisible)
    cashier.type_in("239.00")
    cashier.press("Enter")
    cashier.wait(lambda: window.sheets.close_day.title.text() == "日结完成")
    cashier.press("Enter")
    cashier.wait(window.login.isVisible)
    cashier.wait(lambda: window.login.who.chosen() != "")
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(window.pages.open_day.isVisible)
    cashier.type_in("100.00")
    cashier.press("Enter")
    cashier.wait(window.page.isVisible)
    cashier.settle_down()
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]


@pytest.mark.parametrize("way", ["Esc", "button", "header"])
def test_who_logged_in_by_mistake_goes_back_before_the_day_opens(
    cashier: Cashier, way: str
) -> None:
    window = cashier.window
    close_day(cashier.shop, counted_fen=200_00, staff=login(cashier.shop, PIN))
    cashier.press("Ctrl+L")
    cashier.wait(lambda: window.login.who.chosen() != "")
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(window.pages.open_day.isVisible)
    if way == "Esc":
        cashier.press("Esc")
    elif way == "button":
        window.pages.open_day.leave.click()
    else:
        window.header.opened.emit("staff")
    assert window.login.isVisible()


def test_a_pin_typed_as_the_float_is_asked_about_and_opens_with_a_second_enter(
    cashier: Cashier,
) -> None:
    window = cashier.window
    close_day(cashier.shop, counted_fen=200_00, staff=login(cashier.shop, PIN))
    cashier.press("Ctrl+L")
    cashier.wait(lambda: window.login.who.chosen() != "")
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(window.pages.open_day.isVisible)
    for amount in (PIN, "6000", PIN):
        cashier.type_in(amount)
        cashier.press("Enter")
        cashier.wait(lambda: "像是输错了" in window.pages.open_day.problem.text())
    assert window.pages.open_day.entry.text() == PIN
    cashier.press("Enter")
    cashier.wait(window.page.isVisible)
    with cashier.shop.store.read() as reading:
        day = reading.days.open_one()
    assert day is not None and day.float_fen == int(PIN) * 100


def test_without_a_printer_a_reprint_says_so(cashier: Cashier, monkeypatch) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()
    monkeypatch.setattr(PaperDesk, "has_printer", False)
    cashier.press("Ctrl+P")
    assert cashier.error().startswith("小票没有打出来：没有装打印机。")


def test_a_day_is_not_closed_over_an_open_basket(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F12")
    cashier.wait(cashier.window.sheets.shift.isVisible)
    cashier.type_in("5")
    cashier.settle_down()
    assert cashier.window.sheets.shift.isVisible()
    assert not cashier.window.sheets.close_day.isVisible()


def test_another_person_takes_over_at_an_empty_counter(cashier: Cashier) -> None:
    cashier.press("Ctrl+L")
    cashier.wait(cashier.window.login.isVisible)
    cashier.wait(lambda: cashier.window.login.who.chosen() != "")
    cashier.type_in("999999")
    cashier.press("Enter")
    cashier.wait(lambda: "PIN" in cashier.window.login.entry.field.problem.text())
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(cashier.window.page.isVisible)


def test_closing_the_window_loses_no_basket(cashier: Cashier) -> None:
    assert cashier.window.may_close()
    cashier.scan(VITAMIN)
    assert not cashier.window.may_close()
    assert "还没有收款" in cashier.error()
    assert cashier.codes() == [VITAMIN]


@pytest.mark.parametrize(("key", "sheet"), [("F1", "help"), ("F2", "join"), ("F9", "payment")])
def test_after_each_sheet_the_caret_is_back_in_the_input(
    cashier: Cashier, key: str, sheet: str
) -> None:
    cashier.scan(VITAMIN)
    cashier.press(key)
    cashier.wait(getattr(cashier.window.sheets, sheet).isVisible)
    cashier.press("Esc")
    cashier.wait(lambda: not getattr(cashier.window.sheets, sheet).isVisible())
    assert cashier.page.scan.input.edit.hasFocus()


def test_no_part_ever_stands_as_a_window_of_its_own(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN, CALCIUM, MASKS, "6999999999997")
    cashier.press("F11")
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert shown == [cashier.window]


def test_the_header_says_where_and_who(cashier: Cashier) -> None:
    header = cashier.window.header
    assert header.place.text() == "中山路店·1 号台"
    cashier.wait(lambda: len(header.clock.text()) == 5)
    assert "店长" in [item.text() for item in header.findChildren(type(header._items[0]))]


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_payable_keeps_its_place_in_every_state(
    home: Home, qtbot: QtBot, look: Look, width: int
) -> None:
    with cashier_at(home, qtbot, look, width=width) as cashier:
        places = set()

        def look_at_payable() -> None:
            amount = cashier.page.pay.amount
            corner = amount.mapTo(cashier.window, amount.rect().bottomRight())
            places.add((corner.x(), corner.y(), amount.height()))

        look_at_payable()
        for codes in ((CARD,), (VITAMIN,), (CALCIUM, MASKS, "6999999999997")):
            cashier.scan(*codes)
            look_at_payable()
        cashier.press("F11")
        look_at_payable()
        assert len(places) == 1
        assert cashier.window.height() == 768, "nothing makes the window taller"


def test_the_walk_leaves_a_picture_of_each_station(home: Home, tmp_path: Path, look: Look) -> None:
    desk = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    machine = Machine(home.shop, desk, Settings(), forget, [("店长", PIN)])
    taken = pictures(machine, tmp_path / "walk")
    names = [file.stem.partition("_")[2] for file in taken]
    for station in ("login", "counter_empty", "member", "sale", "why", "payment", "change",
                    "void", "shift", "error", "long_name", "birthday", "thirty_lines"):  # fmt: skip
        assert station in names
    for file in taken:
        assert QImage(str(file)).size().toTuple() == (1366, 768)
    assert (tmp_path / "paper.bin").stat().st_size > 0


def test_a_second_till_of_a_home_says_so_where_it_is_seen(
    cashier: Cashier, home: Home, qtbot: QtBot, look: Look
) -> None:
    paper = PaperDesk(cashier.printer, GB18030, 80, folder=home.path / "receipts")
    work = Work(home.shop)
    second = TillWindow(look, work, paper)
    second.show()
    second.begin()
    qtbot.waitUntil(lambda: second.exit_code == CLOSED_OUT)
    assert not second.lock.is_laid
    assert second.findChild(Empty).isVisible()
    settings = second.header.findChild(QWidget, "status_settings")
    assert settings is None or not settings.isVisible()
    QTest.keyClick(second, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert not second.sheets.has_open, "what cannot be kept is not asked"
    QTest.keyClick(second.focusWidget(), Qt.Key.Key_Return)
    assert not second.isVisible(), "the key that stands beside it"
    paper.close()
    second.end()
    work.stop()
    delete(second)


def test_a_sheet_is_made_when_it_is_first_asked_for(cashier: Cashier) -> None:
    window = cashier.window
    assert not window.findChildren(Sheet)
    cashier.press("F1")
    assert window.findChildren(Sheet) == [window.sheets.help]
    assert window.sheets.has_open
    cashier.press("Esc")
    assert not window.sheets.has_open
    cashier.press("F1")
    assert window.findChildren(Sheet) == [window.sheets.help]
