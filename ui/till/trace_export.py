"""追溯码导出: from which day to which; the rows go into a table file.

    asked(since, until)   how many rows there are      filed(since, until)

Answer with `show_count` or `said.say`.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.day_span import DaySpan, bad_day_words
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (680, 336)
SIDE = 24


class TraceExportSheet(Sheet):
    """Usual spans by a press, any other by writing its days."""

    asked = Signal(object, object)
    filed = Signal(object, object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("追溯码导出"), size=SIZE, name="trace_export")
        self.span = DaySpan(look, name="trace_export")
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
        self.span.picked.connect(self._ask)
        self.span.typed.connect(self._ask)
        self.span.submitted.connect(self._on_file)
        self.file.clicked.connect(self._on_file)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.addWidget(self.span)
        column.addStretch(1)
        return body

    def begin(self, today: date) -> None:
        """Open with this month until today."""
        if self.isHidden():
            self.open()
        self.span.begin(today)

    def show_count(self, count: int) -> None:
        """How many rows there are."""
        self.file.setEnabled(count > 0)
        words = tr("{count} 行：卖出、退回、作废的每一盒。", count=count)
        self.said.say(words if count else tr("这些天没有追溯码。"))

    def _ask(self) -> None:
        self.file.setEnabled(False)
        if self.span.days is None:
            self.said.say(bad_day_words())
        else:
            self.asked.emit(*self.span.days)

    def _on_file(self) -> None:
        if self.span.days is not None and self.file.isEnabled():
            self.filed.emit(*self.span.days)
