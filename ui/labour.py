"""活儿: something long, done on a thread while the screen goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from core.errors import Shortfall

_log = logging.getLogger(__name__)
Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Labour(QObject):
    """One thing at a time; its outcome, or what it raised, is told on the thread of the screen."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._then: Then = _forget
        self._failed: Failed = _forget
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None

    def begin(self, do: Callable[[], Any], *, then: Then, failed: Failed) -> None:
        """Do it; `then` gets what it returns, `failed` what it raises."""
        if self._thread is not None:
            raise RuntimeError("one thing at a time")
        self._then, self._failed = then, failed
        self._thread = threading.Thread(target=self._run, args=(do,), name="labour")
        self._thread.start()

    def wait(self) -> None:
        """Until what was begun is over; nobody is told any more."""
        thread, self._thread = self._thread, None
        self._then = self._failed = _forget
        if thread is not None:
            thread.join()

    def _run(self, do: Callable[[], Any]) -> None:
        outcome: object = None
        error: Exception | None = None
        try:
            outcome = do()
        except Shortfall as refused:
            error = refused
        except Exception as bug:  # noqa: BLE001 - it must reach the screen, not end the thread
            _log.exception("a labour failed")
            error = bug
        if isValid(self):  # the window may have gone meanwhile
            self._done.emit(outcome, error)

    def _tell(self, outcome: object, error: Exception | None) -> None:
        if self._thread is None:
            return
        self._thread.join()
        self._thread = None
        if error is None:
            self._then(outcome)
        else:
            self._failed(error)


def _forget(_outcome: object) -> None:
    """Nobody waits for it."""
