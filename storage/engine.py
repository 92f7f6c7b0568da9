"""引擎: connections to the encrypted file, with every pragma set and read back (sync.md 1).

Stock sqlite3 silently ignores `PRAGMA key` and writes plain text; so a connection is refused when
`cipher_version` is empty, when the file begins with "SQLite format 3", or when a pragma read back
is not what was set.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from core.errors import DiskFailed, NoStore, NotOurStore, StoreDamaged, WrongKey
from storage.columns import Connection
from storage.faults import NOTADB, faults_of, primary_code
from storage.witness import fits_key, witness_of

APPLICATION_ID = 0x53484B45
PAGE = 4096
OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 5000
# A till keeps the upper pages of its trees; an import, which fills whole trees, far more.
SMALL_CACHE_KIB, READER_CACHE_KIB, LARGE_CACHE_KIB = 4096, 8192, 65_536
PLAIN_HEADER = b"SQLite format 3\x00"

# Bytes and None are bound as they are; the driver finds out only by two failed look-ups a value,
# which costs more than all the rest of an insert.
dbapi2.register_adapter(bytes, bytes)
dbapi2.register_adapter(type(None), {}.get)

_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    ("wal_autocheckpoint", "1000", 1000),
    ("journal_size_limit", str(64 << 20), 64 << 20),
    ("busy_timeout", str(BUSY_MS), BUSY_MS),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "FAST", 2),
)


def connect(
    path: Path,
    key: bytes,
    *,
    is_new: bool = False,
    is_reader: bool = False,
    cache_kib: int = SMALL_CACHE_KIB,
    mark: int = APPLICATION_ID,
) -> Connection:
    """A checked connection to a file of the kind that `mark` says.

    Raises NoStore, NotOurStore, WrongKey, StoreDamaged, Disk… errors.
    """
    if not is_new:
        _look_at_file(path)
    with faults_of(path):
        connection = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
    try:
        with faults_of(path):
            _unlock(connection, path, key, mark, is_new=is_new)
            _set_pragmas(connection)
            _set(connection, "cache_size", str(-cache_kib), -cache_kib)
            if is_reader:
                _set(connection, "query_only", "ON", 1)
            else:
                connection.set_busy_handler(_Patience())
    except BaseException:  # whatever it is, no connection without its pragmas stays open
        connection.close()
        raise
    checked: Connection = connection
    return checked


def make_engine(
    path: Path, key: bytes, *, is_reader: bool, size: int, cache_kib: int = SMALL_CACHE_KIB
) -> Engine:
    """SQLAlchemy's pool of such connections; transactions are begun by the store itself."""

    def creator() -> Any:
        return connect(path, key, is_reader=is_reader, cache_kib=cache_kib)

    return create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=size * 4,
        pool_reset_on_return=None,
    )


def is_integrity_error(error: BaseException) -> bool:
    """A constraint of the schema was broken; nothing was written by that statement."""
    return isinstance(error, dbapi2.IntegrityError)


class _Patience:
    """Wait in small steps for the writer of another process, so that a sale waits a moment only."""

    step_s = 0.0004

    def __call__(self, tries: int) -> int:
        if tries * self.step_s * 1000 >= BUSY_MS:
            return 0
        time.sleep(self.step_s)
        return 1


def _look_at_file(path: Path) -> None:
    try:
        if path.exists() and not path.is_file():
            raise NotOurStore(str(path))  # a pipe would keep us waiting for ever
        with path.open("rb") as file:
            header = file.read(16)
    except FileNotFoundError as error:
        raise NoStore(str(path)) from error
    except OSError as error:
        raise DiskFailed(str(error.strerror)) from error
    if header == PLAIN_HEADER or path.stat().st_size < PAGE:
        raise NotOurStore(str(path))


def _unlock(connection: Any, path: Path, key: bytes, mark: int, *, is_new: bool) -> None:
    if len(key) != 32:
        raise WrongKey(str(path))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not _value(connection, "PRAGMA cipher_version"):
        raise RuntimeError("this SQLite does not encrypt")
    if tuple(map(int, dbapi2.sqlite_version.split("."))) < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} carries the WAL-reset fault")
    try:
        found = _value(connection, "PRAGMA application_id")
    except dbapi2.DatabaseError as error:
        if primary_code(error) != NOTADB:
            raise
        raise _why_unreadable(path, key) from error
    if is_new:
        _set(connection, "application_id", str(mark), mark)
    elif found != mark:
        raise NotOurStore(str(path))
    if _value(connection, "PRAGMA journal_mode = WAL") != "wal":
        raise RuntimeError("the store cannot keep a write-ahead log here")


def _why_unreadable(path: Path, key: bytes) -> Exception:
    if path.stat().st_size % PAGE:
        return NotOurStore(str(path))
    is_ours = fits_key(witness_of(path), key)
    return StoreDamaged(str(path)) if is_ours else WrongKey(str(path))


def _set_pragmas(connection: Any) -> None:
    for name, text, wanted in _PRAGMAS:
        _set(connection, name, text, wanted)


def _set(connection: Any, name: str, text: str, wanted: object) -> None:
    connection.execute(f"PRAGMA {name} = {text}")
    if (found := _value(connection, f"PRAGMA {name}")) != wanted:
        raise RuntimeError(f"PRAGMA {name} is {found!r}, not {wanted!r}")


def _value(connection: Any, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None
