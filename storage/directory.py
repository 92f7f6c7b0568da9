"""会员名录: the masked members of the chain, in an encrypted file of its own beside the store.

home/directory-….db    each with an id of its own

Which of them holds is said by the store (`storage.snapshots`), so that it changes in one
transaction with the cursor of the feed. No backup has them: whoever lost one asks for it anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from core.errors import NoStore, NotOurStore, Shortfall, StoreDamaged, WrongKey
from core.ports.directory import Condition
from core.sync.directory import KEY_BYTES, Blind
from core.sync.entry import Entry
from storage.columns import Connection
from storage.engine import connect
from storage.faults import faults_of

if TYPE_CHECKING:
    from storage.directory_filling import FillingFile
    from storage.store import TillStore

DIRECTORY_MARK = 0x53484B44
"""In the head of the file: it is no store, and no store is one."""
ENDS = ("", "-wal", "-shm", "-journal")
SCHEMA = """
CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    tier TEXT NOT NULL,
    points INTEGER NOT NULL,
    is_frozen INTEGER NOT NULL,
    cards BLOB NOT NULL,
    phones BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE card_keys (
    key BLOB NOT NULL, member_id BLOB NOT NULL, PRIMARY KEY (key, member_id)
) WITHOUT ROWID;
CREATE TABLE phone_keys (
    key BLOB NOT NULL, member_id BLOB NOT NULL, PRIMARY KEY (key, member_id)
) WITHOUT ROWID;
CREATE TABLE counted (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), members INTEGER NOT NULL);
INSERT INTO counted VALUES (1, 0)
"""
ADD_MEMBER = "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?, ?)"
ADD_KEY = {
    Blind.CARD: "INSERT INTO card_keys VALUES (?, ?)",
    Blind.PHONE: "INSERT INTO phone_keys VALUES (?, ?)",
}
_GET = "SELECT * FROM members WHERE id = ?"
_BY_KEY = {
    Blind.CARD: (
        "SELECT members.* FROM card_keys JOIN members ON id = member_id WHERE key = ? ORDER BY id"
    ),
    Blind.PHONE: (
        "SELECT members.* FROM phone_keys JOIN members ON id = member_id WHERE key = ? ORDER BY id"
    ),
}
_REMOVE = "DELETE FROM members WHERE id = ?"
_REMOVE_KEY = {
    Blind.CARD: "DELETE FROM card_keys WHERE key = ? AND member_id = ?",
    Blind.PHONE: "DELETE FROM phone_keys WHERE key = ? AND member_id = ?",
}
_COUNT = "SELECT members FROM counted"
_COUNTED = "UPDATE counted SET members = members + ?"
_GONE = (NoStore, NotOurStore, StoreDamaged, WrongKey)
_log = logging.getLogger(__name__)
T = TypeVar("T")


def make_tables(connection: Connection) -> None:
    """Those of an empty directory."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)


def directory_path(home: Path, file_id: UUID) -> Path:
    """Where a directory lies."""
    return home / f"directory-{file_id.hex}.db"


def open_directory(path: Path, key: bytes, *, is_new: bool = False) -> Connection:
    """A checked connection that writes; what is removed is overwritten."""
    connection = connect(path, key, is_new=is_new, mark=DIRECTORY_MARK)
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def remove_directory(path: Path) -> None:
    """The file and what lies beside it."""
    for end in ENDS:
        Path(f"{path}{end}").unlink(missing_ok=True)


def remove_directories(home: Path, *, but: Collection[UUID] = ()) -> None:
    """All of a home but these; one that somebody else reads just now stays until the next time."""
    kept = {directory_path(home, ident) for ident in but}
    for path in home.glob("directory-*.db"):
        if path not in kept:
            with suppress(OSError):
                remove_directory(path)


class DirectoryFile:
    """Implements `core.ports.directory.Directory`; any thread may ask.

    Two connections are kept, one that reads in short looks and one that writes pages; both follow
    what the store says holds.
    """

    def __init__(self, store: TillStore, key: bytes) -> None:
        self._store = store
        self._key = key
        self._lock = threading.Lock()
        self._pen = threading.Lock()
        self._of: UUID | None = None
        self._reader: Connection | None = None
        self._written: UUID | None = None
        self._writer: Connection | None = None

    def by_key(self, blind: Blind, key: bytes) -> tuple[Entry, ...]:
        """Who has this card or phone."""
        rows = self._look(lambda reader: reader.execute(_BY_KEY[blind], (key,)).fetchall())
        return tuple(map(_entry, rows or ()))

    def get(self, member_id: UUID) -> Entry | None:
        """One of them."""
        row = self._look(lambda reader: reader.execute(_GET, (member_id.bytes,)).fetchone())
        return None if row is None else _entry(row)

    def keep(self, entries: Sequence[Entry]) -> None:
        """They are so now."""
        entries = list({entry.id: entry for entry in entries}.values())
        with self._writing(stays=True) as connection:
            if connection is not None:
                gone = _take_out(connection, [entry.id for entry in entries])
                add_entries(connection, entries)
                connection.execute(_COUNTED, (len(entries) - gone,))

    def remove(self, member_ids: Collection[UUID]) -> None:
        """Nothing remains of them."""
        with self._writing() as connection:
            if connection is not None:
                connection.execute(_COUNTED, (-_take_out(connection, set(member_ids)),))

    def count(self) -> int:
        """How many there are."""
        row = self._look(lambda reader: reader.execute(_COUNT).fetchone())
        return 0 if row is None else int(row[0])

    def condition(self) -> Condition:
        """How it is."""
        if self._current() is None:
            return Condition.NONE
        found = self._look(lambda reader: reader.execute(_COUNT).fetchone())
        return Condition.LOST if found is None else Condition.THERE

    def fill(self, file_id: UUID) -> FillingFile:
        """The file that a snapshot is being taken into."""
        from storage.directory_filling import FillingFile

        return FillingFile(directory_path(self._store.home, file_id), self._key)

    def sweep(self) -> None:
        """Remove what neither holds nor is being taken."""
        with self._store.read() as reading:
            current, loading = reading.snapshots.current(), reading.snapshots.loading()
        self.close()
        kept = ([current.id] if current else []) + ([loading.file] if loading else [])
        remove_directories(self._store.home, but=kept)

    def close(self) -> None:
        """Nobody looks any more; who asks again opens it anew."""
        with self._lock:
            self._let_go()
        with self._pen:
            self._lay_down()

    def _look(self, ask: Callable[[Connection], T]) -> T | None:
        """What is found; None where the file is missing or damaged."""
        current = self._current()
        if current is None:
            return None
        path = directory_path(self._store.home, current)
        with self._lock:
            try:
                with faults_of(path):
                    return ask(self._reader_of(current, path))
            except _GONE as error:
                self._let_go()
                _log.warning("the directory cannot be read: %r", error)
                return None
            except Shortfall:
                self._let_go()
                raise

    @contextmanager
    def _writing(self, *, stays: bool = False) -> Iterator[Connection | None]:
        """One transaction; unless it `stays` open, nothing that it removed is beside the file."""
        current = self._current()
        if current is None:
            yield None
            return
        with self._pen:
            yield from self._written_in(current, stays=stays)

    def _written_in(self, current: UUID, *, stays: bool) -> Iterator[Connection | None]:
        path = directory_path(self._store.home, current)
        is_done = False
        try:
            with faults_of(path):
                connection = self._writer_of(current, path)
                connection.execute("BEGIN IMMEDIATE")
        except _GONE as error:
            self._lay_down()
            _log.warning("the directory cannot be written: %r", error)
            yield None
            return
        try:
            with faults_of(path):
                yield connection
                connection.execute("COMMIT")
            is_done = True
        except _GONE as error:
            _log.warning("the directory is damaged: %r", error)
        finally:
            if not (stays and is_done):
                self._lay_down()

    def _current(self) -> UUID | None:
        with self._store.read() as reading:
            current = reading.snapshots.current()
        return None if current is None else current.id

    def _reader_of(self, current: UUID, path: Path) -> Connection:
        if self._of != current or self._reader is None or not path.exists():
            self._let_go()
            self._reader = connect(path, self._key, is_reader=True, mark=DIRECTORY_MARK)
            self._of = current
        return self._reader

    def _writer_of(self, current: UUID, path: Path) -> Connection:
        if self._written != current or self._writer is None or not path.exists():
            self._lay_down()
            self._writer = open_directory(path, self._key)
            self._written = current
        return self._writer

    def _lay_down(self) -> None:
        writer, self._writer, self._written = self._writer, None, None
        if writer is not None:
            writer.close()

    def _let_go(self) -> None:
        reader, self._reader, self._of = self._reader, None, None
        if reader is not None:
            reader.close()


def add_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """New ones, in the transaction that is open."""
    connection.executemany(ADD_MEMBER, map(_row, entries))
    for blind, keys in ((Blind.CARD, _cards), (Blind.PHONE, _phones)):
        connection.executemany(
            ADD_KEY[blind], ((key, e.id.bytes) for e in entries for key in set(keys(e)))
        )


def keys_of(joined: bytes) -> list[bytes]:
    """The keys that stand one behind the other."""
    return [joined[at : at + KEY_BYTES] for at in range(0, len(joined), KEY_BYTES)]


def _take_out(connection: Connection, members: Collection[UUID]) -> int:
    """Whoever is there of these, with all keys; how many."""
    found = 0
    for member in members:
        row = connection.execute(_GET, (member.bytes,)).fetchone()
        if row is None:
            continue
        found += 1
        for blind, joined in ((Blind.CARD, row[5]), (Blind.PHONE, row[6])):
            connection.executemany(_REMOVE_KEY[blind], ((k, row[0]) for k in keys_of(joined)))
        connection.execute(_REMOVE, (row[0],))
    return found


def _cards(entry: Entry) -> tuple[bytes, ...]:
    return entry.cards


def _phones(entry: Entry) -> tuple[bytes, ...]:
    return entry.phones


def _row(entry: Entry) -> tuple[object, ...]:
    cards, phones = b"".join(entry.cards), b"".join(entry.phones)
    told = (entry.id.bytes, entry.name, entry.tier, entry.points, int(entry.is_frozen))
    return (*told, cards, phones)


def _entry(row: Sequence[Any]) -> Entry:
    ident, name, tier, points, is_frozen, cards, phones = row
    cards, phones = tuple(keys_of(cards)), tuple(keys_of(phones))
    return Entry(UUID(bytes=ident), name, tier, points, bool(is_frozen), cards, phones)
