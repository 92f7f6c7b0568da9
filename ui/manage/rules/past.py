"""放到过去会怎样: past sales under the draft: cost, winners, days as a chart, receipts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.preview_draft import Previewed, preview_draft, tables_of
from core.actions.reports import Reported
from core.errors import Cancelled
from core.shop import Shop
from ui.filing import Filing
from ui.labour import Labour
from ui.look import Look
from ui.manage.asking import hearing
from ui.manage.insight import state as reports
from ui.manage.listed import ListedSheet
from ui.manage.room import Room
from ui.manage.rules import past_state as state
from ui.manage.rules.receipts import ReceiptsSheet
from ui.report_words import title_of
from ui.text import sentence, tr
from ui.widgets.bar_chart import BarChart
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.key_figure import KeyFigure
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.stoppable import Stoppable
from ui.widgets.words import Rule, Words

CHART_HEIGHT = 200
FIELD_WIDTH = 148
WEEK, MONTH, QUARTER, OTHER = "7", "30", "90", "other"
KINDS = ("xlsx", "pdf")


class PastPart(QWidget):
    """Asks only when somebody says so; the answer stays until the next one."""

    _heard = Signal(int, str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._look: Look = room.look
        self._today = date.min
        self._found: Previewed | None = None
        self._tables: tuple[Reported, ...] = ()
        self._table: RowTable | None = None
        self._stopped = Event()
        self._labour = Labour(self)
        self.setObjectName("rules_past")
        self._build()
        self._heard.connect(self.waiting.progress.show_progress)
        self._filing = Filing(self, self.said, self)

    # Parts

    def _build(self) -> None:
        look = self._look
        self.said = Said(look, name="past_said")
        self.results = QWidget()
        self._results = QVBoxLayout(self.results)
        self._results.setContentsMargins(0, 0, 0, 0)
        self._results.setSpacing(look.space[3])
        self._results.addLayout(self._build_figures())
        self._results.addLayout(self._build_files())
        spoken, nothing = tr("每天多让的钱"), tr("哪一天都没有多让，也没有少让。")
        self.chart = BarChart(look, name="past_chart", spoken=spoken, nothing=nothing)
        self.chart.setFixedHeight(CHART_HEIGHT)
        self._results.addWidget(self.chart)
        self.results.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addWidget(Rule(look))
        column.addWidget(Words(look, tr("放到过去会怎样"), "body", bold=True))
        column.addLayout(self._build_head())
        column.addWidget(self._build_days())
        self.waiting = Stoppable(look, name="past")
        self.waiting.stopped.connect(lambda: self._stopped.set())
        column.addWidget(self.waiting)
        column.addWidget(self.said)
        column.addWidget(self.results)
        column.addWidget(Rule(look))

    def _build_head(self) -> QHBoxLayout:
        look = self._look
        self.periods = Segments(
            look,
            (
                Segment(WEEK, tr("7 天")),
                Segment(MONTH, tr("30 天")),
                Segment(QUARTER, tr("90 天")),
                Segment(OTHER, tr("别的日子")),
            ),
            name="past_period",
            spoken=tr("哪些天"),
        )
        self.periods.set_current(MONTH)
        self.periods.chosen.connect(self._on_period)
        self.go = Button(look, tr("算一算"), name="past_go")
        self.go.clicked.connect(self._begin)
        row = QHBoxLayout()
        row.setSpacing(look.space[3])
        row.addWidget(self.periods)
        row.addStretch(1)
        row.addWidget(self.go)
        return row

    def _build_days(self) -> QWidget:
        look, self.days = self._look, QWidget()
        example = tr("例如 2026-11-01")
        self.since = Field(look, tr("从"), placeholder=example, name="past_since")
        self.until = Field(look, tr("到"), placeholder=example, name="past_until")
        row = QHBoxLayout(self.days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        row.addStretch(1)
        for field in (self.since, self.until):
            field.setMinimumWidth(FIELD_WIDTH)
            field.submitted.connect(self._begin)
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self.days.hide()
        return self.days

    def _build_figures(self) -> QHBoxLayout:
        look = self._look
        self.receipts = KeyFigure(look, tr("会变的小票"), name="past_receipts", style="figure")
        self.cost = KeyFigure(look, tr("一共多让，元"), name="past_cost", style="figure")
        self.members = KeyFigure(look, tr("得益的会员"), name="past_members", style="figure")
        self.receipts.opened.connect(self._open_receipts)
        self.cost.opened.connect(lambda: self._open_table(0))
        self.members.opened.connect(lambda: self._open_table(1))
        row = QHBoxLayout()
        row.setSpacing(look.space[4])
        for figure in (self.receipts, self.cost, self.members):
            row.addWidget(figure, 2 if figure is self.cost else 1)
        return row

    def _build_files(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.space[2])
        row.addWidget(Words(look, tr("每天多让的钱，元"), "small", "ink_2", elides=True), 1)
        self.files = {}
        for kind in KINDS:
            words = tr("存为 {kind}", kind=kind.upper())
            name = f"past_{kind}"
            button = Button(look, kind.upper(), kind="text", icon="export", name=name, spoken=words)
            button.clicked.connect(lambda _on=False, kind=kind: self._keep(kind))
            self.files[kind] = button
            row.addWidget(button)
        self.picture = Button(
            look, tr("图"), kind="text", icon="export", name="past_picture", spoken=tr("存为图片")
        )
        self.picture.clicked.connect(self._keep_picture)
        row.addWidget(self.picture)
        return row

    # What is asked

    def begin(self, today: date) -> None:
        """Which day it is; what was found before stays."""
        self._today = today

    def show_turn(self, turn: int) -> None:
        """The draft as it is now may be another than the one that was looked at."""
        if self._found is not None and self._found.turn != turn:
            self.said.say(tr("草稿后来改过；下面是改以前算的，请再算一次。"))

    def end(self) -> None:
        """Nobody waits any more: stop, and wait until it has."""
        self._stopped.set()
        self._labour.wait()
        self.waiting.hide()
        self.go.setEnabled(True)

    def _on_period(self, period: str) -> None:
        self.days.setVisible(period == OTHER)
        if period == OTHER:
            self.since.focus()

    def _span(self) -> tuple[date, date] | None:
        """The days that were chosen; None where one of them is no day, which is said."""
        period = self.periods.current()
        if period != OTHER:
            return self._today - timedelta(days=int(period) - 1), self._today
        days: list[date] = []
        for field in (self.since, self.until):
            try:
                days.append(date.fromisoformat(field.text()))
            except ValueError:
                field.set_problem(bad_day_words())
        return (days[0], days[1]) if len(days) == len((self.since, self.until)) else None

    def _begin(self) -> None:
        span, shop = self._span(), self._room.work.hands.shop
        if span is None or shop is None or self._labour.is_busy:
            return
        self._stopped = Event()
        hear = hearing(self._stopped, self._tell)
        self.said.say("")
        self.go.setEnabled(False)
        self.waiting.progress.restart()
        self.waiting.progress.show_progress(0, tr("正在算……"))
        self.waiting.show()
        self._labour.begin(
            _asked(shop, span, self._room, hear), then=self._show, failed=self._failed
        )

    def _tell(self, done: int, whole: int, left_s: int) -> None:
        """Called by the thread that prices."""
        self._heard.emit(1000 * done // max(whole, 1), state.left_words(done, whole, left_s))

    def _failed(self, error: Exception) -> None:
        self.waiting.hide()
        self.go.setEnabled(True)
        if isinstance(error, Cancelled):
            self.said.say(tr("停下了，什么都没有变。"))
            return
        self.said.say(sentence(error), is_wrong=True)
        self._room.work.refused.emit(error)

    # What was found

    def _show(self, found: Previewed) -> None:
        self._found, self._tables = found, tables_of(found)
        self.waiting.hide()
        self.go.setEnabled(True)
        told = state.figures(found)
        self.said.say(told.note)
        self.results.setVisible(bool(found.preview.all.sales))
        self.receipts.number.set_number(told.receipts)
        self.receipts.line.setText(told.receipts_line)
        self.cost.number.set_number(told.cost)
        self.cost.line.setText(told.cost_line)
        self.members.number.set_number(told.members)
        self.members.line.setText(told.members_line)
        if found.preview.all.sales:
            of = next(h for h in self._tables[0].found.headings if h.name == "cost_fen")
            bars, captions, marks = reports.bars(self._tables[0], of)
            self.chart.show_bars(bars, captions=captions, marks=marks)
            self._show_tiers()

    def _show_tiers(self) -> None:
        if self._table is not None:
            self._results.removeWidget(self._table)
            self._table.deleteLater()
        columns, rows = reports.table(self._look, self._tables[1])
        name = title_of("draft_tiers")
        self._table = RowTable(self._look, columns, name="past_tiers", spoken=name)
        self._table.show_rows(ListedRows(rows))
        sizes = self._look.sizes
        self._table.setFixedHeight(sizes.office_head + len(rows) * sizes.office_row + 2)
        self._results.addWidget(self._table)
        self._fit()

    def _open_table(self, at: int) -> None:
        table = self._tables[at]
        columns, rows = reports.table(self._look, table)
        title, subtitle = title_of(table.found.question), state.span_words(table)
        look, window = self._look, self.window()
        ListedSheet(look, window, title, columns, rows, subtitle=subtitle).open()

    def _open_receipts(self) -> None:
        if self._found is not None:
            ReceiptsSheet(self._room, self.window(), self._found, self._tables[2]).open()

    # Files

    def _name(self, kind: str) -> str:
        found = self._found
        assert found is not None
        return f"{tr('草稿放到过去')} {found.first} {found.last}.{kind}"

    def _keep(self, kind: str) -> None:
        first, *more = self._tables

        def make() -> bytes:
            from ui.devices.report_files import report_bytes

            return report_bytes(first, Path(f"draft.{kind}"), *more)

        self._filing.keep(self._name(kind), make)

    def _keep_picture(self) -> None:
        from ui.file_dialog import ask_where
        from ui.manage.pictures import keep_picture

        picture = self.chart.picture()
        name, failed = self._name("png"), self._failed
        ask_where(self, name, lambda chosen: keep_picture(picture, chosen, failed))

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The sums give way before what they come to."""
        if self._table is not None:
            columns, _ = reports.table(self._look, self._tables[1])
            needed = sum(column.width for column in columns)
            few = ("was_fen", "would_fen", "more_points")
            self._table.hide_columns(few if needed > self.width() else ())


def _asked(
    shop: Shop, span: tuple[date, date], room: Room, hear: Callable[[int, int], None]
) -> Callable[[], Previewed]:
    return lambda: preview_draft(shop, *span, staff=room.staff, on_priced=hear)
