"""大表: what is cut is told, what is nothing is said, and no column is squeezed away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from ui.look import Look
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable

COLUMNS = (
    Column("name", "姓名", 100, grows=True),
    Column("points", "这个月得了多少分", 60, is_number=True),
    Column("day", "日期", 120),
)
ROWS = ListedRows([(Cell("阿卜杜勒·热合曼·买买提江·艾合买提"), Cell("5"), Cell("今天"))])


@pytest.fixture
def table(look: Look, qtbot: QtBot) -> RowTable:
    made = RowTable(look, COLUMNS, name="table", spoken="会员")
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    return made


def test_a_column_is_as_wide_as_its_head(table: RowTable) -> None:
    assert table.view.columnWidth(1) > 60
    assert sum(map(table.view.columnWidth, range(3))) == table.view.viewport().width()


def test_where_the_room_is_too_small_all_scroll(table: RowTable, qtbot: QtBot) -> None:
    table.resize(240, 300)
    qtbot.waitUntil(lambda: table.view.horizontalScrollBar().maximum() > 0)
    assert table.view.columnWidth(0) >= 90
    table.hide_columns(["day"])
    qtbot.waitUntil(lambda: table.view.horizontalScrollBar().maximum() == 0)


def test_what_is_cut_is_told_whole(table: RowTable, monkeypatch: pytest.MonkeyPatch) -> None:
    table.show_rows(ROWS)
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _of: told.append(text))
    for column in (0, 2):
        at = table.view.visualRect(table.model.index(0, column)).center()
        table.view.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, at, QPoint(0, 0)))
    assert told == ["阿卜杜勒·热合曼·买买提江·艾合买提", ""]


def test_without_a_row_a_sentence_stands_there(table: RowTable) -> None:
    blank = table.grab().toImage()
    table.say_nothing("还没有会员。")
    assert table.view.accessibleDescription() == "还没有会员。"
    assert table.grab().toImage() != blank
    table.show_rows(ROWS)
    table.say_nothing("还没有会员。")
    assert table.view.accessibleDescription() == ""
