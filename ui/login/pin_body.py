"""两栏: of sheets that ask for a PIN: the question at the left, PIN and button at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.login.pin_entry import PinEntry
from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.words import Rule

RIGHT = 344
LEAST_WINDOW = 372


class _Left(QWidget):
    """Words that wrap make no low window scroll: the keys at the right give way instead."""

    def hasHeightForWidth(self) -> bool:
        return False


class PinBody(QWidget):
    """Put the question into `left`."""

    def __init__(self, look: Look, entry: PinEntry, done: Button) -> None:
        super().__init__()
        asked = _Left()
        self.left = QVBoxLayout(asked)
        self.left.setContentsMargins(24, 16, 24, 16)
        self.left.setSpacing(look.space[2])
        self._entry = entry
        panel = QWidget()
        panel.setFixedWidth(RIGHT)
        self._right = right = QVBoxLayout(panel)
        right.setSpacing(look.space[2])
        right.addWidget(entry)
        right.addStretch(1)
        right.addWidget(done)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(asked, 1)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(panel)
        self.fit(LEAST_WINDOW)

    def fit(self, window_height: int) -> None:
        """In a window lower than any screen at 200 % all of it is still in sight, with less air."""
        is_tiny = window_height < LEAST_WINDOW
        top, bottom = (4, 6) if is_tiny else (10, 12)
        self._right.setContentsMargins(24, top, 24, bottom)
        self._entry.set_low(is_tiny)
