"""工作: the threads of the till: actions one after another, questions beside them.

The shop is opened on the store's thread, so that the window stands before the store does. Actions
run there one after another, questions on a thread of their own, so that a search never waits
behind a write. Answers come back on the thread of the screen.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from core.changes import Changes
from core.errors import Shortfall
from core.shop import Shop

Opening = Callable[[], AbstractContextManager[Shop]]
Then = Callable[[Any], object]
Failed = Callable[[Exception], None]
_log = logging.getLogger(__name__)
# What a crash file tells: names of actions, never what they were asked.
_trail = logging.getLogger("trail")


class _Job(Struct):
    do: Callable[..., Any]
    words: tuple[Any, ...]
    named: dict[str, Any]
    then: Then
    failed: Failed
    topic: str = ""
    outcome: Any = None
    error: Exception | None = None


class Hands:
    """The two threads with the open shop. They know no Qt, and outlive the `Work` they do."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._is_open = threading.Event()
        self._telling = threading.Lock()
        self._done: Callable[[_Job], None] | None = None
        self._failed_to_open: Callable[[Exception], None] | None = None
        self.shop: Shop | None = None
        self.actions: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.questions: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._keep_open, name="store", daemon=True),
            threading.Thread(target=self._answer, name="questions", daemon=True),
        ]

    def report_to(
        self,
        done: Callable[[_Job], None] | None,
        failed_to_open: Callable[[Exception], None] | None,
    ) -> None:
        """Whom to tell from now on; whoever was told before may be gone when this returns."""
        with self._telling:
            self._done, self._failed_to_open = done, failed_to_open

    def begin(self) -> None:
        """Open the shop, and take jobs."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Finish what was begun, close the shop, end both threads."""
        self.questions.put(None)
        self._threads[1].join()
        self.actions.put(None)
        self._threads[0].join()

    def _keep_open(self) -> None:
        try:
            with self._opening() as shop:
                self.shop = shop
                self._is_open.set()
                self._serve(self.actions, shop)
        except Exception as error:  # noqa: BLE001 - the screen says it, there is nobody else to tell
            if not isinstance(error, Shortfall):
                _log.exception("the shop could not be opened")
            with self._telling:
                if self._failed_to_open is not None:
                    self._failed_to_open(error)
        finally:
            self._is_open.set()

    def _answer(self) -> None:
        self._is_open.wait()
        if self.shop is not None:
            self._serve(self.questions, self.shop)

    def _serve(self, jobs: queue.SimpleQueue[_Job | None], shop: Shop) -> None:
        while (job := jobs.get()) is not None:
            _trail.info(_name_of(job.do))
            try:
                job.outcome = job.do(shop, *job.words, **job.named)
            except Shortfall as refused:
                job.error = refused
            except Exception as bug:  # noqa: BLE001 - it must reach the screen, not end the thread
                _log.exception("%s failed", _name_of(job.do))
                job.error = bug
            # a PIN is among them now and then: this thread would keep it until its next job
            job.do, job.words, job.named = _nothing, (), {}
            with self._telling:
                if self._done is not None:
                    self._done(job)


def _nothing(_shop: Shop) -> None:
    """What is left of a job that was done."""


def _name_of(do: Callable[..., Any]) -> str:
    """What is done; where some words of it stand already, that of the function behind."""
    while isinstance(do, partial):
        do = do.func
    return getattr(do, "__name__", type(do).__name__)


def _is_there(hears: Callable[..., object]) -> bool:
    """Whether who is to hear it still exists: a sheet or a page may have gone meanwhile.

    A function written on the spot hears for those whom it holds on to.
    """
    while isinstance(hears, partial):
        hears = hears.func
    held = [cell.cell_contents for cell in getattr(hears, "__closure__", None) or ()]
    owners = [getattr(hears, "__self__", None), *held]
    return all(isValid(owner) for owner in owners if isinstance(owner, QObject))


class Work(QObject):
    """Runs actions and questions on a shop that it opens and closes.

    `changed` carries the kinds of things changed, `refused` each error; `closed_out` why the shop
    could not be opened: then nothing is answered any more. `rested`: everything that was asked for
    has been answered.
    """

    changed = Signal(object)
    refused = Signal(object)
    closed_out = Signal(object)
    rested = Signal()
    _done = Signal(object)
    _failed_to_open = Signal(object)

    def __init__(self, opening: Opening | Hands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._topics: dict[str, _Job] = {}
        self._waiting = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._failed_to_open.connect(self.closed_out, Qt.ConnectionType.QueuedConnection)
        is_at_work = isinstance(opening, Hands)
        self._hands = opening if isinstance(opening, Hands) else Hands(opening)
        self._hands.report_to(self._done.emit, self._failed_to_open.emit)
        if not is_at_work:
            self._hands.begin()

    def act(
        self,
        action: Callable[..., Any],
        *words: Any,
        then: Then,
        failed: Failed,
        **named: Any,
    ) -> None:
        """Run `action(shop, *words, **named)`; `then` or `failed` is called on this thread."""
        self._waiting += 1
        self._hands.actions.put(_Job(action, words, named, then, failed))

    def ask(
        self,
        question: Callable[..., Any],
        *words: Any,
        topic: str,
        then: Then,
        failed: Failed,
        **named: Any,
    ) -> None:
        """Like `act`, for looks only; of one topic only the newest question is answered."""
        job = _Job(question, words, named, then, failed, topic)
        self._topics[topic] = job
        self._waiting += 1
        self._hands.questions.put(job)

    def forget(self, *topics: str) -> None:
        """Nobody waits for what was asked of these any more: no late answer is told."""
        for topic in topics:
            self._topics.pop(topic, None)

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for has not been answered yet."""
        return self._waiting > 0

    def now_us(self) -> int:
        """The shop's clock; 0 until the shop is open."""
        shop = self._hands.shop
        return 0 if shop is None else shop.clock.now_us()

    @property
    def hands(self) -> Hands:
        """The threads with the shop, which outlive this."""
        return self._hands

    def let_go(self) -> Hands:
        """Listen no more; the shop stays open, for the `Work` that is given these hands."""
        self._hands.report_to(None, None)
        return self._hands

    def stop(self) -> None:
        """Finish what was begun, close the shop, end both threads."""
        self._hands.end()

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        try:
            self._tell(job)
        finally:
            self._waiting -= 1
        if not self._waiting:
            self.rested.emit()

    def _tell(self, job: _Job) -> None:
        if job.topic and self._topics.get(job.topic) is not job:
            return
        if job.error is not None:
            if _is_there(job.failed):
                job.failed(job.error)
            self.refused.emit(job.error)
            return
        if _is_there(job.then):
            job.then(job.outcome)
        changes = getattr(job.outcome, "changes", Changes.NOTHING)
        if changes:
            self.changed.emit(changes)
