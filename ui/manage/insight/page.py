"""分析: reports over any days, as a table and a chart, beside as many days before; into files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions.reports import Reported
from core.actions.tickets import Asked
from core.errors import Cancelled, ReportsMissing
from core.trust.staff import Staff
from ui.filing import Filing
from ui.look import Look
from ui.manage.asking import Asking, Wish
from ui.manage.insight import state
from ui.manage.insight.behind import behind
from ui.manage.room import Room
from ui.manage.sorting import SortedRows
from ui.report_bars import drawn
from ui.report_words import about, is_compared, span_words, title_of
from ui.text import sentence, tr
from ui.widgets import paint
from ui.widgets.bar_chart import BarChart
from ui.widgets.button import Button
from ui.widgets.day_span import (
    DAYS_30,
    DAYS_90,
    LAST_MONTH,
    MONTH,
    OTHER,
    TODAY,
    WEEK,
    DaySpan,
)
from ui.widgets.row_table import FIRST_LEFT, PADDING, Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.stoppable import Stoppable
from ui.widgets.words import Rule, Words
from ui.work import Work

NARROWEST_LIST, WIDEST_LIST = 176, 300
NARROW = 900
CHART_HEIGHT, LOW_CHART = 220, 148
LOW = 620
KINDS = ("xlsx", "pdf", "csv")
KINDS_OF_DAYS = (TODAY, WEEK, MONTH, LAST_MONTH, DAYS_30, DAYS_90, OTHER)
DAYS_BEFORE, YEAR_BEFORE = "days", "year"
ROW_PERMILLE = 1000


class InsightPage(Room):
    """Asks on a thread of its own; what is shown stays until the next answer is there."""

    name, icon = "insight", "insight"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("分析"))
        self._questions: Sequence[str] = ()
        self._today = date.min
        self._shown: Reported | None = None
        self._table: RowTable | None = None
        self._sorted: SortedRows | None = None
        self._list_width = NARROWEST_LIST
        self._build()
        self._asking = Asking(work, staff, self)
        self._asking.listed.connect(self._show_list)
        self._asking.answered.connect(self._show)
        self._asking.failed.connect(self.say)
        self._asking.copying.connect(self._show_copying)
        self._asking.counting.connect(self._show_counting)
        self._filing = Filing(self, self.said, self)

    def refresh(self) -> None:
        """The same report as it is now; first of all, which there are."""
        if not self._questions:
            self._asking.ask_for_list()
        else:
            self._ask()

    def end(self) -> None:
        """Leave the copy where it is."""
        self._asking.end()

    # Parts

    def _build(self) -> None:
        look = self.look
        self.list = RowTable(
            look,
            (Column("report", tr("报表"), NARROWEST_LIST, grows=True),),
            name="reports",
            spoken=tr("报表"),
        )
        self.list.current_changed.connect(lambda _at: self._ask())
        self.heading = Words(look, "", "title", name="report_heading")
        self.days = Words(look, "", "small", "ink_2", elides=True, name="report_days")
        self.about = Words(look, "", "small", "ink_2", wraps=True, name="report_about")
        self.said = Said(look, style="body", name="insight_said")
        self.span = DaySpan(look, name="report", kinds=KINDS_OF_DAYS, hides=True)
        self.span.kinds.set_current(DAYS_30)
        self.span.picked.connect(self._ask)
        self.span.submitted.connect(self._ask)
        against = [
            Segment(DAYS_BEFORE, tr("比前面同样多天")),
            Segment(YEAR_BEFORE, tr("比去年同期")),
        ]
        self.against = Segments(look, against, name="report_against", spoken=tr("比"))
        self.against.chosen.connect(lambda _name: self._ask())
        nothing = tr("这些天都是 0，没有可画的。")
        self.chart = BarChart(look, name="report_chart", spoken=tr("图"), nothing=nothing)
        self.nothing = Words(look, "", "item", "ink_2", wraps=True, name="report_nothing")
        self.nothing.hide()
        self.chart.hide()
        self._right = QVBoxLayout()
        self._right.setSpacing(look.space[3])
        self._right.addLayout(self._build_head())
        self._right.addWidget(self.span)
        self._right.addLayout(self._build_against())
        self.waiting = Stoppable(look, name="report")
        self.waiting.stopped.connect(lambda: self._asking.stop())
        self._right.addWidget(self.waiting)
        self._right.addWidget(self.said)
        self._right.addWidget(self.chart)
        self._right.addWidget(self.nothing)
        self._right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Rule(look, upright=True))
        row.addLayout(self._right, 1)
        self._fit()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self.look.space[3])
        head.addWidget(self.heading)
        head.addWidget(self.days, 1)
        self.files = {
            kind: Button(
                self.look,
                kind.upper(),
                kind="text",
                icon="export",
                name=f"keep_{kind}",
                spoken=tr("存为 {kind}", kind=kind.upper()),
            )
            for kind in KINDS
        }
        self.picture = Button(
            self.look,
            tr("图"),
            kind="text",
            icon="export",
            name="keep_picture",
            spoken=tr("存为图片"),
        )
        for kind, button in self.files.items():
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _on=False, kind=kind: self._keep(kind))
            head.addWidget(button)
        self.picture.setToolTip(tr("存为图片"))
        self.picture.clicked.connect(self._keep_picture)
        head.addWidget(self.picture)
        for button in (*self.files.values(), self.picture):
            button.setEnabled(False)  # until there is something to keep
        return head

    def _build_against(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.space[4])
        self.go = Button(self.look, tr("看这些天"), key="Enter", name="report_go")
        self.go.clicked.connect(self._ask)
        self.go.hide()
        self.span.kinds.chosen.connect(lambda kind: self.go.setVisible(kind == OTHER))
        row.addWidget(self.against)
        row.addWidget(self.go)
        row.addWidget(self.about, 1)
        return row

    # What is asked

    def _show_list(self, names: Sequence[str], today: date) -> None:
        self._questions, self._today = names, today
        titles = [title_of(name) for name in names]
        widest = max(paint.advance(self.look.font("body"), title) for title in titles)
        self._list_width = min(int(widest) + FIRST_LEFT + 2 * PADDING, WIDEST_LIST)
        self._fit()
        self.list.show_rows(ListedRows([(Cell(title),) for title in titles]))
        self.span.begin(today, DAYS_30)
        self.list.choose(0)
        self.list.view.setFocus()

    def _ask(self) -> None:
        at, days = self.list.view.current, self.span.asked()
        if at < 0 or days is None:
            return
        self.said.say(tr("正在算……"))
        is_year = self.against.current() == YEAR_BEFORE
        self._asking.ask(Wish(self._questions[at], *days, is_year))

    # What arrived

    def _show_copying(self, copied: int, whole: int, left_s: int) -> None:
        if self.waiting.isHidden():
            self.waiting.progress.restart()
        self.waiting.show()
        permille = ROW_PERMILLE * copied // max(whole, 1)
        self.waiting.progress.show_progress(permille, state.left_words(copied, whole, left_s))

    def _show_counting(self, permille: int, words: str) -> None:
        if self.waiting.isHidden():
            self.waiting.progress.restart()
        self.waiting.show()
        self.said.say("")
        self.waiting.progress.show_progress(permille, words)

    def _show(self, found: Reported) -> None:
        self._shown = found
        self.waiting.hide()
        self.said.say("")
        self.heading.setText(title_of(found.found.question))
        self.days.setText(span_words(found))
        leads = bool(found.found.rows) and behind(found, 0) is not None
        hint = tr("点一行，看它后面的小票或会员。") if leads else ""
        self.about.setText(about(found.found.question) + hint)
        self._show_table(found)
        self._show_chart(found)
        is_there = bool(found.found.rows)
        self.nothing.setText(tr("这些天没有。"))
        self.nothing.setVisible(not is_there)
        for button in self.files.values():
            button.setEnabled(True)

    def _show_table(self, found: Reported) -> None:
        if self._table is not None:
            self._right.removeWidget(self._table)
            self._table.deleteLater()
            self._table = None
        if not found.found.rows:
            return
        columns, rows = state.table(self.look, found)
        table = RowTable(self.look, columns, name="report", spoken=title_of(found.found.question))
        self._sorted = SortedRows(table, rows, state.sort_values(found))
        table.opened.connect(self._open_row)
        table.view.clicked.connect(lambda index: self._open_row(index.row()))
        self._table = table
        self._right.insertWidget(self._right.count() - 1, table, 100)
        self._fit()

    def _open_row(self, at: int) -> None:
        """The tickets or the members behind it, on their own page."""
        if self._shown is None or self._sorted is None:
            return
        leads = behind(self._shown, self._sorted.place(at))
        if leads is None:
            return
        meant, called = leads
        if isinstance(meant, Asked):
            self.tickets_sought.emit(meant, called)
        else:
            self.sought.emit(meant, called)

    def _show_chart(self, found: Reported) -> None:
        of = drawn(found)
        self.chart.setVisible(of is not None)
        self.picture.setEnabled(of is not None)
        if of is not None:
            bars, captions, marks = state.bars(found, of)
            self.chart.show_bars(bars, captions=captions, marks=marks)

    def say(self, error: Exception) -> None:
        """One sentence above what is shown, which stays as it was."""
        self.waiting.hide()
        if isinstance(error, Cancelled):
            self.said.say(tr("停下了。抄好的销售留着；再点一次报表就再算。"))
            return
        self.said.say(sentence(error), is_wrong=True)
        if isinstance(error, ReportsMissing):
            self.span.setEnabled(False)

    # Files

    def _name(self, kind: str) -> str:
        assert self._shown is not None
        found = self._shown.found
        return f"{title_of(found.question)} {found.first} {found.last}.{kind}"

    def _keep(self, kind: str) -> None:
        shown = self._shown
        if shown is None:
            return

        def make() -> bytes:
            from ui.devices.report_files import report_bytes

            return report_bytes(shown, Path(f"report.{kind}"))

        self._filing.keep(self._name(kind), make)

    def _keep_picture(self) -> None:
        from ui.file_dialog import ask_where
        from ui.manage.pictures import keep_picture

        picture = self.chart.picture()
        ask_where(self, self._name("png"), lambda chosen: keep_picture(picture, chosen, self.say))

    # Room

    def _fit(self) -> None:
        is_narrow = self.width() < NARROW
        side = self.look.space[3] if is_narrow else self.look.space[4]
        self._right.setContentsMargins(side, self.look.space[3], side, 0)
        self.list.setFixedWidth(NARROWEST_LIST if is_narrow else self._list_width)
        self.chart.setFixedHeight(LOW_CHART if self.height() < LOW else CHART_HEIGHT)
        if self._table is None or self._shown is None or not self._shown.found.keys:
            return
        room = self.width() - self.list.width() - 2 * side
        needed = sum(column.width for column in state.table(self.look, self._shown)[0])
        headings = self._shown.found.headings
        before = [f"{heading.name}_before" for heading in headings if is_compared(heading)]
        self._table.hide_columns(before if needed > room else ())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
