"""撤回导入: an import is taken back, in short steps beside selling.

One that did not come to its end, or one that somebody wants to take back: rows that it added go,
rows that it changed are as they were, what was private in its events is forgotten; only whom the
shop met and what was sold meanwhile stays. What is left to do is read from the store: when the
undoing is stopped or killed, whoever comes next goes on with it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from core.ports.past_imports import MOST_STAYS, OnDone, Outlook, Stay, Stays
from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_back_members import MembersBack
from storage.import_back_products import ChangedProduct, ProductsBack
from storage.import_pace import Pace
from storage.import_products import products_told
from storage.import_record import MEMBERS, PRODUCTS, UNDOING, UNDONE, ImportRow, set_state
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.store import TillStore
from storage.tills import till_of

ShouldStop = Callable[[], bool]
_Step = Callable[[Connection], object]

# Of a row a dozen pages change, of a personal value a part of one.
_VALUES_OF_ROW = 10
_LOOKED_AT_ONCE = 5_000
_ADDED = {
    MEMBERS: "SELECT id FROM members WHERE n > ? AND import_id = ?",
    PRODUCTS: "SELECT id FROM products WHERE n > ? AND import_id = ?",
}
_IMAGES = "SELECT n FROM before_images WHERE import_id = ?"
_AS_IMPORTED = "SELECT id FROM members WHERE n IN (SELECT n FROM before_images WHERE import_id = ?)"
_UNFORGOTTEN = (
    "SELECT event_id FROM import_events AS told WHERE import_id = ? AND EXISTS "
    "(SELECT 1 FROM private_values WHERE event_id = told.event_id AND member_id NOT IN "
    "(SELECT id FROM members WHERE n > ? AND import_id = ?))"
)
_FORGET = (
    "DELETE FROM private_values WHERE (event_id, no) IN "
    "(SELECT event_id, no FROM private_values WHERE event_id = ? AND member_id NOT IN "
    "(SELECT id FROM members WHERE n > ? AND import_id = ?) LIMIT ?)"
)


class Tally(Struct):
    """What has become of the rows of an import so far."""

    gone: int = 0
    restored: int = 0
    points: int = 0
    stays: Counter[Stays] = field(default_factory=Counter)
    first: list[Stay] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All of them."""
        return self.gone + self.restored + self.stays.total()

    def stay(self, found: Iterable[Stay | None]) -> int:
        """Some of these stay; how many do not."""
        others = 0
        for each in found:
            if each is None:
                others += 1
                continue
            self.stays[each.why] += 1
            if len(self.first) < MOST_STAYS:
                self.first.append(each)
        return others

    def outlook(self) -> Outlook:
        """As it is told."""
        return Outlook(self.gone, self.restored, self.points, self.stays, tuple(self.first))


def look_ahead(store: TillStore, row: ImportRow, on_done: OnDone) -> Tally:
    """What taking an import back would come to now; it changes nothing."""
    tally, back, whole = Tally(), _back(row), row.added + row.changed
    for looks in (_look_at_added, _look_at_changed):
        after: int | None = -1
        while after is not None:
            with store.reader() as connection:
                after = looks(connection, back, after, tally)
            on_done(min(tally.rows, whole), whole)
    return tally


def undo(
    store: TillStore,
    row: ImportRow,
    moment: Moment,
    should_stop: ShouldStop,
    on_step: Callable[[Tally], object] = lambda _tally: None,
) -> Tally | None:
    """Take back all that an import did; None where it was stopped before the end.

    Beside a till it works half of the time at most, so that the other half is for selling.
    """
    work = _Undo(store, row, moment, Pace(store.home))
    for step in work.steps():
        if should_stop():
            return None
        on_step(work.tally)
        began = time.monotonic()
        with store.writer() as connection:
            step(connection)
        work.pace.rest(time.monotonic() - began)
    return work.tally


def _back(row: ImportRow) -> MembersBack | ProductsBack:
    return MembersBack(row) if row.kind == MEMBERS else ProductsBack(row)


def _look_at_added(
    connection: Connection, back: MembersBack | ProductsBack, after: int, tally: Tally
) -> int | None:
    found: Any = back.added(connection, max(after, back.row.first_n), _LOOKED_AT_ONCE)
    tally.points += back.points(connection, [each for each in found if each.stay is None])
    tally.gone += tally.stay(each.stay for each in found)
    return found[-1].n if len(found) == _LOOKED_AT_ONCE else None


def _look_at_changed(
    connection: Connection, back: MembersBack | ProductsBack, after: int, tally: Tally
) -> int | None:
    found = back.changed(connection, after, _LOOKED_AT_ONCE)
    tally.restored += tally.stay(each.stay for each in found if each.now is not None)
    return found[-1].n if len(found) == _LOOKED_AT_ONCE else None


class _Undo(Struct):
    store: TillStore
    row: ImportRow
    moment: Moment
    pace: Pace
    tally: Tally = field(default_factory=Tally)

    def steps(self) -> Iterator[_Step]:
        """Each a transaction of its own; what was done before is passed over."""
        if self.row.state != UNDOING:
            yield lambda connection: set_state(connection, self.row.id, UNDOING)
        if self._finds(_ADDED[self.row.kind], self.row.first_n, self.row.id, most=1):
            yield from self._rows()
        if self._finds(_IMAGES, self.row.id, most=1):
            yield from self._images()
        if self.row.kind == MEMBERS:
            yield from self._private_values()
        yield self._finish

    def _rows(self) -> Iterator[_Step]:
        back: Any = _back(self.row)
        after: int | None = self.row.first_n

        def step(connection: Connection) -> None:
            nonlocal after
            assert after is not None
            most = self.pace.chunk
            found = back.added(connection, after, most)
            self.tally.points += back.points(
                connection, [each for each in found if each.stay is None]
            )
            back.remove(connection, found)
            self.tally.gone += self.tally.stay(each.stay for each in found)
            after = found[-1].n if len(found) == most else None

        while after is not None:
            yield step

    def _images(self) -> Iterator[_Step]:
        back: Any = _back(self.row)
        after: int | None = -1

        def step(connection: Connection) -> None:
            nonlocal after
            assert after is not None
            most = self.pace.chunk
            found = back.changed(connection, after, most)
            back.restore(connection, found)
            if self.row.kind == PRODUCTS:
                self._tell_products(connection, found)
            self.tally.restored += self.tally.stay(
                each.stay for each in found if each.now is not None
            )
            after = found[-1].n if len(found) == most else None

        while after is not None:
            yield step

    def _tell_products(self, connection: Connection, found: list[ChangedProduct]) -> None:
        """They cost something else again: their price tags are to be printed."""
        restored = [each.after for each in found if each.after is not None and each.why is None]
        if restored:
            self._tell(connection, "ProductsRestored", products_told(self.row, restored))

    def _private_values(self) -> Iterator[_Step]:
        """Forget what is personal of those who are not members after all."""
        left = self._finds(_UNFORGOTTEN, self.row.id, self.row.first_n, self.row.id)
        for event_id in left:
            forgotten = 1

            def step(connection: Connection, event_id: bytes = event_id) -> None:
                nonlocal forgotten
                of = (event_id, self.row.first_n, self.row.id)
                most = _VALUES_OF_ROW * self.pace.chunk
                forgotten = connection.execute(_FORGET, (*of, most)).rowcount

            while forgotten:
                yield step

    def _finds(self, sql: str, *values: Any, most: int = -1) -> list[Any]:
        with self.store.reader() as connection:
            found = connection.execute(f"{sql} LIMIT ?", (*values, most))
            return [value for (value,) in found.fetchall()]

    def _finish(self, connection: Connection) -> None:
        """The outbox hears of it where it had heard of the import; also who is as imported."""
        told = "SELECT 1 FROM import_events WHERE import_id = ? LIMIT 1"
        own = self.row.id
        if connection.execute(told, (own,)).fetchone() is not None:
            kept = connection.execute(_ADDED[self.row.kind], (self.row.first_n, own)).fetchall()
            if self.row.kind == MEMBERS:
                kept += connection.execute(_AS_IMPORTED, (own,)).fetchall()
            body = {"import": own.hex(), "kept": [bytes(ident).hex() for (ident,) in kept]}
            self._tell(connection, "ImportUndone", body)
        if self.row.kind == MEMBERS:
            connection.execute("DELETE FROM birthday_edits WHERE import_id = ?", (own,))
        connection.execute("DELETE FROM before_images WHERE import_id = ?", (own,))
        set_state(connection, own, UNDONE)

    def _tell(self, connection: Connection, kind: str, body: dict[str, Any]) -> None:
        at = self.moment.at_us, self.moment.business_on
        fact = Fact(uuid7(at[0], SystemDice().roll(10)), kind, *at, body)
        StoredOutbox(connection, till_of(connection)).append(fact)
