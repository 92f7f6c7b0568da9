"""数量: minus, the number, plus; 44 px each, for fingers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button

LONG = 4


class _Number(Button):
    """The number itself, larger than a label; four digits are set small, clear of both buttons."""

    def _padding(self) -> int:
        return 1

    def _style(self) -> tuple[str, bool]:
        return "item" if len(self.text()) < LONG else "small", True


class Stepper(QWidget):
    """`stepped` says −1 or +1, `asked` that the number itself was pressed (to type it)."""

    stepped = Signal(int)
    asked = Signal()

    def __init__(self, look: Look, *, name: str = "stepper", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        side = look.sizes.hit_min
        self.less = Button(look, icon="minus", name=f"{name}_less", spoken=tr("减一"), parent=self)
        self.more = Button(look, icon="plus", name=f"{name}_more", spoken=tr("加一"), parent=self)
        self.number = _Number(look, "", kind="quiet", name=f"{name}_number", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.less, self.number, self.more):
            button.setFixedSize(side, side)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.setFixedSize(3 * side, side)
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.number.clicked.connect(self.asked)

    def set_number(self, text: str) -> None:
        """Show this number between the two buttons."""
        self.number.set_spoken(tr("数量 {number}，改数量", number=text))
        self.number.set_label(text)

    def set_limits(self, *, can_less: bool = True, can_more: bool = True) -> None:
        """Which way it can still go."""
        self.less.setEnabled(can_less)
        self.more.setEnabled(can_more)
