"""程序: the till's window from the first frame to the last, on a screen or walked without one.

The frame of the window is shown first, then the pages are built, then the store is opened on its
own thread: whoever starts a till sees at once that it starts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.look import Look

if TYPE_CHECKING:
    from ui.window import Paper, TillWindow
    from ui.work import Opening

DemoPins = Sequence[tuple[str, str]]
USUAL = (1366, 768)
SMALLEST = (640, 384)
SMALL_SCREEN = 1500


class Frame(QWidget):
    """The top-level window: empty paper at first, then the till."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._till: TillWindow | None = None
        self.setWindowTitle(title)
        self.setObjectName("frame")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, till: TillWindow) -> None:
        """Put the till into the frame."""
        self._till = till
        self._column.addWidget(till)
        till.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The till may have something that must not be lost."""
        if self._till is not None and not self._till.may_close():
            event.ignore()


class Program:
    """Application, frame, till and work of one process; `close` ends them in order."""

    def __init__(self, opening: Opening, paper: Paper) -> None:
        self.app = application()
        look = Look.load()
        look.apply(self.app)
        self.frame = Frame("熟客")
        screen = self.app.primaryScreen()
        if screen is not None and screen.availableSize().width() <= SMALL_SCREEN:
            self.frame.showMaximized()
        else:
            self.frame.show()
        self.frame.activateWindow()
        self.app.processEvents()
        # Everything below may take its time: the frame stands.
        from ui.window import TillWindow
        from ui.work import Work

        self.work = Work(opening)
        self.till = TillWindow(look, self.work, paper, self.frame)
        self.frame.hold(self.till)

    def close(self) -> None:
        """What is on its way to the printer still goes out; then the shop is closed."""
        self.till.end()
        self.work.stop()
        self.frame.deleteLater()


def run(opening: Opening, *, paper: Paper, demo_pins: DemoPins = ()) -> int:
    """Show the till until its window is closed; the exit code of the program.

    `opening` gives the shop; it is entered on the store's thread. `paper` is printer, profile and
    width in mm: what a PaperDesk is made of.
    """
    program = Program(opening, paper)
    try:
        program.till.begin(demo_pins)
        return program.app.exec() or program.till.exit_code
    finally:
        program.close()


def pictures(
    opening: Opening, *, paper: Paper, folder: Path, demo_pins: DemoPins = ()
) -> list[Path]:
    """Walk the demo shop without a screen and leave a picture of each station, in order."""
    program = Program(opening, paper)
    try:
        from ui.walk import Walk

        return Walk(program.app, program.till, folder).go(demo_pins)
    finally:
        program.close()


def application() -> QApplication:
    """The one QApplication of this process."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(sys.argv[:1])
    app.setApplicationName("shuke")
    app.setApplicationDisplayName("熟客")
    return app
