"""帮助: every key of the counter with what it does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.keys import all_keys
from ui.widgets.key_hint import KeyHint
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (720, 620)
ROW = 38


class HelpSheet(Sheet):
    """The table of keys; Esc folds it away."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("全部按键"), size=SIZE, name="help")
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(24, 12, 24, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for at, (key, does) in enumerate(all_keys()):
            grid.addWidget(KeyHint(look, key), at, 0, Qt.AlignmentFlag.AlignVCenter)
            words = Words(look, does, "body", elides=True)
            words.setFixedHeight(ROW)
            grid.addWidget(words, at, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(table)
        area.viewport().setAutoFillBackground(False)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.set_body(body)
