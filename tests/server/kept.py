"""What lies in the database of an office, asked past its store."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import select

from core.shop import HeadOffice
from core.sync.fact import Event, Private
from core.sync.wire import EventSent, PrivateSent, mark_of
from storage.office.tables import APART, APART_PRIVATE, EVENTS, PRIVATE_VALUES


def _rows(office: HeadOffice, statement):
    with office.store._engine.connect() as connection:
        return connection.execute(statement).all()


def kept(office: HeadOffice, till_id: UUID) -> list[Event]:
    """The events of a till in their order, without what is personal."""
    names = ("id", "kind", "till_id", "incarnation", "seq", "prev", "hash", "data")
    rows = _rows(
        office,
        select(*(EVENTS.c[name] for name in names))
        .where(EVENTS.c.till_id == till_id)
        .order_by(EVENTS.c.incarnation, EVENTS.c.seq),
    )
    return [Event(*row) for row in rows]


def kept_apart(office: HeadOffice, till_id: UUID) -> list[bytes]:
    """What came of a till and is no good event."""
    return [
        data for (data,) in _rows(office, select(APART.c.data).where(APART.c.till_id == till_id))
    ]


def private_of(office: HeadOffice, event_id: UUID) -> list[Private]:
    """The personal values beside an event."""
    values = PRIVATE_VALUES.c
    asked = select(values.member_id, values.field, values.value, values.salt)
    return [Private(*row) for row in _rows(office, asked.where(values.event_id == event_id))]


def private_apart(office: HeadOffice, sent: EventSent) -> tuple[PrivateSent, ...]:
    """The personal values beside what is kept apart."""
    values = APART_PRIVATE.c
    asked = select(values.sent).where(values.mark == mark_of(sent)).order_by(values.no)
    return tuple(msgspec.json.decode(told, type=PrivateSent) for (told,) in _rows(office, asked))
