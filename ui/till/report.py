"""报表: X or a Z printed again, on the screen as on paper.

printed()   the person wants it on paper
filed()     they want it as a PDF
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.sales.report import Report
from ui.drawer_text import report_name
from ui.look import Look
from ui.text import tr
from ui.till.amount_entry import ENTER, STEPS
from ui.till.slip_view import SlipView
from ui.widgets.button import Button
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (560, 700)


class ReportSheet(Sheet):
    """The report scrolls with ↑ and ↓; Enter prints it."""

    printed = Signal()
    filed = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("报表"), size=SIZE, name="report")
        self._view: SlipView | None = None

    def show_report(self, report: Report, *, can_print: bool) -> None:
        """Show it; `can_print`: there is a printer."""
        look = self._look
        self.set_titles(report_name(report.kind))
        self._view = SlipView(look, report, name="report_view")
        self.print = Button(
            look,
            tr("打印"),
            kind="primary",
            icon="printer",
            key="Enter",
            height=look.sizes.choice,
            name="report_print",
        )
        self.print.setEnabled(can_print)
        self.print.clicked.connect(self.printed)
        self.said = Words(look, "", "small", "ink_2", elides=True, name="report_said")
        self.said.setText("" if can_print else tr("没有打印机：可以存 PDF。"))
        self.file = Button(
            look,
            tr("存 PDF"),
            key="Ctrl+S",
            height=look.sizes.choice,
            name="report_file",
        )
        self.file.clicked.connect(self.filed)
        body = QWidget()
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.setSpacing(look.space[2])
        foot.addWidget(self.said, 1)
        foot.addWidget(self.file)
        foot.addWidget(self.print)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(Rule(look))
        column.addLayout(foot)
        self.set_body(body)
        if self.isHidden():
            self.open(self.print if can_print else self.file)

    def say(self, words: str, is_wrong: bool = False) -> None:
        """What became of it, at the foot."""
        self.said.set_role("danger_text" if is_wrong else "ink_2")
        self.said.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and not event.isAutoRepeat():
            (self.file if self.file.hasFocus() else self.print).click()
            event.accept()
        elif event.key() == Qt.Key.Key_S and is_ctrl:
            self.file.click()
            event.accept()
        elif event.key() in STEPS and self._view is not None:
            self._view.scroll_by(STEPS[Qt.Key(event.key())])
            event.accept()
        else:
            super().keyPressEvent(event)
