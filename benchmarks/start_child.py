"""One start of a window, watched from inside: prints seconds, CPU seconds and resident MiB as JSON.

`python -m benchmarks.start_child bare` shows the barest window of Qt; with the home of a till in
its place it starts the till as `main.py till` does.
"""

from __future__ import annotations

import json
import os
import sys
import time

# Seconds since the process began; the interpreter's own start is part of a start.
_NOW = time.time
POLL_MS = 10


def main(what: str) -> None:
    """Show the window, note its first frame and when it takes input, and leave."""
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
            return False

        def _ask(self) -> None:
            if self.frame and (what == "bare" or _is_ready()):
                tell(self.frame)
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
    import main as program

    sys.exit(program.main(["till", "--home", what]))


def tell(frame: float) -> None:
    """What it took until the first frame, until now, and how much memory stands."""
    import psutil

    process = psutil.Process()
    begun = process.create_time()
    times = process.cpu_times()
    print(
        json.dumps(
            {
                "frame": frame - begun,
                "ready": _NOW() - begun,
                "cpu": times.user + times.system,
                "mib": process.memory_info().rss / (1 << 20),
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1])
