"""门口: the frame of the pages before the counter: what to do at the left, keys at the right."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.words import Rule, Words

LOW, NARROW, TINY = 660, 1100, 800
SMALLEST = (600, 296)
# Lower than this a row of facts has less air.
CROWDED = 400
RIGHT_WIDTH = 440
RIGHT_NARROW = 344
# What hangs below a Latin line in the hero's size ("Open day") and its line height cuts off.
DESCENT = 4


class Door(QWidget):
    """Hero title, line and `left`; `right` ends in `done`. The window's header stands above."""

    def __init__(self, look: Look, *, title: str, line: str, done: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._is_low = False
        self.setObjectName(name)
        self.setMinimumSize(*SMALLEST)  # whatever its parts would like
        self.setAccessibleName(title)
        self.title = Words(look, title, "hero", elides=True, name=f"{name}_title")
        self.title.setFixedHeight(look.line("hero") + DESCENT)
        self.line = Words(look, line, "item", "ink_2", wraps=True, name=f"{name}_line")
        self.done = Button(look, done, kind="primary", key="Enter", name=f"{name}_done")
        self.left_column = QVBoxLayout()
        self.left_column.setSpacing(look.space[2])
        self.right_column = QVBoxLayout()
        self.right_column.setSpacing(look.space[3])
        self._arrange()

    def finish_keys(self) -> None:
        """Call once the right column holds its parts: the button goes last."""
        self.right_column.addWidget(self.done)
        self.right_column.addStretch(1)

    def set_low(self, is_low: bool) -> None:
        """For a low window: less air, a lower button."""
        self._is_low = is_low
        sizes = self._look.sizes
        self.done.setFixedHeight(sizes.choice if is_low else sizes.primary)
        self.title.setFont(self._look.font("title" if self.width() < TINY else "hero"))
        top, side = (16, 24) if is_low else (56, 64)
        if self.width() < NARROW:
            side = 24
        self._air.changeSize(0, 8 if self.height() < CROWDED else 24)
        self._left.setContentsMargins(side, top - DESCENT, side, 16)
        self._right.setContentsMargins(24, 12 if is_low else 48, 24, 12)
        self._panel.setFixedWidth(RIGHT_NARROW if self.width() < NARROW else RIGHT_WIDTH)

    def _arrange(self) -> None:
        self._left = QVBoxLayout()
        self._left.setSpacing(4)
        self._left.addWidget(self.title)
        self._left.addWidget(self.line)
        self._air = QSpacerItem(0, 24)
        self._left.addItem(self._air)
        self._left.addLayout(self.left_column)
        self._panel = QWidget()
        self._right = QVBoxLayout(self._panel)
        self._right.addLayout(self.right_column)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addLayout(self._left, 1)
        halves.addWidget(Rule(self._look, upright=True))
        halves.addWidget(self._panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_low(self.height() < LOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("surface"))
