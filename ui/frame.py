"""窗框: the top-level window of the program; what stands in it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from ui.text import tr

if TYPE_CHECKING:
    from ui.window import TillWindow

USUAL = (1366, 768)
SMALLEST = (640, 340)


class Frame(QWidget):
    """The top-level window: empty paper at first, then the till."""

    def __init__(self) -> None:
        super().__init__()
        self._till: TillWindow | None = None
        self.setObjectName("frame")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._band: QWidget | None = None

    def show_band(self, band: QWidget | None) -> None:
        """Something across the top, whatever stands below; None takes it away."""
        if self._band is not None:
            self._column.removeWidget(self._band)
            delete(self._band)
        self._band = band
        if band is not None:
            self._column.insertWidget(0, band)

    def hold(self, till: TillWindow) -> None:
        """Put the till into the frame, in the place of the one before."""
        before, self._till = self._till, till
        self.setWindowTitle(tr("熟客"))
        self.setAccessibleName(tr("熟客"))
        self._column.addWidget(till)
        till.show()
        if before is not None:
            self._column.removeWidget(before)
            # at once: nothing of it may ask anything any more, and be answered when it is gone
            delete(before)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The till may have something that must not be lost."""
        if self._till is not None and not self._till.may_close():
            event.ignore()
