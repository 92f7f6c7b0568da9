"""待上传: events on their chain, with personal values beside them (sync.md 2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    insert,
)

from core.ports import Till
from core.sync.fact import Event, Fact, Head, chain, is_linked
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column
from storage.heads import EVENTS_CHAIN, ChainHead, head_of, move_head

EVENTS = Table(
    "events",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("till_id", nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("till_id", "incarnation", "seq"),
)

PRIVATE_VALUES = Table(
    "private_values",
    METADATA,
    uuid_column("event_id", primary_key=True),
    Column("no", Integer, primary_key=True),
    uuid_column("member_id", nullable=False),
    Column("field", String, nullable=False),
    Column("value", String, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Index("private_values_of_member", "member_id"),
    sqlite_with_rowid=False,
)

keep_for_ever(EVENTS)
_INSERT = Prepared(insert(EVENTS))
INSERT_PRIVATE = Prepared(insert(PRIVATE_VALUES))


class StoredOutbox:
    """Implements `core.ports.Outbox`."""

    __slots__ = ("_connection", "_till")

    def __init__(self, connection: Connection, till: Till) -> None:
        self._connection = connection
        self._till = till

    def head(self) -> Head:
        """The last number and hash of this incarnation."""
        return self._head(head_of(self._connection, EVENTS_CHAIN))

    def append(self, fact: Fact) -> Event:
        """Chain a fact to the head and keep it."""
        before = head_of(self._connection, EVENTS_CHAIN)
        event = chain(self._head(before), fact)
        assert is_linked(event)
        self._connection.execute(_INSERT.sql, event_row(event))
        after = ChainHead(event.seq, event.hash, fact.at_us)
        move_head(self._connection, EVENTS_CHAIN, before, after)
        if event.private:
            ident = event.id.bytes
            INSERT_PRIVATE.many(
                self._connection,
                [
                    (ident, no, p.member_id.bytes, p.field, p.value, p.salt)
                    for no, p in enumerate(event.private)
                ],
            )
        return event

    def _head(self, head: ChainHead) -> Head:
        return Head(self._till.id, self._till.incarnation, head.seq, head.hash)


def event_row(event: Event) -> tuple[Any, ...]:
    """The row of an event."""
    return (
        None,
        event.id.bytes,
        event.till_id.bytes,
        event.incarnation,
        event.seq,
        event.kind,
        event.prev,
        event.hash,
        event.data,
    )
