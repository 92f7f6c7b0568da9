"""两边的记录: what lies in the files of tills and server, read past their stores to be compared."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.sync.fact import Event, Private
from storage.store import TillStore

_EVENTS = "SELECT id, kind, till_id, incarnation, seq, prev, hash, data FROM events ORDER BY n"
_PRIVATE = (
    "SELECT event_id, member_id, field, value, salt FROM private_values ORDER BY event_id, no"
)
_Beside = dict[UUID, tuple[Private, ...]]
Place = tuple[UUID, int, int]


def events_of(store: TillStore) -> Iterator[Event]:
    """Whatever a till has, in the order in which it was made."""
    with store.reader() as connection:
        beside = _beside(connection.execute(_PRIVATE).fetchall())
        for row in connection.execute(_EVENTS).fetchall():
            yield _event(row, beside)


class Kept(Struct, frozen=True):
    """What the server has: events by place and by hash, marks of what is kept apart."""

    events: dict[Place, Event]
    places: dict[bytes, Place]
    apart: dict[bytes, tuple[Place, bytes]]
    """By its mark: where it would have stood, and its bytes."""
    through: dict[tuple[UUID, int], int]
    abouts: frozenset[str]
    """What cases are about, those that are closed, too."""


def kept_by(connection: sqlite3.Connection) -> Kept:
    """All of it."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    beside = _beside(rows(_PRIVATE))
    events: dict[Place, Event] = {}
    for row in rows(_EVENTS.replace("ORDER BY n", "")):
        event = _event(row, beside)
        events[event.till_id, event.incarnation, event.seq] = event
    apart = {
        mark: ((UUID(str(till)), incarnation, seq), data)
        for mark, till, incarnation, seq, data in rows(
            "SELECT mark, till_id, incarnation, seq, data FROM kept_apart"
        )
    }
    through = {
        (UUID(str(till)), incarnation): count
        for till, incarnation, count in rows("SELECT till_id, incarnation, through FROM progress")
    }
    abouts = frozenset(str(about) for (about,) in rows("SELECT about FROM cases"))
    places = {event.hash: place for place, event in events.items()}
    return Kept(events, places, apart, through, abouts)


def _event(row: tuple[Any, ...], beside: _Beside) -> Event:
    ident, kind, till_id, incarnation, seq, prev, hashed, data = row
    event_id = _uuid(ident)
    private = beside.get(event_id, ())
    return Event(event_id, kind, _uuid(till_id), incarnation, seq, prev, hashed, data, private)


def _beside(rows: Iterable[tuple[Any, ...]]) -> _Beside:
    found: defaultdict[UUID, list[Private]] = defaultdict(list)
    for event_id, member_id, field, value, salt in rows:
        found[_uuid(event_id)].append(Private(_uuid(member_id), field, value, salt))
    return {event_id: tuple(values) for event_id, values in found.items()}


def _uuid(told: object) -> UUID:
    """Tills keep the bytes, the server on SQLite the digits."""
    return UUID(bytes=told) if isinstance(told, bytes) else UUID(str(told))
