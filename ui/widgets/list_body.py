"""清单: the body of a sheet that lists things: the list, or why it is empty; buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

SIDE = 24


class ListBody(QWidget):
    """The first widget of the foot takes the room that the others leave."""

    def __init__(self, look: Look, listed: QWidget, none: QWidget, foot: Sequence[QWidget]) -> None:
        super().__init__()
        self._stack = QStackedLayout()
        for page in (listed, none):
            page.setParent(self)  # a stack shows its first page: never as a window of its own
            self._stack.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 12, SIDE, 12)
        row.setSpacing(12)
        for place, widget in enumerate(foot):
            row.addWidget(widget, 0 if place else 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        column.addWidget(Rule(look))
        column.addLayout(row)

    def show_list(self, has_rows: bool) -> None:
        """The list, or why there is nothing in it."""
        self._stack.setCurrentIndex(0 if has_rows else 1)
