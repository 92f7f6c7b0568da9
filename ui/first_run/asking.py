"""问总部: something is asked of a server on a thread; whoever does not want to wait need not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from core.errors import Cancelled, Shortfall
from core.ports.central import Central, Uplink
from ui.labour import Failed, Then
from ui.open_line import OpenLine

_log = logging.getLogger(__name__)
Question = Callable[[Central, Uplink], Any]


class Asking(QObject):
    """One question at a time; answer or error are told on the thread of the screen."""

    _done = Signal(object, object, object)

    def __init__(self, uplink: Callable[[], Uplink], parent: QObject) -> None:
        super().__init__(parent)
        self._uplink = uplink
        self._line: OpenLine | None = None
        self._thread: threading.Thread | None = None
        self._then: Then | None = None
        self._failed: Failed | None = None
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._line is not None

    def begin(self, ask: Question, *, then: Then, failed: Failed) -> None:
        """`then` gets the answer, `failed` why there is none; after `cancel` neither does."""
        uplink = self._uplink()
        line = OpenLine(uplink.central)
        self._then, self._failed = then, failed

        def run() -> None:
            answer: object = None
            error: Exception | None = None
            try:
                with closing(line):
                    answer = ask(line, uplink)
            except Cancelled:
                return
            except Shortfall as refused:
                error = refused
            except Exception as bug:  # noqa: BLE001 - it must reach the screen, not end the thread
                _log.exception("asking failed")
                error = bug
            if isValid(self):  # the window may have gone meanwhile
                self._done.emit(line, answer, error)

        self._line = line
        self._thread = threading.Thread(target=run, name="asking", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """No answer is wanted any more; what is being written down is finished first."""
        line, self._line = self._line, None
        if line is not None and self._thread is not None:
            line.cut(self._thread)

    def _tell(self, line: OpenLine, answer: object, error: Exception | None) -> None:
        if line is not self._line or self._then is None or self._failed is None:
            return
        self._line = None
        if error is None:
            self._then(answer)
        else:
            self._failed(error)
