"""检查这台电脑: what was looked at, each with how it is and what to do; the worst stands on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.ports.upkeep import Check
from ui.check_row import CheckRow, worst_first
from ui.check_words import summary
from ui.look import Look
from ui.text import tr
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 600)
SIDE = 24
STEPS = {
    Qt.Key.Key_Up: -48,
    Qt.Key.Key_Down: 48,
    Qt.Key.Key_PageUp: -320,
    Qt.Key.Key_PageDown: 320,
}


class ExaminationSheet(Sheet):
    """Shows the findings when all of them are there; until then, that they are being had."""

    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(
            look, window, tr("检查这台电脑"), size=SIZE, name="examination", leave=tr("好")
        )
        self._scroll: Scroll | None = None

    def show_waiting(self, count: int = 0) -> None:
        """So many were looked at so far."""
        self.show_words(tr("正在检查，看过 {count} 样。收款不受影响。", count=count))

    def show_words(self, words: str) -> None:
        """A sentence in the place of findings."""
        self._show([Words(self._look, words, "body", "ink_2", wraps=True, name="examination_said")])

    def show_checks(self, checks: Sequence[Check]) -> None:
        """What is bad first, then what to look at."""
        end = Words(self._look, summary(list(checks)), "body", bold=True, wraps=True)
        end.setObjectName("examination_summary")
        self._show([end, *(CheckRow(self._look, check) for check in worst_first(checks))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and self._scroll is not None:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + STEPS[Qt.Key(event.key())])
            event.accept()
        else:
            super().keyPressEvent(event)

    def _show(self, rows: Sequence[QWidget]) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)
            if isinstance(row, Words):
                column.addSpacing(8)
        column.addStretch(1)
        self._scroll = Scroll(page)
        self.set_body(self._scroll)
        if self.isHidden():
            self.open()
