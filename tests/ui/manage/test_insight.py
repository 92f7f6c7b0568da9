"""分析: a report is chosen, its days are, it is kept as files; the copy can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.actions.reports import Reported
from core.actions.set_up import add_staff
from core.actions.staff import remove_staff
from core.ports.insight import Findings, Heading, Kind
from core.trust.staff import Role
from storage.insight import copy as copies
from storage.insight import insight
from tests.storage.test_insight_long import ENDLESS
from tests.ui.manage.test_manage import come_in
from ui import asked_time
from ui.look import Look
from ui.manage import asking
from ui.manage.insight import state
from ui.manage.insight.page import InsightPage
from ui.manage.window import ManageWindow
from ui.widgets.day_span import DAYS_30, DAYS_90, LAST_MONTH, MONTH, TODAY, WEEK, days_of

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
ON = date(2026, 11, 4)


def opened(window: ManageWindow, qtbot: QtBot) -> InsightPage:
    """The page, its first report answered."""
    come_in(window, qtbot)
    window.go_to("insight")
    page = window.rooms["insight"]
    assert isinstance(page, InsightPage)
    qtbot.waitUntil(lambda: page._shown is not None, timeout=30_000)
    return page


def ask(page: InsightPage, qtbot: QtBot, question: str) -> None:
    page.list.choose(list(page._questions).index(question))
    qtbot.waitUntil(
        lambda: page._shown is not None and page._shown.found.question == question,
        timeout=30_000,
    )


def cells(page: InsightPage) -> list[list[str]]:
    assert page._table is not None
    model = page._table.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_reports_are_listed_and_the_first_is_answered(manage: Manage, qtbot: QtBot) -> None:
    page = opened(manage(), qtbot)
    assert page.list.model.rowCount() == 16
    assert page.heading.text().startswith("每天")
    [row] = cells(page)
    assert row[1:5] == ["2", "–", "1,039.00", "–"]
    assert page.chart.isVisible() and page.chart.top() == 103_900


def test_another_report_and_other_days(manage: Manage, qtbot: QtBot) -> None:
    page = opened(manage(), qtbot)
    ask(page, qtbot, "members")
    names = [row[0] for row in cells(page)]
    assert "会员数" in names and "实收占比" in names
    assert page.chart.isVisible() and page.chart.top() == 100_000, "what a ticket of each takes"
    qtbot.mouseClick(page.findChild(object, "report_against_year"), LEFT)
    qtbot.waitUntil(lambda: page._shown.is_year, timeout=30_000)  # type: ignore[union-attr]
    assert "去年同期" in [column.title for column in state.table(page.look, page._shown)[0]]  # type: ignore[arg-type]
    ask(page, qtbot, "products")
    assert {row[1] for row in cells(page)} == {"制氧机", "维生素C咀嚼片"}
    before = page._shown
    qtbot.mouseClick(page.findChild(object, "report_span_last_month"), LEFT)
    qtbot.waitUntil(lambda: page._shown is not before, timeout=30_000)
    assert page._table is None and page.nothing.isVisible()
    assert page.nothing.text() == "这些天没有。"


def test_days_that_are_written(manage: Manage, qtbot: QtBot) -> None:
    page = opened(manage(), qtbot)
    qtbot.mouseClick(page.findChild(object, "report_span_other"), LEFT)
    assert page.span.since.text() == page._shown.found.first.isoformat()  # type: ignore[union-attr]
    page.span.since.set_text("2026-02-30")
    before = page._shown
    qtbot.keyClick(page.span.since.edit, Qt.Key.Key_Return)
    assert page.span.since.problem.text() == "日期写成 2026-11-01 这样。"
    page.span.since.set_text("2020-01-02")
    page.span.until.set_text("2020-01-01")
    qtbot.mouseClick(page.go, LEFT)
    qtbot.waitUntil(lambda: "2020-01-01" in page.said.text(), timeout=30_000)
    assert page._shown is before, "what was there stays"
    page.span.until.set_text("2020-01-03")
    qtbot.mouseClick(page.go, LEFT)
    qtbot.waitUntil(lambda: page._shown is not before, timeout=30_000)
    assert not page.said.text()


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
def test_it_is_kept_as_a_file(manage: Manage, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    page = opened(manage(), qtbot)
    path = tmp_path / f"每天.{kind}"
    qtbot.mouseClick(page.files[kind], LEFT)
    chosen(page, path)
    qtbot.waitUntil(lambda: str(path) in page.said.text(), timeout=30_000)
    if kind == "pdf":
        words = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()
        assert "1,039.00" in words and "上期实收" in words
    assert path.stat().st_size > 50


def test_the_chart_is_kept_as_a_picture(manage: Manage, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(manage(), qtbot)
    qtbot.mouseClick(page.picture, LEFT)
    chosen(page, tmp_path / "图.png")
    assert (tmp_path / "图.png").read_bytes().startswith(b"\x89PNG")


def chosen(page: InsightPage, path: Path) -> None:
    dialog = page.window().findChild(QFileDialog, "save_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_long_copy_says_how_long_and_can_be_stopped(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "AT_ONCE", 1)
    monkeypatch.setattr(asking, "TOLD_EVERY_S", 0)
    window = manage()
    come_in(window, qtbot)
    page = window.rooms["insight"]
    assert isinstance(page, InsightPage)
    told: list[str] = []

    def hear(*_figures: int) -> None:
        told.append(page.waiting.progress.words.text())
        qtbot.mouseClick(page.waiting.stop, LEFT)

    page._asking.copying.connect(hear)
    tell = asking.hearing

    def slow(stopped: object, say: Callable[[int, int, int], object]) -> object:
        hear_copy = tell(stopped, say)  # type: ignore[arg-type]

        def one(copied: int, whole: int) -> None:
            hear_copy(copied, whole)
            if copied < whole:
                stopped.wait(3)  # type: ignore[attr-defined]

        return one

    monkeypatch.setattr(asking, "hearing", slow)
    window.go_to("insight")
    qtbot.waitUntil(lambda: page.said.text().startswith("停下了"), timeout=30_000)
    assert told[0].startswith("先抄销售：1 / 2 单，还要约")
    assert page.waiting.isHidden()
    monkeypatch.setattr(asking, "hearing", tell)
    page._asking.copying.disconnect(hear)
    page.refresh()
    qtbot.waitUntil(lambda: page._shown is not None, timeout=30_000)


def test_without_the_libraries_it_is_said(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "storage.insight.insight", None)
    window = manage()
    come_in(window, qtbot)
    window.go_to("insight")
    page = window.rooms["insight"]
    assert isinstance(page, InsightPage)
    qtbot.waitUntil(lambda: "重新装" in page.said.text(), timeout=30_000)
    assert not page.span.isEnabled()


def test_who_is_no_manager_any_more_sees_no_report(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = opened(window, qtbot)
    shop = window._work.hands.shop
    assert shop is not None
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    remove_staff(shop, page.staff.no, staff=second)
    page.refresh()
    qtbot.waitUntil(window.cover.isVisible, timeout=30_000)


def test_the_newest_wish_is_answered(manage: Manage, qtbot: QtBot) -> None:
    page = opened(manage(), qtbot)
    seen: list[str] = []
    page._asking.answered.connect(lambda found: seen.append(found.found.question))
    for name in ("hours", "products", "tiers"):
        page.list.choose(list(page._questions).index(name))
    qtbot.waitUntil(lambda: "tiers" in seen, timeout=30_000)
    assert seen == ["tiers"]


@pytest.mark.parametrize("size", [(640, 340), (1024, 768), (1366, 768), (1920, 1080)])
def test_every_size_has_room_for_the_table(
    manage: Manage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = manage()
    window.resize(*size)
    page = opened(window, qtbot)
    table = page._table
    assert table is not None
    qtbot.waitUntil(lambda: table.view.horizontalScrollBar().maximum() == 0)
    assert table.height() >= 40


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (TODAY, ON, ON),
        (WEEK, date(2026, 11, 2), ON),
        (MONTH, date(2026, 11, 1), ON),
        (LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (DAYS_30, date(2026, 10, 6), ON),
        (DAYS_90, date(2026, 8, 7), ON),
    ],
)
def test_usual_days(period: str, first: date, last: date) -> None:
    assert days_of(period, ON) == (first, last)


def test_days_without_sales_have_their_place_in_the_chart() -> None:
    headings = (Heading("day", Kind.DAY), Heading("taken_fen", Kind.MONEY))
    rows = ((ON, 500_00), (ON + timedelta(3), 700_00))
    found = Reported(Findings("days", ON, ON + timedelta(3), headings, rows), ((ON, 900_00), None))
    bars, captions, marks = state.bars(found, headings[1])
    assert [(bar.label, bar.value, bar.before) for bar in bars] == [
        ("11-4", 500_00, 900_00),
        ("11-5", 0, None),
        ("11-6", 0, None),
        ("11-7", 700_00, None),
    ]
    assert (captions.value, captions.before) == ("700", "上期 900")
    assert marks[-1][0] <= 900_00


def test_left_is_said_in_minutes_where_it_is_long(look: Look) -> None:
    assert "还要约 89 秒" in state.left_words(1, 2, 89)
    assert "1,000 / 2,000 单，还要约 2 分钟" in state.left_words(1000, 2000, 91)


def test_a_long_answer_says_how_long_and_can_be_stopped(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is there; the answer itself takes for ever, and took a minute the last time."""
    page = opened(manage(), qtbot)
    told: list[tuple[int, str]] = []
    page._asking.counting.connect(lambda *said: told.append(said))
    monkeypatch.setattr(asked_time, "WORTH_SAYING_S", 0.1)
    page._asking._clock.setInterval(20)
    monkeypatch.setattr(insight, "sql_of", lambda *_words: ENDLESS)
    monkeypatch.setattr(insight.OpenedCopy, "takes_ms", lambda *_words: 30_000)
    before = page._shown
    page.list.choose(list(page._questions).index("products"))
    qtbot.waitUntil(lambda: len(told) > 9, timeout=30_000)
    assert page.waiting.isVisible()
    assert page.waiting.progress.words.text().startswith("正在算，还要约 ")
    shares = [permille for permille, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] > 0
    qtbot.mouseClick(page.waiting.stop, LEFT)
    qtbot.waitUntil(lambda: page.said.text().startswith("停下了"), timeout=30_000)
    assert page.waiting.isHidden()
    assert page._shown is before, "what was shown stays"
    assert not page._asking._clock.isActive()
    monkeypatch.undo()
    ask(page, qtbot, "hours")


def test_who_closes_the_window_waits_for_no_answer(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(manage(), qtbot)
    monkeypatch.setattr(insight, "sql_of", lambda *_words: ENDLESS)
    page.list.choose(list(page._questions).index("products"))
    qtbot.waitUntil(lambda: page._asking._time.has_begun, timeout=30_000)
    page.end()
