"""追溯码: the lines that still need codes; each scan fills one, a manager may let them go.

coded(no, text)   a code for a line that was typed; answer with `show_lines` or `show_error`
scanned(no, text) what was scanned while that line stood out; answer as for `coded`
waive_asked()     somebody may answer for what is missing
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (640, 480)


class TraceSheet(Sheet):
    """A field for codes that no scanner reads, above the lines that lack some."""

    shows_scans = True
    coded = Signal(object, str)
    scanned = Signal(object, str)
    waive_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("还缺追溯码"), size=SIZE, name="trace")
        self.code = Field(look, tr("扫包装上的追溯码；扫不出就选好行，照着输入"), name="trace_code")
        self.list = ChoiceList(look, name="trace_list", spoken=tr("缺追溯码的商品"))
        self.said = Words(look, "", "small", "danger_text", wraps=True, name="trace_problem")
        self.waive = Button(look, tr("放行，不扫了"), key="F4", name="trace_waive")
        self.code.submitted.connect(self._on_code)
        self.list.step_from(self.code.edit)
        self.waive.clicked.connect(self.waive_asked)
        self.set_body(self._body_of(look))

    def show_lines(self, rows: Sequence[Choice]) -> None:
        """What lacks codes now; opens where it is closed."""
        here = self.list.currentIndex().row() if self.isVisible() else 0
        self.list.show_rows(rows, current=min(max(here, 0), len(rows) - 1))
        self.said.setText("")
        self.code.set_text("")
        if self.isHidden():
            self.open(self.code.edit)
        self.code.focus()

    def show_error(self, text: str) -> None:
        """Why a code was not taken; the lines stay."""
        self.said.setText(text)
        self.code.focus()
        self.code.edit.selectAll()

    def take_scan(self, text: str) -> bool:
        """Every scan is for these lines, until nothing lacks or the person turns back."""
        self.scanned.emit(self.list.current_key(), text)
        return True

    def _on_code(self) -> None:
        if text := self.code.text():
            self.coded.emit(self.list.current_key(), text)

    def _body_of(self, look: Look) -> QWidget:
        body = QWidget()
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.addWidget(self.code)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.setSpacing(12)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.waive)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(Rule(look))
        column.addLayout(foot)
        return body
