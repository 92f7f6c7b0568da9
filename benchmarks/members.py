"""The members' page: a key typed → its rows painted; a row chosen → its file painted.

The limit is the engine's own for the same question, with a repaint of the page behind it. For a key
that is the same roll in DuckDB with all names, phones and cards beside it in the open, in order,
and the rows in sight from the encrypted store; for a file, all that is asked of the encrypted
store for it, word for word, put to the engine alone.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks.homes import opened, some_of
from benchmarks.timing import Row
from core.actions.login import login
from core.actions.member_file import record_file
from core.actions.roll import FIRST_ROWS, fill_roll
from core.members.names import name_keys
from core.ports.roll import Wanted
from core.shop import Shop
from core.trust.staff import Staff
from storage.insight import roll_sql as sql
from storage.insight.memory import begin
from storage.search_keys import name_key
from storage.store import TillStore
from ui.app import application
from ui.look import Look
from ui.manage.members.page import MembersPage
from ui.work import Work

TIMES = 60
PATIENCE_S = 60.0
KEY_US, FILE_US = 50_000, 100_000


def rows(size: int) -> list[Row]:
    """Names, pinyin, initials, phones and last four of members who exist, key by key."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with opened(size) as (shop, store):
        staff = login(shop, "246810")
        while not fill_roll(shop, staff=staff).is_done:
            pass
        names = some_of(store, "name", TIMES)
        phones = [phone.removeprefix("+86") for phone in some_of(store, "phone", TIMES)]
        bench, bare = _Bench(shop, staff), _Bare(store)
        try:
            return bench.typed(_texts(names, phones), size, bare) + bench.opened(size, bare)
        finally:
            bench.close()


def _texts(names: list[str], phones: list[str]) -> list[str]:
    """What stands in the search after each key, from the first sign to the last."""
    found = []
    for at, (name, phone) in enumerate(zip(names, phones, strict=False)):
        pinyin, initials = name_keys(name)[0]
        word = (name, pinyin, initials, phone, phone[-4:])[at % 5]
        found += [word[:end] for end in range(1, len(word) + 1)]
    return found


class _Bare:
    """The engines alone."""

    def __init__(self, store: TillStore) -> None:
        self._store = store
        self._roll = begin(store.home)
        made = store.insight.roll._connection  # noqa: SLF001 - the same rows
        asked = "SELECT key, n FROM member_keys UNION ALL SELECT card_no, n FROM members"
        with TemporaryDirectory() as folder, store.reader() as source:
            rows, keys = Path(folder) / "rows.csv", Path(folder) / "keys.csv"
            made.execute(
                f"COPY (SELECT {sql.SHOWN}, points, tier, joined, head FROM roll) TO '{rows}'"
            )
            with keys.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(source.execute(asked, ()).fetchall())
            self._roll.execute(f"CREATE TABLE roll AS FROM '{rows}'")
            self._roll.execute(
                f"CREATE TABLE keys AS FROM read_csv('{keys}', header = false, auto_detect = false,"
                "columns = {'key': 'VARCHAR', 'n': 'INTEGER'}) ORDER BY key"
            )

    def find(self, text: str) -> None:
        """How many there are, their points, and the first rows, whole."""
        typed = name_key(text)
        where, given = f"WHERE {sql.head_of(typed)}", {}
        if sql.is_of_numbers(typed):
            where = "WHERE n IN (SELECT n FROM keys WHERE key >= $typed AND key < $end)"
            given = {"typed": typed, "end": typed + sql.BEYOND}
        asked = sql.found(where, sql.order(Wanted(text)), FIRST_ROWS)
        rows = self._roll.execute(asked, given).fetchall()
        with self._store.reader() as source:
            numbers = ",".join(str(row[0]) for row in rows)
            source.execute(sql.MEMBERS_BY_N.format(numbers), ()).fetchall()

    def asked_by(self, look: Callable[[], object]) -> list[str]:
        """What a look on this thread asks of the store, with its values."""
        asked: list[str] = []
        with self._store.reader() as lent:
            connection: Any = lent
        connection.set_trace_callback(asked.append)
        try:
            look()  # the store lends what it was given back last
        finally:
            connection.set_trace_callback(None)
        return [text for text in asked if text.startswith(("SELECT", "WITH"))]

    def ask(self, texts: list[str]) -> None:
        """The same once more."""
        with self._store.reader() as source:
            for text in texts:
                source.execute(text, ()).fetchall()


class _Bench:
    """The page in a window, on the real store."""

    def __init__(self, shop: Shop, staff: Staff) -> None:
        self._app = application(100)
        look = Look.load("light")
        look.apply(self._app)
        self._shop, self._staff = shop, staff
        self._work = Work(lambda: nullcontext(shop))
        self._page = MembersPage(look, self._work, staff)
        self._page.resize(1190, 724)
        self._page.show()
        self._page.refresh()
        self._wait(lambda: not self._work.is_busy and bool(self._page.count.text()))

    def typed(self, texts: list[str], size: int, bare: _Bare) -> list[Row]:
        ours, limit = [], []
        for text in texts:
            begun = time.perf_counter()
            self._type(text)
            self._wait(lambda: not self._work.is_busy)
            self._paint()
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            bare.find(text)
            self._paint()
            limit.append(time.perf_counter() - begun)
        work = f"key → rows painted, {size:,} members"
        return [
            Row(19, work, *_medians(limit, ours), 1.5),
            Row(19, f"{work}, 95 of 100", _late(limit), _late(ours), 1.5),
            Row(19, f"{work}, 95 of 100 within 50 ms", KEY_US, _late(ours), 1),
        ]

    def opened(self, size: int, bare: _Bare) -> list[Row]:
        ours, limit = [], []
        self._type("1")
        self._wait(lambda: not self._work.is_busy)
        rows = self._page.table.view.rows
        for at in range(min(TIMES, len(rows), 40)):
            begun = time.perf_counter()
            self._page.table.choose(at)
            self._wait(lambda: not self._work.is_busy)
            self._paint()
            ours.append(time.perf_counter() - begun)
            member_id = self._page.panel.member_id
            assert member_id is not None
            asked = bare.asked_by(partial(record_file, self._shop, member_id, staff=self._staff))
            begun = time.perf_counter()
            bare.ask(asked)
            self._paint()
            limit.append(time.perf_counter() - begun)
        work = f"row chosen → file painted, {size:,} members"
        return [
            Row(20, work, *_medians(limit, ours), 2),
            Row(20, f"{work}, 95 of 100 within 100 ms", FILE_US, _late(ours), 1),
        ]

    def close(self) -> None:
        self._work.stop()
        self._page.deleteLater()

    def _type(self, text: str) -> None:
        """As a key or an input method leaves it there."""
        self._page.search.edit.setText(text)
        self._page.search.edit.textEdited.emit(text)

    def _paint(self) -> None:
        QApplication.processEvents()
        self._page.repaint()
        self._page.table.view.viewport().repaint()

    def _wait(self, is_done: Callable[[], bool]) -> None:
        until = time.perf_counter() + PATIENCE_S
        while not is_done():
            QApplication.processEvents()
            time.sleep(0.0002)
            if time.perf_counter() > until:
                raise RuntimeError("the page does not answer")


def _medians(limit: list[float], ours: list[float]) -> tuple[float, float]:
    return statistics.median(limit) * 1e6, statistics.median(ours) * 1e6


def _late(seconds: list[float]) -> float:
    """95 of a hundred are sooner."""
    return sorted(seconds)[len(seconds) * 95 // 100] * 1e6
