"""恢复演练: a backup is brought back in a folder of its own, opened and checked, and goes again.

The way is that of a restore: the same copy, the same new incarnation, the same first opening. A
large one is tried by another process, so that whoever sells meanwhile does not wait.
"""

from __future__ import annotations

import shutil
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from core.errors import Shortfall
from core.ports.keeping import Drilled
from storage.backup import restore
from storage.columns import Connection
from storage.faults import faults_of
from storage.second_process import follow, undisturbed
from storage.verify import not_priced_again, verify

PREFIX = "drill-"
# What is smaller is checked before another process would have started.
WORTH_A_PROCESS = 8 << 20
_COUNTS = (
    "SELECT count(*) FROM sales",
    "SELECT count(*) FROM members",
)


def drilled(home: Path, backup: Path, key: bytes) -> Drilled:
    """Try a backup; raises what a restore raises."""
    with faults_of(backup):
        size = backup.stat().st_size
    return (_tried if size < WORTH_A_PROCESS else _tried_beside)(home, backup, key)


def _tried(home: Path, backup: Path, key: bytes) -> Drilled:
    from storage.store import open_store

    with faults_of(home):
        _clear(home)  # what a drill left that was killed
        folder = Path(mkdtemp(prefix=PREFIX, dir=home))
    begun = time.monotonic()
    try:
        restore(folder, backup, key=key)
        store = open_store(folder, key=key)
        try:
            ready = time.monotonic()
            findings = verify(store)
            with store.reader() as connection:
                sales, members = (_count(connection, sql) for sql in _COUNTS)
            others = not_priced_again(store)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = max(1, round(ready - begun))
    return Drilled(backup.name, seconds, sales, members, tuple(findings), others)


def _count(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _clear(home: Path) -> None:
    for left in home.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)


def _tried_beside(home: Path, backup: Path, key: bytes) -> Drilled:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_try, args=(sending, home, backup, key), daemon=True)
    with undisturbed():
        process.start()
    sending.close()
    try:
        found = receiving.recv()
    except EOFError:
        raise RuntimeError("the process that tries a backup was ended") from None
    finally:
        process.join()
        process.close()
        receiving.close()
    if isinstance(found, BaseException):
        raise found
    assert isinstance(found, Drilled)
    return found


def _try(sending: Pipe[Any, Any], home: Path, backup: Path, key: bytes) -> None:
    follow()
    try:
        sending.send(_tried(home, backup, key))
    except Shortfall as error:
        sending.send(error)
    finally:
        sending.close()
