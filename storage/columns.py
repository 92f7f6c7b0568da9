"""列: how values lie in the store, and statements that are compiled once.

SQLAlchemy describes the tables and writes the SQL; the hot path runs that SQL on the driver's
connection (27 µs a look-up), never through the ORM. UUIDs are 16 bytes, dates are day ordinals,
instants are microseconds, money and points are integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Column, Integer, LargeBinary, MetaData, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import DDL, Table
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ClauseElement

METADATA = MetaData()
_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")


class Cursor(Protocol):
    """What the driver answers."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def fetchmany(self, size: int = ...) -> list[tuple[Any, ...]]: ...


class Connection(Protocol):
    """The driver's connection."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Cursor: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Cursor: ...
    def set_progress_handler(self, on_step: Callable[[], None], steps: int, /) -> None: ...
    def create_function(self, name: str, takes: int, function: Callable[..., Any], /) -> None: ...
    def close(self) -> None: ...


def uuid_column(name: str, *args: Any, **options: Any) -> Column[bytes]:
    """A UUID as its 16 bytes."""
    return Column(name, LargeBinary(16), *args, **options)


def day_column(name: str, *args: Any, **options: Any) -> Column[int]:
    """A date as the ordinal of its day."""
    return Column(name, Integer, *args, **options)


def day_or_none(ordinal: int | None) -> date | None:
    """The date of a day ordinal that may be missing."""
    return None if ordinal is None else date.fromordinal(ordinal)


def ordinal_or_none(day: date | None) -> int | None:
    """The ordinal of a date that may be missing."""
    return None if day is None else day.toordinal()


def bytes_or_none(ident: UUID | None) -> bytes | None:
    """The bytes of a UUID that may be missing."""
    return None if ident is None else ident.bytes


def uuid_or_none(data: bytes | None) -> UUID | None:
    """The UUID of bytes that may be missing."""
    return None if data is None else UUID(bytes=data)


def keep_for_ever(table: Table, *, except_when: str = "0", emptied: str = "") -> None:
    """Let the store refuse to change or remove rows; `except_when` is SQL that allows a removal.

    `emptied` is a column of words that a person wrote of a member: with who is erased they go.
    """
    others = [column.name for column in table.columns if column.name != emptied]
    same = " AND ".join([f"NEW.{emptied} = ''", *[f"NEW.{name} IS OLD.{name}" for name in others]])
    for verb, allowed in (("UPDATE", same if emptied else "0"), ("DELETE", except_when)):
        trigger = DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{table.name} is kept for ever'); END"
        )
        event.listen(table, "after_create", trigger)


class Prepared:
    """A statement that is compiled to SQL once, when it is first run: a start runs few of them.

    Values are given by the names of its parameters.
    """

    __slots__ = ("_fixed", "_names", "_statement", "sql")

    def __init__(self, statement: Executable) -> None:
        assert isinstance(statement, ClauseElement)
        self._statement = statement

    def __getattr__(self, name: str) -> Any:
        """Asked only for what is not there yet, so that the hot path pays nothing for it."""
        if name not in self.__slots__:
            raise AttributeError(name)
        compiled = self._statement.compile(dialect=_DIALECT)
        self._names = tuple(getattr(compiled, "positiontup", None) or ())
        self._fixed = {n: v for n, v in (compiled.params or {}).items() if v is not None}
        self.sql = str(compiled)
        return getattr(self, name)

    def values(self, given: dict[str, Any]) -> list[Any]:
        """The values in the order of the SQL; a missing one is a KeyError."""
        fixed = self._fixed
        return [given[name] if name in given else fixed[name] for name in self._names]

    def run(self, connection: Connection, **given: Any) -> int:
        """Change rows; how many."""
        return connection.execute(self.sql, self.values(given)).rowcount

    def one(self, connection: Connection, **given: Any) -> tuple[Any, ...] | None:
        """The first row, if any."""
        return connection.execute(self.sql, self.values(given)).fetchone()

    def all(self, connection: Connection, **given: Any) -> list[tuple[Any, ...]]:
        """All rows."""
        return connection.execute(self.sql, self.values(given)).fetchall()

    def many(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Run once for each row of values, in the order of the statement's parameters."""
        connection.executemany(self.sql, rows)
