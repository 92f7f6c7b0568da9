"""检查的一行: a sign for the grade, what was looked at, and how it is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.ports.upkeep import Check, Grade
from ui.check_words import graded, said, title
from ui.look import Look
from ui.widgets import paint
from ui.widgets.words import Words

ICON, TEXT_LEFT, TITLE = 22, 38, 152
ICONS = {Grade.GOOD: "check", Grade.LOOK: "alert", Grade.BAD: "close"}
ROLES = {Grade.GOOD: "accent", Grade.LOOK: "warn_text", Grade.BAD: "danger_text"}
WORST_FIRST = (Grade.BAD, Grade.LOOK, Grade.GOOD)


def worst_first(checks: Iterable[Check]) -> list[Check]:
    """What is bad first, then what to look at."""
    return sorted(checks, key=lambda check: WORST_FIRST.index(check.grade))


class CheckRow(QWidget):
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
