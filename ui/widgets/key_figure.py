"""数字: a label, a large number that may open what lies behind it, and a line below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets import paint
from ui.widgets.words import Words

UNDERLINE_GAP = 4


class Number(QAbstractButton):
    """A number with a line under it: press it to see its rows; without one it opens nothing."""

    def __init__(self, look: Look, style: str, *, name: str, spoken: str) -> None:
        super().__init__()
        self._look = look
        self._style = style
        self._spoken = spoken
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_number("")

    def set_number(self, text: str, *, opens: bool = True) -> None:
        """Show another number, already in words."""
        self.setText(text)
        self.setEnabled(opens)
        self.setAccessibleName(f"{self._spoken} {text}".strip())
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.advance(self._look.font(self._style), self.text() or "0")
        return QSize(width, self._look.line(self._style) + UNDERLINE_GAP + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return  # nothing is known yet
        painter, look = QPainter(self), self._look
        is_lit = self.isEnabled() and (self.underMouse() or self.hasFocus())
        font = look.font(self._style)
        place = self.rect().adjusted(0, 0, 0, -UNDERLINE_GAP - 2)
        ink = look.colour("accent_text" if is_lit else "ink")
        paint.words(painter, place, self.text(), font=font, colour=ink)
        if not self.isEnabled():
            return
        width = look.borders.chosen if self.hasFocus() else look.borders.rule
        line = self.height() - width
        painter.fillRect(0, line, self.width(), width, ink if is_lit else look.colour("ink_2"))


class KeyFigure(QWidget):
    """One figure of a page; `opened` where its number is pressed."""

    opened = Signal()

    def __init__(
        self, look: Look, label: str, *, name: str, style: str = "title", unit: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.label = Words(look, capital(label), "small", "ink_2", elides=True)
        self.number = Number(look, style, name=f"{name}_number", spoken=label)
        self.number.clicked.connect(self.opened)
        self.line = Words(look, "", "small", "ink_2", elides=True, name=f"{name}_line")
        beside = QHBoxLayout()
        beside.setSpacing(look.space[1])
        beside.addWidget(self.number)
        if unit:
            beside.addWidget(Words(look, unit, "body", "ink_2"))
        beside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[0])
        column.addWidget(self.label)
        column.addLayout(beside)
        column.addWidget(self.line)

    def show_figure(
        self, number: str, line: str = "", *, role: str = "ink_2", opens: bool = True
    ) -> None:
        """Another number, and what is said below it; whether there is something behind it."""
        self.number.set_number(number, opens=opens)
        self.line.set_role(role)
        self.line.setText(capital(line))
