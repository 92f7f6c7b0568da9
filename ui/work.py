"""干活: all threading of the screen in one file: `act` changes, `ask` looks, `changed` tells.

Actions run one after another on the store's thread, questions on a thread of their own, so that a
search never waits behind a write. Answers come back on the thread of the screen.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.changes import Changes
from core.errors import Shortfall
from core.shop import Shop

Then = Callable[[Any], None]
Failed = Callable[[Exception], None]
log = structlog.get_logger()


@dataclass(slots=True)
class _Job:
    do: Callable[..., Any]
    words: tuple[Any, ...]
    named: dict[str, Any]
    then: Then
    failed: Failed
    topic: str = ""
    outcome: Any = None
    error: Exception | None = None


class Work(QObject):
    """Runs actions and questions on a shop. `changed` carries the kinds of things changed."""

    changed = Signal(object)
    _done = Signal(object)

    def __init__(self, shop: Shop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shop = shop
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._topics: dict[str, _Job] = {}
        self._writing = _Line("store", self._done.emit)
        self._reading = _Line("questions", self._done.emit)

    def act(
        self,
        action: Callable[..., Any],
        *words: Any,
        then: Then,
        failed: Failed,
        **named: Any,
    ) -> None:
        """Run `action(shop, *words, **named)`; `then` or `failed` is called on this thread."""
        self._writing.put(_Job(action, (self._shop, *words), named, then, failed))

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
        job = _Job(question, (self._shop, *words), named, then, failed, topic)
        self._topics[topic] = job
        self._reading.put(job)

    def stop(self) -> None:
        """Finish what was begun, then end both threads."""
        self._writing.stop()
        self._reading.stop()

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        if job.topic and self._topics.get(job.topic) is not job:
            return
        if job.error is not None:
            job.failed(job.error)
            return
        job.then(job.outcome)
        changes = getattr(job.outcome, "changes", Changes.NOTHING)
        if changes:
            self.changed.emit(changes)


class _Line:
    """One thread and the queue before it."""

    def __init__(self, name: str, done: Callable[[_Job], None]) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._done = done
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, job: _Job) -> None:
        self._jobs.put(job)

    def stop(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.outcome = job.do(*job.words, **job.named)
            except Shortfall as refused:
                job.error = refused
            except Exception as bug:  # a bug must reach the screen, not end the thread
                log.exception("bug", action=job.do.__name__)
                job.error = bug
            self._done(job)
