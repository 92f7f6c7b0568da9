"""帮助: every key of the counter with what it does; a finger presses it here as well."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look import Look
from ui.text import tr
from ui.till.keys import all_keys, is_act
from ui.widgets import paint
from ui.widgets.key_hint import key_width, paint_key
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet

SIZE = (1240, 712)
SIDE = 24
AIR = 8
COLUMNS = 2


class HelpSheet(Sheet):
    """The table of keys; `pressed` names the one whose row was. Esc folds it away."""

    pressed = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("全部按键"), size=SIZE, name="help")
        keys = all_keys()
        column = max(key_width(look, key) for key, _ in keys)
        table = QWidget()
        rows = QGridLayout(table)
        rows.setContentsMargins(0, 8, 0, 8)
        rows.setSpacing(0)
        high = -(-len(keys) // COLUMNS)
        for at, (key, does) in enumerate(keys):
            row = _KeyRow(look, key, does, column)
            row.clicked.connect(lambda _on=False, key=key: self._press(key))
            rows.addWidget(row, at % high, at // high)
        rows.setRowStretch(high, 1)
        body = QWidget()
        around = QVBoxLayout(body)
        around.setContentsMargins(1, 0, 1, 1)
        around.addWidget(Scroll(table))
        self.set_body(body)

    def _press(self, key: str) -> None:
        self.shut()
        self.pressed.emit(key)


class _KeyRow(QAbstractButton):
    """One key; those that act can be pressed, the others are only told."""

    def __init__(self, look: Look, key: str, does: str, column: int) -> None:
        super().__init__()
        self._look = look
        self._key = key
        self._column = column
        self.setObjectName(f"help_{key}")
        self.setText(does)
        self.setAccessibleName(f"{key} {does}")
        self.setToolTip(does)
        self.setEnabled(is_act(key))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_act(key) else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.sizes.hit_min)

    def sizeHint(self) -> QSize:
        return QSize(self._look.sizes.hit_min, self._look.sizes.hit_min)

    def _room(self) -> int:
        return self.width() - 3 * SIDE - self._column

    def _font(self) -> QFont:
        """Smaller where one line is too short."""
        is_long = paint.advance(self._look.font("body"), self.text()) > self._room()
        return self._look.font("small" if is_long else "body")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        super().resizeEvent(event)
        lines = paint.lines(self.text(), self._font(), self._room())
        high = lines * self._look.line("small") + AIR
        self.setFixedHeight(max(self._look.sizes.hit_min, high))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, middle = QPainter(self), self._look, self.height() / 2
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            role = "selected" if self.isDown() else "hover"
            painter.fillRect(self.rect(), look.colour(role))
        paint_key(painter, look, left=SIDE, middle=middle, key=self._key)
        left = SIDE + self._column + SIDE
        place = QRect(left, 0, self.width() - left - SIDE, self.height())
        painter.setPen(look.colour("ink"))
        painter.setFont(self._font())
        painter.drawText(place, int(paint.LEFT) | Qt.TextFlag.TextWordWrap, self.text())
        if self.hasFocus():
            frame = self.rect().adjusted(8, 1, -8, -1)
            edge, radius = look.colour("accent"), look.radii.control
            paint.box(painter, frame, radius=radius, border=edge, width=look.borders.focus)
