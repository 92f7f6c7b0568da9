"""16: changes of members taken page by page, against the same rows by the raw driver.

Of ten members one comes to this store: that one gets a record, keys, lots and a balance; all of
them stand in the directory with their blind keys. Both are counted in rows and in the time of the
processor, and write a page in one durable transaction.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Raw

from benchmarks.settling import bench_home
from benchmarks.timing import Row
from core.actions.take_members import look_ahead, read_told, take_members
from core.ports.directory import Current
from core.shop import Shop
from core.sync.directory import Blind, LotHeld, MemberTold, Person, blind_key, check_of
from core.sync.feed import MOST_KEYS, Change
from storage.columns import Connection
from storage.directory import directory_path, make_tables, open_directory
from storage.engine import connect
from storage.store import store_path

CHANGES, OWN = 20_000, 10
CHAIN_KEY, SNAPSHOT = b"k" * 32, UUID(int=7)
LAST_DAY = date(2028, 12, 31)
_TABLES = ("members", "member_keys", "transfers", "lots", "balances", "confirmed_members")
_IN_DIRECTORY = ("members", "card_keys", "phone_keys")


def rows() -> list[Row]:
    """Microseconds of the processor for a row."""
    with (
        tempfile.TemporaryDirectory() as folder,
        bench_home(Path(folder) / "ours") as (shop, _, store, key),
    ):
        path = directory_path(store.home, SNAPSHOT)
        made = open_directory(path, key, is_new=True)
        make_tables(made)
        with shop.store.write() as tx:
            tx.snapshots.switch(Current(SNAPSHOT, 1))
        with store.reader() as reader:
            before = _count(reader, _TABLES)
            took_s, longest_s = _take(shop)
        with store.reader() as reader:
            count = _count(reader, _TABLES) - before + _count(made, _IN_DIRECTORY)
        made.close()
        raw_s = _raw(store_path(store.home).with_name("raw.db"), key, count)
    work = f"{CHANGES:,} changes of members merged, a row"
    return [
        Row(16, work, raw_s / count * 1e6, took_s / count * 1e6, 2),
        Row(16, "... the longest transaction beside the counter", 20, longest_s * 1e3, 1, "ms"),
    ]


def _take(shop: Shop) -> tuple[float, float]:
    """Seconds in all, and of the longest transaction."""
    pages = list(_pages())
    begun, longest = time.process_time(), 0.0
    for page in pages:
        told = [read_told(change) for change in page]
        ahead = look_ahead(shop, 1, told)
        at = time.process_time()
        with shop.store.write() as tx:
            outcomes = take_members(shop, tx, shop.moment(tx), told, ahead)
        longest = max(longest, time.process_time() - at)
        if not all(isinstance(each, bool) for each in outcomes):
            raise RuntimeError(outcomes)
    return time.process_time() - begun, longest


def _pages() -> Iterator[list[Change]]:
    for first in range(1, CHANGES, MOST_KEYS):
        told = map(_told, range(first, first + MOST_KEYS))
        yield [Change("member", e.id.hex, Raw(msgspec.json.encode(e))) for e in told]


def _told(no: int) -> MemberTold:
    card, phone = f"77{no:08d}", f"+86139{no:08d}"
    lots = tuple(LotHeld(UUID(int=(no << 64) + at), 100 * at, LAST_DAY) for at in (1, 2))
    person = Person(f"张三{no % 97}", phone, card, joined_on=date(2025, 5, 1))
    return MemberTold(
        UUID(bytes=sha256(str(no).encode()).digest()[:16]),
        "张**",
        "normal",
        0,
        check_of(300, 0, 0, lots),
        cards=(blind_key(CHAIN_KEY, Blind.CARD, card).hex(),),
        phones=(blind_key(CHAIN_KEY, Blind.PHONE, phone).hex(),),
        available=300,
        lots=lots,
        person=None if no % OWN else person,
    )


def _count(connection: Connection, tables: tuple[str, ...]) -> int:
    counts = (connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables)
    return sum(int(row[0]) for row in counts if row is not None)


def _raw(path: Path, key: bytes, count: int) -> float:
    """Seconds for so many rows with an index, as many in a transaction as a page has."""
    connection = connect(path, key, is_new=True)
    connection.execute(
        "CREATE TABLE raw (id BLOB PRIMARY KEY, name TEXT, points INTEGER, key BLOB)"
    )
    connection.execute("CREATE INDEX raw_key ON raw (key)")
    each = max(1, count * MOST_KEYS // CHANGES)
    marks = (sha256(str(no).encode()).digest() for no in range(count))  # as keys and ids lie
    made = [(mark[:16], "张**", no, mark[16:]) for no, mark in enumerate(marks)]
    begun = time.process_time()
    for at in range(0, count, each):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO raw VALUES (?, ?, ?, ?)", made[at : at + each])
        connection.execute("COMMIT")
    took = time.process_time() - begun
    connection.close()
    return took
