"""留着: the basket that stands at the counter is written down after each change of it.

With it the codes that were scanned and are in no basket yet: behind a payment or a question, while
a sheet lies over the counter, or since before a crash.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.actions import hold as holding
from core.actions.kept_codes import KeptCodes
from core.pricing.basket import Basket
from ui.till.standing import AtCounter
from ui.till.turns import Turns
from ui.work import Work


class Keeping(QObject):
    """Lets a crash bring a basket back; of several in a row only the newest is written.

    `unkept` gives why one would not outlive a crash, None once it would again; `lies_over` codes
    of before a crash that are in no basket, each time that another basket might take them in.
    """

    unkept = Signal(object)
    lies_over = Signal(object)

    def __init__(self, work: Work, turns: Turns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._turns = turns
        self._basket: Basket | None = None
        self._is_due = False
        self._kept: tuple[str, ...] | None = ()  # None where nobody knows what lies there
        self._aside: tuple[str, ...] = ()
        self.is_busy = False
        """Whether something is not yet written."""
        self.has_kept = False
        """Whether a basket lies in the store."""
        self.left_over = KeptCodes()
        """Codes of before a crash that are in no basket yet."""
        turns.waiting.connect(self.keep_codes)
        turns.refused.connect(self.keep_codes)

    def keep(self, basket: Basket) -> None:
        """This one stands at the counter now."""
        is_kept = basket.is_nothing and not self.has_kept and self._codes() == self._kept
        self._basket, self.has_kept = basket, not basket.is_nothing
        if not is_kept:
            self._write()
        if basket.is_nothing:
            self._say_left_over()

    def take_up(self, at: AtCounter) -> None:
        """Go on with what another window kept."""
        self.has_kept, self._kept, self.left_over = at.has_kept, None, at.left_over
        self._basket = at.counter.basket if at.counter is not None else None
        self._say_left_over()

    def leave_over(self, codes: KeptCodes) -> None:
        """These are in no basket; nothing once they were taken in, or let go."""
        if codes.is_nothing and self.left_over.is_nothing:
            return
        self.left_over, self._kept = codes, None
        self.keep_codes()
        self._say_left_over()

    def put_aside(self, codes: tuple[str, ...]) -> None:
        """These were scanned while a sheet lies over the counter."""
        self._aside = codes
        self.keep_codes()

    def keep_codes(self) -> None:
        """Other codes wait than those that lie in the store."""
        if self._basket is not None and self._codes() != self._kept:
            self._write()

    def _say_left_over(self) -> None:
        if not self.left_over.is_nothing:
            self.lies_over.emit(self.left_over)

    def _codes(self) -> tuple[str, ...]:
        return self.left_over.codes + self._turns.codes + self._aside

    def _write(self) -> None:
        self._is_due = True
        if not self.is_busy:
            # What was scanned is painted before anything is written.
            self.is_busy = True
            QTimer.singleShot(0, self, self._keep_next)

    def _keep_next(self) -> None:
        self.is_busy, self._is_due = self._is_due, False
        if self.is_busy:
            assert self._basket is not None, "nothing to write"
            self._kept = self._codes()
            self._work.act(
                holding.keep_open,
                self._basket,
                self._kept,
                then=self._on_kept,
                failed=self._not_kept,
            )

    def _on_kept(self, _outcome: None) -> None:
        self.unkept.emit(None)
        self._keep_next()

    def _not_kept(self, error: Exception) -> None:
        """The sale goes on; only a crash would lose what was scanned since."""
        self._kept = None
        self.unkept.emit(error)
        self._keep_next()
