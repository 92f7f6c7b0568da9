"""问报表: one report at a time on a thread of its own; the newest wish is answered.

While the copy of the sales is made first, `copying` says how far it is and how many seconds are
left; of an answer that is long in coming, `counting` does so in words. No other page waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from threading import Event
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from core.actions.reports import Reported, questions, report_for
from core.errors import Cancelled
from core.ports.insight import OnCopied
from core.shop import Shop
from core.trust.staff import Staff
from ui.asked_time import AskedTime
from ui.labour import Labour
from ui.work import Work

TOLD_EVERY_S = 0.2
COUNTED_EVERY_MS = 500


class Wish(Struct, frozen=True):
    """A report over business dates, both inclusive; beside those a year before, or as many days."""

    question: str
    first: date
    last: date
    is_year: bool = False


class Asking(QObject):
    """`listed` gives the names of the reports and this business date, `answered` what was found."""

    listed = Signal(object, object)
    answered = Signal(object)
    failed = Signal(object)
    copying = Signal(int, int, int)
    counting = Signal(int, str)

    def __init__(self, work: Work, staff: Staff, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._staff = staff
        self._labour = Labour(self)
        self._next: Wish | None = None
        self._stopped = Event()
        self._time = AskedTime(time.monotonic)
        self._clock = QTimer(self)
        self._clock.setInterval(COUNTED_EVERY_MS)
        self._clock.timeout.connect(self._tell_time)

    def ask_for_list(self) -> None:
        """Which reports there are, and which day it is."""
        self._begin(
            lambda shop: (questions(shop), shop.now().business_on),
            lambda found: self.listed.emit(*found),
        )

    def ask(self, wish: Wish) -> None:
        """One report; what was asked before and is not answered yet is not wanted any more."""
        self._next = wish
        if not self._labour.is_busy:
            self._go_on()

    def stop(self) -> None:
        """Leave the copy where it is, and the answer; what is there stays."""
        self._stopped.set()
        shop = self._work.hands.shop
        if shop is not None and self._clock.isActive() and self._time.has_begun:
            shop.store.insight.stop()

    def end(self) -> None:
        """Stop, and wait until it has."""
        self.stop()
        self._clock.stop()
        self._labour.wait()

    def _go_on(self) -> None:
        wish, self._next = self._next, None
        if wish is None:
            return
        hear = hearing(self._stopped, self.copying.emit)
        asked_time = self._time = AskedTime(time.monotonic)

        def hear_asked(left_ms: int | None) -> None:
            if self._stopped.is_set():
                raise Cancelled()
            asked_time.hear(left_ms)

        def answer(shop: Shop) -> Reported:
            asked = (wish.question, wish.first, wish.last)
            named: dict[str, Any] = {"staff": self._staff, "a_year": wish.is_year}
            return report_for(shop, *asked, **named, on_copied=hear, on_asked=hear_asked)

        self._begin(answer, self._tell)
        if self._labour.is_busy:
            self._clock.start()

    def _tell_time(self) -> None:
        """Whoever pressed the button while nothing ran yet is heard now."""
        if self._stopped.is_set():
            self.stop()
        elif (told := self._time.at()) is not None:
            self.counting.emit(*told)

    def _tell(self, found: Reported) -> None:
        self._clock.stop()
        if self._next is None:
            self.answered.emit(found)
        self._go_on()

    def _begin(self, ask: Callable[[Shop], object], then: Callable[..., object]) -> None:
        shop = self._work.hands.shop
        if shop is None or self._labour.is_busy:
            return
        self._stopped.clear()
        self._labour.begin(lambda: ask(shop), then=then, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        self._clock.stop()
        if self._next is None or isinstance(error, Cancelled):
            self._next = None
            self.failed.emit(error)
            self._work.refused.emit(error)
        self._go_on()


def hearing(stopped: Event, tell: Callable[[int, int, int], object]) -> OnCopied:
    """Passes on how far the copy is with the seconds that are left, and stops it when told to."""
    begun: list[tuple[float, int]] = []
    told_at = [0.0]

    def hear(copied: int, whole: int) -> None:
        if stopped.is_set():
            raise Cancelled()
        now = time.monotonic()
        if not begun:
            begun.append((now, copied))
            told_at[0] = now
        since, had = begun[0]
        done = copied - had
        if not done or now - told_at[0] < TOLD_EVERY_S:
            return
        told_at[0] = now
        tell(copied, whole, round((now - since) * (whole - copied) / done))

    return hear
