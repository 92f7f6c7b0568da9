"""5 and 7 once more: keys and scans while the manager's office works beside, on the same machine.

The frames are those of one window, turn by turn with the office held up and going on. It fills the
table of members, makes every report and exports all members, one after another.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.homes import copied, some_of
from benchmarks.reporting import FILL, words_of
from benchmarks.screen import Keys
from benchmarks.syncing import ROUNDS, TIMES, beside_row, turns
from benchmarks.timing import Row
from core.actions.reports import unheard
from storage.store import TillStore

SALES_AND_LINES = 2
"""So many of the statements that fill the copy: its goods and members are those of the shop."""


def rows(size: int) -> list[Row]:
    """Nothing where a process cannot be held up; `size` members, and as many lines of sales."""
    if sys.platform != "linux":
        return []
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with copied(size) as (shop, store):
        _sell(store, size)
        phones = some_of(store, "phone", ROUNDS * TIMES)
        goods = some_of(store, "code", TIMES, table="products")
        keys = Keys(shop)
        try:
            with _office(store.home) as office:
                typed, added = turns(keys, office.pid, lambda: _worked(office), phones, goods)
        finally:
            keys.close()
    return [
        beside_row(5, "key → suggestions painted, the office at work", typed),
        beside_row(7, "line added → painted, the office at work", added),
    ]


def _sell(store: TillStore, lines: int) -> None:
    """What the reports of the office are of."""
    with store.insight._copy.opened() as copy:  # noqa: SLF001 - the lines are made in it
        copy.keep_up(unheard)
        for sql in FILL.format(**words_of(lines)).split(";")[:SALES_AND_LINES]:
            copy.run(sql)


@contextmanager
def _office(home: Path) -> Iterator[psutil.Process]:
    """Begun, and at work."""
    words = [sys.executable, "-m", "benchmarks.office_child", str(home)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        if child.stdout.readline().strip() != "ready":
            raise RuntimeError("the office did not open")
        yield psutil.Process(child.pid)
    finally:
        child.kill()
        child.wait()


def _worked(office: psutil.Process) -> float:
    """Seconds that it has had of the processors. Raises NoSuchProcess where it has ended."""
    if office.status() == psutil.STATUS_ZOMBIE:
        raise psutil.NoSuchProcess(office.pid)
    times = office.cpu_times()
    return float(times.user + times.system)
