"""导入: applies tables of members and products beside a selling counter.

Rows come checked, in sorted runs. They are applied in chunks, each one short transaction with a
pause after it, so that a sale waits a few milliseconds at most; also from another process than the
till's. Of a cancelled or failed import nothing remains but who or what was sold to or sold
meanwhile; a killed one is undone at the next.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

import portalocker

from core.errors import Cancelled, ImportRunning, Unavailable
from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.faults import faults_of
from storage.import_members import MembersImport, undo_members
from storage.import_products import ProductsImport, undo_products
from storage.import_record import (
    APPLYING,
    DONE,
    UNDOING,
    UNDONE,
    Imported,
    ImportRow,
    begin,
    count,
    set_state,
    unfinished,
)
from storage.import_runs import MemberRun, ProductRun, Run
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.store import TillStore, is_owned
from storage.tills import till_of

CHUNK = 120
UNDO_AT_ONCE = 100
PAUSE_S = 0.001
_LOOK_AROUND_S = 1.0

MEMBERS, PRODUCTS = "members", "products"
OnProgress = Callable[[int], None]
ShouldStop = Callable[[], bool]
RunT = TypeVar("RunT", bound=Run, contravariant=True)


class _Pace:
    """Small steps with pauses beside a running till, large ones where nobody waits."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._looked_at = 0.0
        self._is_alone = False

    @property
    def chunk(self) -> int:
        """Rows of one transaction; a key is a tenth of the work of a row."""
        now = time.monotonic()
        if now - self._looked_at > _LOOK_AROUND_S:
            self._looked_at, self._is_alone = now, not is_owned(self._home)
        return CHUNK * 16 if self._is_alone else CHUNK

    def rest(self) -> None:
        """Let somebody else write."""
        if not self._is_alone:
            time.sleep(PAUSE_S)


class _Import(Protocol[RunT]):
    def apply(
        self, connection: Connection, outbox: StoredOutbox, run: RunT, places: Sequence[int]
    ) -> Imported: ...

    def insert_keys(self, connection: Connection, keys: Iterable[tuple[int, str, int]]) -> None: ...


def _nothing(_: int) -> None:
    return


def _never() -> bool:
    return False


def import_members(
    store: TillStore,
    runs: Iterable[MemberRun],
    *,
    moment: Moment,
    leaves_out: Container[int] = (),
    on_progress: OnProgress = _nothing,
    should_stop: ShouldStop = _never,
) -> Imported:
    """Add and update members by card number, but for those of the lines that it `leaves_out`.

    `on_progress` hears how many rows are applied. Raises ImportRunning, Cancelled (undone when
    `should_stop` said so), Unavailable.
    """
    with alone(store.home):
        row = _begin(store, MEMBERS, moment)
        with store.read() as reading:
            bringing = MembersImport(row, moment, reading.rulebooks.current())
        work = _Work(store, row, moment, leaves_out, on_progress, should_stop)
        return work.apply(bringing, runs)


def import_products(
    store: TillStore,
    runs: Iterable[ProductRun],
    *,
    moment: Moment,
    leaves_out: Container[int] = (),
    on_progress: OnProgress = _nothing,
    should_stop: ShouldStop = _never,
) -> Imported:
    """Add and update products by code; otherwise as `import_members`."""
    with alone(store.home):
        row = _begin(store, PRODUCTS, moment)
        work = _Work(store, row, moment, leaves_out, on_progress, should_stop)
        return work.apply(ProductsImport(row, moment), runs)


def undo_unfinished(store: TillStore, moment: Moment) -> int:
    """Undo imports that were killed; how many. Raises ImportRunning while one is under way."""
    with alone(store.home):
        return _undo_unfinished(store, moment)


@dataclass(slots=True)
class _Work:
    """One import on its way; undone when it does not come to its end."""

    store: TillStore
    row: ImportRow
    moment: Moment
    leaves_out: Container[int]
    on_progress: OnProgress
    should_stop: ShouldStop
    done: Imported = field(default_factory=Imported)

    def apply(self, bringing: _Import[RunT], runs: Iterable[RunT]) -> Imported:
        pace = _Pace(self.store.home)
        try:
            for run in runs:
                self._apply_rows(bringing, run, pace)
                self._apply_keys(bringing, run, pace)
            with self.store.writer() as connection:
                connection.execute("DELETE FROM before_images WHERE import_id = ?", (self.row.id,))
                set_state(connection, self.row.id, DONE)
        except BaseException:
            # Where the disk is full or gone the next import undoes what this one cannot.
            with suppress(Unavailable):
                _undo(self.store, self.row, self.moment)
            raise
        return self.done

    def _apply_rows(self, bringing: _Import[RunT], run: RunT, pace: _Pace) -> None:
        waiting = (i for i, line in enumerate(run.lines) if line not in self.leaves_out)
        while places := list(islice(waiting, pace.chunk)):
            if self.should_stop():
                raise Cancelled()
            with self.store.writer() as connection:
                more = bringing.apply(connection, _outbox(connection), run, places)
                count(connection, self.row.id, more)
            self.done = _sum(self.done, more)
            self.on_progress(self.done.added + self.done.changed + self.done.unchanged)
            pace.rest()

    def _apply_keys(self, bringing: _Import[RunT], run: RunT, pace: _Pace) -> None:
        waiting = run.take_keys()
        while keys := list(islice(waiting, 10 * pace.chunk)):
            if self.should_stop():
                raise Cancelled()
            with self.store.writer() as connection:
                bringing.insert_keys(connection, keys)
            pace.rest()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Millions of rows and no cycle among them: to look for one costs a sixth of the time."""
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.enable()


def _begin(store: TillStore, kind: str, moment: Moment) -> ImportRow:
    _undo_unfinished(store, moment)
    table = {MEMBERS: "SELECT max(n) FROM members", PRODUCTS: "SELECT max(n) FROM products"}[kind]
    with store.writer() as connection:
        row = ImportRow(
            id=_new_id(moment).bytes,
            kind=kind,
            state=APPLYING,
            started_us=moment.at_us,
            first_n=_largest(connection, table),
            first_sale_n=_largest(connection, "SELECT max(n) FROM sales"),
        )
        begin(connection, row)
    return row


def _undo_unfinished(store: TillStore, moment: Moment) -> int:
    with store.reader() as connection:
        rows = unfinished(connection)
    for row in rows:
        _undo(store, row, moment)
    return len(rows)


def _undo(store: TillStore, row: ImportRow, moment: Moment) -> None:
    """Take back what was applied, in chunks like the import itself."""
    undo = undo_members if row.kind == MEMBERS else undo_products
    kept: list[str] = []
    with store.writer() as connection:
        set_state(connection, row.id, UNDOING)
    undone = 1
    while undone:
        with store.writer() as connection:
            undone, stayed = undo(connection, row, at_once=UNDO_AT_ONCE)
        kept += stayed
        time.sleep(PAUSE_S)
    with store.writer() as connection:
        if _has_events(connection, row):
            body = {"import": row.id.hex(), "kept": kept}
            outbox = _outbox(connection)
            outbox.append(
                Fact(_new_id(moment), "ImportUndone", moment.at_us, moment.business_on, body)
            )
            _forget_private(connection, row, kept)
        set_state(connection, row.id, UNDONE)


def _has_events(connection: Connection, row: ImportRow) -> bool:
    sql = "SELECT 1 FROM import_events WHERE import_id = ? LIMIT 1"
    return connection.execute(sql, (row.id,)).fetchone() is not None


def _forget_private(connection: Connection, row: ImportRow, kept: list[str]) -> None:
    """Personal values of those who are not members after all."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (id BLOB PRIMARY KEY)")
    connection.execute("DELETE FROM kept")
    connection.executemany("INSERT INTO kept VALUES (?)", [(bytes.fromhex(i),) for i in kept])
    connection.execute(
        "DELETE FROM private_values WHERE event_id IN "
        "(SELECT event_id FROM import_events WHERE import_id = ?) "
        "AND member_id NOT IN (SELECT id FROM kept)",
        (row.id,),
    )


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One import at a time, in all processes, and no restore beneath it; raises ImportRunning."""
    with faults_of(home):
        lock = (home / "import.lock").open("a")
    try:
        try:
            portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            raise ImportRunning() from error
        yield
    finally:
        lock.close()


def _outbox(connection: Connection) -> StoredOutbox:
    return StoredOutbox(connection, till_of(connection))


def _new_id(moment: Moment) -> UUID:
    return uuid7(moment.at_us, SystemDice().roll(10))


def _largest(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return (row[0] or 0) if row else 0


def _sum(one: Imported, other: Imported) -> Imported:
    return Imported(
        one.added + other.added, one.changed + other.changed, one.unchanged + other.unchanged
    )
