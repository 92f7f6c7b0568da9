"""各台的单: sales, voids and returns of one till, found by its own numbers."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from core.sync.store_sales import KINDS
from storage.office.ahead import of_chain
from storage.office.members import in_pages
from storage.office.tables import EVENTS, PROGRESS

_LIVES = select(PROGRESS.c.till_id, PROGRESS.c.incarnation, PROGRESS.c.through).where(
    PROGRESS.c.till_id.in_(bindparam("ids", expanding=True))
)
_BETWEEN = (
    select(EVENTS.c.seq, EVENTS.c.kind, EVENTS.c.data)
    .where(
        *of_chain,
        EVENTS.c.seq.between(bindparam("first"), bindparam("last")),
        EVENTS.c.kind.in_(KINDS),
    )
    .limit(bindparam("most"))
)
_ON, _BACK = _BETWEEN.order_by(EVENTS.c.seq), _BETWEEN.order_by(EVENTS.c.seq.desc())


class StoredTillDeeds:
    """Implements `core.ports.till_deeds.TillDeeds`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lives(self, till_ids: Collection[UUID]) -> tuple[tuple[UUID, int, int], ...]:
        rows = in_pages(self._connection, _LIVES, sorted(till_ids))
        return tuple(sorted(tuple(row) for row in rows))

    def between(
        self, till_id: UUID, incarnation: int, first: int, last: int, *, most: int, from_last: bool
    ) -> tuple[tuple[int, str, bytes], ...]:
        asked = {"till": till_id, "incarnation": incarnation, "first": first, "last": last}
        rows = self._connection.execute(_BACK if from_last else _ON, {**asked, "most": most})
        return tuple((seq, kind, bytes(data)) for seq, kind, data in rows)
