"""预留，在收银台: what was asked of the server, and what may be spent of it (sync.md 6)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    column,
    delete,
    func,
    select,
    table,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.sync.escrow import EscrowKind
from core.sync.own_escrow import Line, OwnEscrow, OwnState
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    bytes_or_none,
    day_column,
    uuid_column,
    uuid_or_none,
)

SET_ASIDE = Table(
    "set_aside",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("kind", String, nullable=False),
    uuid_column("member_id", nullable=False),
    uuid_column("purpose"),
    Column("incarnation", Integer, nullable=False),
    Column("asked", Integer, CheckConstraint("asked > 0"), nullable=False),
    day_column("business_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("points", Integer, CheckConstraint("points >= 0"), nullable=False),
    Column("remaining", Integer, CheckConstraint("remaining >= 0"), nullable=False),
    Column("until_us", Integer, nullable=False),
    Column("used_seq", Integer, nullable=False),
    Index("set_aside_of_member", "member_id"),
    sqlite_with_rowid=False,
)

LINE = Table(
    "line",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("is_open", Boolean, nullable=False),
)

# Named only: a till without a chain loads nothing of `storage.links` when a member comes.
_link = table("link", column("one"), column("chain_name"))
_sales = table("sales", column("member_id"), column("business_on"))
_balances = table("balances", column("member_id"), column("points"))
_kept = upsert(SET_ASIDE)
_line = upsert(LINE)
_FOUND = select(*SET_ASIDE.c).order_by(SET_ASIDE.c.at_us, SET_ASIDE.c.id)
_OF_MEMBER = Prepared(_FOUND.where(SET_ASIDE.c.member_id == bindparam("member")))
_ALL = Prepared(_FOUND)
_GET = Prepared(_FOUND.where(SET_ASIDE.c.id == bindparam("of")))
_KEEP = Prepared(
    _kept.on_conflict_do_update(
        index_elements=["id"],
        set_={c.name: _kept.excluded[c.name] for c in SET_ASIDE.c if c.name != "id"},
    )
)
_FORGET = Prepared(delete(SET_ASIDE).where(SET_ASIDE.c.id == bindparam("of")))
_DROP = (Prepared(delete(SET_ASIDE)), Prepared(delete(LINE)))
_LINE = Prepared(
    select(func.coalesce(LINE.c.is_open, 0))
    .select_from(_link.outerjoin(LINE, LINE.c.one == _link.c.one))
    .where(_link.c.chain_name != "")
)
_SET_LINE = Prepared(
    _line.on_conflict_do_update(index_elements=["one"], set_={"is_open": _line.excluded.is_open})
)
_days = func.count(_sales.c.business_on.distinct())
_LIKELY = Prepared(
    select(_sales.c.member_id, _balances.c.points)
    .join_from(_sales, _balances, _balances.c.member_id == _sales.c.member_id)
    .where(_sales.c.business_on >= bindparam("since"), _balances.c.points >= bindparam("least"))
    .group_by(_sales.c.member_id)
    .order_by(_days.desc(), func.max(_sales.c.business_on).desc(), _sales.c.member_id)
    .limit(bindparam("most"))
)


class StoredOwnEscrows:
    """Implements `core.ports.escrows.OwnEscrows`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def line(self) -> Line | None:
        """How the line to the chain is; None for a till without one."""
        row = _LINE.one(self._connection)
        return None if row is None else Line(bool(row[0]))

    def set_line(self, line: Line) -> None:
        """It broke, or answers again."""
        self._connection.execute(_SET_LINE.sql, (1, line.is_open))

    def of_member(self, member_id: UUID) -> tuple[OwnEscrow, ...]:
        """Of one member, the oldest first."""
        return tuple(map(_own, _OF_MEMBER.all(self._connection, member=member_id.bytes)))

    def all(self) -> tuple[OwnEscrow, ...]:
        """The oldest first."""
        return tuple(map(_own, _ALL.all(self._connection)))

    def get(self, escrow_id: UUID) -> OwnEscrow | None:
        """The one of this id."""
        row = _GET.one(self._connection, of=escrow_id.bytes)
        return None if row is None else _own(row)

    def keep(self, own: OwnEscrow) -> None:
        """A new one, or what has changed of one."""
        values = (
            own.id.bytes,
            str(own.kind),
            own.member_id.bytes,
            bytes_or_none(own.purpose),
            own.incarnation,
            own.asked,
            own.on.toordinal(),
            own.at_us,
            str(own.state),
            own.points,
            own.remaining,
            own.until_us,
            own.used_seq,
        )
        self._connection.execute(_KEEP.sql, values)

    def forget(self, escrow_id: UUID) -> None:
        """Nobody needs to remember it."""
        _FORGET.run(self._connection, of=escrow_id.bytes)

    def drop(self) -> None:
        """The chain was left."""
        for forget in _DROP:
            forget.run(self._connection)

    def likely(self, *, since: date, least: int, limit: int) -> tuple[tuple[UUID, int], ...]:
        """Who bought here since then, whoever came on most days first."""
        asked = {"since": since.toordinal(), "least": least, "most": limit}
        rows = _LIKELY.all(self._connection, **asked)
        return tuple((UUID(bytes=member), points) for member, points in rows)


def _own(row: tuple[Any, ...]) -> OwnEscrow:
    ident, kind, member, purpose, incarnation, asked, on, at_us, state, *figures = row
    return OwnEscrow(
        UUID(bytes=ident),
        EscrowKind(kind),
        UUID(bytes=member),
        uuid_or_none(purpose),
        incarnation,
        asked,
        date.fromordinal(on),
        at_us,
        OwnState(state),
        *figures,
    )
