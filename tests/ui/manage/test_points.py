"""积分页: what stands open and what expires, with the rows behind each figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.points_report import points_owed
from tests.builders import Home
from tests.ui.manage.test_manage import Manage, come_in, listed
from ui.manage.points import PointsPage
from ui.manage.window import ManageWindow

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


def test_a_figure_of_nobody_says_so(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = points_page(window, qtbot)
    qtbot.mouseClick(page.owed.debt.number, LEFT)
    qtbot.waitUntil(lambda: window.findChild(object, "listed") is not None)
    sheet = window.findChild(object, "listed")
    assert any("没有会员欠分" in label.text() for label in sheet.findChildren(type(page.said)))


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
    assert len(page.ahead.chart.accessibleDescription().split(", ")) >= 30
    assert page.ahead.rows.count.text()
