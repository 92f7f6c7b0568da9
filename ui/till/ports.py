"""串口扫码枪: a sheet to say on which ports scanners hang; what is chosen is read at once.

chosen(setting)   keep it; answer with `shut` or `show_error`
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.equipment.scanner_ports import ScannerPorts
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (640, 420)
SIDE = 24


class PortsSheet(Sheet):
    """Over the test of a scanner, so that one just chosen can be tried there."""

    chosen = Signal(str)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("串口扫码枪"), size=SIZE, name="ports")
        self.ports = ScannerPorts(look)
        self.ports.submitted.connect(self._choose)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 16, SIDE, 8)
        column.addWidget(self.ports)
        self.set_body(page, self._foot())

    def begin(self, setting: str) -> None:
        """Show what is set."""
        self.ports.show_setting(setting)
        self.open(self.ports.field.edit)

    def show_error(self, sentence: str) -> None:
        """Why it was not kept."""
        self.ports.say(sentence)

    def _choose(self) -> None:
        self.chosen.emit(self.ports.setting)

    def _foot(self) -> QWidget:
        look = self._look
        words = tr("马上就用，不用重开。键盘口的枪不用设。")
        self.done = Button(
            look, tr("就用这些"), kind="primary", key="Enter", height=56, name="ports_done"
        )
        self.done.clicked.connect(self._choose)
        said = Words(look, words, "small", "ink_2", wraps=True, name="ports_said")
        return Foot(look, self.done, said=said)
