"""一轮: what needs no answer in between travels to PostgreSQL together.

A round to the database and back takes longer than what most statements do there. These go past
SQLAlchemy, which waits for each, to its driver, as it would have spelt them; SQLite is asked one
after another, and is asked nothing over a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Given = dict[str, Any]
Question = tuple[Executable, Given]
Say = Callable[[Executable, Sequence[Given]], object]


def is_shared(connection: Connection) -> bool:
    """Whether it is PostgreSQL, and others write beside us."""
    return connection.dialect.name == "postgresql"


def ask_all(
    connection: Connection,
    questions: Sequence[Question],
    meanwhile: Callable[[], object] | None = None,
) -> list[Sequence[Any]]:
    """The rows of each; `meanwhile` is done while they are on their way."""
    if not is_shared(connection):
        answers = [connection.execute(*each).all() for each in questions]
        if meanwhile is not None:
            meanwhile()
        return answers
    driver: Any = connection.connection.driver_connection
    with driver_faults(connection, "questions"):
        with driver.pipeline():
            asked = [driver.execute(*_spelt(connection, *each)) for each in questions]
            if meanwhile is not None:
                meanwhile()
        return [cursor.fetchall() for cursor in asked]


@contextmanager
def say_all(connection: Connection, *, ends: bool = False) -> Iterator[Say]:
    """To say what nobody waits for the answer of; with the end of the transaction behind it."""
    if not is_shared(connection):
        yield lambda statement, rows: connection.execute(statement, alone_or_all(rows))
        return
    driver: Any = connection.connection.driver_connection

    def say(statement: Executable, rows: Sequence[Given]) -> None:
        for row in rows:
            driver.execute(*_spelt(connection, statement, row))

    with driver_faults(connection, "statements"), driver.pipeline():
        yield say
        if ends:
            driver.execute(b"COMMIT")


@contextmanager
def driver_faults(connection: Connection, what: str) -> Iterator[None]:
    """What the driver complains of, as SQLAlchemy says it."""
    errors: Any = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except errors as fault:
        told: Any = {"hide_parameters": True, "dialect": connection.dialect}
        raise DBAPIError.instance(what, None, fault, errors, **told) from fault


def alone_or_all(rows: Sequence[Given]) -> Any:
    """One row alone needs no preparations for many."""
    return rows[0] if len(rows) == 1 else rows


def _spelt(connection: Connection, statement: Executable, given: Given) -> tuple[bytes, Any]:
    compiled = _compiled(connection.dialect, statement, tuple(given))
    return compiled.string.encode(), compiled.construct_params(given)


@lru_cache(maxsize=64)
def _compiled(dialect: Dialect, statement: Any, names: tuple[str, ...]) -> SQLCompiler:
    """Made once: making it takes longer than the database does."""
    made: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))
    return made
