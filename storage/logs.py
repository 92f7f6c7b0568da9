"""日志: what went wrong in the program, in `logs/till.log` of the home; never personal data.

Only bugs and troubles of devices are written, with their trace but without the values in it.
"""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

MOST_BYTES = 2 << 20
KEPT = 4

_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def keep_logs(home: Path) -> None:
    """Write this process's log into the home from now on; where it cannot be, selling goes on."""
    handler: logging.Handler = logging.NullHandler()
    # Without a place for it nothing is logged: least of all to the screen.
    with suppress(OSError):
        handler = _handler(home / "logs")
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


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

    def formatException(self, ei: _Info) -> str:  # noqa: N802, a name of logging
        rows: list[str] = []
        error = ei[1]
        while error is not None:
            trace = traceback.format_tb(error.__traceback__)
            rows = [*trace, _kind(error), *(["", "then:", *rows] if rows else rows)]
            error = error.__cause__ or error.__context__
        return "\n".join(row.rstrip("\n") for row in rows)


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind} {error.errno}" if isinstance(error, OSError) else kind
