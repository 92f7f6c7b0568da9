"""检查这台电脑: what was looked at, each with how it is and what to do; the worst stands on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.ports.upkeep import Check, Grade
from ui.check_words import graded, said, summary, title
from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 600)
SIDE, ICON, TEXT_LEFT, TITLE = 24, 22, 38, 132
ICONS = {Grade.GOOD: "check", Grade.LOOK: "alert", Grade.BAD: "close"}
ROLES = {Grade.GOOD: "accent", Grade.LOOK: "warn_text", Grade.BAD: "danger_text"}
STEPS = {
    Qt.Key.Key_Up: -48,
    Qt.Key.Key_Down: 48,
    Qt.Key.Key_PageUp: -320,
    Qt.Key.Key_PageDown: 320,
}
WORST_FIRST = (Grade.BAD, Grade.LOOK, Grade.GOOD)


class _Row(QWidget):
    """A sign for the grade, what was looked at, how it is; a rule below."""

    def __init__(self, look: Look, check: Check) -> None:
        super().__init__()
        self._look = look
        self._grade = check.grade
        self.setObjectName(f"check_{check.what}")
        self.setAccessibleName(f"{graded(check.grade)} {title(check)} {said(check)}")
        row = QHBoxLayout(self)
        row.setContentsMargins(TEXT_LEFT, 11, 0, 11)
        row.setSpacing(look.space[3])
        name = Words(look, title(check), "body", bold=check.grade is not Grade.GOOD)
        name.setFixedWidth(TITLE)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        role = "ink_2" if check.grade is Grade.GOOD else "ink"
        row.addWidget(Words(look, said(check), "body", role, wraps=True), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rule = QPainter(self), self._look, self._look.borders.rule
        square = QRectF(0, 12, ICON, ICON)
        paint.icon(painter, look, square, ICONS[self._grade], ROLES[self._grade])
        line = QRectF(0, self.height() - rule, self.width(), rule)
        painter.fillRect(line, look.colour("line"))


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
        order = sorted(checks, key=lambda check: WORST_FIRST.index(check.grade))
        self._show([end, *(_Row(self._look, check) for check in order)])

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
