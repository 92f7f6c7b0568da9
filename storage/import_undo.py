"""撤回导入: an import that did not come to its end is taken back, in short steps beside selling.

Rows that it added go, rows that it changed are as they were, what was private in its events is
forgotten; only who bought and what was sold meanwhile stays. What is left to do is read from the
store: when the undoing is stopped or killed, whoever comes next goes on with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_members import remove_members, restore_members
from storage.import_pace import Pace
from storage.import_products import remove_products, restore_products
from storage.import_record import MEMBERS, PRODUCTS, UNDOING, UNDONE, ImportRow, set_state
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.store import TillStore
from storage.tills import till_of

ShouldStop = Callable[[], bool]
_Step = Callable[[Connection], object]

# Of a row a dozen pages change, of a personal value a part of one.
_VALUES_OF_ROW = 10
_ADDED = {
    MEMBERS: "SELECT id FROM members WHERE n > ? AND import_id = ?",
    PRODUCTS: "SELECT id FROM products WHERE n > ? AND import_id = ?",
}
_IMAGES = "SELECT n FROM before_images WHERE import_id = ?"
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


def undo(store: TillStore, row: ImportRow, moment: Moment, should_stop: ShouldStop) -> bool:
    """Take back all that an import did; False where it was stopped before the end.

    Beside a till it works half of the time at most, so that the other half is for selling.
    """
    work = _Undo(store, row, moment, Pace(store.home))
    for step in work.steps():
        if should_stop():
            return False
        began = time.monotonic()
        with store.writer() as connection:
            step(connection)
        work.pace.rest(time.monotonic() - began)
    return True


class _Undo(Struct):
    store: TillStore
    row: ImportRow
    moment: Moment
    pace: Pace

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
        remove = remove_members if self.row.kind == MEMBERS else remove_products
        after: int | None = self.row.first_n

        def step(connection: Connection) -> None:
            nonlocal after
            assert after is not None
            after = remove(connection, self.row, after=after, at_once=self.pace.chunk)

        while after is not None:
            yield step

    def _images(self) -> Iterator[_Step]:
        restore = restore_members if self.row.kind == MEMBERS else restore_products
        restored = 1

        def step(connection: Connection) -> None:
            nonlocal restored
            restored = restore(connection, self.row, at_once=self.pace.chunk)

        while restored:
            yield step

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
        """The outbox hears of it where it had heard of the import."""
        told = "SELECT 1 FROM import_events WHERE import_id = ? LIMIT 1"
        if connection.execute(told, (self.row.id,)).fetchone() is not None:
            kept = connection.execute(_ADDED[self.row.kind], (self.row.first_n, self.row.id))
            body = {
                "import": self.row.id.hex(),
                "kept": [bytes(ident).hex() for (ident,) in kept.fetchall()],
            }
            at = self.moment.at_us, self.moment.business_on
            fact = Fact(self._new_id(), "ImportUndone", *at, body)
            StoredOutbox(connection, till_of(connection)).append(fact)
        set_state(connection, self.row.id, UNDONE)

    def _new_id(self) -> UUID:
        return uuid7(self.moment.at_us, SystemDice().roll(10))
