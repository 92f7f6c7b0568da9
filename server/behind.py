"""后台: the duties of the server, each on a thread of its own.

Those that read what is pushed are nudged after each push; works of the day look by themselves.
"""

from __future__ import annotations

import logging
from threading import Event, Thread
from time import monotonic

from core.actions.duties import Duty, Went
from core.actions.verify_office import VERIFY
from core.errors import Unavailable
from core.ports.daily import DailyRun
from core.shop import HeadOffice
from server.logs import facts
from server.metrics import Metrics

_log = logging.getLogger(__name__)
FIRST_S, LONGEST_S = 0.05, 30.0
"""How long until the next look where there was nothing; what is being written comes soon."""
PATIENCE_S, MOST_PATIENCE_S = 1.0, 60.0
"""How long until the next try where one failed: doubled each time."""

QUIET_S, MOST_PASSING_S = 0.2, 1.0
"""How long no push has come where a duty that lets them pass goes on; and when it does anyway."""


class Behind:
    """All duties of a server; any thread may nudge them."""

    def __init__(self, office: HeadOffice, duties: tuple[Duty, ...], metrics: Metrics) -> None:
        self._workers = [_Worker(office, duty, metrics) for duty in duties]

    def begin(self) -> None:
        """From now on."""
        for worker in self._workers:
            worker.thread.start()

    def nudge(self) -> None:
        """There is something new."""
        now = monotonic()
        for worker in self._workers:
            worker.newest = now
            if worker.duty.reads_pushes:
                worker.nudged.set()

    def end(self, patience_s: float) -> None:
        """The steps that were begun are finished; nothing else is begun."""
        for worker in self._workers:
            worker.over.set()
            worker.nudged.set()
        for worker in self._workers:
            worker.thread.join(patience_s)


class _Worker:
    """One duty."""

    def __init__(self, office: HeadOffice, duty: Duty, metrics: Metrics) -> None:
        self._office, self.duty, self._metrics = office, duty, metrics
        self.nudged, self.over = Event(), Event()
        self.newest = 0.0
        self.thread = Thread(target=self._run, name=duty.name, daemon=True)

    def _run(self) -> None:
        idle_s, patience_s = FIRST_S, PATIENCE_S
        while not self.over.is_set():
            if self.duty.lets_pass:
                self._let_pass()
            self.nudged.clear()
            went = self._step()
            if went is None:
                self.over.wait(patience_s)  # whoever has failed is not hurried
                patience_s = min(2 * patience_s, MOST_PATIENCE_S)
                continue
            patience_s = PATIENCE_S
            if went.is_more:
                idle_s = FIRST_S
            else:
                idle_s = FIRST_S if self.nudged.wait(idle_s) else min(2 * idle_s, LONGEST_S)

    def _let_pass(self) -> None:
        """Until no push comes any more, but not for ever; nobody who nudges need wake it."""
        until = monotonic() + MOST_PASSING_S
        while (now := monotonic()) < min(until, self.newest + QUIET_S):
            if self.over.wait(min(until, self.newest + QUIET_S) - now):
                return

    def _step(self) -> Went | None:
        """None where nothing came of it."""
        try:
            went = self.duty.step(self._office)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the duty tries again
            self._metrics.failed(self.duty.name, passed=False)
            bug = None if isinstance(fault, Unavailable) else fault
            self._say("duty failed", fault, bug)
            return None
        for each in went.faults:
            self._metrics.failed(self.duty.name, passed=True)
            self._say("event passed", each, each)
        if went.ended is not None:
            self._tell(went.ended)
        return went

    def _tell(self, ended: DailyRun) -> None:
        """What a check finds is for somebody to look at; of other works it is a number."""
        is_bad = ended.name == VERIFY and ended.found > 0
        named = facts(work=ended.name, day=ended.on.isoformat(), found=ended.found)
        _log.log(logging.ERROR if is_bad else logging.INFO, "day's work done", extra=named)

    def _say(self, words: str, fault: Exception, trace: Exception | None) -> None:
        named = facts(duty=self.duty.name, problem=type(fault).__name__)
        _log.error(words, extra=named, exc_info=trace)
