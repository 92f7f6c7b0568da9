"""引擎: connections to the server's database, PostgreSQL or SQLite, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import QueuePool

from core.errors import BadDatabase, DiskFull, ServerStoreUnreachable, Shortfall
from storage.faults import faults_of, shortfall_of

FILE = "office.db"
POOL = 18
"""For each thread that answers, and for what is done behind."""
PATIENCE_S = 10
"""How long one waits for a connection of the pool, or for a lock that somebody else holds."""
_SERVER = {
    "connect_timeout": 5,
    "application_name": "shuke",
    # A commit that was answered is on the disk, whatever the server is set to otherwise.
    "options": (
        "-c synchronous_commit=on -c statement_timeout=60000 -c lock_timeout=10000 "
        "-c idle_in_transaction_session_timeout=120000 -c timezone=UTC"
    ),
}
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    # What is erased is overwritten, and not only forgotten.
    "secure_delete=ON",
    f"busy_timeout={PATIENCE_S * 1000}",
)
FULL, NO_SUCH_DATABASE = "53100", "3D000"
# Of the database and not of what was asked, though its driver counts them among our faults: it only
# reads (a standby after a failover), it waited too long for us, we have no right.
READ_ONLY, IDLE, NO_RIGHT = "25006", "25P03", "42501"
WRITES = "writes"
_PRESS_QUICKLY = (
    "SELECT set_config(name, 'lz4', false) FROM pg_settings "
    "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
)


def make_engine(database: str) -> Engine:
    """The pool of a database: `postgresql://…`, or `sqlite:///FILE`; raises BadDatabase, Disk…."""
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        raise BadDatabase(database.partition(":")[0]) from None
    match url.get_backend_name():
        case "postgresql":
            return _server(url)
        case "sqlite" if url.database:
            return _file(Path(url.database))
    raise BadDatabase(url.drivername)


def home_database(home: Path) -> str:
    """The address of the file of a small shop in a folder, which is made where it is missing."""
    with faults_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"sqlite:///{home / FILE}"


def _server(url: URL) -> Engine:
    asked = dict(url.query)
    options = f"{_SERVER['options']} {asked.pop('options', '')}".rstrip()
    given = _SERVER | asked | {"options": options}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query={}),
        connect_args=given,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=PATIENCE_S,
        # Whichever was used last has its statements prepared, and its tables at hand.
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _press_quickly)
    return engine


def _press_quickly(connection: Any, _: object) -> None:
    """Events are made small in half the time; a server that was built without it does as usual."""
    connection.execute(_PRESS_QUICKLY)
    connection.commit()


def _file(path: Path) -> Engine:
    """Only its owner reads the file: there are names and phones in it."""
    with faults_of(path):
        path.touch(mode=0o600)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"check_same_thread": False, "isolation_level": None},
        poolclass=QueuePool,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=PATIENCE_S,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """The driver begins nothing by itself: a look must be consistent, a write alone."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def office_faults() -> Iterator[None]:
    """Turn what the database complains of into `Unavailable`; a bug of ours passes unchanged."""
    try:
        yield
    except NoneFree as error:
        raise ServerStoreUnreachable("busy") from error
    except DBAPIError as error:
        known = _meaning(error)
        if known is None:
            raise
        raise known from error


def _meaning(error: DBAPIError) -> Shortfall | None:
    fault = error.orig
    if isinstance(fault, sqlite3.Error):
        found = shortfall_of(fault, Path(FILE))
        # Two at once took the same place: whoever comes second is told so when he asks again.
        return ServerStoreUnreachable("twice") if isinstance(error, IntegrityError) else found
    state = getattr(fault, "sqlstate", None)
    if state == FULL:
        return DiskFull()
    is_theirs = state in (READ_ONLY, IDLE, NO_RIGHT) or error.connection_invalidated
    is_theirs = is_theirs or isinstance(error, OperationalError | IntegrityError)
    return ServerStoreUnreachable(state or "gone") if is_theirs else None
