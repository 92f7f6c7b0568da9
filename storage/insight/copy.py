"""列存的一份: a columnar copy of the sales beside the store, kept up by what was added since.

home/insight.duckdb   the copy: numbers, days, amounts; thrown away and made anew whenever in doubt
home/insight.lock     held by whoever works with it

Rows go as text through a file of their own, which DuckDB reads many times as fast as it takes rows
from Python. The copy says of each table of the store up to which row it has it.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import duckdb
import portalocker

from core.errors import ReportBusy
from core.ports.insight import OnCopied
from core.values.moment import MICRO, local_time
from storage.columns import Connection
from storage.faults import faults_of
from storage.insight.tables import ALL, DAY_ZERO, MARKED, MARKS, TYPES, CopyTable
from storage.store import TillStore

AT_ONCE = 20_000
PATIENCE_S = 30.0
KNOCK_S = 0.05
MEMORY = "350MB"
ENDS = ("", ".wal")
Blind = Callable[[bytes | None], int | None]
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def copy_path(home: Path) -> Path:
    """Where the copy lies."""
    return home / "insight.duckdb"


@contextmanager
def opened_copy(store: TillStore, key: bytes, *, patience_s: float = PATIENCE_S) -> Iterator[Copy]:
    """The copy of a store, alone. Raises ReportBusy where another process has it too long."""
    path = copy_path(store.home)
    with faults_of(path), (store.home / "insight.lock").open("a") as lock:
        _wait_for(lock, patience_s)
        copy = Copy(store, path, blinding(key))
        try:
            yield copy
        finally:
            copy.close()


def _wait_for(lock: IO[Any], patience_s: float) -> None:
    until = time.monotonic() + patience_s
    while True:
        try:
            portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            if time.monotonic() > until:
                raise ReportBusy() from error
            time.sleep(KNOCK_S)
        else:
            return


class Copy:
    """The copy, open; `keep_up` brings it to what the store has."""

    def __init__(self, store: TillStore, path: Path, blind: Blind) -> None:
        self._store = store
        self._path = path
        self._blind = blind
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of an answer."""
        rows: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return rows

    def keep_up(self, on_copied: OnCopied, tables: Sequence[CopyTable] = ALL) -> None:
        """Copy what is new; make the copy anew where it is not one of this store."""
        with self._store.reader() as source:
            self._teach(source)
            if not self._fits(source):
                self._begin_anew()
            told = [table.name for table in tables if table.marks == "sales"]
            for table in tables:
                name = table.name
                hear = _part(on_copied, told.index(name), len(told)) if name in told else _unheard
                self._take(source, table, hear)

    def rebuild(self, on_copied: OnCopied) -> None:
        """From nothing."""
        self._begin_anew()
        self.keep_up(on_copied)

    # The file

    def _open(self) -> duckdb.DuckDBPyConnection:
        """The file as it is; a new one where there is none, or one that is not what we make."""
        with suppress(duckdb.Error), ExitStack() as on_fault:
            connection = self._connect()
            on_fault.callback(connection.close)
            connection.execute(f"SELECT name, last, mark FROM {MARKS} LIMIT 1").fetchall()  # noqa: S608
            on_fault.pop_all()
            return connection
        return self._made_anew()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        folder = str(self._path.parent)
        return duckdb.connect(str(self._path), config=SETTINGS | {"temp_directory": folder})

    def _begin_anew(self) -> None:
        self._connection.close()
        self._connection = self._made_anew()

    def _made_anew(self) -> duckdb.DuckDBPyConnection:
        for end in ENDS:
            Path(f"{self._path}{end}").unlink(missing_ok=True)
        connection = self._connect()
        _prepare(connection)
        return connection

    # What it has

    def _fits(self, source: Connection) -> bool:
        """Whether the last rows that were copied are those of their numbers still.

        Members may go: `_start` sees to them.
        """
        asked = f"SELECT name, last, mark FROM {MARKS} WHERE name NOT LIKE 'members:%'"  # noqa: S608
        return all(
            mark == _identity(source, name.partition(":")[0], last)
            for name, last, mark in self._connection.execute(asked).fetchall()
        )

    def _teach(self, source: Connection) -> None:
        """Two words for the store's SQL: the hour on the wall, and the number of a member."""
        with self._store.read() as reading:
            zone = reading.till.zone
        source.create_function("hour_of", 1, lambda at_us: _hour(at_us // (900 * MICRO), zone))
        source.create_function("blind", 1, self._blind)

    def _take(self, source: Connection, table: CopyTable, on_copied: OnCopied) -> None:
        if not table.marks:
            self._fill(table, source.execute(table.source, ()).fetchall(), is_whole=True)
            return
        name = f"{table.marks}:{table.name}"
        last = _last(source, table.marks)
        at = self._start(source, table, name)
        while at < last:
            upto = min(at + AT_ONCE, last)
            rows = source.execute(table.source, (at, upto)).fetchall()
            self._connection.execute("BEGIN")
            try:
                self._fill(table, rows)
                self._note(name, upto, _identity(source, table.marks, upto))
                self._connection.execute("COMMIT")
            except BaseException:  # whatever it is, half of a piece is in no copy
                with suppress(duckdb.Error):
                    self._connection.execute("ROLLBACK")
                raise
            at = upto
            on_copied(at, last)

    def _start(self, source: Connection, table: CopyTable, name: str) -> int:
        """Members go where an import is taken back: then they are all copied once more."""
        asked = f"SELECT last, mark FROM {MARKS} WHERE name = ?"  # noqa: S608
        at, mark = self._connection.execute(asked, [name]).fetchone() or (0, "")
        if table.name != "members" or not at:
            return int(at)
        has = self._connection.execute("SELECT count(*) FROM members").fetchone()
        there = source.execute("SELECT count(*) FROM members WHERE n <= ?", (at,)).fetchone()
        if has == there and mark == _identity(source, "members", at):
            return int(at)
        self._connection.execute("DELETE FROM members")
        return 0

    def _note(self, name: str, last: int, mark: str) -> None:
        self._connection.execute(f"DELETE FROM {MARKS} WHERE name = ?", [name])  # noqa: S608
        self._connection.execute(f"INSERT INTO {MARKS} VALUES (?, ?, ?)", [name, last, mark])  # noqa: S608

    def _fill(
        self, table: CopyTable, rows: Sequence[tuple[Any, ...]], *, is_whole: bool = False
    ) -> None:
        if is_whole:
            self._connection.execute(f"DELETE FROM {table.name}")  # noqa: S608
        if not rows:
            return
        with TemporaryDirectory(dir=self._path.parent, prefix="insight-") as folder:
            file = Path(folder) / "rows.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
            self._connection.execute(_load_sql(table), [str(file)])


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"CREATE TABLE {MARKS} (name VARCHAR, last BIGINT, mark VARCHAR)")
    for table in ALL:
        columns = ", ".join(f"{name} {TYPES[kind]}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE {table.name} ({columns})")


def _load_sql(table: CopyTable) -> str:
    """Rows of text into a table: days come as ordinals."""
    read = {
        name: "BIGINT" if kind == "date" else TYPES[kind] for name, kind in table.columns.items()
    }
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in read.items())
    values = ", ".join(
        f"{DAY_ZERO} + CAST({name} - 1 AS INTEGER)" if kind == "date" else name
        for name, kind in table.columns.items()
    )
    return (
        f"INSERT INTO {table.name} SELECT {values} FROM "  # noqa: S608 - our own names
        f"read_csv(?, columns = {{{types}}}, header = false, nullstr = '', auto_detect = false)"
    )


def _last(source: Connection, table: str) -> int:
    row = source.execute(f"SELECT max(n) FROM {table}", ()).fetchone()  # noqa: S608
    return int(row[0]) if row and row[0] else 0


def _identity(source: Connection, table: str, number: int) -> str:
    """What the row of a number is known by, "" where it is gone."""
    asked = f"SELECT {MARKED[table]} FROM {table} WHERE n = ?"  # noqa: S608  (constants)
    row = source.execute(asked, (number,)).fetchone()
    return str(row[0]) if row else ""


@lru_cache(maxsize=4096)
def _hour(quarters: int, zone: tzinfo) -> int:
    return local_time(quarters * 900 * MICRO, zone).hour


def blinding(store_key: bytes) -> Blind:
    """What makes a number of an id, with a key of its own."""
    key = hmac.digest(store_key, b"insight", "sha256")

    @lru_cache(maxsize=100_000)
    def blind(ident: bytes | None) -> int | None:
        if ident is None:
            return None
        digest = hashlib.blake2b(ident, key=key, digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1

    return blind


def _part(on_copied: OnCopied, at: int, of: int) -> OnCopied:
    """Who waits hears of several tables as of one."""
    return lambda copied, whole: on_copied((at * whole + copied) // of, whole)


def _unheard(_copied: int, _all: int) -> None:
    """For the tables that nobody waits for."""
