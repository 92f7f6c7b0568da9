"""放到过去的路: past sales under the draft: figures, a chart, files; stopped; its receipts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import ui.file_dialog
import ui.filing
from core.sales.preview import Preview
from storage.preview import StoredPast
from tests.builders import Home
from tests.ui.manage.test_rules_draft import Manage, button, market_draft, opened
from ui.manage.listed import ListedSheet
from ui.manage.rules.past import PastPart
from ui.manage.rules.receipts import ReceiptsSheet
from ui.manage.rules.why import WhySheet

LEFT = Qt.MouseButton.LeftButton


def worked_out(qtbot: QtBot, past: PastPart) -> None:
    qtbot.mouseClick(past.go, LEFT)
    qtbot.waitUntil(lambda: past.results.isVisible(), timeout=20_000)


def test_what_the_sales_of_thirty_days_would_have_come_to(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    past = page.past
    worked_out(qtbot, past)
    # 1,000.00 becomes 970.00 by 满 100 减 10; 39.00 stays
    assert past.receipts.number.text() == "1"
    assert past.receipts.line.text() == "一共 2 张"
    assert past.cost.line.text().startswith("少收 30.00，")
    assert past.members.number.text() == "1"
    assert len(past.chart._bars) == 30
    qtbot.mouseClick(past.cost.number, LEFT)
    assert window.findChild(ListedSheet) is not None
    window.findChild(ListedSheet).shut()
    qtbot.mouseClick(past.receipts.number, LEFT)
    sheet = window.findChild(ReceiptsSheet)
    sheet.table.opened.emit(0)
    qtbot.waitUntil(lambda: window.findChild(WhySheet) is not None, timeout=10_000)
    assert "满 100 减 10" in window.findChild(WhySheet).ledger._sheet.heads
    window.findChild(WhySheet).shut()
    sheet.shut()
    button(page, "rule_hundred-ten_off").click()
    qtbot.waitUntil(lambda: past.said.text().startswith("草稿后来改过"), timeout=10_000)


def test_it_is_kept_as_a_workbook_and_as_a_picture(
    manage: Manage, qtbot: QtBot, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(_owner: QWidget, name: str, then: Callable[[str], object]) -> None:
        then(str(tmp_path / name))

    monkeypatch.setattr(ui.filing, "ask_where", chosen)
    monkeypatch.setattr(ui.file_dialog, "ask_where", chosen)
    market_draft(home)
    past = opened(manage(), qtbot).past
    worked_out(qtbot, past)
    qtbot.mouseClick(past.files["xlsx"], LEFT)
    qtbot.waitUntil(lambda: past.said.text().startswith("存到"), timeout=20_000)
    book = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")))
    assert len(book.sheetnames) == 3
    qtbot.mouseClick(past.picture, LEFT)
    assert next(tmp_path.glob("*.png")).read_bytes().startswith(b"\x89PNG")


def test_days_that_are_none_and_days_without_sales(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    page = opened(manage(), qtbot)
    past = page.past
    qtbot.mouseClick(button(page, "past_period_other"), LEFT)
    past.since.set_text("昨天")
    past.until.set_text("2020-01-31")
    qtbot.mouseClick(past.go, LEFT)
    assert past.since.problem.text() == "日期写成 2026-11-01 这样。"
    past.since.set_text("2020-01-01")
    qtbot.mouseClick(past.go, LEFT)
    qtbot.waitUntil(lambda: "没有小票" in past.said.text(), timeout=20_000)
    assert past.results.isHidden()
    past.since.set_text("2020-03-01")
    qtbot.mouseClick(past.go, LEFT)
    qtbot.waitUntil(lambda: past.said.role == "danger_text", timeout=20_000)


def test_it_tells_how_far_it_is_and_stops(
    manage: Manage, qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    def slow(_past: StoredPast, _draft: object, on_progress: Any, **_days: object) -> Preview:
        done = 0
        while True:
            done += 1
            on_progress(done, 1_000_000)
            begun.set()

    monkeypatch.setattr(StoredPast, "preview", slow)
    market_draft(home)
    past = opened(manage(), qtbot).past
    qtbot.mouseClick(past.go, LEFT)
    qtbot.waitUntil(
        lambda: "/ 1,000,000 张，还要约" in past.waiting.progress.words.text(), timeout=20_000
    )
    assert begun.is_set() and not past.go.isEnabled()
    qtbot.mouseClick(past.waiting.stop, LEFT)
    qtbot.waitUntil(lambda: past.said.text() == "停下了，什么都没有变。", timeout=20_000)
    assert past.go.isEnabled() and past.waiting.isHidden()
