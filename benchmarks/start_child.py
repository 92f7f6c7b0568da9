"""One start of a window, watched from inside: prints seconds, CPU seconds and resident MiB as JSON.

`python -m benchmarks.start_child bare MOMENT` shows the barest window of Qt; with the home of a
till in its place it starts the till as `main.py till` does. MOMENT is when the process was
launched, by the clock of whoever did: the system notes it by a time of boot in whole seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time

_NOW = time.time
POLL_MS = 10


def main(what: str, begun: float) -> None:
    """Show the window, note its first frame and when it takes input, and leave."""
    if what != "bare":
        # Before Qt, as in a real start: Qt's way of importing costs whatever comes after it.
        import main as program
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Watch(QObject):
        """Notes the first frame; asks again and again whether the till takes input."""

        def __init__(self) -> None:
            super().__init__()
            self.frame = 0.0
            self._asking = QTimer(self)
            self._asking.timeout.connect(self._ask)
            self._asking.start(POLL_MS)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if not self.frame and event.type() == QEvent.Type.Paint:
                self.frame = _NOW()
                app.removeEventFilter(self)  # what watches must not be what costs
            return False

        def _ask(self) -> None:
            if self.frame and (what == "bare" or _is_ready()):
                tell(self.frame - begun, _NOW() - begun)
                os._exit(0)

    def _is_ready() -> bool:
        # The store is open and its people are asked: whoever stands there can log in.
        found = (top.findChild(QWidget, "staff_1") for top in app.topLevelWidgets())
        return any(person is not None and person.isVisible() for person in found)

    app = QApplication(sys.argv[:1])
    watch = Watch()
    app.installEventFilter(watch)
    if what == "bare":
        window = QWidget()
        window.resize(1366, 768)
        window.show()
        sys.exit(app.exec())
    sys.exit(program.main(["till", "--home", what]))


def tell(frame_s: float, ready_s: float) -> None:
    """What it took until the first frame, until now, and how much memory stands."""
    cpu_s = time.process_time()
    import psutil

    mib = psutil.Process().memory_info().rss / (1 << 20)
    print(json.dumps({"frame": frame_s, "ready": ready_s, "cpu": cpu_s, "mib": mib}), flush=True)


if __name__ == "__main__":
    # The interpreter's own start is part of a start.
    main(sys.argv[1], float(sys.argv[2]))
