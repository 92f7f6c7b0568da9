"""日志: a line of JSON for each request and each trouble, on standard error; nothing personal.

Never bodies, names, phones, tokens, codes or addresses: the pattern of the path, the answer, how
long it took, and of errors their names and places.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

FACTS = "facts"


def keep_logs(level: str) -> None:
    """Write to standard error from now on; the system's journal or container keeps it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Its lines are for people who watch a terminal; what matters of them we say ourselves.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def facts(**named: str | int) -> dict[str, dict[str, str | int]]:
    """What a line says beside its words."""
    return {FACTS: named}


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "says": record.msg}
        line |= getattr(record, FACTS, {})
        if record.exc_info and record.exc_info[1]:
            line |= _where(record.exc_info[1])
        if not record.name.startswith("server"):
            line["from"] = record.name
        return json.dumps(line, ensure_ascii=False, default=str)


def _where(error: BaseException) -> dict[str, object]:
    """Its kind and its places, innermost last; what it says may hold values, and stays out."""
    steps = traceback.extract_tb(error.__traceback__)[-8:]
    return {
        "error": type(error).__name__,
        "trace": [f"{step.filename.rpartition('/')[2]}:{step.lineno}" for step in steps],
    }
