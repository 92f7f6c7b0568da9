"""出纸: papers go to the printer in threads of their own; the counter never waits for one.

They are printed in the order of asking. One that the printer does not take waits, and is tried
again by itself; one of which the printer took a part waits for a person, who alone can see how far
it came. A jam never reaches the sale: it is only reported.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from core.errors import Shortfall, Unavailable
from ui.catalogue import speaking
from ui.devices.drawer import PRINTER, drawer_port, open_by_port
from ui.devices.paper_line import Job, PaperLine
from ui.devices.printer import NoPrinter, Printer
from ui.devices.profile import GB18030, Profile

if TYPE_CHECKING:
    from core.sales.slip import Slip
    from ui.devices.designs import Designs
    from ui.devices.print_queue import Paper
    from ui.devices.row import Row

_log = logging.getLogger(__name__)
_trail = logging.getLogger("trail.printer")
# Seconds until a printer that failed is tried again: soon, then as often as somebody may have come
# to mend it.
RETRIES_S = (5.0, 10.0, 20.0, 30.0)


class PaperReport(Struct, frozen=True):
    """How one job went: `error` None means done; `kept` papers are not printed yet.

    `no` is that of the paper, "" where only the drawer was to open; `file` is the PDF where it
    was written instead of printed.
    """

    no: str
    error: Exception | None
    kept: int
    file: Path | None = None


class PaperDesk:
    """`report` is called on the printing thread, once for each job, and when a late one succeeds.

    `language` is what receipts are written in, None the one that is spoken; `folder` is where
    copies go that are written instead of printed; `queue_folder` keeps what waits; `designs` has
    the shop's own designs of papers, `profiles` its own printers; `trouble` is what is wrong from
    the beginning; on the papers of a lesson (`is_training`) it stands that they prove nothing.
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
        queue_folder: Path | None = None,
        designs: Path | None = None,
        trouble: Exception | None = None,
        profiles: Path | None = None,
        retries_s: tuple[float, ...] = RETRIES_S,
        is_training: bool = False,
    ) -> None:
        self._printer = printer
        self._profile = profile
        self._width_mm = width_mm
        self._report = report
        self.language = language
        self.profiles = profiles
        self._folder = folder
        self._designs_folder = designs
        self._is_training = is_training
        self._drawer = PRINTER
        self._telling = threading.Lock()
        self._asked: queue.SimpleQueue[tuple[Slip, bool] | None] = queue.SimpleQueue()
        self._line = PaperLine(queue_folder, retries_s, trouble)
        self._threads: list[threading.Thread] = []

    @property
    def has_printer(self) -> bool:
        """Whether there is anything to print on."""
        return not isinstance(self._printer, NoPrinter)

    @property
    def profile(self) -> Profile:
        """How the printer speaks."""
        return self._profile

    @property
    def width_mm(self) -> int:
        """The width of the paper."""
        return self._width_mm

    @cached_property
    def designs(self) -> Designs:
        """How papers look; a start prints nothing, and loads none of it."""
        from ui.devices.designs import Designs

        return Designs(self._designs_folder, is_training=self._is_training)

    @property
    def design_trouble(self) -> Shortfall | None:
        """What is wrong with the first of the shop's own designs that cannot be used."""
        if self._designs_folder is None or not self._designs_folder.is_dir():
            return None
        return next(iter(self.designs.problems().values()), None)

    @property
    def folder(self) -> Path:
        """Where papers are written instead of printed."""
        assert self._folder is not None, "a till without a home writes no papers"
        return self._folder

    @property
    def can_file(self) -> bool:
        """Whether copies can be written instead of printed."""
        return self._folder is not None

    @property
    def trouble(self) -> Exception | None:
        """What went wrong last; None since something was printed, or what was kept is dropped."""
        return self._line.trouble

    @property
    def unkept(self) -> Exception | None:
        """Why what waits would not outlive the program; None where it would."""
        return self._line.unkept

    @property
    def missing(self) -> Exception | None:
        """Why nothing can come out, before anything was tried; asked on whichever thread."""
        from ui.devices.printer_look import missing

        return missing(self._printer)

    @property
    def kept(self) -> tuple[Paper, ...]:
        """Papers that are not printed yet, oldest first; a doubtful one waits for a person."""
        return self._line.kept

    def begin(self) -> None:
        """Print what was left by the program that ran before."""
        if self.has_printer and self._line.has_left:
            self._start()

    def use(self, printer: Printer, profile: Profile, width_mm: int) -> None:
        """Another printer from now on; what waits is printed there."""
        self._printer, self._profile, self._width_mm = printer, profile, width_mm
        self._line.hurry()

    def print(self, slip: Slip) -> None:
        """Print soon. The drawer opens for a first print that took cash."""
        is_apart = self._drawer != PRINTER
        if slip.opens_drawer and is_apart:
            self.open_drawer()
        self._line.expect()
        self._asked.put((slip, slip.opens_drawer and not is_apart))
        self._start()

    def for_lesson(self) -> PaperDesk:
        """练习: one whose papers say that they prove nothing; no printer, no drawer hears of it."""
        return PaperDesk(
            NoPrinter(),
            width_mm=self._width_mm,
            language=self.language,
            designs=self._designs_folder,
            is_training=True,
        )

    def open_drawer(self, told: Callable[[Exception | None], None] | None = None) -> None:
        """开钱箱 without paper; not tried again where it fails: nobody may be near then."""
        self.pulse(self._drawer, told)

    def pulse(self, drawer: str, told: Callable[[Exception | None], None] | None = None) -> None:
        """Open a drawer as this setting of it says; it was checked."""
        from ui.devices.escpos import drawer_pulse

        port = None if self._is_training else drawer_port(drawer)
        if port is not None:
            open_by_port(port, drawer_pulse(self._profile), told or self._tell_drawer)
        elif drawer == PRINTER:
            self.send(drawer_pulse(self._profile), told)
        elif told is not None:
            told(None)

    def use_drawer(self, setting: str) -> None:
        """What opens the drawer from now on; raises BadDrawerSetting, and the printer does then."""
        self._drawer = PRINTER
        drawer_port(setting)
        self._drawer = setting

    @property
    def drawer(self) -> str:
        """What opens the drawer."""
        return self._drawer

    def _tell_drawer(self, error: Exception | None) -> None:
        if error is not None:
            self._tell(PaperReport("", error, len(self.kept)))

    def send(self, data: bytes, told: Callable[[Exception | None], None] | None = None) -> None:
        """Bytes for now or never, before all that waits; `told` how it went, and nobody else."""
        self._line.add(Job(data=data, told=told))
        self._start()

    def again(self) -> None:
        """Print what was kept. The drawer stays shut: nobody may be near it any more."""
        self._line.retry()

    def file(self) -> None:
        """存 PDF: write what was kept into the folder instead of printing it."""
        self._line.retry(as_file=True)

    def drop(self) -> None:
        """Forget what was kept; it can still be printed as a copy."""
        self._line.drop()

    def save(self, receipt: Slip, folder: Path) -> tuple[Path, ...]:
        """The receipt as a PDF and as printer's bytes in a folder; raises Unavailable."""
        from ui.devices.rows import rows_of

        with speaking(self.language):
            return self._saved(rows_of(receipt, self.designs), receipt.no, folder)

    def pdf(self, slip: Slip) -> bytes:
        """The paper as a PDF, as wide as the printer's."""
        from ui.devices.receipt_pdf import rows_pdf
        from ui.devices.rows import rows_of

        with speaking(self.language):
            return rows_pdf(rows_of(slip, self.designs), slip.no, width_mm=self._width_mm)

    def wait(self, timeout_s: float) -> bool:
        """Whether all jobs were tried within the time; for the end of a program and for tests."""
        return self._line.wait(timeout_s)

    def close(self, timeout_s: float = 10.0) -> bool:
        """Try what is still to do, then end the threads; whether that was done within the time."""
        until = time.monotonic() + timeout_s
        is_done = self.wait(timeout_s)
        threads, self._threads = self._threads, []
        if threads:
            self._asked.put(None)
            self._line.end()
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return is_done

    def report_to(self, report: Callable[[PaperReport], None] | None) -> None:
        """Tell somebody else from now on: whoever was told before may be gone when this returns."""
        with self._telling:
            self._report = report

    # On threads of its own

    def _start(self) -> None:
        if self._threads:
            return
        self._line.begin()
        works = (("paper intake", self._take_in), ("paper", self._work))
        self._threads = [threading.Thread(target=w, name=n, daemon=True) for n, w in works]
        for thread in self._threads:
            thread.start()

    def _take_in(self) -> None:
        """Papers are written down here, so that none waits in the memory for a slow printer."""
        from ui.devices.print_queue import Paper
        from ui.devices.rows import rows_of

        self._line.load()
        while (asked := self._asked.get()) is not None:
            slip, opens_drawer = asked
            try:
                with speaking(self.language):
                    paper = Paper(slip.no, rows_of(slip, self.designs))
                    job = Job(paper=paper, opens_drawer=opens_drawer)
            except Exception as bug:  # noqa: BLE001 - a bug in one paper must not stop the others
                _log.exception("paper cannot be made")
                self._line.forget()
                self._tell(PaperReport(slip.no, bug, len(self.kept)))
                continue
            self._line.add(job, is_expected=True)

    def _work(self) -> None:
        while (job := self._line.next()) is not None:
            files: list[Path] = []
            error = self._try(job, files)
            _trail.info("ready" if error is None else type(error).__name__)
            for settled, trouble in self._line.settle(job, error):
                self._told(settled, trouble, files)
            self._line.done(job)

    def _try(self, job: Job, files: list[Path]) -> Exception | None:
        try:
            if job.goes_to_file and self._folder is not None and job.paper is not None:
                files += self._saved(job.paper.rows, job.paper.no, self._folder)[:1]
                return None
            self._printer.print(self._bytes(job), begun=lambda: self._line.mark(job))
        except Unavailable as trouble:
            return trouble
        except Exception as bug:  # noqa: BLE001 - a bug in printing must not stop the counter
            _log.exception("printing failed")
            return bug
        return None

    def _bytes(self, job: Job) -> bytes:
        if job.paper is None:
            return job.data
        from ui.devices.escpos import drawer_pulse, encode_rows

        pulse = drawer_pulse(self._profile) if job.opens_drawer else b""
        rows = job.paper.rows
        return pulse + encode_rows(rows, width_mm=self._width_mm, profile=self._profile)

    def _saved(self, rows: Sequence[Row], no: str, folder: Path) -> tuple[Path, ...]:
        from ui.devices.copies import save_copies

        return save_copies(rows, no, folder, profile=self._profile, width_mm=self._width_mm)

    def _told(self, job: Job, error: Exception | None, files: list[Path]) -> None:
        if job.told is None:
            no = job.paper.no if job.paper is not None else ""
            file = files[0] if files else None
            self._tell(PaperReport(no, error, len(self.kept), file))
            return
        try:
            job.told(error)
        except Exception:  # noqa: BLE001 - whoever listens must not stop the printing
            _log.exception("nobody could be told how a job went")

    def _tell(self, report: PaperReport) -> None:
        try:
            with self._telling:
                if self._report is not None:
                    self._report(report)
        except Exception:  # noqa: BLE001 - whoever listens must not stop the printing either
            _log.exception("nobody could be told how %s was printed", report.no)
