"""导入: applies tables of members and products beside a selling counter.

Rows come checked, in sorted runs. They are applied in chunks, each one short transaction with a
pause after it, so that a sale waits a few milliseconds at most; also from another process than the
till's. Of a cancelled or failed import nothing remains but who or what was sold to or sold
meanwhile; a killed one is undone by the till (`storage.undo_watch`), or before the next.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Protocol, TypeVar
from uuid import UUID

from msgspec import Struct, field

from core.errors import Cancelled, Unavailable
from core.ports.past_imports import DAYS_TO_TAKE_BACK
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_members import MembersImport
from storage.import_pace import Pace
from storage.import_products import ProductsImport
from storage.import_record import (
    APPLYING,
    DONE,
    MEMBERS,
    PRODUCTS,
    Imported,
    ImportRow,
    Source,
    begin,
    count,
    drop_old_images,
    has_old_images,
    set_state,
    unfinished,
)
from storage.import_runs import MemberRun, ProductRun, Run
from storage.import_turn import alone
from storage.import_undo import ShouldStop, undo
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.store import TillStore
from storage.tills import till_of

OnProgress = Callable[[int], None]
NOWHERE = Source()
DAY_US = 86_400_000_000
RunT = TypeVar("RunT", bound=Run, contravariant=True)


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
    source: Source = NOWHERE,
    leaves_out: Container[int] = (),
    on_progress: OnProgress = _nothing,
    should_stop: ShouldStop = _never,
) -> Imported:
    """Add and update members by card number, but for those of the lines that it `leaves_out`.

    `on_progress` hears how many rows are applied. Raises ImportRunning, Cancelled (undone when
    `should_stop` said so), Unavailable.
    """
    with alone(store.home):
        row = _begin(store, MEMBERS, moment, source, should_stop)
        with store.read() as reading:
            bringing = MembersImport(row, moment, reading.rulebooks.current())
        work = _Work(store, row, moment, leaves_out, on_progress, should_stop)
        return work.apply(bringing, runs)


def import_products(
    store: TillStore,
    runs: Iterable[ProductRun],
    *,
    moment: Moment,
    source: Source = NOWHERE,
    leaves_out: Container[int] = (),
    on_progress: OnProgress = _nothing,
    should_stop: ShouldStop = _never,
) -> Imported:
    """Add and update products by code; otherwise as `import_members`."""
    with alone(store.home):
        row = _begin(store, PRODUCTS, moment, source, should_stop)
        work = _Work(store, row, moment, leaves_out, on_progress, should_stop)
        return work.apply(ProductsImport(row, moment), runs)


def undo_unfinished(
    store: TillStore,
    moment: Moment,
    *,
    should_stop: ShouldStop = _never,
) -> int:
    """Undo imports that were killed; how many. Raises ImportRunning while one is under way.

    Where `should_stop` says so, the rest is left to whoever comes next.
    """
    with alone(store.home):
        return _undo_unfinished(store, moment, should_stop)


class _Work(Struct):
    """One import on its way; undone when it does not come to its end."""

    store: TillStore
    row: ImportRow
    moment: Moment
    leaves_out: Container[int]
    on_progress: OnProgress
    should_stop: ShouldStop
    done: Imported = field(default_factory=Imported)

    def apply(self, bringing: _Import[RunT], runs: Iterable[RunT]) -> Imported:
        pace = Pace(self.store.home)
        try:
            for run in runs:
                self._apply_rows(bringing, run, pace)
                self._apply_keys(bringing, run, pace)
            with self.store.writer() as connection:
                set_state(connection, self.row.id, DONE)
        except BaseException:  # also when it is stopped: nothing of it may stay
            # Where the disk is full or gone, whoever comes next undoes what this one cannot.
            with suppress(Unavailable):
                undo(self.store, self.row, self.moment, _never)
            raise
        _drop_images(self.store, self.moment, pace)
        return self.done

    def _apply_rows(self, bringing: _Import[RunT], run: RunT, pace: Pace) -> None:
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

    def _apply_keys(self, bringing: _Import[RunT], run: RunT, pace: Pace) -> None:
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


def _begin(
    store: TillStore, kind: str, moment: Moment, source: Source, should_stop: ShouldStop
) -> ImportRow:
    _undo_unfinished(store, moment, should_stop)
    if should_stop():
        raise Cancelled()
    table = {MEMBERS: "SELECT max(n) FROM members", PRODUCTS: "SELECT max(n) FROM products"}[kind]
    with store.writer() as connection:
        row = ImportRow(
            id=_new_id(moment).bytes,
            kind=kind,
            state=APPLYING,
            started_us=moment.at_us,
            first_n=_largest(connection, table),
            first_sale_n=_largest(connection, "SELECT max(n) FROM sales"),
            file_name=source.file_name,
            staff_no=source.staff_no,
            bad=source.bad,
        )
        begin(connection, row)
    return row


def _undo_unfinished(store: TillStore, moment: Moment, should_stop: ShouldStop) -> int:
    """How many were undone to their end; also forgets what finished ones had kept."""
    with store.reader() as connection:
        rows = unfinished(connection)
    undone = sum(undo(store, row, moment, should_stop) is not None for row in rows)
    _drop_images(store, moment, Pace(store.home))
    return undone


def _drop_images(store: TillStore, moment: Moment, pace: Pace) -> None:
    """What was kept for the way back, of imports that nobody takes back any more."""
    before_us = moment.at_us - DAYS_TO_TAKE_BACK * DAY_US
    with store.reader() as connection:
        dropped = has_old_images(connection, before_us)
    while dropped:
        with store.writer() as connection:
            dropped = drop_old_images(connection, before_us, 10 * pace.chunk) > 0
        pace.rest()


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
