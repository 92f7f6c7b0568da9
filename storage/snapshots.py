"""快照: which directory of the chain's members holds at this till, and which is being taken."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
)

from core.ports.directory import Current, Loading
from storage.columns import METADATA, Connection, Prepared, uuid_column

DIRECTORY = Table(
    "directory",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    uuid_column("id", nullable=False),
    Column("at_us", Integer, nullable=False),
)

LOADING = Table(
    "directory_loading",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    uuid_column("id", nullable=False),
    Column("cursor", String, nullable=False),
    Column("members", Integer, nullable=False),
    uuid_column("file", nullable=False),
    Column("taken", Integer, nullable=False),
    Column("is_told", Boolean, nullable=False),
)

_CURRENT = Prepared(select(DIRECTORY.c.id, DIRECTORY.c.at_us))
_SWITCH = Prepared(insert(DIRECTORY).prefix_with("OR REPLACE"))
_FORGET = Prepared(delete(DIRECTORY))
_LOADING = Prepared(select(*(column for column in LOADING.c if column.name != "one")))
_LOAD = Prepared(insert(LOADING).prefix_with("OR REPLACE"))
_FORGET_LOADING = Prepared(delete(LOADING))


class StoredSnapshots:
    """Implements `core.ports.directory.Snapshots`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> Current | None:
        """The one that is looked at."""
        row = _CURRENT.one(self._connection)
        return None if row is None else Current(UUID(bytes=row[0]), row[1])

    def loading(self) -> Loading | None:
        """The one that is being taken."""
        row = _LOADING.one(self._connection)
        if row is None:
            return None
        ident, cursor, members, file, taken, is_told = row
        ids = UUID(bytes=ident), UUID(bytes=file)
        return Loading(ids[0], cursor, members, ids[1], taken, bool(is_told))

    def load(self, loading: Loading) -> None:
        """It has come so far."""
        ids = loading.id.bytes, loading.file.bytes
        row = (1, ids[0], loading.cursor, loading.members, ids[1], loading.taken, loading.is_told)
        self._connection.execute(_LOAD.sql, row)

    def switch(self, current: Current) -> None:
        """It holds from now on."""
        self._connection.execute(_SWITCH.sql, (1, current.id.bytes, current.at_us))
        _FORGET_LOADING.run(self._connection)

    def ask(self) -> None:
        """One is to be begun."""
        self.load(Loading(UUID(int=0), "", 0, UUID(int=0)))

    def drop(self) -> None:
        """There is none."""
        _FORGET.run(self._connection)
        _FORGET_LOADING.run(self._connection)
