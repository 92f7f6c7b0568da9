"""数字键盘: twelve large keys for a finger, which type into one line.

Three beside each other; six where the place is too low for four rows.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets import paint

TALL, FLAT = "789456123", "123456789"
ACROSS = {False: 3, True: 6}
LEAST, FLAT_LEAST = 44, 40
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
        self._is_flat = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._keys = {digit: self._key(digit) for digit in TALL}
        if money:
            self._keys["point"] = self._key(".", spoken=tr("小数点"), called="point")
        else:
            self._keys["clear"] = self._key(tr("清空"), called="clear", does=self._clear)
        self._keys["0"] = self._key("0")
        self._keys["back"] = self._key(tr("退格"), called="back", does=self._back)
        self._keys["back"].setAutoRepeat(True)
        self._place()

    def _key(
        self,
        face: str,
        *,
        spoken: str = "",
        called: str = "",
        does: Callable[[], None] | None = None,
    ) -> _Key:
        key = _Key(self._look, face, spoken=spoken)
        key.setObjectName(f"{self.objectName()}_{called or face}")
        key.clicked.connect(does or (lambda: self._type(face)))
        return key

    def _place(self) -> None:
        """Each key in its place: as on a keyboard, or as on a row of digits."""
        across, digits = ACROSS[self._is_flat], FLAT if self._is_flat else TALL
        others = [name for name in self._keys if name not in digits]
        for at, name in enumerate([*digits, *others]):
            self._keys[name].setMinimumWidth(FLAT_LEAST if self._is_flat else LEAST)
            self._grid.addWidget(self._keys[name], at // across, at % across)
        self._grid.setSpacing(self._look.space[0] if self._is_flat else self._look.space[2])

    def sizeHint(self) -> QSize:
        gaps = self._look.space[2]
        return QSize(3 * USUAL + 2 * gaps, 4 * USUAL + 3 * gaps)

    def minimumSizeHint(self) -> QSize:
        gaps = self._look.space
        return QSize(3 * LEAST + 2 * gaps[2], 2 * LEAST + gaps[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_flat = self.height() < 4 * LEAST + 3 * self._look.space[2]
        if is_flat != self._is_flat:
            self._is_flat = is_flat
            self._place()

    def _type(self, face: str) -> None:
        self._line.insert(face)
        self.pressed.emit()

    def _back(self) -> None:
        self._line.backspace()
        self.pressed.emit()

    def _clear(self) -> None:
        self._line.clear()
        self.pressed.emit()
