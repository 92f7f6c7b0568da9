"""预读: a second process reads the table and gets its runs ready while this one writes.

It knows no store: it opens the file, has the rows checked, sorts them and makes their keys; what is
ready waits in a pipe. It ends with its work, with this process, or when nobody wants more of it.
"""

from __future__ import annotations

import gc
import os
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, TypeVar

from core.errors import Cancelled
from core.values.table import BadRow
from storage.import_runs import Run
from storage.second_process import follow, undisturbed
from storage.tables import open_table

# What is smaller is read before another process would have started.
WORTH_A_PROCESS = 256 << 10
RUNS_WAITING = 2
_LOOK_AROUND_S = 0.1

ReadRows = Callable[[Sequence[str], Iterable[tuple[int, Sequence[str]]]], Iterator[Any]]
MakeRuns = Callable[[Iterable[Any]], Iterator[Run]]
ShouldStop = Callable[[], bool]
RunT = TypeVar("RunT", bound=Run)


@contextmanager
def runs_ahead(
    path: Path, make_runs: MakeRuns, read_rows: ReadRows, should_stop: ShouldStop
) -> Iterator[Iterator[Run]]:
    """The runs of the good rows of a table, got ready from now on; whoever leaves ends that.

    Taking one raises what reading the table raises, and Cancelled when `should_stop` says so.
    """
    if not path.is_file() or path.stat().st_size < WORTH_A_PROCESS:
        yield make_runs(_good_rows(path, read_rows))
        return
    process, receiving = _begin(path, make_runs, read_rows)
    try:
        yield _received(receiving, should_stop)
    finally:
        process.kill()
        process.join()
        process.close()
        receiving.close()


def _good_rows(path: Path, read_rows: ReadRows) -> Iterator[Any]:
    with open_table(path) as table:
        for row in read_rows(table.headings, table.rows()):
            if not isinstance(row, BadRow):
                yield row


def _begin(
    path: Path, make_runs: MakeRuns, read_rows: ReadRows
) -> tuple[SpawnProcess, Connection[Any, Any]]:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(
        target=_get_ready, args=(sending, path, make_runs, read_rows), daemon=True
    )
    with undisturbed():
        process.start()
    sending.close()
    return process, receiving


def _received(receiving: Connection[Any, Any], should_stop: ShouldStop) -> Iterator[Run]:
    while True:
        while not receiving.poll(_LOOK_AROUND_S):
            if should_stop():
                raise Cancelled()
        try:
            found = receiving.recv()
        except EOFError:
            raise RuntimeError("the process that reads the table was ended") from None
        if found is None:
            return
        if isinstance(found, BaseException):
            raise found
        yield found


def _get_ready(
    sending: Connection[Any, Any], path: Path, make_runs: MakeRuns, read_rows: ReadRows
) -> None:
    """What the second process does."""
    follow()
    # Millions of small tuples and no cycle among them.
    gc.disable()
    waiting: Queue[bytes] = Queue(RUNS_WAITING)
    sender = Thread(target=_send, args=(sending, waiting), daemon=True)
    sender.start()
    try:
        for data in map(pickle.dumps, make_runs(_good_rows(path, read_rows))):
            waiting.put(data)
        waiting.put(pickle.dumps(None))
    except Exception as error:  # noqa: BLE001 - it is raised where somebody can say it
        error.add_note(traceback.format_exc())
        waiting.put(pickle.dumps(error))
    waiting.put(b"")
    sender.join()


def _send(sending: Connection[Any, Any], waiting: Queue[bytes]) -> None:
    """A thread of its own: the next run is made while the last ones wait to be taken."""
    # A broken pipe: nobody takes any more.
    with suppress(BrokenPipeError):
        while data := waiting.get():
            sending.send_bytes(data)
        return
    os._exit(1)
