"""积分页: what stands open and what expires, with the rows behind each figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.points_report import points_owed
from core.actions.set_up import add_staff
from core.ports.points_desk import Audited
from core.trust.staff import Role
from tests.actions.test_settle import NORMAL
from tests.builders import Home
from tests.ui.manage.test_manage import Manage, come_in, listed
from tests.ui.manage.test_tickets import press_row
from tests.ui.till.hands import by_hand
from ui.manage.members.page import MembersPage
from ui.manage.points.correct import CorrectSheet
from ui.manage.points.ledger_state import read_amount
from ui.manage.points.page import PointsPage
from ui.manage.window import ManageWindow
from ui.widgets.button import Button
from ui.widgets.day_span import ANY, LAST_MONTH, OTHER, TODAY
from ui.widgets.row_table import RowTable
from ui.widgets.tile import Tile
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


def points_page(window: ManageWindow, qtbot: QtBot) -> PointsPage:
    """The page, with the figures of its first part."""
    come_in(window, qtbot)
    window.go_to("points")
    page = window.rooms["points"]
    assert isinstance(page, PointsPage)
    qtbot.waitUntil(lambda: page.owed.points.number.text() != "", timeout=10_000)
    return page


def test_what_stands_open_is_the_liability(manage: Manage, qtbot: QtBot, home: Home) -> None:
    window = manage()
    page = points_page(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    owed = points_owed(shop)
    assert page.owed.points.number.text() == f"{owed.points:,}"
    assert page.owed.members.number.text() == f"{owed.members:,}"
    assert page.owed.table.model.rowCount() == len(owed.months)
    assert page.owed.chart.top() == max(each.points for each in owed.months)
    qtbot.mouseClick(page.owed.members.number, LEFT)
    rows = listed(window, qtbot)
    assert len(rows) == owed.members
    assert all("*" in row[1] for row in rows)
    press_row(qtbot, window.findChild(RowTable, "listed_table"), 0)
    members = window.rooms["members"]
    assert isinstance(members, MembersPage)
    qtbot.waitUntil(lambda: members.panel.isVisible() and bool(members.panel.name.text()))


def test_a_figure_of_nobody_says_so(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    qtbot.mouseClick(page.owed.debt.number, LEFT)
    qtbot.waitUntil(lambda: window.findChild(object, "listed") is not None)
    sheet = window.findChild(object, "listed")
    assert any("没有会员欠分" in label.text() for label in sheet.findChildren(Words))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_months_go_into_a_table(
    manage: Manage, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    page = points_page(manage(), qtbot)
    chosen = tmp_path / f"owed.{ending}"
    page.owed._write(str(chosen))
    months = page.owed.table.model.rowCount()
    if ending == "csv":
        lines = chosen.read_text("utf-8-sig").splitlines()
    else:
        lines = list(load_workbook(chosen).active.iter_rows(values_only=True))
        assert lines[-2][1] == int(page.owed.points.number.text().replace(",", ""))
    assert len(lines) == 1 + months + 2


def test_a_span_ahead_shows_every_day(manage: Manage, qtbot: QtBot) -> None:
    page = points_page(manage(), qtbot)
    page.go_to("ahead")
    qtbot.waitUntil(lambda: page.ahead.points.number.text() != "", timeout=10_000)
    assert len(page.ahead.chart._bars) >= 30
    assert page.ahead.chart.accessibleDescription() == "这些天没有积分到期。"
    assert page.ahead.rows.count.text()


def ledger_of(page: PointsPage, qtbot: QtBot) -> list[list[str]]:
    """The rows of the ledger, when they have come."""
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)
    model = page.ledger.table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_ledger_narrows_and_opens_the_receipt(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    page.go_to("ledger")
    whole = ledger_of(page, qtbot)
    assert len(whole) > 1
    sold = next(row for row in whole if row[1] == "购物")
    part = page.ledger
    part.text.edit.setText(sold[5])
    qtbot.keyClick(part.text.edit, Qt.Key.Key_Return)
    assert ledger_of(page, qtbot) == [sold]
    view = part.table.view
    qtbot.mouseClick(
        view.viewport(), LEFT, pos=view.visualRect(part.table.model.index(0, 0)).center()
    )
    qtbot.waitUntil(lambda: window.findChild(object, "moved_receipt") is not None)
    assert sold[5] in window.findChild(object, "moved_receipt").accessibleName()


def test_a_day_that_is_none_is_said_where_it_stands(manage: Manage, qtbot: QtBot) -> None:
    page = points_page(manage(), qtbot)
    page.go_to("ledger")
    before = ledger_of(page, qtbot)
    part = page.ledger
    part.span.kinds.chosen.emit(OTHER)
    part.span.since.edit.setText("昨天")
    part.refresh()
    assert part.span.since.isVisible()
    assert part.span.since.problem.text() == "日期写成 2026-11-01 这样。"
    assert ledger_of(page, qtbot) == before
    part.span.since.edit.setText("2099-01-01")
    part.refresh()
    assert ledger_of(page, qtbot) == []
    assert part.table.view.nothing == "没有这样的流水。"
    assert part.span.since.problem.text() == ""


def test_usual_days_are_a_press_away(manage: Manage, qtbot: QtBot) -> None:
    page = points_page(manage(), qtbot)
    page.go_to("ledger")
    whole = ledger_of(page, qtbot)
    part = page.ledger
    qtbot.waitUntil(part.span.isEnabled, timeout=5_000)
    assert not part.span.since.isVisible()
    today = part.room.work.hands.shop.now().business_on.isoformat()
    for kind, rows in ((TODAY, [row for row in whole if today in row]), (LAST_MONTH, [])):
        part.span.kinds.set_current(kind)
        part.span.kinds.chosen.emit(kind)
        assert ledger_of(page, qtbot) == rows
    part.span.kinds.set_current(ANY)
    part.span.kinds.chosen.emit(ANY)
    assert ledger_of(page, qtbot) == whole


def test_rows_come_as_they_scroll_into_sight(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("core.actions.points_ledger", "ui.manage.points.ledger"):
        monkeypatch.setattr(f"{module}.PAGE", 1)
    monkeypatch.setattr("ui.manage.points.ledger.AHEAD", 1)
    page = points_page(manage(), qtbot)
    page.resize(page.width(), 420)
    page.go_to("ledger")
    page.ledger.table.view.verticalScrollBar().setValue(0)
    ledger_of(page, qtbot)
    bar = page.ledger.table.view.verticalScrollBar()
    for _ in range(40):
        bar.setValue(bar.maximum())
        found = ledger_of(page, qtbot)
        if page.ledger._rest is None:
            break
    assert page.ledger._rest is None
    ids = [row.id for row in page.ledger._found.rows]
    assert len(set(ids)) == len(ids) == len(found) == 3


@pytest.mark.parametrize(
    ("text", "meant"),
    [("", (1, 100_000_000)), ("500", (500, 500)), ("5,00-", (500, 100_000_000)), ("５-8", (5, 8))],
)
def test_an_amount_is_read_as_it_is_written(text: str, meant: tuple[int, int]) -> None:
    assert read_amount(text) == meant


@pytest.mark.parametrize("text", ["x", "-5", "5-x", "1" * 20])
def test_what_is_no_amount_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_amount(text)


def correct_sheet(page: PointsPage, qtbot: QtBot, card: str, points: str, why: str) -> CorrectSheet:
    """The sheet, filled in, with its member found."""
    qtbot.mouseClick(page.findChild(Button, "points_fix"), LEFT)
    sheet: CorrectSheet = page.window().findChild(CorrectSheet, "correct")
    sheet.who.edit.setText(card)
    qtbot.waitUntil(lambda: "现有" in sheet.found.text(), timeout=10_000)
    sheet.points.edit.setText(points)
    sheet.reason.edit.setText(why)
    qtbot.mouseClick(sheet.press, LEFT)
    return sheet


def test_a_correction_beyond_the_limit_takes_another_manager(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    before = points_owed(shop).points
    sheet = correct_sheet(page, qtbot, NORMAL, "+5000", "补记")
    assert "另一位授权" in sheet.found.text()
    asked = sheet._override
    qtbot.waitUntil(asked.isVisible, timeout=10_000)
    assert points_owed(shop).points == before
    names = [tile.accessibleName() for tile in asked.findChildren(Tile)]
    assert len(names) == 1 and "李店" in names[0]
    by_hand("864209")
    qtbot.waitUntil(lambda: points_owed(shop).points == before + 5000, timeout=10_000)
    page.go_to("ledger")
    assert ledger_of(page, qtbot)[0][1:3] == ["更正", "+5,000"]


def test_who_is_alone_corrects_alone_and_bad_words_are_said(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    before = points_owed(shop).points
    sheet = correct_sheet(page, qtbot, NORMAL, "五十", "补记")
    assert sheet.said.text()
    assert "没有第二位能授权，会记进审计" in sheet.found.text()
    sheet.points.edit.setText("-50")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: points_owed(shop).points == before - 50, timeout=10_000)


def test_an_audit_says_of_each_thing_how_it_is(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    page.go_to("audit")
    qtbot.mouseClick(page.audit.start, LEFT)
    qtbot.waitUntil(lambda: page.audit.result.text() != "", timeout=20_000)
    assert page.audit.result.text() == "积分账全部对得上。"
    assert {row.value.text() for row in page.audit.rows.values()} == {"对"}
    shop = window._work.hands.shop
    assert shop is not None
    with shop.store.write() as tx:
        sql = "UPDATE balances SET points = points + 1 WHERE kind = 'available'"
        tx.connection.execute(sql)  # type: ignore[attr-defined]
    qtbot.mouseClick(page.audit.start, LEFT)
    qtbot.waitUntil(lambda: page.audit.result.text() != "", timeout=20_000)
    assert "处不对" in page.audit.result.text()
    assert "处不对" in page.audit.rows[Audited.SUM].value.text()
    assert "处不对" in page.audit.rows[Audited.BALANCES].value.text()
    assert page.audit.rows[Audited.REWARDS].value.text() == "对"
