"""程序: the till's window from the first frame to the last, on a screen or walked without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.look import Look
from ui.window import Paper, TillWindow
from ui.work import Opening, Work

DemoPins = Sequence[tuple[str, str]]
SMALL_SCREEN = 1500


def run(
    opening: Opening, *, paper: Paper, demo_pins: DemoPins = (), argv: Sequence[str] | None = None
) -> int:
    """Show the till until its window is closed; the exit code of the program.

    `opening` gives the shop; it is entered on the store's thread, while the window stands already.
    `paper` is printer, profile and width in mm: what a PaperDesk is made of.
    """
    app = application(argv)
    look = Look.load()
    look.apply(app)
    work = Work(opening)
    window = TillWindow(look, work, paper)
    try:
        window.begin(demo_pins)
        screen = app.primaryScreen()
        if screen is not None and screen.availableSize().width() <= SMALL_SCREEN:
            window.showMaximized()
        else:
            window.show()
        return app.exec() or window.exit_code
    finally:
        window.end()
        work.stop()


def pictures(
    opening: Opening, *, paper: Paper, folder: Path, demo_pins: DemoPins = ()
) -> list[Path]:
    """Walk the demo shop without a screen and leave a picture of each station, in order."""
    from ui.walk import Walk

    app = application(None)
    look = Look.load()
    look.apply(app)
    work = Work(opening)
    window = TillWindow(look, work, paper)
    try:
        return Walk(app, window, folder).go(demo_pins)
    finally:
        window.end()
        work.stop()
        window.deleteLater()


def application(argv: Sequence[str] | None) -> QApplication:
    """The one QApplication of this process."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(list(sys.argv if argv is None else argv))
    app.setApplicationName("shuke")
    app.setApplicationDisplayName("熟客")
    return app
