"""客显: where customers see what they pay, over the counter.

accepted(values)   keep these settings; answer with `show_error`, or shut the sheet
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.values.settings import Settings
from ui.devices import sound
from ui.equipment.display_choice import DisplayChoice
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet

SIZE = (760, 640)
SIDE = 24


class DisplaySheet(Sheet):
    """One page; the button of its foot keeps it."""

    accepted = Signal(object)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("客显"), size=SIZE, name="display")
        self.choice = DisplayChoice(look)
        self.done = Button(
            look, tr("就这样设"), kind="primary", height=look.sizes.choice, name="display_done"
        )
        self.done.clicked.connect(self._accept)
        self.choice.submitted.connect(self._accept)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(SIDE, 20, SIDE, 16)
        self._column.addWidget(self.choice)
        self._scroll = Scroll(page)
        self.set_body(self._scroll, Foot(look, self.done, above=12))

    def begin(self, settings: Settings, screens: Sequence[str], folder: str, count: int) -> None:
        """What holds now."""
        self.choice.show_settings(settings, screens)
        self.choice.show_slides(folder, count)
        self.done.setEnabled(True)
        self.open()
        self.choice.focus()

    def show_error(self, sentence: str) -> None:
        """Why it was not kept; "" while somebody else is asked."""
        self.choice.say(sentence)
        self._scroll.verticalScrollBar().setValue(0)
        self.done.setEnabled(True)

    def _accept(self) -> None:
        if not self.done.isEnabled():
            return
        values = self.choice.checked()
        if values is None:
            sound.play_error()
            return
        self.done.setEnabled(False)
        self.accepted.emit(values)
