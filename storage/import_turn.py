"""轮到谁: one import at a time, in all processes; and those that nobody brought to an end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import portalocker

from core.errors import ImportRunning
from storage.faults import faults_of
from storage.import_record import UNDOING, ImportRow, unfinished
from storage.store import TillStore

_KNOCKS = 3
_KNOCK_S = 0.02


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One import at a time, in all processes, and no restore beneath it; raises ImportRunning."""
    with faults_of(home):
        lock = (home / "import.lock").open("a")
    try:
        # Somebody may only be asking, as `half_imports` does.
        if not any(_knock(lock) for _ in range(_KNOCKS)):
            raise ImportRunning()
        yield
    finally:
        lock.close()


def _knock(lock: IO[Any]) -> bool:
    try:
        portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
    except portalocker.LockException:
        time.sleep(_KNOCK_S)
        return False
    return True


def half_imports(store: TillStore) -> list[ImportRow]:
    """Imports that are neither in nor out: killed ones, and those that are being taken back."""
    with store.reader() as connection:
        rows = unfinished(connection)
    is_coming_in = bool(rows) and _is_under_way(store.home)
    return [row for row in rows if row.state == UNDOING or not is_coming_in]


def _is_under_way(home: Path) -> bool:
    try:
        with alone(home):
            return False
    except ImportRunning:
        return True
