"""小节: a heading with a count and a way to more, a strong rule, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import capital
from ui.widgets.button import Button
from ui.widgets.words import Rule, Words


class Section(QWidget):
    """`more` where the button at the right of the heading is pressed."""

    more = Signal()

    def __init__(
        self, look: Look, title: str, *, name: str, more: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.count = Words(look, "", "body", "ink_2", elides=True, name=f"{name}_count")
        head = QHBoxLayout()
        head.setSpacing(look.space[3])
        head.addWidget(Words(look, capital(title), "body", bold=True))
        head.addStrut(look.sizes.control)
        head.addWidget(self.count, 1)
        if more:
            self.button = Button(look, more, kind="text", icon=icon, name=f"{name}_more")
            self.button.clicked.connect(self.more)
            head.addWidget(self.button)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(look, strong=True))
        column.addLayout(self.body, 1)

    def show_rows(self, rows: Sequence[QWidget], nothing: str) -> None:
        """Other rows; where there are none, one quiet sentence."""
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self.body.addWidget(row)
        if not rows:
            empty = Words(self._look, nothing, "body", "ink_2", wraps=True)
            empty.setContentsMargins(0, self._look.space[3], 0, 0)
            self.body.addWidget(empty)
        self.body.addStretch(1)
