"""轮次: what is done with the basket, one after another, each with what the one before left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from core.actions.counter import Counter
from core.actions.notes import as_seen
from core.pricing.basket import Basket
from core.shop import Shop
from core.trust.staff import Staff
from ui.work import Work

Do = Callable[[Shop, Any], Counter]
Failed = Callable[[Exception], None]
Then = Callable[[Counter], None]


def seen_before(counter: Counter, before: Counter | None) -> Counter:
    """The counter with no more of its member's notes than stood here before."""
    if counter.file is None:
        return counter
    shown = before.file if before is not None else None
    return replace(counter, file=replace(counter.file, notes=shown.notes if shown else ()))


class Turn(Struct, frozen=True, eq=False):
    """One thing that waits, until its turn comes; `code` is what was scanned, "" for a press."""

    do: Do
    failed: Failed
    then: Then | None = None
    code: str = ""


class Turns(QObject):
    """`done` hears each outcome before whoever asked for it.

    `waiting` tells how many wait behind a payment, with each more and each less, `refused` that
    one failed: it does not wait any more. What comes of one is what `staff` may see of it.
    """

    waiting = Signal(int)
    refused = Signal()

    def __init__(
        self,
        work: Work,
        basket: Callable[[], Basket | None],
        done: Then,
        staff: Callable[[], Staff | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._staff = staff
        self._basket = basket
        self._done = done
        self._turns: deque[Turn] = deque()
        self._now: Turn | None = None
        self._is_held = False
        self._when_done: Callable[[], None] | None = None

    @property
    def is_working(self) -> bool:
        """Whether anything waits, or is being done."""
        return self._now is not None or bool(self._turns)

    @property
    def codes(self) -> tuple[str, ...]:
        """What was scanned and is not in the basket yet, in its order."""
        waiting = (self._now, *self._turns) if self._now is not None else self._turns
        return tuple(turn.code for turn in waiting if turn.code)

    def add(self, turn: Turn) -> Turn:
        """Its turn comes when everything before it is done."""
        self._turns.append(turn)
        self._say_waiting()
        self._go()
        return turn

    def add_first(self, turn: Turn) -> None:
        """Before all that waits."""
        self._turns.appendleft(turn)
        self._go()

    def has(self, turn: Turn) -> bool:
        """Whether its turn has not come."""
        return turn in self._turns

    def drop(self, turn: Turn) -> None:
        """What waits is not wanted any more."""
        self._turns.remove(turn)
        self._say_waiting()

    def when_done(self, do: Callable[[], None]) -> None:
        """Call this once nothing waits."""
        self._when_done = do
        self._go()

    def hold(self) -> None:
        """Let everything wait."""
        self._is_held = True
        self._say_waiting()

    def release(self) -> None:
        """Go on with what waits."""
        self._is_held = False
        self._go()

    def _say_waiting(self) -> None:
        if self._is_held:
            self.waiting.emit(len(self._turns))

    def _go(self) -> None:
        if self._now is not None or self._is_held:
            return
        if self._turns:
            self._now = turn = self._turns.popleft()
            staff = self._staff()

            def do(shop: Shop, basket: Basket | None) -> Counter:
                counter = turn.do(shop, basket)
                return counter if staff is None else as_seen(shop, counter, staff=staff)

            self._work.act(
                do,
                self._basket(),
                then=lambda counter: self._on_done(turn, counter),
                failed=lambda error: self._on_failed(turn, error),
            )
        elif self._when_done is not None:
            waiting, self._when_done = self._when_done, None
            waiting()

    def _on_done(self, turn: Turn, counter: Counter) -> None:
        self._now = None
        self._done(counter)
        if turn.then is not None:
            turn.then(counter)
        self._go()

    def _on_failed(self, turn: Turn, error: Exception) -> None:
        self._now = None
        turn.failed(error)
        self.refused.emit()
        self._go()
