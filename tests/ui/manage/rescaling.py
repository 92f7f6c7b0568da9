"""An office that is told another scale, and goes on at the page where it was.

`python -m tests.ui.manage.rescaling HOME` prints what showed before and after, a line of JSON each.
It runs in a process of its own: it ends one QApplication and begins another.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QTimer

from core.actions.login import login
from storage.settings import load_settings
from tests.builders import PIN, Home
from ui.manage.program import Desk, ManageProgram
from ui.manage.running.page import RunningPage

PATIENCE_S = 60


class Rescaling:
    """One manager, two scales."""

    def __init__(self, folder: Path) -> None:
        self._program = ManageProgram(
            Desk(Home(folder).shop, load_settings(folder), give_way=lambda: None)
        )

    def run(self) -> int:
        program = self._program
        program.begin()
        QTimer.singleShot(0, self._choose)
        try:
            program.app.exec()
            wanted, program._wanted = program._wanted, None
            assert wanted is not None
            program._rescale(wanted)
            QTimer.singleShot(0, self._tell_and_leave)
            return program.run()
        finally:
            program.close()

    def _choose(self) -> None:
        program = self._program
        self._until(lambda: program.work.hands.shop is not None)
        shop = program.work.hands.shop
        assert shop is not None
        self._until(lambda: program.window.header.place.text() != "")
        program.window.entrance.take_up(staff := login(shop, PIN, name="店长"))
        program.window._enter(staff)
        program.window.go_to("running/settings")
        page = self._settings()
        self._until(lambda: page.settings._held is not None)
        self._tell()
        page.settings._choose("scale", 125)

    def _tell_and_leave(self) -> None:
        self._until(lambda: not self._program.work.is_busy)
        self._tell()
        self._program.app.exit()

    def _settings(self) -> RunningPage:
        page = self._program.window.rooms["running"]
        assert isinstance(page, RunningPage)
        return page

    def _until(self, is_true: Callable[[], bool]) -> None:
        began = monotonic()
        while not is_true():
            self._program.app.processEvents()
            sleep(0.002)
            assert monotonic() - began < PATIENCE_S, "it never came"

    def _tell(self) -> None:
        window = self._program.window
        standing = window.standing
        said = {
            "ratio": window.devicePixelRatioF(),
            "at": standing.at if standing is not None else "",
            "staff": standing.staff.name if standing is not None else "",
            "locked": window.cover.isVisible(),
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(Rescaling(Path(sys.argv[1])).run())
