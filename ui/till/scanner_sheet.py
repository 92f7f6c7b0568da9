"""扫码枪自检: the test of a scanner over the counter; Enter takes what it found.

accepted(Habits)   set the till by what was measured
ports_asked()      choose the serial ports
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.devices.scan_trial import Measured
from ui.equipment.scanner_test import ScannerTest
from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (1000, 640)


class ScannerSheet(Sheet):
    """A code that a serial scanner brings counts as one that is typed."""

    shows_scans = True
    accepted = Signal(object)
    ports_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("扫码枪自检"), size=SIZE, name="scanner")
        self.test = ScannerTest(look)
        self.test.measured.connect(self._on_measured)
        self.test.accepted.connect(self._accept)
        self.set_body(self.test, self._foot())

    def begin(self) -> None:
        """A scanner that nothing is known of."""
        self.test.begin()
        self.show_error("")
        self._on_measured(None)
        if self.isHidden():
            self.open(self.test)
        self.test.setFocus()

    def show_error(self, sentence: str) -> None:
        """Why it was not kept."""
        self.said.say(sentence or tr("左右键换一种码"), is_wrong=bool(sentence))

    def take_scan(self, text: str) -> bool:
        """A serial scanner's code; keys that came while a button had the focus count as none."""
        if self.test.hasFocus():
            self.test.take_code(text)
        self.test.setFocus()
        return True

    def _foot(self) -> QWidget:
        look = self._look
        self.said = Said(look, name="scanner_problem")
        self.ports = Button(look, tr("串口…"), icon="device", name="scanner_ports")
        self.ports.clicked.connect(self.ports_asked)
        self.again = Button(look, tr("重新测"), icon="sync", name="scanner_again")
        self.again.clicked.connect(self.begin)
        self.done = Button(
            look, tr("就这样设"), kind="primary", key="Enter", height=56, name="scanner_done"
        )
        self.done.clicked.connect(self._accept)
        return Foot(look, self.again, self.done, left=[self.ports], said=self.said)

    def _on_measured(self, found: Measured | None) -> None:
        self.done.setEnabled(found is not None and found.habits is not None)
        self.again.setEnabled(found is not None)

    def _accept(self) -> None:
        found = self.test.found
        if found is not None and found.habits is not None:
            self.accepted.emit(found.habits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.test.hasFocus():
            event.accept()  # the test took it: a scanner's, or a hand's
        else:
            super().keyPressEvent(event)
