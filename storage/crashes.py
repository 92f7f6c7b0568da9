"""事故: what is left of a mistake of the program, or of its sudden end: a file without any values.

home/crashes/  crash-….txt  one for each mistake and each sudden end; the newest 20 stay
               running      what a till does just now; where a start finds it, the last one ended
                            suddenly: its text is what was done last
               fault-PID    what the interpreter itself still writes when the process breaks down
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import IO

from core.values.version import VERSION
from storage.machine import SystemClock
from storage.traces import harmless, shortened, trace_of, word_of

KEPT = 20
STEPS = 30
MARK_BYTES = 4096


class CrashBook:
    """The crash files of one home. Nothing here raises: who reports a mistake must not add one."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "crashes"
        self._clock = SystemClock()
        self._steps: deque[str] = deque(maxlen=STEPS)
        self._states: dict[str, str] = {}
        self._seen: set[tuple[str, int]] = set()
        self._count = 0
        self._mark: IO[bytes] | None = None
        self._writing = threading.RLock()  # threads of store, paper and questions tell what they do
        self._faults: IO[bytes] | None = None

    @property
    def name(self) -> str:
        """A name for this home, as short as the system wants it."""
        place = str(self._folder.parent.resolve()).encode("utf-8", "surrogateescape")
        return f"shuke-{hashlib.sha256(place).hexdigest()[:16]}"

    @property
    def is_marked(self) -> bool:
        """Whether a till runs in this home, or ended suddenly."""
        return (self._folder / "running").exists()

    # What is done

    def did(self, name: str) -> None:
        """An action of the till, by its name in the program."""
        with self._writing:
            self._steps.append(f"{self._moment():%H:%M:%S} {word_of(name)}")
            self._write_mark()

    def stands(self, device: str, state: str) -> None:
        """How a device is: a word of the program, as the kind of its trouble."""
        with self._writing:
            self._states[word_of(device)] = word_of(state)
            self._write_mark()

    # Mistakes

    def keep(self, error: BaseException, *, thread: str = "") -> Path | None:
        """A file of a mistake, one for each place it comes from; None where there is none."""
        trace = walk_tb(error.__traceback__)
        *_, place = [("", 0), *((each.f_code.co_filename, at) for each, at in trace)]
        if place in self._seen:
            return None
        self._seen.add(place)
        return self._write(
            "mistake", [self._said(), f"thread {word_of(thread)}", "", trace_of(error)]
        )

    def keep_words(self, words: str) -> Path | None:
        """A file of what a library says before it ends the process."""
        if (words, 0) in self._seen:
            return None
        self._seen.add((words, 0))
        return self._write("fatal", [self._said(), harmless(words)])

    # Sudden ends

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While this lasts, the interpreter writes down where it was when the process breaks."""
        with suppress(OSError):
            self._watch()
        try:
            yield
        finally:
            if self._faults is not None:
                faulthandler.disable()
                self._faults.close()
                self._faults = None
                self._forget(f"fault-{os.getpid()}")

    def _watch(self) -> None:
        # Where a developer asked for it already, or where there is no till yet, it stays as it is.
        if faulthandler.is_enabled() or not self._folder.parent.is_dir():
            return
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._faults = _private(self._folder / f"fault-{os.getpid()}")
        faulthandler.enable(self._faults)

    @contextmanager
    def marked(self) -> Iterator[str]:
        """While this lasts the home says that a till runs; said by the one that owns it.

        Gives the place of the file of a sudden end before, or "".
        """
        ended = self._begin()
        if ended:  # it may have ended in a lesson
            from storage.left_folders import remove_left_lessons

            remove_left_lessons()
        try:
            yield str(ended or "")
        finally:
            self._end()

    def _begin(self) -> Path | None:
        try:
            faults = self._faults_before()
            ended = self._ended(faults) if faults or self.is_marked else None
            self._folder.mkdir(exist_ok=True, mode=0o700)
            self._mark = _private(self._folder / "running")
        except OSError:
            return None
        with self._writing:
            self._write_mark()
        return ended

    def _end(self) -> None:
        with self._writing:
            if self._mark is not None:
                self._mark.close()
                self._mark = None
                self._forget("running")

    def _ended(self, faults: list[str]) -> Path | None:
        mark = self._folder / "running"
        last = mark.read_bytes().rstrip(b"\0") if mark.exists() else b"it did not come to stand"
        rows = ["the program ended suddenly; before that:", "", last.decode("ascii", "replace")]
        return self._write("ended", [*rows, *(f"\n{shortened(told)}" for told in faults)])

    def _faults_before(self) -> list[str]:
        """What the interpreter wrote when others broke down; it is taken away with that."""
        told = []
        for file in sorted(self._folder.glob("fault-*")):
            if file.name != f"fault-{os.getpid()}":
                told.append(file.read_text("utf-8", "replace").strip())
                self._forget(file.name)
        return [each for each in told if each]

    # Files

    def _write(self, what: str, rows: list[str]) -> Path | None:
        moment = self._moment()
        name = f"crash-{moment:%Y%m%d-%H%M%S}-{self._count:03}-{os.getpid()}-{what}.txt"
        self._count += 1
        text = "\n".join([f"shuke {VERSION} · {what} · {moment:%Y-%m-%dT%H:%M:%SZ}", *rows, ""])
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            with _private(self._folder / name) as file:
                file.write(text.encode("utf-8", "replace"))
        except OSError:
            return None
        for old in crash_files(self._folder.parent)[KEPT:]:
            self._forget(old.name)
        return self._folder / name

    def _said(self) -> str:
        with self._writing:
            return self._head()

    def _head(self) -> str:
        states = ", ".join(f"{name} {state}" for name, state in sorted(self._states.items()))
        rows = [
            f"{self._moment():%Y-%m-%dT%H:%M:%SZ} pid {os.getpid()}",
            versions(),
            f"devices: {states or 'nothing known'}",
            "done before (UTC):",
            *(f"  {step}" for step in self._steps),
        ]
        return "\n".join(rows)

    def _write_mark(self) -> None:
        """Written past all buffers of ours: the system keeps it, however the process ends."""
        if self._mark is None:
            return
        said = self._head().encode("ascii", "replace")[-MARK_BYTES:]
        with suppress(OSError):
            self._mark.seek(0)
            self._mark.write(said.ljust(MARK_BYTES, b"\0"))

    def _forget(self, name: str) -> None:
        # Another process may hold it open, where the system minds that.
        with suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now_us() // 1_000_000, UTC)


def crash_files(home: Path) -> list[Path]:
    """The crash files of a home, newest first."""
    return sorted((home / "crashes").glob("crash-*.txt"), reverse=True)


def versions() -> str:
    """What the program runs on; nothing is loaded for it."""
    qt, sqlite = sys.modules.get("PySide6"), sys.modules.get("sqlcipher3.dbapi2")
    parts = {
        "python": sys.version.split()[0],
        "qt": getattr(qt, "__version__", "-"),
        "sqlite": getattr(sqlite, "sqlite_version", "-"),
        "system": " ".join((sys.platform, *(os.uname()[2::2] if hasattr(os, "uname") else ()))),
        "packaged": "yes" if getattr(sys, "frozen", False) else "no",
    }
    return ", ".join(f"{name} {version}" for name, version in parts.items())


def _private(path: Path) -> IO[bytes]:
    flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "w+b", buffering=0)
