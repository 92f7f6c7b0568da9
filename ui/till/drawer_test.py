"""钱箱: what opens it, over the counter.

accepted(setting)   keep it; answer with `show_error`, or shut the sheet
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.equipment.drawer_test import DrawerTest
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.sheet import Sheet

SIZE = (640, 464)
SIDE = 24


class DrawerTestSheet(Sheet):
    """One page; the button of its foot keeps it."""

    accepted = Signal(str)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("钱箱"), size=SIZE, name="drawer_set")
        self.test = DrawerTest(look)
        self.done = Button(
            look, tr("就这样设"), kind="primary", height=look.sizes.choice, name="drawer_set_done"
        )
        self.done.clicked.connect(self._accept)
        self.test.submitted.connect(self._accept)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 20, SIDE, 16)
        column.addWidget(self.test)
        self.set_body(page, Foot(look, self.done, above=12))

    def begin(self, setting: str) -> None:
        """What holds now."""
        self.test.show_setting(setting)
        self.open()
        self.test.focus()

    def show_error(self, sentence: str) -> None:
        """Why it was not kept, or not tried; "" while somebody else is asked."""
        self.test.say(sentence)

    def _accept(self) -> None:
        setting = self.test.checked()
        if setting is not None:
            self.accepted.emit(setting)
