"""Homes with many members, made once by the real import and kept in `build/benchmarks`."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import main
from benchmarks.people import write_members, write_products
from core.shop import Shop
from storage.store import TillStore

KEPT = Path(__file__).parents[1] / "build" / "benchmarks"
PRODUCTS = 50_000
SEED = 20261124


def home_of(size: int) -> Path:
    """A home with so many members and 50,000 products; the first call imports them."""
    home = KEPT / f"{size}-members"
    if (home / "ready").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    with contextlib.redirect_stdout(io.StringIO()):
        _obey("setup", "--home", str(home), "--store", "中山路店", "--till", "1",
              "--manager", "店长", "--pin", "246810")  # fmt: skip
        table = home / "table.csv"
        for what, write, count in (
            ("products", write_products, PRODUCTS),
            ("members", write_members, size),
        ):
            write(table, count, seed=SEED)
            _obey("import", what, str(table), "--home", str(home))
        table.unlink()
    (home / "ready").touch()
    return home


@contextmanager
def opened(size: int) -> Iterator[tuple[Shop, TillStore]]:
    """The shop of such a home, opened as a till opens it."""
    with main.opened(home_of(size)) as shop:
        assert isinstance(shop.store, TillStore)
        yield shop, shop.store


@contextmanager
def copied(size: int) -> Iterator[tuple[Shop, TillStore]]:
    """The same of a copy that is gone afterwards, for what changes it for good."""
    beside = shutil.ignore_patterns("backups", "crashes", "logs")
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        home = shutil.copytree(home_of(size), Path(folder) / "home", ignore=beside)
        with main.opened(home) as shop:
            assert isinstance(shop.store, TillStore)
            yield shop, shop.store


def some_of(store: TillStore, column: str, count: int, *, table: str = "members") -> list[str]:
    """Values of so many members or products, picked at random but alike in every run."""
    dice = random.Random(SEED)
    with store.writer() as connection:
        last = connection.execute(f"SELECT max(n) FROM {table}").fetchone()
        wanted = dice.sample(range(1, last[0] + 1), count) if last else []
        sql = f"SELECT {column} FROM {table} WHERE n = ?"
        rows = [connection.execute(sql, (n,)).fetchone() for n in wanted]
    return [str(row[0]) for row in rows if row and row[0]]


def _obey(*words: str) -> None:
    if main.main(list(words)):
        raise SystemExit(f"main.py {words[0]} did not succeed")
