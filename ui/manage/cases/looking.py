"""找信号，在旁边: day after day on the store's thread, with room for people in between."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.actions.look_for_signals import Looked, look_for_signals
from core.changes import Changes
from ui.work import Work

FIRST_MS = 3_000
BETWEEN_MS = 40
AGAIN_MS = 600_000


class Looking(QObject):
    """Looks a while after it was made, again and again, and when it is told to.

    `found` where a case was opened or has more evidence; `failed` gives why it could not look.
    """

    found = Signal()
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._is_looking = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._step)
        self._next.start(FIRST_MS)

    def look(self) -> None:
        """Now, if it does not already."""
        if not self._is_looking:
            self._step()

    def end(self) -> None:
        """Look no more."""
        self._next.stop()

    def _step(self) -> None:
        self._is_looking = True
        self._work.act(look_for_signals, then=self._looked, failed=self._not_looked)

    def _looked(self, looked: Looked) -> None:
        if looked.changes is not Changes.NOTHING:
            self.found.emit()
        self._is_looking = looked.is_more
        self._next.start(BETWEEN_MS if looked.is_more else AGAIN_MS)

    def _not_looked(self, error: Exception) -> None:
        self._is_looking = False
        self._next.start(AGAIN_MS)
        self.failed.emit(error)
