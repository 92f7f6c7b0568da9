"""另放的: what was kept apart and may be known by a later program, and the values beside it."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Uuid, and_, bindparam, delete, select, tuple_

from core.ports.office import Apart
from core.sync.wire import PrivateSent
from storage.office.tables import APART, APART_PRIVATE, EVENTS

_place = (APART.c.till_id, APART.c.incarnation, APART.c.seq, APART.c.mark)
_taken = and_(
    EVENTS.c.till_id == APART.c.till_id,
    EVENTS.c.incarnation == APART.c.incarnation,
    EVENTS.c.seq == APART.c.seq,
)
_LATER = (
    select(APART)
    .outerjoin(EVENTS, _taken)
    .where(APART.c.reason == bindparam("reason"), EVENTS.c.pos.is_(None))
    .order_by(*_place)
    .limit(bindparam("most"))
)
_BEHIND = _LATER.where(
    tuple_(*_place)
    > tuple_(bindparam("till", type_=Uuid), bindparam("no"), bindparam("seq"), bindparam("mark"))
)
_BESIDE = (
    select(APART_PRIVATE.c.sent)
    .where(APART_PRIVATE.c.mark == bindparam("of"))
    .order_by(APART_PRIVATE.c.no)
)
_LET_GO = delete(APART_PRIVATE).where(APART_PRIVATE.c.mark == bindparam("of"))


class StoredApart:
    """Implements `core.ports.received.KeptApart`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def later(self, reason: str, *, behind: Apart | None, at_most: int) -> tuple[Apart, ...]:
        asked: dict[str, Any] = {"reason": reason, "most": at_most}
        if behind is not None:
            asked |= {"till": behind.till_id, "no": behind.incarnation}
            asked |= {"seq": behind.seq, "mark": behind.mark}
        rows = self._connection.execute(_LATER if behind is None else _BEHIND, asked).all()
        return tuple(map(self._apart, rows))

    def let_go(self, mark: bytes) -> None:
        self._connection.execute(_LET_GO, {"of": mark})

    def _apart(self, row: Any) -> Apart:
        beside = self._connection.execute(_BESIDE, {"of": row.mark}).scalars()
        private = tuple(msgspec.json.decode(each, type=PrivateSent) for each in beside)
        place = (row.till_id, row.incarnation, row.seq)
        return Apart(row.mark, row.data.decode(), *place, row.reason, row.received_us, private)
