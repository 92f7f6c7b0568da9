"""A till and a customer's window on two screens: `python -m tests.ui.customer.two_screens`.

In a process of its own, for the screens that Qt shows nothing on are named when it starts. Prints
where the window is, first with the till on one screen, then with the till on the other.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.values.settings import Settings
from ui.app import application
from ui.customer.desk import CustomerDesk
from ui.look import Look

Screens = Mapping[str, tuple[int, int, int, int]]
SCREENS: Screens = {"till": (0, 0, 1366, 768), "HDMI-1": (1366, 0, 1024, 600)}


def main() -> None:
    """Qt reads the screens from a file that is named in its surroundings."""
    app = application(100)
    look = Look.load()
    look.apply(app)
    till = QWidget()
    till.setGeometry(10, 10, 800, 500)
    till.show()
    till.activateWindow()
    app.processEvents()
    desk = CustomerDesk()
    desk.use(Settings(display="second"))
    desk.stand(look, till)
    app.processEvents()
    tell(desk, till)
    till.setGeometry(1400, 0, 800, 500)
    app.processEvents()
    desk._arrange()
    app.processEvents()
    tell(desk, till)
    desk.leave()


def tell(desk: CustomerDesk, till: QWidget) -> None:
    """Which screen, which place, and whether the till still has the keys."""
    assert desk.window is not None
    place = desk.window.geometry().getRect()
    seen = [desk.screen, place, desk.window.isFullScreen(), till.isActiveWindow()]
    sys.stdout.write(json.dumps(seen) + "\n")


def screens_file(folder: Path, screens_at: Screens = SCREENS) -> str:
    """The platform with these screens, as Qt wants to be told."""
    names = ("x", "y", "width", "height")
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": name, **dict(zip(names, place, strict=True)), **dots}
        for name, place in screens_at.items()
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    return f"offscreen:configfile={file}"


if __name__ == "__main__":
    assert os.environ["QT_QPA_PLATFORM"].startswith("offscreen:")
    sys.exit(main())
