"""例行的钟: a window that stands open looks each minute whether something is due."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.labour import Labour
from ui.work import Hands

LOOK_MS = 60_000
_log = logging.getLogger(__name__)


class RoutineKeeper(QObject):
    """Does it on a thread of its own while `may_begin` says so; `did` when it was looked after."""

    did = Signal()

    def __init__(
        self, hands: Hands, may_begin: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hands = hands
        self._may_begin = may_begin
        self._labour = Labour(self)
        self._beat = QTimer(self)
        self._beat.setInterval(LOOK_MS)
        self._beat.timeout.connect(self.look)
        self._beat.start()

    def look(self) -> None:
        """Do what is due, where nothing is being done."""
        shop = self._hands.shop
        if shop is None or self._labour.is_busy or not self._may_begin():
            return

        def do() -> None:
            from ui.routine import do_due  # no start needs it

            do_due(shop)

        self._labour.begin(do, then=lambda _: self.did.emit(), failed=self._log)

    def end(self) -> None:
        """Until what was begun is over."""
        self._beat.stop()
        self._labour.wait()

    def _log(self, error: Exception) -> None:
        """There will be another minute."""
        _log.warning("not done: %r", error)
