"""清单: the body of a sheet that lists things: the list, or why it is empty; buttons below.

A list scrolls by itself: while it is shown, what stands in its place when it is empty asks for no
room, so that a low window does not scroll the list's own place besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.words import Rule

SIDE = 24


class ListBody(QWidget):
    """The first widget of the foot takes the room that the others leave; it may have none."""

    def __init__(
        self, look: Look, listed: QWidget, none: QWidget, foot: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self._none = none
        self._stack = QStackedLayout()
        for page in (listed, none):
            page.setParent(self)  # a stack shows its first page: never as a window of its own
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        if foot:
            column.addWidget(Rule(look))
            column.addLayout(foot_row(foot))
        self.show_list(has_rows=True)

    def show_list(self, has_rows: bool) -> None:
        """The list, or why there is nothing in it."""
        policy = self._none.sizePolicy()
        vertical = QSizePolicy.Policy.Ignored if has_rows else QSizePolicy.Policy.Preferred
        policy.setVerticalPolicy(vertical)
        self._none.setSizePolicy(policy)
        self._stack.setCurrentIndex(0 if has_rows else 1)


def foot_row(widgets: Sequence[QWidget]) -> QHBoxLayout:
    """Buttons below a list; the first widget takes the room that the others leave."""
    row = QHBoxLayout()
    row.setContentsMargins(SIDE, 12, SIDE, 12)
    row.setSpacing(12)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)
    return row
