"""报表: X or a Z printed again, on the screen as on paper.

printed()   the person wants it on paper
filed()     they want it as a PDF
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.sales.report import Report
from ui.drawer_text import report_name
from ui.look import Look
from ui.slip_view import SlipView
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER, STEPS
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (560, 700)


class ReportSheet(Sheet):
    """The report scrolls with ↑ and ↓; Enter prints it."""

    printed = Signal()
    filed = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("报表"), size=SIZE, name="report")
        self._view: SlipView | None = None
        self.print = Button(
            look,
            tr("打印"),
            kind="primary",
            icon="printer",
            key="Enter",
            height=look.sizes.choice,
            name="report_print",
        )
        self.print.clicked.connect(self.printed)
        self.said = Said(look, elides=True, name="report_said")
        self.file = Button(
            look, tr("存 PDF"), key="Ctrl+S", height=look.sizes.choice, name="report_file"
        )
        self.file.clicked.connect(self.filed)
        self._foot = Foot(look, self.file, self.print, said=self.said, above=12, gap=look.space[2])

    def show_report(self, report: Report, *, can_print: bool) -> None:
        """Show it; `can_print`: there is a printer."""
        self.set_titles(report_name(report.kind))
        self._view = SlipView(self._look, report, name="report_view")
        self.print.setEnabled(can_print)
        self.said.say("" if can_print else tr("没有打印机：可以存 PDF。"))
        self.set_body(self._view, self._foot)
        if self.isHidden():
            self.open(self.print if can_print else self.file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            (self.file if self.file.hasFocus() else self.print).click()
            event.accept()
        elif event.key() in STEPS and self._view is not None:
            self._view.scroll_by(STEPS[Qt.Key(event.key())])
            event.accept()
        else:
            super().keyPressEvent(event)
