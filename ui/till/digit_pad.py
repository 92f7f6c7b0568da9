"""数字键盘: twelve large keys for a finger, which type into one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint

ROWS = ("789", "456", "123")
LEAST = 44
USUAL, MOST = 64, 80


class _Key(QAbstractButton):
    """One key: a digit or a word; it never takes the focus from the line."""

    def __init__(self, look: Look, face: str, *, spoken: str = "") -> None:
        super().__init__()
        self._look = look
        self.setText(face)
        self.setAccessibleName(spoken or face)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(LEAST, LEAST)
        self.setMaximumHeight(MOST)

    def sizeHint(self) -> QSize:
        return QSize(USUAL, USUAL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        fill = "selected" if self.isDown() else "hover" if self.underMouse() else "surface"
        paint.box(
            painter,
            self.rect(),
            radius=look.radii.control,
            fill=look.colour(fill),
            border=look.colour("line_strong" if self.isEnabled() else "line"),
            width=look.borders.control,
        )
        font = look.font("title" if len(self.text()) == 1 else "body", False)
        colour = look.colour("ink" if self.isEnabled() else "disabled_ink")
        paint.words(painter, self.rect(), self.text(), font=font, colour=colour, align=paint.CENTRE)


class DigitPad(QWidget):
    """Digits, 退格, and a point for money or 清空 for a PIN; `pressed` after each key."""

    pressed = Signal()

    def __init__(
        self,
        look: Look,
        line: QLineEdit,
        *,
        money: bool = True,
        name: str = "pad",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._line = line
        self.setObjectName(name)
        self.setAccessibleName(tr("数字键盘"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.space[2])
        for row, digits in enumerate(ROWS):
            for column, digit in enumerate(digits):
                self._add(digit, row, column)
        if money:
            self._add(".", len(ROWS), 0, spoken=tr("小数点"), called="point")
        else:
            self._add(tr("清空"), len(ROWS), 0, called="clear", does=self._clear)
        self._add("0", len(ROWS), 1)
        self._add(tr("退格"), len(ROWS), 2, called="back", does=self._back).setAutoRepeat(True)

    def _add(
        self,
        face: str,
        row: int,
        column: int,
        *,
        spoken: str = "",
        called: str = "",
        does: Callable[[], None] | None = None,
    ) -> _Key:
        key = _Key(self._look, face, spoken=spoken)
        key.setObjectName(f"{self.objectName()}_{called or face}")
        key.clicked.connect(does or (lambda: self._type(face)))
        self._grid.addWidget(key, row, column)
        return key

    def _type(self, face: str) -> None:
        self._line.insert(face)
        self.pressed.emit()

    def _back(self) -> None:
        self._line.backspace()
        self.pressed.emit()

    def _clear(self) -> None:
        self._line.clear()
        self.pressed.emit()
