"""装名录: a directory is filled with a snapshot, in a file that nobody looks at yet.

How far it has come stands in the file itself, in the transaction of the rows: a till that was
killed goes on there. What finds members by their keys is made at the end, in their order: row by
row each key would touch another page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import ChunkBroken, NotOurStore, StoreDamaged, WrongKey
from core.ports.directory import Filled
from core.sync.directory import Blind
from core.sync.snapshot import Row
from storage.columns import Connection
from storage.directory import (
    ADD_KEY,
    ADD_MEMBER,
    DIRECTORY_MARK,
    keys_of,
    make_tables,
    remove_directory,
)
from storage.engine import LARGE_CACHE_KIB, connect, is_integrity_error
from storage.faults import faults_of

PARTS = 4
"""The keys are put into order in memory: a quarter of them at a time."""
STEPS = 2 * PARTS
_TABLE = """
CREATE TABLE filling (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), next_n INTEGER NOT NULL,
    total INTEGER NOT NULL, summed BLOB NOT NULL, is_whole INTEGER NOT NULL,
    indexed INTEGER NOT NULL
)
"""
_BEGUN = "INSERT INTO filling VALUES (1, 0, 0, x'', 0, 0)"
_FILLED = "SELECT next_n, total, summed, is_whole FROM filling"
_FILL = "UPDATE filling SET next_n = ?, total = ?, summed = ?, is_whole = ?"
_INDEXED = "SELECT indexed FROM filling"
_INDEX = "UPDATE filling SET indexed = indexed + 1"
_KEYS = {
    Blind.CARD: (
        "INSERT OR IGNORE INTO card_keys SELECT substr(cards, 1, 16) AS key, id FROM members "
        "WHERE substr(cards, 1, 1) BETWEEN ? AND ? ORDER BY key, id"
    ),
    Blind.PHONE: (
        "INSERT OR IGNORE INTO phone_keys SELECT substr(phones, 1, 16) AS key, id FROM members "
        "WHERE substr(phones, 1, 1) BETWEEN ? AND ? ORDER BY key, id"
    ),
}
_COUNTED = "UPDATE counted SET members = ?"
_COUNT = "SELECT count(*) FROM members"
_GONE = (NotOurStore, StoreDamaged, WrongKey)


class FillingFile:
    """Implements `core.ports.directory.Filling`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._connection = _opened(path, key)

    def filled(self) -> Filled:
        """How far it has come."""
        with faults_of(self._path):
            return self._filled()

    def add(self, rows: Sequence[Row], before: Filled, after: Filled) -> None:
        """More rows."""
        with faults_of(self._path), self._transaction():
            if self._filled() != before:
                return
            try:
                self._connection.executemany(ADD_MEMBER, rows)
            except Exception as error:
                if is_integrity_error(error):
                    raise ChunkBroken() from error
                raise
            # The first key of each comes at the end; few have another.
            for blind, keys in ((Blind.CARD, _cards), (Blind.PHONE, _phones)):
                more = [(key, row[0]) for row in rows for key in _further(keys(row))]
                self._connection.executemany(ADD_KEY[blind], more)
            told = (after.next_n, after.total, after.summed, after.is_whole)
            self._connection.execute(_FILL, told)
            self._connection.execute(_COUNTED, (after.total,))

    def index(self) -> bool:
        """A quarter of the keys of one kind."""
        with faults_of(self._path):
            with self._transaction():
                done = self._one(_INDEXED)
                if done < STEPS:
                    self._make_part(Blind.CARD if done < PARTS else Blind.PHONE, done % PARTS)
                    done += 1
            if done == STEPS:
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return done < STEPS

    def count(self) -> int:
        """Each of its pages is read for it, and proven whole."""
        with faults_of(self._path):
            return self._one(_COUNT)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _filled(self) -> Filled:
        row = self._connection.execute(_FILLED).fetchone()
        if row is None:
            return Filled()
        next_n, total, summed, is_whole = row
        return Filled(next_n, total, summed, bool(is_whole))

    def _one(self, asked: str) -> int:
        row = self._connection.execute(asked).fetchone()
        return 0 if row is None else int(row[0])

    def _make_part(self, blind: Blind, part: int) -> None:
        # By their first byte: who has none is in no part.
        bounds = bytes([part * 256 // PARTS]), bytes([(part + 1) * 256 // PARTS - 1])
        self._connection.execute(_KEYS[blind], bounds)
        self._connection.execute(_INDEX)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except (
            BaseException
        ):  # also when it is stopped: who goes on begins a transaction of its own
            with suppress(Exception):  # what failed is told; this only clears up behind it
                self._connection.execute("ROLLBACK")
            raise


def _opened(path: Path, key: bytes) -> Connection:
    """As far as it has come; from nothing where it is not there, or cannot be read."""
    if path.exists():
        with suppress(*_GONE), faults_of(path):
            connection = connect(path, key, mark=DIRECTORY_MARK, cache_kib=LARGE_CACHE_KIB)
            return _hurried(connection)
    remove_directory(path)
    with faults_of(path):
        connection = connect(path, key, is_new=True, mark=DIRECTORY_MARK, cache_kib=LARGE_CACHE_KIB)
        path.chmod(0o600)
        connection.execute("BEGIN IMMEDIATE")
        make_tables(connection)
        connection.execute(_TABLE)
        connection.execute(_BEGUN)
        connection.execute("COMMIT")
        return _hurried(connection)


def _hurried(connection: Connection) -> Connection:
    """Whatever a power cut takes of it is asked for again: the disk is waited for at the end."""
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_FILLED).fetchone()
    except BaseException:  # whatever it is, no connection that nobody gets stays open
        connection.close()
        raise
    return connection


def _cards(row: Row) -> bytes:
    return row[5]


def _phones(row: Row) -> bytes:
    return row[6]


def _further(joined: bytes) -> list[bytes]:
    first, *more = keys_of(joined) or [b""]
    return sorted(set(more) - {first})
