"""读到哪里: of each life of a till the number up to which it is known that all is read.

What lies behind it is asked of the events: it is little. The table goes with the readings: whoever
makes them anew from nothing empties it, too.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Table, Uuid, bindparam, func, select

from core.ports.read_on import HowFar
from core.sync.fact import Event
from storage.office.members import in_pages
from storage.office.rows import keep_all
from storage.office.tables import EVENTS, OFFICE, PROGRESS

READ_ON = Table(
    "read_on",
    OFFICE,
    Column("till_id", Uuid, primary_key=True),
    Column("incarnation", BigInteger, primary_key=True, autoincrement=False),
    Column("through", BigInteger, nullable=False),
)

_same = (READ_ON.c.till_id == PROGRESS.c.till_id) & (
    READ_ON.c.incarnation == PROGRESS.c.incarnation
)
_before = func.coalesce(READ_ON.c.through, 0)
_unread = (
    select(func.min(EVENTS.c.seq))
    .where(
        EVENTS.c.till_id == PROGRESS.c.till_id,
        EVENTS.c.incarnation == PROGRESS.c.incarnation,
        EVENTS.c.seq > _before,
        EVENTS.c.seq <= PROGRESS.c.through,
        EVENTS.c.pos > bindparam("read", type_=BigInteger),
    )
    .correlate(PROGRESS, READ_ON)
    .scalar_subquery()
)
_ids: Any = bindparam("ids", expanding=True)
_FAR = (
    select(PROGRESS.c.till_id, PROGRESS.c.incarnation, _before, _unread, PROGRESS.c.through)
    .select_from(PROGRESS.outerjoin(READ_ON, _same))
    .where(PROGRESS.c.till_id.in_(_ids))
)
_EVENTS = (
    select(*(EVENTS.c[name] for name in Event.__struct_fields__ if name != "private"))
    .where(
        EVENTS.c.till_id == bindparam("till"),
        EVENTS.c.incarnation == bindparam("no"),
        EVENTS.c.seq > bindparam("behind"),
        EVENTS.c.seq <= bindparam("until"),
    )
    .order_by(EVENTS.c.seq)
)


class StoredReadOn:
    """Implements `core.ports.read_on.ReadOn`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, till_ids: Collection[UUID], *, read_up_to: int) -> tuple[HowFar, ...]:
        asked = _FAR.params(read=read_up_to)
        return tuple(
            HowFar(till, no, before, there if unread is None else unread - 1, there)
            for till, no, before, unread, there in in_pages(
                self._connection, asked, sorted(till_ids)
            )
        )

    def keep(self, far: Collection[HowFar]) -> None:
        rows = [
            {"till_id": each.till_id, "incarnation": each.incarnation, "through": each.through}
            for each in sorted(far, key=lambda each: (each.till_id, each.incarnation))
            if each.through > each.before
        ]
        if rows:
            keep_all(self._connection, READ_ON, rows)

    def events(self, far: HowFar, *, behind: int, until: int) -> tuple[Event, ...]:
        of = {"till": far.till_id, "no": far.incarnation, "behind": behind, "until": until}
        return tuple(Event(*row) for row in self._connection.execute(_EVENTS, of))
