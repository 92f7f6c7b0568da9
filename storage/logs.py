"""日志: what went wrong in the program, in `logs/till.log` of the home; never personal data.

Only bugs and troubles of devices are written, with their trace but without the values in it. Each
bug also leaves a file of its own (`storage.crashes`), with what was done before it: the loggers
below `trail` say the names of actions, and how the devices are; nothing of them comes into the log.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from core.errors import Shortfall
from storage.crashes import CrashBook
from storage.traces import harmless, trace_of

MOST_BYTES = 2 << 20
KEPT = 4
TRAIL = "trail"

_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def keep_logs(home: Path, crashes: CrashBook | None = None) -> None:
    """Write this process's log into the home from now on; where it cannot be, selling goes on."""
    handler: logging.Handler = logging.NullHandler()
    # Without a place for it nothing is logged: least of all to the screen.
    with suppress(OSError):
        handler = _handler(home / "logs")
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(name)s %(message)s"))
    crashes = crashes or CrashBook(home)
    logging.basicConfig(level=logging.WARNING, handlers=[handler, _Bugs(crashes)], force=True)
    trail = logging.getLogger(TRAIL)
    trail.setLevel(logging.INFO)
    trail.propagate = False
    trail.handlers[:] = [_Trail(crashes)]


def log_bug(home: Path, command: str, bug: Exception) -> None:
    """Write down where a command failed, and leave a file that tells of it."""
    keep_logs(home)
    logging.getLogger(__name__).error("%s failed", command, exc_info=bug)


def _handler(folder: Path) -> logging.Handler:
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / "till.log"
    return _Quiet(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)


class _Quiet(RotatingFileHandler):
    """A line that finds no room is lost; the person at the till has other worries then."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, a name of logging
        return


class _WithoutValues(logging.Formatter):
    """Traces name the places and the kinds of errors; what an error says may name a member."""

    def format(self, record: logging.LogRecord) -> str:
        if record.levelno >= logging.CRITICAL:  # what a library says before it gives up
            record.msg, record.args = harmless(record.getMessage()), ()
        return super().format(record)

    def formatException(self, ei: _Info) -> str:  # noqa: N802, a name of logging
        return "" if ei[1] is None else trace_of(ei[1])


class _Bugs(logging.Handler):
    """Each bug that is logged leaves a file of its own."""

    def __init__(self, crashes: CrashBook) -> None:
        super().__init__(logging.ERROR)
        self._crashes = crashes

    def emit(self, record: logging.LogRecord) -> None:
        bug = record.exc_info[1] if record.exc_info else None
        if isinstance(bug, Exception) and not isinstance(bug, Shortfall):
            self._crashes.keep(bug, thread=record.threadName or "")
        elif record.levelno >= logging.CRITICAL:
            self._crashes.keep_words(record.getMessage())


class _Trail(logging.Handler):
    """`trail` says what is done, `trail.DEVICE` how a device is."""

    def __init__(self, crashes: CrashBook) -> None:
        super().__init__()
        self._crashes = crashes

    def emit(self, record: logging.LogRecord) -> None:
        _, _, device = record.name.partition(".")
        if device:
            self._crashes.stands(device, record.getMessage())
        else:
            self._crashes.did(record.getMessage())
