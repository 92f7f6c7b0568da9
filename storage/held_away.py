"""同店挂单, at a till: which of its baskets others have taken, and what it has taken of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Column, Integer, Table, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.ports.held import Taken
from storage.columns import METADATA, Connection, Prepared, uuid_column
from storage.counters import take_number

HELD_AWAY = Table(
    "held_away",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("till_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

HELD_TAKEN = Table(
    "held_taken",
    METADATA,
    uuid_column("id", primary_key=True),
    uuid_column("sale_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_AWAY = Prepared(select(HELD_AWAY.c.id, HELD_AWAY.c.till_no))
_FORGET = Prepared(delete(HELD_AWAY))
_ADD = Prepared(insert(HELD_AWAY))
_TAKEN = Prepared(select(HELD_TAKEN).order_by(HELD_TAKEN.c.at_us, HELD_TAKEN.c.id))
_upsert = upsert(HELD_TAKEN)
_TAKE = Prepared(
    _upsert.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _upsert.excluded[name] for name in ("sale_id", "at_us")},
    )
)
_FORGET_TAKEN = Prepared(delete(HELD_TAKEN))
_LET_GO = Prepared(delete(HELD_TAKEN).where(HELD_TAKEN.c.id == bindparam("id")))


class StoredHeldAway:
    """Implements `core.ports.held.HeldAwayHere`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def away(self) -> Mapping[UUID, int]:
        """Those of here that others have taken, and the numbers of their tills."""
        return {UUID(bytes=ident): no for ident, no in _AWAY.all(self._connection)}

    def set_away(self, away: Iterable[tuple[UUID, int]]) -> None:
        """These, in place of those before."""
        _FORGET.run(self._connection)
        _ADD.many(self._connection, [(ident.bytes, no) for ident, no in away])

    def taken(self) -> tuple[Taken, ...]:
        """What was taken of others' and is not told as done, the oldest first."""
        return tuple(
            Taken(UUID(bytes=ident), UUID(bytes=sale_id), at_us)
            for ident, sale_id, at_us in _TAKEN.all(self._connection)
        )

    def take(self, taken: Taken) -> None:
        """It is written down before it is asked for."""
        row = (taken.id.bytes, taken.sale_id.bytes, taken.at_us)
        self._connection.execute(_TAKE.sql, row)

    def let_go(self, held_id: UUID) -> None:
        """It was told what became of it, or it was not given."""
        _LET_GO.run(self._connection, id=held_id.bytes)

    def number(self, now_us: int) -> int:
        """Of what is told next; it is taken when the transaction commits."""
        return take_number(self._connection, "held_told", least=now_us)

    def drop(self) -> None:
        """The chain was left."""
        for statement in (_FORGET, _FORGET_TAKEN):
            statement.run(self._connection)
