"""后台: who may, comes in and sees today; each figure opens what it is the sum of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.actions.set_up import add_staff
from core.actions.staff import change_role, remove_staff
from core.actions.today import OnShelf, Waiting
from core.rulebook.rewards import Reward
from core.trust.staff import Role
from core.values.moment import CHINA
from tests.builders import PIN, Home
from tests.ui.till.hands import by_hand
from ui.manage.listed import ListedSheet
from ui.manage.running.page import RunningPage
from ui.manage.today import state
from ui.manage.today.page import TodayPage
from ui.manage.window import ManageWindow
from ui.widgets.row_table import RowTable
from ui.widgets.tile import Tile

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def come_in(window: ManageWindow, qtbot: QtBot) -> TodayPage:
    """The manager's PIN; the page of today, with its figures."""
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    page = window.rooms["today"]
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.tickets.number.text() == "2", timeout=10_000)
    return page


def listed(window: ManageWindow, qtbot: QtBot) -> list[list[str]]:
    """The rows of the sheet that a figure opened."""
    qtbot.waitUntil(lambda: window.findChild(RowTable, "listed_table") is not None)
    table = window.findChild(RowTable, "listed_table")
    model = table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_only_who_may_look_at_takings_stands_at_the_door(manage: Manage) -> None:
    names = [tile.accessibleName() for tile in manage().findChildren(Tile)]
    assert any("店长" in name for name in names)
    assert not any("王芳" in name for name in names)


def test_the_first_page_says_what_was_taken(manage: Manage, qtbot: QtBot) -> None:
    page = come_in(manage(), qtbot)
    assert page.taken.text() == "1,039.00"
    assert page.members.number.text() == "1"
    assert "占实收 96.2%" in page.members.line.text()
    assert page.compared.text() == "上周同一天到这时没有营业"
    assert page.chart.top() == 103_900


def test_a_figure_opens_the_rows_behind_it(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.mouseClick(page.members.number, LEFT)
    rows = listed(window, qtbot)
    assert [row[2] for row in rows] == ["王*"]
    assert rows[0][-1] == "1,000.00"


def test_takings_open_every_ticket(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.mouseClick(page.taken, LEFT)
    assert [row[2] for row in listed(window, qtbot)] == ["散客", "王*"]


def test_new_members_are_listed_masked(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.waitUntil(lambda: page.joined.number.text() != "")
    qtbot.mouseClick(page.joined.number, LEFT)
    rows = listed(window, qtbot)
    assert len(rows) == int(page.joined.number.text())
    assert all("*" in row[1] for row in rows)


def test_a_wrong_pin_is_said_and_the_pages_stay_shut(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    by_hand("999999")
    problem = window.login.entry.field
    qtbot.waitUntil(lambda: bool(problem.problem.text()), timeout=10_000)
    assert window.cover.isVisible()
    assert window.rooms == {}


def test_a_lock_covers_the_figures_until_a_pin(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    come_in(window, qtbot)
    window.entrance.lock()
    assert window.cover.isVisible()
    qtbot.waitUntil(lambda: bool(window.findChildren(Tile)))
    come_in(window, qtbot)


def test_who_comes_back_finds_what_was_typed_and_somebody_else_does_not(
    manage: Manage, qtbot: QtBot
) -> None:
    window = manage()
    come_in(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    window.go_to("points/ledger")
    page = window.rooms["points"]
    typed = page.findChild(QLineEdit, "ledger_text")
    qtbot.keyClicks(typed, "1380")

    def back(name: str, pin: str) -> None:
        window.entrance.lock()
        qtbot.waitUntil(lambda: name in {each.text() for each in window.findChildren(Tile)})
        window.login.login.emit(name, pin)
        qtbot.waitUntil(window.cover.isHidden, timeout=10_000)

    back("店长", PIN)
    assert window.pages.currentWidget() is page and typed.text() == "1380"
    back("李店", "864209")
    assert window.rooms["points"] is not page
    assert window.pages.currentWidget() is window.rooms["today"]


def test_who_is_no_manager_any_more_is_asked_again(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    window = manage()
    page = come_in(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    boss = page.staff
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    remove_staff(shop, boss.no, staff=second)
    page.refresh()
    qtbot.waitUntil(window.cover.isVisible, timeout=10_000)


@pytest.mark.parametrize("width", [640, 1024, 1366, 1920])
def test_every_width_shows_every_figure(manage: Manage, qtbot: QtBot, width: int) -> None:
    window = manage()
    window.resize(width, 768)
    page = come_in(window, qtbot)
    for part in (page.taken, page.hours, page.waits, page.births, page.ends):
        assert part.isVisible()
        assert part.mapTo(page, part.rect().topLeft()).x() >= 0


def test_the_page_keeps_itself_as_a_paper_with_masked_names(
    manage: Manage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = come_in(manage(), qtbot)
    qtbot.waitUntil(page.paper.isEnabled, timeout=10_000)
    chosen = tmp_path / "today.pdf"
    monkeypatch.setattr("ui.filing.ask_where", lambda _owner, _name, then: then(str(chosen)))
    qtbot.mouseClick(page.paper, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(chosen) in page.said.text(), timeout=20_000)
    words = pypdfium2.PdfDocument(chosen)[0].get_textpage().get_text_bounded()
    assert page.taken.text() in words
    assert "每小时实收" in words


def test_figures_of_the_shop_lead_to_what_they_are_of(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    figures = page.standing.figures
    qtbot.waitUntil(lambda: figures["backup"].number.text() == "没有", timeout=10_000)
    assert figures["sync"].number.text() == "没有入网"
    figures["sync"].opened.emit()
    running = window.rooms["running"]
    assert isinstance(running, RunningPage)
    assert running.shown is running.place
    window.go_to("today")
    figures["backup"].opened.emit()
    assert running.shown is running.backups
    window.go_to("today")
    figures["gifts"].opened.emit()
    sheet = window.findChild(ListedSheet)
    assert sheet is not None
    sheet.shut()


def test_what_waits_leads_to_the_page_where_it_is_seen_to(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    on = date(2026, 11, 30)
    low, coming = (OnShelf(Reward("cup", "保温杯", 100), 1),), ((8, on),)
    waits = Waiting(0, CHINA, open_since=on, rewards=low, coming=coming, cases=1)
    lines = {line.page: line for line in state.waiting_lines(waits)}
    assert set(lines) == {"cases", "proof/shifts", "benefits/rewards", "rules"}
    for place, line in lines.items():
        assert line.action
        row = page._waiting_row(line)
        row.acted.emit()
        assert window.pages.currentWidget() is window.rooms[place.partition("/")[0]]
    assert window.rooms["benefits"].choice.current() == "rewards"  # type: ignore[attr-defined]


def test_of_no_tickets_there_is_no_average_and_no_share() -> None:
    assert state.percent_words(0, 0) == state.average_words(0, 0) == "–"
    assert state.percent_words(0, 5) == "0.0%" and state.average_words(30_00, 2) == "15.00"


def status_of(window: ManageWindow) -> str:
    (shown,) = [item.status() for item in window.header._items if item.isVisible()]
    return shown.text


def test_the_header_says_the_role_of_now(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    assert status_of(window) == "店长·店长"
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    change_role(shop, page.staff.no, Role.OFFICE, staff=second)  # at another machine
    window.go_to("members")
    qtbot.waitUntil(lambda: status_of(window) == "店长·后台", timeout=10_000)
    answers = {"then": lambda _made: None, "failed": window.say}
    window._work.act(change_role, page.staff.no, Role.MANAGER, staff=second, **answers)  # at this
    qtbot.waitUntil(lambda: status_of(window) == "店长·店长", timeout=10_000)
    change_role(shop, page.staff.no, Role.OFFICE, staff=second)
    window.rooms["privacy"].refresh()  # which is refused
    qtbot.waitUntil(lambda: status_of(window) == "店长·后台", timeout=10_000)
    window.entrance.lock()
    assert status_of(window) == "已锁屏"
