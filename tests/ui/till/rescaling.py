"""A program that is told another scale in the middle of a sale, and then goes on with it.

It begins with a scale that its screen of 1024 x 768 has no room for.

`python -m tests.ui.till.rescaling HOME` prints what stood at the counter before and after, a line
of JSON each. It runs in a process of its own: it ends one QApplication and begins another.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QTimer

from storage.settings import load_settings, save_settings
from tests.builders import PIN, Home
from tests.ui.till.counter.at_counter import CARD, VITAMIN
from ui.app import Machine, Program
from ui.devices.paper import PaperDesk
from ui.devices.printer import NoPrinter
from ui.till.notices import NEWS
from ui.walk import Walk

SCREEN = {"till": (0, 0, 1024, 768)}
SCALES = (100, 150, 125)


class Rescaling:
    """One sale, three scales."""

    def __init__(self, folder: Path) -> None:
        home = Home(folder)
        settings = replace(load_settings(folder), scale=200)
        desk = PaperDesk(NoPrinter())
        self._program = Program(
            Machine(home.shop, desk, settings, lambda chosen: save_settings(folder, chosen))
        )
        self._folder = folder

    def run(self) -> int:
        self._program.begin()
        self._later(self._sell)
        try:
            for _ in SCALES:
                self._until_left()
                self._program._rescale()
                self._later(self._tell_and_go_on)
            return self._program.app.exec()
        finally:
            self._program.close()

    def _until_left(self) -> None:
        self._program.app.exec()
        assert self._program._has_left
        self._program._has_left = False

    def _later(self, do: Callable[[], None]) -> None:
        QTimer.singleShot(0, do)

    def _walk(self) -> Walk:
        return Walk(self._program.app, self._program.till, self._folder)

    def _sell(self) -> None:
        walk, till = self._walk(), self._program.till
        walk._until(lambda: walk._has_person("店长"), "people")
        walk.type_in(PIN)
        walk.press("Enter")
        walk._until(lambda: till.page.isVisible() and till.flow.counter is not None, "counter")
        walk.scan(CARD)
        walk.scan(VITAMIN)
        self._tell()
        till.page.asked.emit("Ctrl+,")
        walk._until(lambda: till.sheets.settings.isVisible(), "settings")
        self._choose(SCALES[0])

    def _tell_and_go_on(self) -> None:
        self._tell()
        scale = load_settings(self._folder).scale
        at = SCALES.index(scale) + 1
        if at < len(SCALES):
            self._choose(SCALES[at])
            return
        walk, till = self._walk(), self._program.till
        walk.press("Esc")
        walk.press("F9")
        walk._until(lambda: till.sheets.payment.isVisible(), "payment")
        walk.press("Enter")
        walk._until(lambda: till.sheets.payment.is_settled and walk._is_fresh(), "change")
        self._tell()
        self._program.app.exit()

    def _choose(self, scale: int) -> None:
        self._program.till.sheets.settings.chosen.emit("scale", scale)

    def _offered(self) -> list[str]:
        if not self._program.till.sheets.settings.isVisible():
            return []
        segments, _ = self._program.till.sheets.settings._rows["scale"]
        return [part.text() for part in segments._parts if part.isVisible()]

    def _tell(self) -> None:
        till = self._program.till
        counter = till.flow.counter
        assert counter is not None
        said = {
            "ratio": till.devicePixelRatioF(),
            "codes": [line.product.code for line in counter.basket.lines],
            "has_member": counter.file is not None,
            "payable": till.page.pay.amount.text(),
            "sheets": till.sheets.open_names,
            "staff": till.flow.staff.name,
            "offered": self._offered(),
            "warned": till.page.basket.notices.text(NEWS),
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(Rescaling(Path(sys.argv[1])).run())
