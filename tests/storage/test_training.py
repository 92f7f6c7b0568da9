"""练习: a lesson leaves every row and byte of the real store as it was, and nothing behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import pytest

import main
from core.actions.counter import Counter, new_basket
from core.actions.exchange import tendered
from core.actions.login import login
from core.actions.scan import scan
from core.actions.settle import settle
from core.errors import WrongPin
from core.pricing.tender import Tender, TenderKind
from core.shop import Shop
from storage.left_folders import remove_left_lessons
from storage.store import TillStore
from storage.training import COPIED
from tests.builders import PIN, Home
from ui.devices.columns import as_text
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter
from ui.lesson import furnished

VITAMIN = "6901234567809"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.prepared(
        tmp_path_factory.mktemp("real"), products="products.csv", members="members.csv"
    )


def rows_of(store: TillStore) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.reader() as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


def lesson(home: Home) -> AbstractContextManager[Shop]:
    return furnished(partial(main.visited, home.path, is_training=True))


def folders() -> set[Path]:
    return set(Path(gettempdir()).glob("shuke-training-*"))


def sold(shop: Shop) -> Counter:
    staff = login(shop, PIN)
    counter = scan(shop, new_basket(shop).basket, "13800000001", staff=staff)
    counter = scan(shop, counter.basket, VITAMIN, staff=staff)
    cash = Tender(TenderKind.CASH, counter.quote.due_fen)
    ready = tendered(shop, counter.basket.with_tenders((cash,)), staff=staff)
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    assert sale.no == "S01-T1.99-000001"
    assert sale.points_earned == 37
    return counter


@pytest.fixture
def real(home: Home) -> Iterator[TillStore]:
    with home.shop() as shop:
        assert isinstance(shop.store, TillStore)
        yield shop.store


def test_a_lesson_touches_nothing_and_leaves_nothing(home: Home, real: TillStore) -> None:
    before, bytes_before = rows_of(real), (home.path / "store.db").read_bytes()
    files, left = set(home.path.rglob("*")), folders()
    with lesson(home) as shop:
        sold(shop)
        [folder] = folders() - left
        assert not any(b"13800000001" in path.read_bytes() for path in folder.glob("store.db*"))
    assert rows_of(real) == before
    assert (home.path / "store.db").read_bytes() == bytes_before
    assert set(home.path.rglob("*")) == files
    assert folders() == left


def test_what_a_lesson_needs_is_there_and_nobodys_data(home: Home, real: TillStore) -> None:
    theirs = rows_of(real)
    with lesson(home) as shop:
        assert isinstance(shop.store, TillStore)
        ours = rows_of(shop.store)
        with shop.store.read() as reading:
            assert reading.members.by_card("800003") is None
        with pytest.raises(WrongPin):
            login(shop, "135790")
    assert all(len(ours[table]) == len(theirs[table]) for table in COPIED)
    assert len(ours["members"]) == 3
    assert ours["sales"] == []


def test_a_lesson_that_fails_leaves_nothing(home: Home, real: TillStore) -> None:
    left = folders()
    with pytest.raises(RuntimeError), lesson(home):
        raise RuntimeError
    assert folders() == left


def test_its_papers_say_that_they_prove_nothing(home: Home, real: TillStore) -> None:
    desk = PaperDesk(FilePrinter(home.path / "paper.bin")).for_lesson()
    assert not desk.has_printer
    with lesson(home) as shop:
        sold(shop)
        with shop.store.read() as reading:
            sale = reading.sales.last()
    assert sale is not None
    assert "练习 · 不作凭证" in as_text(sale.receipt, designs=desk.designs).splitlines()[0]


KILLED = """
import os, signal, sys
from pathlib import Path
from storage.training import training_home

with training_home(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_lesson_leaves_goes_with_the_next_and_a_living_one_stays(
    home: Home, real: TillStore
) -> None:
    before = folders()
    subprocess.run([sys.executable, "-c", KILLED, str(home.path)], check=False)
    [left] = folders() - before
    foreign = [Path(gettempdir()) / f"shuke-training-{name}" for name in ("old", "0x1-a")]
    for folder in foreign:
        folder.mkdir()
    try:
        with lesson(home):
            [mine] = folders() - before - set(foreign)
            assert mine != left
            remove_left_lessons()
            assert mine.exists()
            assert all(folder.exists() for folder in foreign)
    finally:
        for folder in foreign:
            folder.rmdir()
