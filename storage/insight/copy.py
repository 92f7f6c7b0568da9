"""列存的一份: a columnar copy of the sales beside the store, kept up by what was added since.

home/insight.duckdb   the copy: numbers, days, amounts; thrown away and made anew whenever in doubt
home/insight.lock     held by whoever works with it

Rows go as one text, which DuckDB reads many times as fast as it takes rows from Python. The copy
says of each table of the store up to which row it has it, and of what is
copied whole what it looked like: where nothing is new, nothing is written.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Self

import duckdb
import portalocker

from core.errors import Cancelled, ReportBusy
from core.ports.insight import OnCopied
from core.values.moment import MICRO, local_time
from storage.columns import Connection
from storage.faults import faults_of
from storage.insight.memory import as_text, begin, rows_from
from storage.insight.tables import (
    ALL,
    DAY_ZERO,
    MARKED,
    MARKS,
    TYPES,
    UNDOING_ONE,
    CopyTable,
)
from storage.store import TillStore

AT_ONCE = 20_000
PATIENCE_S = 30.0
KNOCK_S = 0.05
ENDS = ("", ".wal")
ATTACHED = "sold"
TOOK = "took:"
"""Before the name of a question, in the table of marks: how long it took, over how many days."""
Blind = Callable[[bytes | None], int | None]


def copy_path(home: Path) -> Path:
    """Where the copy lies."""
    return home / "insight.duckdb"


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
    """The copy: `keep_up` brings it to what the store has, `run` asks, both while it is `opened`.

    DuckDB takes longer to begin than many an answer: it is begun once, in memory, and has the file
    only while it is opened. After an error it is begun anew, since one may have broken it.
    """

    def __init__(self, store: TillStore, key: bytes) -> None:
        self._store = store
        self._path = copy_path(store.home)
        self._blind = blinding(key)
        self._begun: duckdb.DuckDBPyConnection | None = None
        self._marks: dict[str, tuple[int, str]] = {}
        self._took: dict[str, tuple[int, int]] = {}
        self._is_answering, self._is_wanted = False, True

    @contextmanager
    def opened(self, *, patience_s: float | None = None) -> Iterator[Self]:
        """Alone. Raises ReportBusy where another process, or thread, has it too long."""
        with faults_of(self._path), (self._store.home / "insight.lock").open("a") as lock:
            _wait_for(lock, PATIENCE_S if patience_s is None else patience_s)
            self._is_wanted = True
            try:
                self._open()
                yield self
                self._run("USE memory")
                self._run(f"DETACH {ATTACHED}")
            except BaseException:  # whatever it was, the next question begins with a fresh engine
                self._end()
                raise

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of an answer."""
        return self._run(sql)

    def answer(self, sql: str) -> list[tuple[Any, ...]]:
        """The same, which `stop` ends: Cancelled then."""
        self._is_answering = True
        try:
            if not self._is_wanted:
                raise Cancelled()
            return self._run(sql)
        except duckdb.InterruptException:
            raise Cancelled() from None
        finally:
            self._is_answering = False

    def stop(self) -> None:
        """No more of what `answer` runs, or is about to; any thread may say so."""
        self._is_wanted, begun = False, self._begun
        if self._is_answering and begun is not None:
            begun.interrupt()

    def took(self, question: str) -> tuple[int, int] | None:
        """Milliseconds of a question, over so many days, when it was long last."""
        return self._took.get(question)

    def note_took(self, question: str, ms: int, days: int) -> None:
        """It was long."""
        with self._at_once():
            self._mark(f"{TOOK}{question}", ms, str(days))
        self._took[question] = ms, days

    def keep_up(self, on_copied: OnCopied, tables: Sequence[CopyTable] = ALL) -> None:
        """Copy what is new; make the copy anew where it is not one of this store."""
        with self._store.reader() as source:
            self._teach(source)
            if not self._fits(source):
                self._make_anew()
            told = [table.name for table in tables if table.marks == "sales"]
            for table in tables:
                name = table.name
                hear = _part(on_copied, told.index(name), len(told)) if name in told else _unheard
                self._take(source, table, hear)

    def rebuild(self, on_copied: OnCopied) -> None:
        """From nothing."""
        self._make_anew()
        self.keep_up(on_copied)

    # The file

    def _open(self) -> None:
        """The file as it is; a new one where there is none, or one that is not what we make."""
        try:
            self._attach()
            found = self._run(f"SELECT name, last, mark FROM {MARKS}")  # noqa: S608
        except duckdb.Error:
            self._make_anew()
        else:
            self._marks, self._took = {}, {}
            for name, last, mark in found:
                if name.startswith(TOOK):
                    self._took[name.removeprefix(TOOK)] = last, int(mark)
                else:
                    self._marks[name] = last, mark

    def _attach(self) -> None:
        self._run(f"ATTACH {_quoted(self._path)} AS {ATTACHED}")
        self._run(f"USE {ATTACHED}")

    def _make_anew(self) -> None:
        self._end()
        for end in ENDS:
            Path(f"{self._path}{end}").unlink(missing_ok=True)
        self._attach()
        self._run(f"CREATE TABLE {MARKS} (name VARCHAR, last BIGINT, mark VARCHAR)")
        for table in ALL:
            columns = ", ".join(f"{name} {TYPES[kind]}" for name, kind in table.columns.items())
            self._run(f"CREATE TABLE {table.name} ({columns})")
        self._marks, self._took = {}, {}

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if self._begun is None:
            self._begun = begin(self._path.parent)
        try:
            rows: list[tuple[Any, ...]] = self._begun.execute(sql, list(values)).fetchall()
        except RuntimeError as error:  # DuckDB's own word for a Ctrl+C that came while it worked
            if "interrupt" in str(error).lower():
                raise KeyboardInterrupt from error
            raise
        return rows

    def _end(self) -> None:
        """Let go of the file, and of whatever an error left."""
        if self._begun is not None:
            self._begun.close()
            self._begun = None

    # What it has

    def _fits(self, source: Connection) -> bool:
        """Whether the last rows that were copied are those of their numbers still.

        Members may go: `_start` sees to them.
        """
        return all(
            mark == _identity(source, name.partition(":")[0], last)
            for name, (last, mark) in self._marks.items()
            if last and not name.startswith("members:")
        )

    def _teach(self, source: Connection) -> None:
        """Two words for the store's SQL: the hour on the wall, and the number of a member."""
        with self._store.read() as reading:
            zone = reading.till.zone
        source.create_function("hour_of", 1, lambda at_us: _hour(at_us // (900 * MICRO), zone))
        source.create_function("blind", 1, self._blind)

    def _take(self, source: Connection, table: CopyTable, on_copied: OnCopied) -> None:
        if not table.marks:
            self._take_whole(source, table)
            return
        name = f"{table.marks}:{table.name}"
        last = _last(source, table.marks)
        at = self._start(source, table, name)
        while at < last:
            upto = min(at + AT_ONCE, last)
            rows = source.execute(table.source, (at, upto)).fetchall()
            with self._at_once():
                self._fill(table, rows)
                self._note(name, upto, _identity(source, table.marks, upto))
            at = upto
            on_copied(at, last)

    def _take_whole(self, source: Connection, table: CopyTable) -> None:
        """All rows, where anything of them is new: first what it hangs on is looked at."""
        _, mark = self._marks.get(table.name, (0, ""))
        hangs_on, _, looked = mark.partition(" ")
        now = _one(source, table.hangs_on) if table.hangs_on else ""
        if now and now == hangs_on:
            return
        rows = source.execute(table.source, ()).fetchall()
        look = hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()
        if (look, now) == (looked, hangs_on):
            return
        with self._at_once():
            if look != looked:
                self._run(f"DELETE FROM {table.name}")  # noqa: S608
                self._fill(table, rows)
            self._note(table.name, 0, f"{now} {look}")

    def _start(self, source: Connection, table: CopyTable, name: str) -> int:
        """Members go where an import is taken back: then they are all copied once more."""
        at, mark = self._marks.get(name, (0, ""))
        if table.name != "members" or not at:
            return at
        if mark == _identity(source, "members", at) and self._has_all(source, at):
            return at
        self._run("DELETE FROM members")
        return 0

    def _has_all(self, source: Connection, at: int) -> bool:
        """To count a million takes longer than most reports: only while members are going."""
        if not source.execute(UNDOING_ONE, ()).fetchone():
            return True
        there = source.execute("SELECT count(*) FROM members WHERE n <= ?", (at,)).fetchall()
        return self._run("SELECT count(*) FROM members") == there

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self._run("BEGIN")
        try:
            yield
            self._run("COMMIT")
        except BaseException:  # whatever it is, half of a piece is in no copy
            with suppress(duckdb.Error):
                self._run("ROLLBACK")
            raise

    def _note(self, name: str, last: int, mark: str) -> None:
        self._mark(name, last, mark)
        self._marks[name] = last, mark

    def _mark(self, name: str, last: int, mark: str) -> None:
        self._run(f"DELETE FROM {MARKS} WHERE name = ?", [name])  # noqa: S608
        self._run(f"INSERT INTO {MARKS} VALUES (?, ?, ?)", [name, last, mark])  # noqa: S608

    def _fill(self, table: CopyTable, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._run(_load_sql(table), [as_text(rows)])


def _load_sql(table: CopyTable) -> str:
    """Rows of text into a table: days come as ordinals."""
    read = {
        name: "BIGINT" if kind == "date" else TYPES[kind] for name, kind in table.columns.items()
    }
    values = ", ".join(
        f"{DAY_ZERO} + CAST({name} - 1 AS INTEGER)" if kind == "date" else name
        for name, kind in table.columns.items()
    )
    return f"INSERT INTO {table.name} SELECT {values} FROM {rows_from(read)}"  # noqa: S608


def _last(source: Connection, table: str) -> int:
    row = source.execute(f"SELECT max(n) FROM {table}", ()).fetchone()  # noqa: S608
    return int(row[0]) if row and row[0] else 0


def _one(source: Connection, sql: str) -> str:
    row = source.execute(sql, ()).fetchone()
    return str(row[0]) if row else ""


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


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
