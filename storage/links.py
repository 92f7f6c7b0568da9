"""连锁: the server that this till belongs to, and how far it has what happened here.

Nothing is written where something is sold: what waits is what lies behind the number that the
server acknowledged, and is counted from the two numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.ports import Till
from core.ports.central import Link, TillsHeard, Waiting
from core.sync.fact import Event, Private
from core.sync.store_tills import StoreTills
from storage.columns import METADATA, Connection, Prepared, uuid_column
from storage.outbox import EVENTS, PRIVATE_VALUES

LINK = Table(
    "link",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("url", String, nullable=False),
    Column("chain_name", String, nullable=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("next_nonce", LargeBinary, nullable=False),
    Column("enrolled_us", Integer, nullable=False),
    Column("has_met_copy", Boolean, nullable=False),
)

ACKNOWLEDGED = Table(
    "acknowledged",
    METADATA,
    Column("incarnation", Integer, primary_key=True),
    Column("through", Integer, CheckConstraint("through >= 0"), nullable=False),
)

KEPT_APART = Table(
    "kept_apart",
    METADATA,
    uuid_column("event_id", primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What was told, as it is told: another version of it is as good as none, for the next comes soon.
STORE_TILLS = Table(
    "store_tills",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("at_us", Integer, nullable=False),
    Column("told", LargeBinary, nullable=False),
)

_link = upsert(LINK)
_tills = upsert(STORE_TILLS)
_acknowledged = upsert(ACKNOWLEDGED)
_GET = Prepared(select(*(column for column in LINK.c if column.name != "one")))
_KEEP = Prepared(
    _link.on_conflict_do_update(
        index_elements=["one"],
        set_={c.name: _link.excluded[c.name] for c in LINK.c if c.name != "one"},
    )
)
_FORGET = tuple(Prepared(delete(table)) for table in (LINK, ACKNOWLEDGED, KEPT_APART, STORE_TILLS))
_THROUGH = Prepared(
    select(ACKNOWLEDGED.c.through).where(ACKNOWLEDGED.c.incarnation == bindparam("of"))
)
_ACKNOWLEDGE = Prepared(
    _acknowledged.on_conflict_do_update(
        index_elements=["incarnation"], set_={"through": _acknowledged.excluded.through}
    )
)
_KEEP_APART = Prepared(insert(KEPT_APART).prefix_with("OR IGNORE"))
_TILLS = Prepared(select(STORE_TILLS.c.at_us, STORE_TILLS.c.told))
_KEEP_TILLS = Prepared(
    _tills.on_conflict_do_update(
        index_elements=["one"],
        set_={"at_us": _tills.excluded.at_us, "told": _tills.excluded.told},
    )
)
_COUNT_APART = Prepared(select(func.count()).select_from(KEPT_APART))
_of_till = EVENTS.c.till_id == bindparam("till")
# One step in an index each: a DISTINCT, or a MIN beside a MAX, would go through all events.
_NEXT_INCARNATION = Prepared(
    select(func.min(EVENTS.c.incarnation)).where(
        _of_till, EVENTS.c.incarnation > bindparam("after")
    )
)
_behind = (_of_till, EVENTS.c.incarnation == bindparam("of"), EVENTS.c.seq > bindparam("through"))
_LAST = Prepared(select(func.max(EVENTS.c.seq)).where(*_behind))
_BEHIND = Prepared(
    select(*(column for column in EVENTS.c if column.name != "n"))
    .where(*_behind)
    .order_by(EVENTS.c.seq)
    .limit(bindparam("most"))
)
_MADE = Prepared(
    select(func.json_extract(func.cast(EVENTS.c.data, String), "$.at_us"))
    .where(*_behind)
    .order_by(EVENTS.c.seq)
    .limit(1)
)
_SALES = Prepared(
    select(EVENTS.c.seq).where(*_behind, EVENTS.c.kind == "SaleSettled").limit(bindparam("most"))
)
_PRIVATE = Prepared(
    select(
        PRIVATE_VALUES.c.member_id,
        PRIVATE_VALUES.c.field,
        PRIVATE_VALUES.c.value,
        PRIVATE_VALUES.c.salt,
    )
    .where(PRIVATE_VALUES.c.event_id == bindparam("of"))
    .order_by(PRIVATE_VALUES.c.no)
)


class StoredLinks:
    """Implements `core.ports.central.Links`."""

    __slots__ = ("_connection", "_till")

    def __init__(self, connection: Connection, till: Till) -> None:
        self._connection = connection
        self._till = till

    def get(self) -> Link | None:
        """The server of this till, if it has joined or begun to join a chain."""
        row = _GET.one(self._connection)
        if row is None:
            return None
        *values, has_met_copy = row
        return replace(Link(*values), has_met_copy=bool(has_met_copy))

    def keep(self, link: Link) -> None:
        """It has joined, or has something else to prove itself with."""
        values = (link.url, link.chain_name, link.private_key, link.nonce, link.next_nonce)
        self._connection.execute(_KEEP.sql, (1, *values, link.enrolled_us, link.has_met_copy))

    def drop(self) -> None:
        """It belongs to no chain any more, and what that chain had of it counts no more."""
        for forget in _FORGET:
            forget.run(self._connection)

    def incarnations(self) -> tuple[int, ...]:
        """All of which there are events, the first one first."""
        return tuple(self._incarnations())

    def waiting(self) -> Waiting:
        """How many wait, and since when the oldest does."""
        count, since_us = 0, None
        for incarnation, through, last in self._behind():
            if not count:
                since_us = self._made(incarnation, through)
            count += last - through
        return Waiting(count, since_us)

    def next_events(self, *, limit: int, most_bytes: int) -> tuple[Event, ...]:
        """The oldest that wait, all of one incarnation; at least one where any waits."""
        behind = next(self._behind(), None)
        if behind is None:
            return ()
        incarnation, through, _ = behind
        return self.events_behind(incarnation, through, limit=limit, most_bytes=most_bytes)

    def events_behind(
        self, incarnation: int, through: int, *, limit: int, most_bytes: int, bare: str = ""
    ) -> tuple[Event, ...]:
        """The next of an incarnation; those of the kind `bare` without what stands beside them."""
        named = {**self._named(incarnation, through), "most": limit}
        rows = self._connection.execute(_BEHIND.sql, _BEHIND.values(named))
        events: list[Event] = []
        size = 0
        while (row := rows.fetchone()) is not None:
            size += len(row[-1])
            if events and size > most_bytes:
                break  # before what stands beside it is read, of which there may be thousands
            event = self._event(row, bare)
            size += sum(len(each.value) for each in event.private)
            if events and size > most_bytes:
                break
            events.append(event)
        return tuple(events)

    def sales_waiting(self, *, most: int) -> int:
        """How many of those that wait are sales, counted up to so many."""
        count = 0
        for incarnation, through, _ in self._behind():
            named = self._named(incarnation, through)
            count += len(_SALES.all(self._connection, **named, most=most - count))
        return count

    def acknowledge(self, incarnation: int, through: int) -> None:
        """The server has all up to this one, or, where it was restored, only up to this one."""
        self._connection.execute(_ACKNOWLEDGE.sql, (incarnation, through))

    def acknowledged(self, incarnation: int) -> int:
        """Up to which one the server has all."""
        row = _THROUGH.one(self._connection, of=incarnation)
        return 0 if row is None else int(row[0])

    def last_acknowledged(self, incarnation: int) -> Event | None:
        """The last one that the server was heard to have, without what stands beside it."""
        through = self.acknowledged(incarnation)
        if not through:
            return None
        row = _BEHIND.one(self._connection, **self._named(incarnation, through - 1), most=1)
        return None if row is None else self._event(row, bare=row[4])

    def quarantine(self, event: Event, reason: str, *, at_us: int) -> None:
        """The server keeps this one apart until a person has looked."""
        values = (event.id.bytes, event.incarnation, event.seq, reason, at_us)
        self._connection.execute(_KEEP_APART.sql, values)

    def quarantined(self) -> int:
        """How many it keeps apart."""
        row = _COUNT_APART.one(self._connection)
        return 0 if row is None else int(row[0])

    def tills(self) -> TillsHeard | None:
        """What was told last of the tills of the store."""
        row = _TILLS.one(self._connection)
        if row is None:
            return None
        try:
            return TillsHeard(row[0], msgspec.json.decode(row[1], type=StoreTills))
        except msgspec.DecodeError:
            return None

    def keep_tills(self, heard: TillsHeard) -> None:
        """Instead of what was told before."""
        values = (1, heard.at_us, msgspec.json.encode(heard.told))
        self._connection.execute(_KEEP_TILLS.sql, values)

    def _behind(self) -> Iterator[tuple[int, int, int]]:
        """Incarnations of which anything waits: acknowledged up to which number, and the last."""
        for incarnation in self._incarnations():
            through = self.acknowledged(incarnation)
            row = _LAST.one(self._connection, **self._named(incarnation, through))
            if row is not None and row[0] is not None:
                yield incarnation, through, int(row[0])

    def _incarnations(self) -> Iterator[int]:
        named = {"till": self._till.id.bytes, "after": 0}
        while (row := _NEXT_INCARNATION.one(self._connection, **named)) and row[0] is not None:
            yield row[0]
            named["after"] = row[0]

    def _made(self, incarnation: int, through: int) -> int | None:
        row = _MADE.one(self._connection, **self._named(incarnation, through))
        return None if row is None else int(row[0])

    def _named(self, incarnation: int, through: int) -> dict[str, Any]:
        return {"till": self._till.id.bytes, "of": incarnation, "through": through}

    def _event(self, row: tuple[Any, ...], bare: str = "") -> Event:
        ident, till_id, incarnation, seq, kind, prev, hashed, data = row
        beside = [] if kind == bare else _PRIVATE.all(self._connection, of=ident)
        private = tuple(
            Private(UUID(bytes=member), field, value, salt) for member, field, value, salt in beside
        )
        return Event(
            UUID(bytes=ident),
            kind,
            UUID(bytes=till_id),
            incarnation,
            seq,
            prev,
            hashed,
            data,
            private,
        )
