"""8: settle of 20 lines against the same rows by the raw driver: one durable transaction each."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil

from benchmarks.pricing import basket_of_twenty, shipped_rulebook
from benchmarks.timing import Row
from core.actions import counter as counters
from core.actions.day import open_day
from core.actions.join_member import join_member
from core.actions.set_up import set_up
from core.actions.settle import settle
from core.members.consent import CONSENT
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.pricing.tender import Tender, TenderKind
from core.shop import Shop
from core.trust.staff import Staff
from storage.engine import connect
from storage.home import prepare_home
from storage.store import TillStore, store_path

SALES = 600
WARM, SOLD = 200, 1000
MOST_GROWTH_MIB = 5.0
MEMBERS = 60
# Tables of a sale in which each sale has rows of its own, and how those are found.
_BY_SALE = ("sale_lines", "tenders", "receipts", "transfers", "lots")
_NEWEST = ("audit", "events")


def rows() -> list[Row]:
    """The quote of settling is measured apart and taken off: it has a row of its own (6)."""
    # First, while the process is small: freed memory would hide what grows later.
    with (
        tempfile.TemporaryDirectory() as folder,
        bench_home(Path(folder) / "grown") as (shop, staff, _, _),
    ):
        growth = _growth(shop, staff)
    with (
        tempfile.TemporaryDirectory() as folder,
        bench_home(Path(folder) / "ours") as (shop, staff, store, key),
    ):
        ours, raw = _turn_by_turn(Path(folder), shop, staff, store, key)
    tail = sorted(ours)[len(ours) * 99 // 100]
    return [
        Row(8, "settle, 20 lines", statistics.median(raw), statistics.median(ours), 2.5,
            tail=tail, most_tail=8000),
        Row(11, f"memory grown over {SOLD:,} sales", MOST_GROWTH_MIB, growth, 1, unit="MiB"),
    ]  # fmt: skip


@contextmanager
def bench_home(home: Path) -> Iterator[tuple[Shop, Staff, TillStore, bytes]]:
    """A real home with an open day."""
    with prepare_home(
        home,
        store_name="中山路店",
        store_code="S01",
        till_no=1,
        zone="Asia/Shanghai",
        recovery=home / "recovery.txt",
        recovery_words="",
    ) as found:
        shop = Shop(found.store, found.clock, found.dice, found.pins, found.machine)
        staff = set_up(shop, rulebook=shipped_rulebook(), manager="店长", pin="246810")
        open_day(shop, float_fen=0, staff=staff)
        from storage.home import home_key

        yield shop, staff, found.store, home_key(home).key


def _turn_by_turn(
    folder: Path, shop: Shop, staff: Staff, store: TillStore, key: bytes
) -> tuple[list[float], list[float]]:
    members = [
        join_member(
            shop,
            Basket(shop.new_id()),
            name="李小华",
            phone=f"138001356{n:02d}",
            staff=staff,
            consent=CONSENT,
        ).basket.member_id
        for n in range(MEMBERS)
    ]
    twin = folder / "twin" / "store.db"
    twin.parent.mkdir()
    store.copy_to(twin)
    raw, reading = connect(twin, key), connect(store_path(store.home), key, is_reader=True)
    ours: list[float] = []
    least: list[float] = []
    gc.collect()
    try:
        for number in range(SALES):
            basket, shown, priced_us = _ready(shop, members[number % MEMBERS])
            begun = time.perf_counter_ns()
            settle(shop, basket, shown=shown, staff=staff)
            span = (time.perf_counter_ns() - begun) / 1000 - priced_us
            copied = _rows_of_last(reading, basket.sale_id)
            begun = time.perf_counter_ns()
            _write(raw, copied)
            if number >= SALES // 10:
                ours.append(span)
                least.append((time.perf_counter_ns() - begun) / 1000)
    finally:
        raw.close()
        reading.close()
    return ours, least


def _growth(shop: Shop, staff: Staff) -> float:
    """MiB by which the process grows over many sales, once everything is warm."""
    warm = 0
    for number in range(WARM + SOLD):
        if number == WARM:
            gc.collect()
            warm = _resident()
        basket, shown, _ = _ready(shop, None)
        settle(shop, basket, shown=shown, staff=staff)
    gc.collect()
    return (_resident() - warm) / (1 << 20)


def _resident() -> int:
    return psutil.Process().memory_info().rss


def _ready(shop: Shop, member: UUID | None) -> tuple[Basket, str, float]:
    twenty = basket_of_twenty()
    basket = Basket(shop.new_id(), twenty.lines, member, (), twenty.next_line)
    payable = counters.reprice(shop, basket).quote.payable_fen
    paid = basket.with_tenders((Tender(TenderKind.CASH, payable),))
    counter = counters.tendered(shop, paid)
    begun = time.perf_counter_ns()
    quote(paid, counter.file.standing if counter.file else None,
                   counter.rulebook, _moment(shop))  # fmt: skip
    return paid, counter.quote.hash, (time.perf_counter_ns() - begun) / 1000


def _moment(shop: Shop) -> Any:
    with shop.store.read() as reading:
        return shop.moment(reading)


def _rows_of_last(reading: Any, sale_id: UUID) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The rows that a sale wrote, as statements for the raw driver."""
    found = []
    queries = [("sales", "id = ?")] + [(table, "sale_id = ?") for table in _BY_SALE]
    for table, where in queries:
        rows = reading.execute(f"SELECT * FROM {table} WHERE {where}", (sale_id.bytes,)).fetchall()
        found.append((_insert(table, rows), rows))
    for table in _NEWEST:
        order = "seq" if table == "audit" else "n"
        rows = reading.execute(f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT 1").fetchall()
        found.append((_insert(table, rows), rows))
    heads = reading.execute("SELECT seq, hash, at_us, chain FROM heads").fetchall()
    found.append(("UPDATE heads SET seq = ?, hash = ?, at_us = ? WHERE chain = ?", heads))
    points = reading.execute("SELECT points, member_id, kind FROM balances").fetchall()
    found.append(("UPDATE balances SET points = ? WHERE member_id = ? AND kind = ?", points))
    return [(sql, rows) for sql, rows in found if rows]


def _insert(table: str, rows: list[tuple[Any, ...]]) -> str:
    places = ", ".join("?" * len(rows[0])) if rows else ""
    return f"INSERT INTO {table} VALUES ({places})"


def _write(raw: Any, statements: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for sql, rows in statements:
        raw.executemany(sql, rows)
    raw.execute("COMMIT")
