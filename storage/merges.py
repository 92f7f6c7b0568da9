"""合并: who was made one with whom at this machine, and what came over; gone where it is undone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
)

from core.members.merge import MemberMerge
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column

MEMBER_MERGES = Table(
    "member_merges",
    METADATA,
    uuid_column("id", primary_key=True),
    uuid_column("gone_id", nullable=False),
    uuid_column("into_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("on_day", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("came_over", LargeBinary, nullable=False),
    Index("member_merges_gone", "gone_id"),
    Index("member_merges_into", "into_id"),
    sqlite_with_rowid=False,
)
_M = MEMBER_MERGES.c
_ADD = Prepared(insert(MEMBER_MERGES))
_OF = Prepared(
    select(MEMBER_MERGES)
    .where(or_(_M.gone_id == bindparam("member"), _M.into_id == bindparam("member")))
    .order_by(_M.at_us.desc())
)
_DROP = Prepared(delete(MEMBER_MERGES).where(_M.id == bindparam("id")))


class _CameOver(msgspec.Struct, array_like=True):
    lots: tuple[UUID, ...]
    fields: tuple[str, ...]
    before: str
    after: str


class StoredMerges:
    """Implements `core.ports.members.Merges`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, merge: MemberMerge) -> None:
        """One more."""
        came = _CameOver(merge.lots, merge.fields, merge.before, merge.after)
        ids = (each.bytes for each in (merge.id, merge.gone_id, merge.into_id))
        when = (merge.at_us, merge.on.toordinal(), merge.staff_no)
        self._connection.execute(_ADD.sql, (*ids, *when, msgspec.json.encode(came)))

    def of(self, member_id: UUID) -> tuple[MemberMerge, ...]:
        """Those that a member had a part in, the newest first."""
        return tuple(map(_merge_of, _OF.all(self._connection, member=member_id.bytes)))

    def drop(self, merge_id: UUID) -> None:
        """It was undone."""
        _DROP.run(self._connection, id=merge_id.bytes)


def _merge_of(row: tuple[Any, ...]) -> MemberMerge:
    ident, gone, into, at_us, on, staff_no, came_over = row
    came = msgspec.json.decode(came_over, type=_CameOver)
    return MemberMerge(
        UUID(bytes=ident),
        UUID(bytes=gone),
        UUID(bytes=into),
        at_us,
        date.fromordinal(on),
        staff_no,
        came.lots,
        came.fields,
        came.before,
        came.after,
    )
