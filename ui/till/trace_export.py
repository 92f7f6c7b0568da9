"""追溯码导出: from which day to which; the rows go into a table file.

    asked(since, until)   how many rows there are      filed(since, until)

Answer with `show_count` or `said.say`.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet

SIZE = (680, 336)
SIDE = 24
TODAY, YESTERDAY, MONTH, LAST_MONTH, OTHER = "today", "yesterday", "month", "last_month", "other"


def days_of(kind: str, today: date) -> tuple[date, date]:
    """The first and the last day of what was chosen."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        TODAY: (today, today),
        YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
        LAST_MONTH: (before.replace(day=1), before),
    }.get(kind, (first, today))


class TraceExportSheet(Sheet):
    """Usual spans by a press, any other by writing its days."""

    asked = Signal(object, object)
    filed = Signal(object, object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("追溯码导出"), size=SIZE, name="trace_export")
        self._today = date.min
        self.span = Segments(
            look,
            [
                Segment(TODAY, tr("今日")),
                Segment(YESTERDAY, tr("昨日")),
                Segment(MONTH, tr("本月")),
                Segment(LAST_MONTH, tr("上月")),
                Segment(OTHER, tr("别的日子")),
            ],
            name="trace_export_span",
            spoken=tr("哪些天"),
        )
        example = tr("例如 2026-11-01")
        self.since = Field(look, tr("从"), placeholder=example, name="trace_export_since")
        self.until = Field(look, tr("到"), placeholder=example, name="trace_export_until")
        self.said = Said(look, name="trace_export_said")
        self.file = Button(
            look,
            tr("存成表格…"),
            kind="primary",
            icon="export",
            key="Ctrl+S",
            height=look.sizes.choice,
            name="trace_export_file",
        )
        self.set_body(self._body(), Foot(look, self.file, said=self.said))
        self.span.chosen.connect(self._on_span)
        for field in (self.since, self.until):
            field.edit.textEdited.connect(lambda _text: self.span.set_current(OTHER))
            field.changed.connect(lambda _text: self._ask())
            field.submitted.connect(self._on_file)
        self.file.clicked.connect(self._on_file)

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        days = QHBoxLayout()
        days.setSpacing(look.space[3])
        days.addWidget(self.since, 1)
        days.addWidget(self.until, 1)
        spans = QHBoxLayout()
        spans.addWidget(self.span)
        spans.addStretch(1)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[4])
        column.addLayout(spans)
        column.addLayout(days)
        column.addStretch(1)
        return body

    def begin(self, today: date) -> None:
        """Open with this month until today."""
        self._today = today
        if self.isHidden():
            self.open()
        self.span.set_current(MONTH)
        self._on_span(MONTH)
        self.span.focus()

    def show_count(self, count: int) -> None:
        """How many rows there are."""
        self.file.setEnabled(count > 0)
        words = tr("{count} 行：卖出、退回、作废的每一盒。", count=count)
        self.said.say(words if count else tr("这些天没有追溯码。"))

    @property
    def days(self) -> tuple[date, date] | None:
        """As they are written; None while one of them is no day."""
        try:
            return date.fromisoformat(self.since.text()), date.fromisoformat(self.until.text())
        except ValueError:
            return None

    def _on_span(self, kind: str) -> None:
        if kind == OTHER:
            self.since.focus()
            return
        since, until = days_of(kind, self._today)
        for field, day in ((self.since, since), (self.until, until)):
            field.blockSignals(True)
            field.set_text(day.isoformat())
            field.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        self.file.setEnabled(False)
        if self.days is None:
            self.said.say(tr("日期写成 2026-11-01 这样。"))
        else:
            self.asked.emit(*self.days)

    def _on_file(self) -> None:
        if self.days is not None and self.file.isEnabled():
            self.filed.emit(*self.days)
