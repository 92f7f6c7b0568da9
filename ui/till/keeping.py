"""留着: the basket that stands at the counter is written down after each change of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.actions import hold as holding
from core.pricing.basket import Basket
from ui.work import Work


class Keeping(QObject):
    """Lets a crash bring a basket back; of several in a row only the newest is written.

    `unkept` gives why one would not outlive a crash, None once it would again.
    """

    unkept = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._next: Basket | None = None
        self.is_busy = False
        """Whether something is not yet written."""
        self.has_kept = False
        """Whether a basket lies in the store."""

    def keep(self, basket: Basket) -> None:
        """This one stands at the counter now."""
        if basket.is_nothing and not self.has_kept:
            return
        self.has_kept = not basket.is_nothing
        self._next = basket
        if not self.is_busy:
            # What was scanned is painted before anything is written.
            self.is_busy = True
            QTimer.singleShot(0, self, self._keep_next)

    def _keep_next(self) -> None:
        basket, self._next = self._next, None
        self.is_busy = basket is not None
        if basket is not None:
            self._work.act(holding.keep_open, basket, then=self._kept, failed=self._not_kept)

    def _kept(self, _outcome: None) -> None:
        self.unkept.emit(None)
        self._keep_next()

    def _not_kept(self, error: Exception) -> None:
        """The sale goes on; only a crash would lose what was scanned since."""
        self.unkept.emit(error)
        self._keep_next()
