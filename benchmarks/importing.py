"""12: import of a table of members, against executemany of the same rows into the same tables."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import main
from benchmarks.people import write_members
from benchmarks.settling import bench_home
from benchmarks.timing import Row
from storage.engine import connect
from storage.store import TillStore, store_path

SEED = 1
AT_ONCE = 20_000
# What an import writes, each in the order of its tree.
TABLES = (
    ("members", "n"),
    ("transfers", "id"),
    ("lots", "member_id, expires_on, id"),
    ("balances", "member_id, kind"),
    ("member_keys", "kind, key, n"),
    ("events", "n"),
    ("private_values", "event_id, no"),
)


def rows(size: int) -> list[Row]:
    """From the file to the last index, all checks included; the limit only copies what came out."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "members.csv"
        write_members(table, size, seed=SEED)
        with bench_home(Path(folder) / "ours") as (_, _, store, key):
            empty = Path(folder) / "limit" / "store.db"
            empty.parent.mkdir()
            store.copy_to(empty)
            ours = _import(store, table)
            limit = _copy(store_path(store.home), empty, key)
        shutil.rmtree(empty.parent)
    return [Row(12, f"import of {size:,} members from CSV", limit, ours, 2, unit="s")]


def _import(store: TillStore, table: Path) -> float:
    """Seconds of the whole command, with the check of all rows that comes first."""
    # No till runs: a guest takes large steps.
    store.close()
    said = io.StringIO()
    begun = time.perf_counter()
    with contextlib.redirect_stdout(said):
        code = main.main(["import", "members", str(table), "--home", str(store.home)])
    spent = time.perf_counter() - begun
    if code:
        raise RuntimeError(said.getvalue())
    return spent


def _copy(source: Path, target: Path, key: bytes) -> float:
    """Seconds of the bare inserts; reading the rows is not counted."""
    reading, writing = connect(source, key, is_reader=True), connect(target, key)
    spent = 0.0
    for table, order in TABLES:
        writing.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        writing.execute(f"DELETE FROM {table}")
        found = reading.execute(f"SELECT * FROM {table} ORDER BY {order}")
        while chunk := found.fetchmany(AT_ONCE):
            begun = time.perf_counter()
            _insert(writing, table, chunk)
            spent += time.perf_counter() - begun
    reading.close()
    writing.close()
    return spent


def _insert(writing: Any, table: str, chunk: list[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(chunk[0]))
    writing.execute("BEGIN IMMEDIATE")
    writing.executemany(f"INSERT INTO {table} VALUES ({places})", chunk)
    writing.execute("COMMIT")
