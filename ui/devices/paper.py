"""出纸: receipts go to the printer in a thread of their own; the counter never waits for paper.

What could not be printed is kept until a person says `again` or `drop`. A jam never reaches the
sale: it is only reported.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from core.errors import Unavailable
from ui.catalogue import speaking
from ui.devices.printer import NoPrinter, Printer, printer_of
from ui.devices.profile import GB18030, Profile, profile_of

if TYPE_CHECKING:
    from core.sales.slip import Slip
    from core.values.settings import Settings

_log = logging.getLogger(__name__)
_trail = logging.getLogger("trail.printer")


class PaperReport(Struct, frozen=True):
    """How one job went: `error` None means done; `kept` receipts wait for a person.

    `no` is that of the paper, "" where only the drawer was to open; `file` is the PDF where it
    was written instead of printed.
    """

    no: str
    error: Exception | None
    kept: int
    file: Path | None = None


class _Job(Struct, frozen=True):
    receipt: Slip | None
    opens_drawer: bool
    goes_to_file: bool = False


class PaperDesk:
    """Prints in order of asking. `report` is called on the printing thread, once for each job.

    `language` is what receipts are written in, None the one that is spoken; `folder` is where
    copies go that are written instead of printed.
    """

    def __init__(
        self,
        printer: Printer,
        profile: Profile = GB18030,
        width_mm: int = 80,
        *,
        report: Callable[[PaperReport], None] | None = None,
        language: str | None = None,
        folder: Path | None = None,
    ) -> None:
        self._printer = printer
        self._profile = profile
        self._width_mm = width_mm
        self._report = report
        self.language = language
        self._folder = folder
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._telling = threading.Lock()
        self._open_jobs = 0
        self._kept: list[Slip] = []
        self._trouble: Exception | None = None
        self._worker: threading.Thread | None = None

    @property
    def has_printer(self) -> bool:
        """Whether there is anything to print on."""
        return not isinstance(self._printer, NoPrinter)

    @property
    def can_file(self) -> bool:
        """Whether copies can be written instead of printed."""
        return self._folder is not None

    @property
    def trouble(self) -> Exception | None:
        """What went wrong last; None since something was printed, or what was kept is dropped."""
        with self._changed:
            return self._trouble

    @property
    def kept(self) -> tuple[Slip, ...]:
        """Receipts that could not be printed, oldest first."""
        with self._changed:
            return tuple(self._kept)

    def print(self, receipt: Slip) -> None:
        """Print soon. The drawer opens for a first print that took cash."""
        self._add(_Job(receipt, opens_drawer=receipt.opens_drawer))

    def open_drawer(self) -> None:
        """开钱箱 without paper; not tried again where it fails: nobody may be near then."""
        self._add(_Job(None, opens_drawer=True))

    def again(self) -> None:
        """Print what was kept. The drawer stays shut: nobody may be near it any more."""
        with self._changed:
            kept, self._kept = self._kept, []
        for receipt in kept:
            self._add(_Job(receipt, opens_drawer=False))

    def file(self) -> None:
        """存 PDF: write what was kept into the folder instead of printing it."""
        with self._changed:
            kept, self._kept = self._kept, []
        for receipt in kept:
            self._add(_Job(receipt, opens_drawer=False, goes_to_file=True))

    def drop(self) -> None:
        """Forget what was kept; it can still be printed as a copy."""
        with self._changed:
            self._kept = []
            self._trouble = None

    def save(self, receipt: Slip, folder: Path) -> tuple[Path, ...]:
        """The receipt as a PDF and as printer's bytes in a folder; raises Unavailable."""
        from ui.devices.copies import save_copies

        with speaking(self.language):
            return save_copies(receipt, folder, profile=self._profile, width_mm=self._width_mm)

    def wait(self, timeout_s: float) -> bool:
        """Whether all jobs were tried within the time; for the end of a program and for tests."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open_jobs == 0, timeout_s)

    def close(self, timeout_s: float = 10.0) -> bool:
        """Try what is still to do, then end the thread; whether that was done within the time."""
        until = time.monotonic() + timeout_s
        is_done = self.wait(timeout_s)
        with self._changed:
            worker, self._worker = self._worker, None
        if worker is not None:
            self._jobs.put(None)
            worker.join(max(0.0, until - time.monotonic()))
        return is_done

    def _add(self, job: _Job) -> None:
        with self._changed:
            self._open_jobs += 1
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="paper", daemon=True)
                self._worker.start()
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            file: list[Path] = []
            report = self._done(job, self._try(job, file))
            self._tell(replace(report, file=file[0]) if file else report)
            with self._changed:
                self._open_jobs -= 1
                self._changed.notify_all()

    def _try(self, job: _Job, file: list[Path]) -> Exception | None:
        try:
            if job.goes_to_file and self._folder is not None and job.receipt is not None:
                file += self.save(job.receipt, self._folder)[:1]
                return None
            self._printer.print(self._bytes(job))
        except Unavailable as trouble:
            return trouble
        except Exception as bug:  # noqa: BLE001 - a bug in printing must not stop the counter
            _log.exception("printing failed")
            return bug
        return None

    def _bytes(self, job: _Job) -> bytes:
        from ui.devices.escpos import drawer_pulse, encode

        data = drawer_pulse() if job.opens_drawer else b""
        if job.receipt is not None:
            with speaking(self.language):
                data += encode(job.receipt, width_mm=self._width_mm, profile=self._profile)
        return data

    def _done(self, job: _Job, error: Exception | None) -> PaperReport:
        with self._changed:
            self._trouble = error
            _trail.info("ready" if error is None else type(error).__name__)
            if error is not None and job.receipt is not None:
                self._kept.append(job.receipt)
            no = job.receipt.no if job.receipt else ""
            return PaperReport(no, error, len(self._kept))

    def report_to(self, report: Callable[[PaperReport], None] | None) -> None:
        """Tell somebody else from now on: whoever was told before may be gone when this returns."""
        with self._telling:
            self._report = report

    def _tell(self, report: PaperReport) -> None:
        try:
            with self._telling:
                if self._report is not None:
                    self._report(report)
        except Exception:  # noqa: BLE001 - whoever listens must not stop the printing either
            _log.exception("nobody could be told how %s was printed", report.no)


def desk_of(settings: Settings, folder: Path) -> PaperDesk:
    """The desk with the printer that was set; `folder` is where copies go that are not printed."""
    return PaperDesk(
        printer_of(settings.printer),
        profile_of(settings.profile),
        settings.paper_mm,
        language=settings.paper_language,
        folder=folder,
    )
