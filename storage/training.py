"""练习的家: a store of its own in a temporary folder, with what a lesson needs of the real one.

Products, rulebook and people are copied; nothing that happened is, and nobody's data. The key is
in the memory alone: what a machine that was switched off leaves behind cannot be read by anybody.
The real store is only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from core.values.ident import uuid7
from storage.health import HomeHealth
from storage.home import Opened, visit_home
from storage.keys import KEY_BYTES
from storage.left_folders import LESSON, own_prefix, remove_left_lessons
from storage.store import TillStore, create_store

TRAINING_INCARNATION = 99
"""Receipts of a lesson carry it in their number, so that no real one has the same."""
COPIED = (
    "products",
    "product_keys",
    "rulebooks",
    "rulebook_held",
    "staff",
    "staff_badges",
    "label_layouts",
    "trace_demands",
    "trace_prefixes",
)
_AT_ONCE = 5_000


@contextmanager
def training_home(home: Path) -> Iterator[Opened]:
    """A fresh home beside a till that may be selling, gone at the end; raises Unavailable."""
    remove_left_lessons()
    with TemporaryDirectory(prefix=own_prefix(LESSON)) as folder:
        with visit_home(home) as real:
            store = _copy_of(real, Path(folder))
        try:
            machine = HomeHealth(store, real.clock)
            yield Opened(store, real.clock, real.dice, real.pins, False, machine)
        finally:
            store.close()


def _copy_of(real: Opened, folder: Path) -> TillStore:
    with real.store.read() as reading:
        known = reading.till
    fresh = uuid7(real.clock.now_us(), real.dice.roll(10))
    till = replace(known, id=fresh, incarnation=TRAINING_INCARNATION)
    store = create_store(folder, key=real.dice.roll(KEY_BYTES), till=till)
    try:
        with real.store.reader() as source, store.writer() as target:
            for table in COPIED:
                rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
                while some := rows.fetchmany(_AT_ONCE):
                    places = ", ".join("?" * len(some[0]))
                    sql = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - a name of ours
                    target.executemany(sql, some)
    except BaseException:  # also when it is stopped: the folder can only go when it is closed
        store.close()
        raise
    return store
