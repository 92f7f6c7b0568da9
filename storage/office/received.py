"""收到的: the events of all tills, what is kept apart, and how far each till is complete.

What a push asks of each event is asked once for all of them (`look_ahead`), and its rows are
written together: a round to the database costs more than the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, union_all

from core.ports.office import Apart, Arrived
from core.ports.received import Ahead
from core.sync.fact import Event, Private
from core.sync.wire import PrivateSent
from storage.office.ahead import (
    AHEAD_HERE,
    AHEAD_THERE,
    BESIDE_HERE,
    BESIDE_THERE,
    of_chain,
    of_progress,
)
from storage.office.arrival import PLACE, POS, SETTLED, SHIFT
from storage.office.bulk import WORTH_IT, copy_events
from storage.office.erasures import of_whom_is_here
from storage.office.members import in_pages
from storage.office.rounds import Question, Say, ask_all, is_shared, say_all
from storage.office.rows import upsert
from storage.office.tables import APART, APART_PRIVATE, EVENTS, PRIVATE_VALUES, PROGRESS

PAGE = 1000
MOST_COUNTED = 100_000
LAST = 2**63 - 1
_Place = tuple[UUID, int, int]
_Link = tuple[bytes, bytes]
"""The hash of an event, and that of the one before it."""
_HASH = select(EVENTS.c.hash).where(EVENTS.c.id == bindparam("of"))
_APART_OF = select(APART_PRIVATE.c.member_id).where(
    APART_PRIVATE.c.mark == bindparam("of"), APART_PRIVATE.c.member_id.is_not(None)
)
_LINK_AT = select(EVENTS.c.hash, EVENTS.c.prev).where(*of_chain, EVENTS.c.seq == bindparam("at"))
_POS = select(POS)
_INSERT_PRIVATE = insert(PRIVATE_VALUES)
_INSERT_HERE, _INSERT_THERE = insert(EVENTS), insert(EVENTS).values(pos=POS)
_LAST_INCARNATION = select(func.max(PROGRESS.c.incarnation)).where(
    PROGRESS.c.till_id == bindparam("till")
)
_OF_EVENT = tuple(name for name in Event.__struct_fields__ if name != "private")
_GET = select(*(EVENTS.c[name] for name in _OF_EVENT)).where(EVENTS.c.id == bindparam("of"))
_PLACES = (EVENTS.c.pos > bindparam("after"), EVENTS.c.pos <= bindparam("until"))
_AFTER = (
    select(
        EVENTS.c.pos,
        EVENTS.c.received_us,
        *(EVENTS.c[name] for name in _OF_EVENT),
    )
    .where(*_PLACES)
    .order_by(EVENTS.c.pos)
    .limit(bindparam("most"))
)
_SETTLED_AFTER = _AFTER.where(EVENTS.c.pos < SETTLED)
_NEWEST = select(func.coalesce(func.max(EVENTS.c.pos), 0))
_behind = select(EVENTS.c.received_us).where(EVENTS.c.pos > bindparam("after"))
_FIRST_BEHIND = _behind.order_by(EVENTS.c.pos).limit(1)
_COUNT_BEHIND = select(func.count()).select_from(_behind.limit(MOST_COUNTED).subquery())
_OF_KIND = select(EVENTS.c.id, EVENTS.c.data).where(
    EVENTS.c.id.in_(bindparam("ids", expanding=True)), EVENTS.c.kind == bindparam("kind")
)
_IS_APART = select(APART.c.mark).where(APART.c.mark == bindparam("of"))
_COUNT = select(func.count()).select_from(EVENTS)
_PROGRESS = select(PROGRESS.c.through, PROGRESS.c.highest).where(*of_progress)


def _places(table: Any) -> Any:
    taken = select(table.c.seq).where(
        table.c.till_id == bindparam("till"),
        table.c.incarnation == bindparam("incarnation"),
        table.c.seq > bindparam("after"),
    )
    return taken.order_by(table.c.seq).limit(PAGE).subquery()


_events, _apart = _places(EVENTS), _places(APART)
_TAKEN = union_all(select(_events.c.seq), select(_apart.c.seq)).order_by("seq").limit(PAGE)


def _member_of(sent: PrivateSent) -> UUID | None:
    """Whose it is; what a till made up is nobody's."""
    try:
        return UUID(sent.member)
    except ValueError:
        return None


def _row_of(event: Event, at_us: int) -> dict[str, Any]:
    """But for its place in the order of arrival."""
    row = {name: getattr(event, name) for name in _OF_EVENT}
    return row | {"received_us": at_us}


class StoredReceived:
    """Implements `core.ports.received.Received`; within one transaction, and used by one thread."""

    def __init__(self, connection: Connection, shift: int) -> None:
        self._connection = connection
        self._shift = shift
        self._is_shared = is_shared(connection)
        self._ahead = AHEAD_THERE if self._is_shared else AHEAD_HERE
        self._beside_of = BESIDE_THERE if self._is_shared else BESIDE_HERE
        self._by_id: dict[UUID, bytes | None] = {}
        self._by_place: dict[_Place, _Link | None] = {}
        self._events: list[tuple[Event, int]] = []
        self._places = count()
        self._begin: Question = _POS, {PLACE: 0, SHIFT: shift}
        self._first: int | None = None
        self._private: list[dict[str, Any]] = []
        self._moved: dict[tuple[UUID, int], list[int]] = {}
        self._gone_on: dict[tuple[UUID, int], dict[str, Any]] = {}
        self._known: dict[tuple[UUID, int], tuple[int, int]] = {}

    def look_ahead(self, ahead: Ahead) -> None:
        self.hear(ahead, ask_all(self._connection, self.questions(ahead)))

    def questions(self, ahead: Ahead, *, adds: bool = False) -> list[Question]:
        """What is asked of the database to look ahead; and, to add many, where their places begin.

        At least one event is looked at.
        """
        of = {"till": ahead.till_id, "incarnation": ahead.incarnation}
        asked = of | {"ids": list(ahead.ids), "first": ahead.first, "last": ahead.last}
        begin = [self._begin] if adds and self._is_shared and len(ahead.ids) >= WORTH_IT else []
        return [(self._ahead, asked), *begin]

    def hear(self, ahead: Ahead, answers: Sequence[Sequence[Any]]) -> None:
        """What it answered, in the same order."""
        till_id, incarnation = ahead.till_id, ahead.incarnation
        self._by_id |= dict.fromkeys(ahead.ids)
        places = range(ahead.first, ahead.last + 1)
        self._by_place |= {(till_id, incarnation, seq): None for seq in places}
        self._known[till_id, incarnation] = (0, 0)
        found_there, *begins = answers
        self._first = begins[0][0][0] if begins else None
        for ident, seq, highest, found, prev in found_there:
            if ident is not None:
                self._by_id[ident] = found
            elif highest is None:
                self._by_place[till_id, incarnation, seq] = (found, prev)
            else:
                self._known[till_id, incarnation] = (seq, highest)

    def get(self, event_id: UUID) -> Event | None:
        row = self._connection.execute(_GET, {"of": event_id}).one_or_none()
        return None if row is None else Event(*row)

    def hash_of(self, event_id: UUID) -> bytes | None:
        if event_id not in self._by_id:
            found = self._connection.execute(_HASH, {"of": event_id}).scalar()
            self._by_id[event_id] = found
        return self._by_id[event_id]

    def hash_at(self, till_id: UUID, incarnation: int, seq: int) -> bytes | None:
        found = self._link_at((till_id, incarnation, seq))
        return found[0] if found else None

    def prev_at(self, till_id: UUID, incarnation: int, seq: int) -> bytes | None:
        found = self._link_at((till_id, incarnation, seq))
        return found[1] if found else None

    def _link_at(self, place: _Place) -> _Link | None:
        if place not in self._by_place:
            at = dict(zip(("till", "incarnation", "at"), place, strict=True))
            row = self._connection.execute(_LINK_AT, at).one_or_none()
            self._by_place[place] = (row[0], row[1]) if row else None
        return self._by_place[place]

    def add(self, event: Event, *, at_us: int) -> None:
        self._by_id[event.id] = event.hash
        self._by_place[event.till_id, event.incarnation, event.seq] = (event.hash, event.prev)
        self._moved.setdefault((event.till_id, event.incarnation), []).append(event.seq)
        self._events.append((event, at_us))
        self._private += [
            {
                "event_id": event.id,
                "no": no,
                "member_id": each.member_id,
                "field": each.field,
                "value": each.value,
                "salt": each.salt,
            }
            for no, each in enumerate(event.private)
        ]

    def durable_through(self, till_id: UUID, incarnation: int) -> int:
        self._go_on()
        return self._progress(till_id, incarnation)[0]

    def last_incarnation(self, till_id: UUID) -> int:
        self.write()
        return self._connection.execute(_LAST_INCARNATION, {"till": till_id}).scalar() or 0

    def is_apart(self, mark: bytes) -> bool:
        return self._connection.execute(_IS_APART, {"of": mark}).scalar() is not None

    def apart_of(self, mark: bytes) -> frozenset[UUID]:
        return frozenset(self._connection.execute(_APART_OF, {"of": mark}).scalars())

    def keep_apart(self, apart: Apart) -> None:
        self._moved.setdefault((apart.till_id, apart.incarnation), []).append(apart.seq)
        row = {
            "mark": apart.mark,
            "till_id": apart.till_id,
            "incarnation": apart.incarnation,
            "seq": apart.seq,
            "reason": apart.reason,
            "data": apart.data.encode(),
            "received_us": apart.at_us,
        }
        self._connection.execute(insert(APART), row)
        private = [
            {
                "mark": apart.mark,
                "no": no,
                "member_id": _member_of(each),
                "sent": msgspec.json.encode(each),
            }
            for no, each in enumerate(apart.private)
        ]
        if private := of_whom_is_here(self._connection, private):
            self._connection.execute(insert(APART_PRIVATE), private)

    def count(self) -> int:
        self.write()
        return int(self._connection.execute(_COUNT).scalar_one())

    def after(self, pos: int, *, at_most: int, until: int | None = None) -> tuple[Arrived, ...]:
        asked = {"after": pos, "until": LAST if until is None else until, "most": at_most}
        if self._is_shared:
            rows = self._connection.execute(_SETTLED_AFTER, asked | {SHIFT: self._shift}).all()
        else:
            rows = self._connection.execute(_AFTER, asked).all()
        beside = self._beside([row.id for row in rows])
        return tuple(
            Arrived(pos, at_us, Event(*(*values, tuple(beside.get(values[0], ())))))
            for pos, at_us, *values in rows
        )

    def of_kind(self, kind: str, event_ids: Collection[UUID]) -> dict[UUID, bytes]:
        rows = in_pages(self._connection, _OF_KIND.params(kind=kind), sorted(event_ids))
        return {ident: bytes(data) for ident, data in rows}

    def newest(self) -> int:
        return int(self._connection.execute(_NEWEST).scalar_one())

    def behind(self, pos: int) -> tuple[int, int | None]:
        count = int(self._connection.execute(_COUNT_BEHIND, {"after": pos}).scalar_one())
        return count, self._connection.execute(_FIRST_BEHIND, {"after": pos}).scalar()

    def write(self, *, ends: bool = False) -> None:
        """What was added goes to the database, and with it how far each till is complete.

        Where the transaction `ends` with it, the same round brings it to its end.
        """
        self._go_on()
        self._write_rows(ends=ends)

    def _write_rows(self, *, ends: bool = False) -> None:
        if self._is_shared and len(self._events) >= WORTH_IT:
            self._copy_events()
        self._private = of_whom_is_here(self._connection, self._private)
        if self._events or self._private or self._gone_on:
            with say_all(self._connection, ends=ends) as say:
                self._say(say)

    def _say(self, say: Say) -> None:
        """With the place of each event in the order of arrival; SQLite numbers by itself."""
        if self._events and self._is_shared:
            say(_INSERT_THERE, [self._placed(*each) for each in self._events])
        elif self._events:
            say(_INSERT_HERE, [_row_of(*each) | {"pos": None} for each in self._events])
        if self._private:
            say(_INSERT_PRIVATE, self._private)
        if rows := list(self._gone_on.values()):
            say(upsert(self._connection.dialect.name, PROGRESS, tuple(rows[0])), rows)
        self._events, self._private, self._gone_on = [], [], {}

    def _placed(self, event: Event, at_us: int) -> dict[str, Any]:
        return _row_of(event, at_us) | {PLACE: next(self._places), SHIFT: self._shift}

    def _copy_events(self) -> None:
        if self._first is None:
            self._first = int(self._connection.execute(*self._begin).scalar_one())
        placed = ((self._first + next(self._places), *each) for each in self._events)
        copy_events(self._connection, placed)
        self._events = []

    def _go_on(self) -> None:
        """How far each till is complete, with what was added."""
        for (till_id, incarnation), seqs in self._moved.items():
            self._move(till_id, incarnation, seqs)
        self._moved = {}

    def _move(self, till_id: UUID, incarnation: int, seqs: list[int]) -> None:
        before = self._progress(till_id, incarnation)
        through, highest = before
        of = {"till": till_id, "incarnation": incarnation}
        # Behind a gap others may lie already: then the database is asked what does.
        taken = self._taken(of, through) if highest > through else sorted(set(seqs))
        for seq in taken:
            if seq > through + 1:
                break
            through = max(through, seq)
        after = (through, max(highest, *seqs))
        if after != before:
            row = {"till_id": till_id, "incarnation": incarnation}
            self._gone_on[till_id, incarnation] = row | {"through": after[0], "highest": after[1]}
            self._known[till_id, incarnation] = after

    def _progress(self, till_id: UUID, incarnation: int) -> tuple[int, int]:
        """Through and highest; within a transaction nobody else moves them."""
        key = (till_id, incarnation)
        if key not in self._known:
            of = {"till": till_id, "incarnation": incarnation}
            row = self._connection.execute(_PROGRESS, of).one_or_none()
            self._known[key] = (row[0], row[1]) if row else (0, 0)
        return self._known[key]

    def _beside(self, ids: list[UUID]) -> dict[UUID, list[Private]]:
        """The personal values of events, by the id of each."""
        beside: dict[UUID, list[Private]] = {}
        if ids:
            for event_id, _, *values in self._connection.execute(self._beside_of, {"ids": ids}):
                beside.setdefault(event_id, []).append(Private(*values))
        return beside

    def _taken(self, of: dict[str, Any], after: int) -> Iterator[int]:
        """The places that are taken behind this one, in their order; it must have all of them."""
        self._write_rows()
        while page := self._connection.execute(_TAKEN, of | {"after": after}).scalars().all():
            yield from page
            after = page[-1]
