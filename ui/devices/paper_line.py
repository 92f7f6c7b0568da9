"""出纸的队: jobs in the order of asking, with what became of each.

`new` was not tried yet; `waits` was not taken by the printer, and is tried again by itself; `doubt`
was taken in part, or could not be made, and waits for a person. Where the printer does not take
one, all behind it wait too: papers come out in their order.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from core.errors import PrintedInPart, Unavailable

if TYPE_CHECKING:
    from ui.devices.print_queue import Paper, PrintQueue

_log = logging.getLogger(__name__)


class Job(Struct, eq=False):
    """Something for the printer: a paper, or bytes for now or never (`data`).

    `number` is that of the queue.
    """

    paper: Paper | None = None
    data: bytes = b""
    told: Callable[[Exception | None], None] | None = None
    opens_drawer: bool = False
    goes_to_file: bool = False
    state: Literal["new", "waits", "doubt"] = "new"
    number: int = 0
    is_dropped: bool = False

    @property
    def is_for_paper(self) -> bool:
        """Whether it has its turn among the papers; all else is done at once."""
        return self.paper is not None and not self.goes_to_file


class PaperLine:
    """Used by three threads: who asks, who takes in and who prints."""

    def __init__(
        self, folder: Path | None, retries_s: tuple[float, ...], trouble: Exception | None
    ) -> None:
        self._folder = folder
        self._queue: PrintQueue | None = None
        self._retries_s = retries_s
        self._trouble = trouble
        self._changed = threading.Condition()
        self._jobs: list[Job] = []
        self._printing: Job | None = None
        self._expected = 0
        self._failures = 0
        self._due_s = 0.0
        self._is_ending = False

    @property
    def has_left(self) -> bool:
        """Whether the program that ran before may have left something."""
        try:
            return self._folder is not None and self._folder.is_dir()
        except OSError:
            return True  # which is said when it is read

    @property
    def trouble(self) -> Exception | None:
        """What went wrong last."""
        with self._changed:
            return self._trouble

    @property
    def unkept(self) -> Exception | None:
        """Why what waits would not outlive the program."""
        return None if self._queue is None else self._queue.trouble

    @property
    def kept(self) -> tuple[Paper, ...]:
        """Papers that were tried and are not printed."""
        with self._changed:
            return tuple(
                replace(job.paper, is_doubtful=job.state == "doubt")
                for job in self._kept()
                if job.paper is not None
            )

    def begin(self) -> None:
        """Threads work from now on."""
        with self._changed:
            self._is_ending = False
            if self._queue is None:
                self._expected += 1

    def load(self) -> None:
        """What was left by the program that ran before comes first."""
        from ui.devices.print_queue import PrintQueue

        if self._queue is not None:
            return
        self._queue = PrintQueue(self._folder)
        left = self._left(self._queue)
        with self._changed:
            self._expected -= 1
            for number, paper in reversed(left):
                state: Literal["new", "doubt"] = "doubt" if paper.is_doubtful else "new"
                self._jobs.insert(0, Job(paper, number=number, state=state))
            self._changed.notify_all()

    def _left(self, papers: PrintQueue) -> list[tuple[int, Paper]]:
        try:
            return papers.load()
        except Exception:  # noqa: BLE001 - what is left must not stop what is to come
            _log.exception("the print queue cannot be read")
            return []

    def expect(self) -> None:
        """A paper is about to come."""
        with self._changed:
            self._expected += 1

    def forget(self) -> None:
        """It does not come."""
        with self._changed:
            self._expected -= 1
            self._changed.notify_all()

    def add(self, job: Job, *, is_expected: bool = False) -> None:
        """At the end; bytes for now or never come before all papers that wait."""
        if job.paper is not None and self._queue is not None:
            job.number = self._queue.add(job.paper)
        with self._changed:
            self._expected -= is_expected
            self._jobs.append(job)
            self._changed.notify_all()

    def hurry(self) -> None:
        """Try what waits at once."""
        with self._changed:
            self._due_s = 0.0
            self._changed.notify_all()

    def retry(self, *, as_file: bool = False) -> None:
        """All that is kept, once more."""
        with self._changed:
            for job in self._kept():
                job.state, job.goes_to_file, job.opens_drawer = "new", as_file, False
            self._changed.notify_all()

    def drop(self) -> None:
        """Nobody wants what is kept."""
        with self._changed:
            dropped = self._kept()
            for job in dropped:
                job.is_dropped = True
            self._jobs = [job for job in self._jobs if not job.is_dropped]
            self._trouble = None
        for job in dropped:
            if job is not self._printing:
                self._forget_file(job)

    def wait(self, timeout_s: float) -> bool:
        """Whether all jobs were tried within the time."""
        with self._changed:
            return self._changed.wait_for(self._is_idle, timeout_s)

    def end(self) -> None:
        """No more jobs are given out; what waits stays in its folder."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()

    # For the one who prints

    def next(self) -> Job | None:
        """The job to try now, waiting for one; None: the end."""
        with self._changed:
            while not self._is_ending:
                if (job := self._due()) is not None:
                    self._printing = job
                    return job
                waits = any(job.state == "waits" for job in self._jobs)
                self._changed.wait(max(0.0, self._due_s - time.monotonic()) if waits else None)
            return None

    def mark(self, job: Job) -> None:
        """Its bytes are on their way."""
        if job.paper is not None and self._queue is not None:
            self._queue.mark(job.number)

    def settle(self, job: Job, error: Exception | None) -> list[tuple[Job, Exception | None]]:
        """How it went, and who is to be told what: also those behind it that now wait too."""
        with self._changed:
            before, self._trouble = self._trouble, error
            if job.paper is None or error is None or job.is_dropped:
                self._jobs = [each for each in self._jobs if each is not job]
                told: list[tuple[Job, Exception | None]] = [(job, error)]
            elif isinstance(error, Unavailable) and not _is_for_a_person(job, error):
                told = self._now_wait(job, error, before)
            else:
                job.state, job.goes_to_file = "doubt", False
                told = [(job, error)]
            if error is None:
                self._failures, self._due_s = 0, 0.0
        self._settle_file(job, error)
        return told

    def done(self, job: Job) -> None:
        """Everybody was told."""
        with self._changed:
            if self._printing is job:
                self._printing = None
            self._changed.notify_all()

    def _now_wait(
        self, job: Job, error: Unavailable, before: Exception | None
    ) -> list[tuple[Job, Exception | None]]:
        """A trouble that has been told is not told again by each try."""
        is_known = job.state == "waits" and repr(before) == repr(error)
        behind = [each for each in self._jobs if each.state == "new" and each.is_for_paper]
        told = [each for each in ([] if is_known else [job]) if each not in behind] + behind
        for each in (job, *behind):
            each.state, each.opens_drawer = "waits", False
        pause = self._retries_s[min(self._failures, len(self._retries_s) - 1)]
        self._failures += 1
        self._due_s = time.monotonic() + pause
        return [(each, error) for each in told]

    def _due(self) -> Job | None:
        """Bytes for now or never; then the oldest paper, where a new one came or it is time."""
        new = [job for job in self._jobs if job.state == "new"]
        if at_once := [job for job in new if not job.is_for_paper]:
            return at_once[0]
        papers = [job for job in self._jobs if job.state != "doubt"]
        if papers and (new or time.monotonic() >= self._due_s):
            return papers[0]
        return None

    def _kept(self) -> list[Job]:
        return [job for job in self._jobs if job.state != "new"]

    def _is_idle(self) -> bool:
        is_tried = all(job.state != "new" for job in self._jobs)
        return not self._expected and is_tried and self._printing is None

    def _settle_file(self, job: Job, error: Exception | None) -> None:
        if job.paper is None or self._queue is None:
            return
        if error is None or job.is_dropped:
            self._queue.remove(job.number)
        elif job.state == "waits":
            self._queue.unmark(job.number)

    def _forget_file(self, job: Job) -> None:
        if self._queue is not None:
            self._queue.remove(job.number)


def _is_for_a_person(job: Job, error: Unavailable) -> bool:
    """Part of it is on paper, or it was to be written elsewhere: nothing to be tried by itself."""
    return job.goes_to_file or isinstance(error, PrintedInPart)
