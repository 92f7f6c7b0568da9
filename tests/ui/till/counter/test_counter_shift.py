"""班次 at the counter: F12 and F10, by whoever may and by whoever is allowed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.actions.day import close_day, open_day
from core.actions.shift import drawer_now, takings_now
from core.trust.staff import Staff
from storage import backup
from tests.builders import PIN
from tests.ui.till.counter.at_counter import VITAMIN, Cashier
from ui.devices.escpos import drawer_pulse
from ui.till.notices import DONE
from ui.widgets.amount import Amount
from ui.widgets.words import Words


def manager(cashier: Cashier) -> Staff:
    with cashier.shop.store.read() as reading:
        return reading.people.all()[0]


def expected(cashier: Cashier) -> int:
    return takings_now(cashier.shop, staff=manager(cashier)).expected_fen


def open_shift(cashier: Cashier, digit: str = "") -> None:
    cashier.press("F12")
    cashier.wait(cashier.window.sheets.shift.isVisible)
    if digit:
        cashier.type_in(digit)


def test_whoever_may_sees_what_should_be_in_the_drawer(cashier: Cashier) -> None:
    open_shift(cashier)
    shift = cashier.window.sheets.shift
    assert shift.findChild(Words, "shift_expected_value").text() == "200.00"
    assert shift.findChild(Words, "shift_cashier_value").text() == "店长"


def test_whoever_may_not_sees_it_with_an_approval(cashier: Cashier, fang: Staff) -> None:
    open_shift(cashier)
    shift = cashier.window.sheets.shift
    assert shift.findChild(Words, "shift_expected_value") is None
    shift.findChild(QAbstractButton, "shift_takings").click()
    cashier.approve()
    cashier.wait(lambda: shift.findChild(Words, "shift_expected_value") is not None)


def test_cash_goes_in_by_five_keys_and_a_paper_opens_the_drawer(cashier: Cashier) -> None:
    open_shift(cashier, "1")
    cash = cashier.window.sheets.cash
    cashier.wait(cash.isVisible)
    cashier.type_in("50")
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: not cash.isVisible())
    assert expected(cashier) == 250_00
    assert "放入了 50.00" in cashier.page.basket.notices.text(DONE)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    assert cashier.printer.printed[0].startswith(drawer_pulse())
    cashier.scan(VITAMIN)
    assert cashier.page.basket.notices.text(DONE) == "", "a sign stays until the next thing"


def test_cash_goes_out_with_a_managers_pin(cashier: Cashier, fang: Staff) -> None:
    open_shift(cashier, "2")
    cash = cashier.window.sheets.cash
    cashier.wait(cash.isVisible)
    cashier.type_in("50")
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("Enter")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert override.subtitle.text() == "50.00"
    cashier.approve()
    cashier.wait(lambda: not cash.isVisible())
    assert expected(cashier) == 150_00


def test_more_than_there_is_does_not_go_out(cashier: Cashier) -> None:
    open_shift(cashier, "2")
    cash = cashier.window.sheets.cash
    cashier.wait(cash.isVisible)
    cashier.type_in("200.01")
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: "最多 200.00" in cash.said.text())
    assert cash.isVisible()
    cashier.press("Esc")
    assert expected(cashier) == 200_00


def test_the_drawer_opens_for_a_reason(cashier: Cashier) -> None:
    cashier.press("F10")
    drawer = cashier.window.sheets.drawer
    cashier.wait(drawer.isVisible)
    cashier.type_in("2")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.printer.printed == [drawer_pulse()])
    assert not drawer.isVisible()


def test_a_cashier_opens_the_drawer_when_the_manager_allows_it(
    cashier: Cashier, fang: Staff
) -> None:
    cashier.press("F10")
    drawer = cashier.window.sheets.drawer
    cashier.wait(drawer.isVisible)
    cashier.type_in("1")
    cashier.press("Enter")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    cashier.press("Esc")
    assert drawer.isVisible()
    assert cashier.printer.printed == []
    drawer.form.done.click()
    cashier.approve()
    cashier.wait(lambda: cashier.printer.printed == [drawer_pulse()])


def test_an_x_is_shown_and_printed(cashier: Cashier) -> None:
    open_shift(cashier, "3")
    report = cashier.window.sheets.report
    cashier.wait(report.isVisible)
    assert "钱箱应有 200.00" in report.panel.findChild(object, "report_view").accessibleName()
    cashier.press("Enter")
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    cashier.press("Esc")
    assert drawer_now(cashier.shop).shift.is_open


def test_the_next_cashier_takes_over_with_what_was_counted_and_the_basket_stays(
    cashier: Cashier, fang: Staff
) -> None:
    cashier.scan(VITAMIN)
    open_shift(cashier, "4")
    sheets = cashier.window.sheets
    count = sheets.change_shift
    cashier.wait(count.isVisible)
    cashier.type_in("199.50")
    assert count.findChild(Amount, "change_shift_difference_figure").text() == ""
    cashier.press("Enter")
    cashier.wait(lambda: count.findChild(Amount, "change_shift_difference_figure").text() == "0.50")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(sheets.take_over.isVisible)
    assert drawer_now(cashier.shop).shift.no == 1
    assert "应有 200.00，点到 199.50，少 0.50（找错钱）" in sheets.take_over.why.text()

    sheets.take_over.who.choose("店长")
    cashier.type_in("999999")
    cashier.press("Enter")
    cashier.wait(lambda: sheets.take_over.entry.field.problem.text() != "")
    assert drawer_now(cashier.shop).shift.no == 1
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: not sheets.take_over.isVisible())
    now = drawer_now(cashier.shop)
    assert (now.shift.no, now.cashier, now.shift.float_fen) == (2, "店长", 199_50)
    assert cashier.window.flow.staff.name == "店长"
    assert cashier.codes() == [VITAMIN]
    assert "店长接班了，接手 199.50" in cashier.page.basket.notices.text(DONE)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)


def test_turning_back_from_the_change_of_shift_changes_nothing(
    cashier: Cashier, fang: Staff
) -> None:
    open_shift(cashier, "4")
    sheets = cashier.window.sheets
    cashier.wait(sheets.change_shift.isVisible)
    cashier.type_in("200")
    cashier.press("Enter")
    cashier.wait(sheets.take_over.isVisible)
    cashier.press("Esc")
    assert not sheets.has_open
    assert drawer_now(cashier.shop).shift.no == 1
    assert cashier.window.flow.staff.name == "王芳"


def test_nothing_is_sold_behind_a_count(cashier: Cashier) -> None:
    open_shift(cashier, "5")
    close = cashier.window.sheets.close_day
    cashier.wait(close.isVisible)
    cashier.scan(VITAMIN)
    assert cashier.window.flow.counter.basket.is_empty
    assert "扫的码没有收" in close.zone.problem.text()
    assert close.entry.text() == ""
    cashier.press("Esc")
    cashier.scan(VITAMIN)
    assert not cashier.window.flow.counter.basket.is_empty


def test_a_closed_day_prints_its_z(cashier: Cashier) -> None:
    open_shift(cashier, "5")
    close = cashier.window.sheets.close_day
    cashier.wait(close.isVisible)
    cashier.type_in("200")
    cashier.press("Enter")
    cashier.wait(lambda: close.title.text() == "日结完成")
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    with cashier.shop.store.read() as reading:
        last = reading.reports.last()
        assert last is not None
        assert last.no == "S01-T1-Z0001"
    assert close.subtitle.text().endswith(last.no)
    cashier.press("Enter")
    cashier.wait(cashier.window.login.isVisible)
    cashier.unlock()
    cashier.wait(cashier.window.pages.open_day.isVisible)
    assert "已经日结过" in cashier.window.pages.open_day.closed.text()
    cashier.type_in("200")
    cashier.press("Enter")
    cashier.wait(cashier.page.isVisible)
    cashier.settle_down()
    close_day(cashier.shop, counted_fen=200_00, staff=manager(cashier))
    open_day(cashier.shop, float_fen=200_00, staff=manager(cashier))
    open_shift(cashier, "6")
    sheets = cashier.window.sheets
    cashier.wait(sheets.ask.isVisible)
    assert [row.key for row in sheets.ask.list.rows()] == ["S01-T1-Z0002", "S01-T1-Z0001"]
    cashier.type_in("2")
    cashier.wait(sheets.report.isVisible)
    assert "S01-T1-Z0001" in sheets.report.findChild(QWidget, "report_view").accessibleName()


def test_a_report_is_kept_as_a_pdf(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "ui.filing.ask_where", lambda _sheet, name, then: then(str(tmp_path / name))
    )
    open_shift(cashier, "3")
    report = cashier.window.sheets.report
    cashier.wait(report.isVisible)
    cashier.press("Ctrl+S")
    cashier.wait(lambda: str(tmp_path) in report.said.text())
    (file,) = tmp_path.glob("X-*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert cashier.printer.printed == []


def test_the_window_lives_while_the_backup_is_made(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's thread is slow here for half a second; the screen goes on meanwhile."""
    checked = backup._check
    seen: list[str] = []

    def slowly(*words: object) -> None:
        time.sleep(0.5)
        checked(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_check", slowly)
    close = cashier.window.sheets.close_day
    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(lambda: seen.append(close.title.text()))
    open_shift(cashier, "5")
    cashier.wait(close.isVisible)
    cashier.type_in("200")
    timer.start()
    cashier.press("Enter")
    cashier.wait(lambda: close.title.text() == "日结完成")
    timer.stop()
    assert seen.count("已日结，正在备份") > 5
