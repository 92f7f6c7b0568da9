"""存下的客群: conditions on members that a shop gave a name; and who is not the same person."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Integer, String, Table, bindparam, delete, insert, select, update

from core.members.segment import SavedSegment, segment_written, written
from storage.columns import METADATA, Connection, Prepared, uuid_column

SEGMENTS = Table(
    "segments",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("name", String, nullable=False, unique=True),
    Column("conditions", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
)

DISTINCT_MEMBERS = Table(
    "distinct_members",
    METADATA,
    uuid_column("one_id", primary_key=True),
    uuid_column("other_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_S = SEGMENTS.c
_FIELDS = (_S.id, _S.name, _S.conditions)
_ALL = Prepared(select(*_FIELDS).order_by(_S.n))
_ONE = Prepared(select(*_FIELDS).where(_S.id == bindparam("of")))
_CHANGE = Prepared(
    update(SEGMENTS)
    .where(_S.id == bindparam("of"))
    .values(
        name=bindparam("name"),
        conditions=bindparam("conditions"),
        at_us=bindparam("at_us"),
        staff_no=bindparam("staff_no"),
    )
)
_ADD = Prepared(insert(SEGMENTS).values({name: bindparam(name) for name in _S.keys()[1:]}))
_REMOVE = Prepared(delete(SEGMENTS).where(_S.id == bindparam("of")))
_APART = "INSERT OR IGNORE INTO distinct_members VALUES (?, ?, ?, ?)"
_TOGETHER = "DELETE FROM distinct_members WHERE one_id = ? AND other_id = ?"


class StoredSegments:
    """Implements `core.ports.segments.Segments`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[SavedSegment, ...]:
        """In the order in which they were made."""
        return tuple(_saved(*row) for row in _ALL.all(self._connection))

    def get(self, segment_id: UUID) -> SavedSegment | None:
        """What has this id."""
        row = _ONE.one(self._connection, of=segment_id.bytes)
        return None if row is None else _saved(*row)

    def keep(self, saved: SavedSegment, *, at_us: int, staff_no: int) -> None:
        """New, or in the place of what had this id."""
        row = {
            "name": saved.name,
            "conditions": written(saved.conditions),
            "at_us": at_us,
            "staff_no": staff_no,
        }
        if not _CHANGE.run(self._connection, of=saved.id.bytes, **row):
            _ADD.run(self._connection, id=saved.id.bytes, **row)

    def remove(self, segment_id: UUID) -> None:
        """It is gone."""
        _REMOVE.run(self._connection, of=segment_id.bytes)


class StoredDistinct:
    """Implements `core.ports.segments.Distinct`; of a pair the smaller id stands first."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: UUID, other: UUID, *, at_us: int, staff_no: int) -> None:
        """In whichever order; once more changes nothing."""
        self._connection.execute(_APART, (*_pair(one, other), at_us, staff_no))

    def remove(self, one: UUID, other: UUID) -> None:
        """They may be the same after all."""
        self._connection.execute(_TOGETHER, _pair(one, other))


def _pair(one: UUID, other: UUID) -> tuple[bytes, bytes]:
    first, second = sorted((one.bytes, other.bytes))
    return first, second


def _saved(ident: bytes, name: str, conditions: str) -> SavedSegment:
    return SavedSegment(UUID(bytes=ident), name, segment_written(conditions))
