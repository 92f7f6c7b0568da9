"""店账: the encrypted store of a till: one owner, one writer, readers of their own (sync.md 1).

home/store.db        the store, encrypted      home/store.lock     held while a till runs
home/store.witness   how far it has come       home/store.reserve  64 MiB to free in need
home/store.erased    who was erased         home/backups/       encrypted backups
home/store.begun     it is not set up to its end yet
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import portalocker
from msgspec.structs import replace
from sqlalchemy.pool import PoolProxiedConnection

from core.errors import DiskFailed, DiskFull, HomeTaken, NoStore, Shortfall, StoreLocked
from core.ports import OnProgress, Till, unheard
from core.rulebook.rulebook import Rulebook
from storage.backup import back_up, finish_restore
from storage.begun import note_begun
from storage.beside import Beside
from storage.columns import Connection
from storage.engine import LARGE_CACHE_KIB, READER_CACHE_KIB, SMALL_CACHE_KIB, connect, make_engine
from storage.faults import faults_of, faults_within, raise_known, shortfall_of
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, head_of
from storage.look import StoredReading, StoredWriting
from storage.machine import free_reserve, keep_reserve
from storage.revision import bring_up_to_date
from storage.rulebook_draft import DraftFile
from storage.tills import set_till, till_of
from storage.witness import Witness, key_mark, note_witness, witness_of

if TYPE_CHECKING:
    from core.sync.named import Named
    from storage.directory import DirectoryFile

READERS = 4
STEP = 200_000
_KNOCKS, _KNOCK_S = 3, 0.02
T = TypeVar("T")


def store_path(home: Path) -> Path:
    """Where the store of a home lies."""
    return home / "store.db"


class _OnlyTried(Exception): ...  # rolls a trial back


class TillStore(Beside):
    """Implements `core.ports.Store`. Made by `open_store`, `create_store` and `open_guest`."""

    def __init__(self, home: Path, key: bytes, lock: IO[Any] | None) -> None:
        self.home = home
        self.path = store_path(home)
        self.draft = DraftFile(home)
        self._key = key
        self._lock = lock
        self._turn = threading.Lock()
        self._turn_of: int | None = None
        self._writers = make_engine(
            self.path,
            key,
            is_reader=False,
            size=1,
            cache_kib=LARGE_CACHE_KIB if lock is None else SMALL_CACHE_KIB,
        )
        self._readers = make_engine(
            self.path, key, is_reader=True, size=READERS, cache_kib=READER_CACHE_KIB
        )
        self._rulebooks: dict[int, Rulebook] = {}
        self._idle: list[PoolProxiedConnection] = []
        self._writer: PoolProxiedConnection | None = None
        self._has_looked_back = False
        self._directory: DirectoryFile | None = None
        self._named: dict[int, Named] = {}
        self._named_turn = threading.Lock()
        self.was_put_back = False
        """An older file than its witness lay here: a new incarnation began, a person is told."""

    def __repr__(self) -> str:
        return f"TillStore({str(self.home)!r})"

    @contextmanager
    def write(self) -> Iterator[StoredWriting]:
        """One transaction; an exception rolls everything back."""
        with self.writer() as connection:
            yield StoredWriting(connection)

    @contextmanager
    def trial(self) -> Iterator[StoredWriting]:
        """What a transaction would do: all of it is rolled back."""
        with suppress(_OnlyTried), self.write() as tx:
            yield tx
            raise _OnlyTried

    def read(self) -> AbstractContextManager[StoredReading]:
        """A consistent look on a connection of its own, which never waits for a writer."""
        return _Look(self, self._reading)

    def reader(self) -> AbstractContextManager[Connection]:
        """The same look for the files of storage, on the driver's connection."""
        return _Look(self, _itself)

    def _reading(self, connection: Connection) -> StoredReading:
        return StoredReading(connection, self._rulebooks)

    def lend_reader(self) -> PoolProxiedConnection:
        """A connection to read with; who gives it back saves the next one the way to the pool."""
        return self._idle_reader() or self._readers.raw_connection()

    def take_back(self, pooled: PoolProxiedConnection) -> None:
        """Nobody reads with it now."""
        self._idle.append(pooled)

    def _idle_reader(self) -> PoolProxiedConnection | None:
        """A connection that somebody read with before: handing it back and forth is not free."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """The same transaction for the files of storage, on the driver's connection."""
        if self._turn_of == threading.get_ident():
            raise RuntimeError("a transaction within a transaction")
        with self._turn, faults_within(self.path):
            self._turn_of = threading.get_ident()
            try:
                yield from self._transaction()
            finally:
                self._turn_of = None

    def _transaction(self) -> Iterator[Connection]:
        pooled = self._writer = self._writer or self._writers.raw_connection()
        connection = _driver(pooled)
        try:
            connection.execute("BEGIN IMMEDIATE")
            # Also beside a till: nobody else writes now, so only a file put back lies behind.
            began_anew = not self._has_looked_back and _begin_anew(connection, self._key, self.path)
            yield connection
            witness = witness_at(connection, self._key)
            connection.execute("COMMIT")
        except BaseException as error:
            _roll_back(connection, pooled)
            if not isinstance(error, OSError):
                self._take_care(shortfall_of(error, self.path), pooled)
            raise
        self._has_looked_back = True
        self.was_put_back = self.was_put_back or began_anew
        # The sale stands; a witness that cannot be written lags, which it may.
        with suppress(OSError):
            note_witness(self.path, witness)

    def _take_care(self, trouble: Shortfall | None, pooled: PoolProxiedConnection) -> None:
        """What a failed write asks for."""
        if isinstance(trouble, DiskFailed):
            # A write that failed once is not to be believed again: open the file anew.
            pooled.invalidate()
            self._writer = None
        if isinstance(trouble, DiskFull) and self._lock is not None:
            # Selling goes on with the reserve; an import beside it must not eat it up.
            with suppress(OSError):
                free_reserve(self.home)

    def back_up(self, on_progress: OnProgress = unheard) -> str:
        """An encrypted backup, verified by opening it; its path."""
        made = str(back_up(self, on_progress=on_progress))
        if self._lock is not None:
            with suppress(OSError):
                keep_reserve(self.home)
        return made

    def last_seen_us(self) -> int:
        """The newest instant that an event or an audit row was made at; for `SystemClock`."""
        with self.read() as reading:
            return reading.last_seen_us

    @property
    def directory(self) -> DirectoryFile:
        """会员名录: nothing of it is loaded before somebody asks."""
        from storage.directory import DirectoryFile

        if self._directory is None:
            self._directory = DirectoryFile(self, self._key)
        return self._directory

    @contextmanager
    def named(self) -> Iterator[dict[int, Named]]:
        """说到谁: not in the file, and gone with the process."""
        with self._named_turn:
            yield self._named

    def beside(self) -> TillStore:
        """The same store once more, as a guest with connections of its own."""
        return TillStore(self.home, self._key, None)

    def copy_to(self, path: Path, on_step: Callable[[], None] | None = None) -> None:
        """A whole copy under the same key, as of one instant, without stopping the writer.

        `on_step` is called now and then while it goes on.
        """
        with faults_of(path):
            source = connect(self.path, self._key)
            try:
                if on_step is not None:
                    source.set_progress_handler(on_step, STEP)
                source.execute("VACUUM INTO ?", (str(path),))
            finally:
                source.close()

    def open_copy(self, path: Path) -> Connection:
        """A connection to a copy that has the same key."""
        return connect(path, self._key)

    def close(self) -> None:
        """Let go of the file and of the home."""
        if self._directory is not None:
            self._directory.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        while (idle := self._idle_reader()) is not None:
            idle.close()
        self._readers.dispose()
        self._writers.dispose()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def open_store(home: Path, *, key: bytes) -> TillStore:
    """The store of a home, owned by this process.

    Raises NoStore, StoreLocked, NotOurStore, WrongKey, StoreNewer, StoreDamaged, ReadOnly, Disk….
    Begins a new incarnation where the file is older than its witness (sync.md 7).
    """
    path = store_path(home)
    if not (path.exists() or (home / "restored.db").exists()):
        raise NoStore(str(path))
    lock = own(home)
    try:
        with faults_of(home):
            finish_restore(home)
        bring_up_to_date(path, key)
        store = TillStore(home, key, lock)
        with store.writer():
            return store
    except BaseException:  # also when it is stopped: the next start needs the lock
        lock.close()
        raise


def open_guest(home: Path, *, key: bytes) -> TillStore:
    """The store of a home beside the till that owns it: for imports and reports of this machine.

    Raises what `open_store` does, and StoreOlder: only the till itself migrates, since no other
    process may have the file then.
    """
    bring_up_to_date(store_path(home), key, may_migrate=False)
    return TillStore(home, key, None)


def create_store(home: Path, *, key: bytes, till: Till) -> TillStore:
    """A fresh store; raises HomeTaken, StoreLocked, ReadOnly, DiskFull.

    Its home is begun (`storage.begun`): whoever makes a shop of it says when that is done.
    """
    from storage.schema import create_schema

    path = store_path(home)
    with faults_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = own(home)
    try:
        if path.exists():
            raise HomeTaken(str(home))
        building = home / "store.new"
        with faults_of(building):
            building.unlink(missing_ok=True)
            create_schema(building, key, till)
            note_begun(home)
            building.replace(path)
        return TillStore(home, key, lock)
    except BaseException:  # also when it is stopped: the next start needs the lock
        lock.close()
        raise


def own(home: Path) -> IO[Any]:
    """Hold the home for this process until the file is closed; raises StoreLocked, ReadOnly."""
    with faults_of(home):
        lock = (home / "store.lock").open("a")
    for _ in range(_KNOCKS - 1):
        if _is_taken(lock):
            return lock
        # Somebody may only be asking, as `is_owned` does.
        time.sleep(_KNOCK_S)
    if _is_taken(lock):
        return lock
    lock.close()
    raise StoreLocked()


def is_owned(home: Path) -> bool:
    """Whether a till runs in this home just now."""
    with faults_of(home), (home / "store.lock").open("a") as lock:
        return not _is_taken(lock)


def _is_taken(lock: IO[Any]) -> bool:
    """Take the lock if it is free; whether it is ours now."""
    try:
        portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
    except portalocker.LockException:
        return False
    return True


def _begin_anew(connection: Connection, key: bytes, path: Path) -> bool:
    """Whether the file is older than its witness, or of another branch; then its till is new."""
    witness = witness_of(path)
    now = witness_at(connection, key)
    if witness is None or not now.is_behind(witness):
        return False
    set_till(connection, replace(till_of(connection), incarnation=witness.incarnation + 1))
    return True


def witness_at(connection: Connection, key: bytes) -> Witness:
    """How far a store has come, as it is written beside it."""
    events, audit = head_of(connection, EVENTS_CHAIN), head_of(connection, AUDIT_CHAIN)
    incarnation = till_of(connection).incarnation
    return Witness(incarnation, events.seq, audit.seq, events.hash, key_mark(key))


class _Look(AbstractContextManager[T]):
    """A consistent look. A class, since a scan waits for each: a generator takes twice as long."""

    __slots__ = ("_connection", "_pooled", "_store", "_through")

    def __init__(self, store: TillStore, through: Callable[[Connection], T]) -> None:
        self._store = store
        self._through = through

    def __enter__(self) -> T:
        try:
            self._pooled = self._store.lend_reader()
            self._connection = _driver(self._pooled)
            self._connection.execute("BEGIN")
        except Exception as error:
            raise_known(error, self._store.path)
            raise
        return self._through(self._connection)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        path = self._store.path
        try:
            _roll_back(self._connection, self._pooled)
        except Exception as fault:
            raise_known(fault, path)
            raise
        finally:
            self._store.take_back(self._pooled)
        if isinstance(error, Exception) and not isinstance(error, OSError):
            raise_known(error, path)


def _itself(connection: Connection) -> Connection:
    return connection


def _driver(pooled: PoolProxiedConnection) -> Connection:
    connection: Connection = pooled.driver_connection  # type: ignore[assignment]  # as its engine made it
    return connection


def _roll_back(connection: Connection, pooled: PoolProxiedConnection) -> None:
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except Exception:  # whatever it is, a connection in a transaction is not used again
        pooled.invalidate()
        raise
