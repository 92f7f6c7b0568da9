"""15: a snapshot of a chain to a till that has joined it, from a real server on PostgreSQL.

Own members first: a five-hundredth of all, as of a chain of so many stores. The limit are the rows
of the directory put into the same encrypted tables by nothing but executemany.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import psycopg
from msgspec import Struct

import main
from benchmarks.homes import SEED
from benchmarks.timing import Row
from core.actions import sync
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.login import login
from core.actions.take_snapshot import SnapshotTaker
from core.shop import Shop
from core.sync.directory import Blind, blind_key
from core.sync.effects import CARD, NAME, PHONE, TIER
from core.sync.snapshot import Row as Listed
from core.values.ident import uuid7
from server.program import opened_office
from storage.central import HttpCentral
from storage.directory import ADD_KEY, ADD_MEMBER, DIRECTORY_MARK, make_tables
from storage.engine import LARGE_CACHE_KIB, connect
from storage.signatures import Ed25519
from storage.store import TillStore
from tests.server.postgres import binaries, running
from tests.server.program import serving
from tests.server.tills import NOW_US, TODAY

PIN = "246810"
OF_STORE = 500
"""One of so many members is one of the till's own store."""
NAMES = ("李*华", "王*", "欧阳*娜", "张*三", "陈*明", "M*** S***")
TIERS = ("normal", "silver", "gold")
Spent = tuple[float, float]
"""Seconds by the wall, and of this process's own work."""


class Person(Struct, frozen=True):
    """Somebody of the chain."""

    id: UUID
    card_no: str
    phone: str
    name: str
    tier: str
    points: int


def rows(size: int) -> list[Row]:
    """Nothing where there is no PostgreSQL."""
    programs = binaries()
    if programs is None:
        return []
    with running(programs, settings="") as postgres, TemporaryDirectory() as folder:
        own, whole, limit = _measured(postgres.fresh(), Path(folder), size)
    work = f"snapshot of {size:,} members"
    return [
        Row(15, f"{work}, all", limit[0], whole[0], target=2, unit="s"),
        Row(
            15, f"... {size // OF_STORE:,} of the own store", limit[0], own[0], target=0.1, unit="s"
        ),
        Row(15, "... all, work of the till alone", limit[1], whole[1], target=2, unit="s"),
    ]


def _measured(url: str, folder: Path, size: int) -> tuple[Spent, Spent, Spent]:
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
        code = make_enrolment(office, "S01", 1)
        with office.store.read() as look:
            key = look.chain_key
    people = list(_people(size))
    listed = [_listed(person, key) for person in people]
    _fill(url, people, listed)
    with serving(url, "--chain", "康源", "--log-level", "WARNING") as server:
        own, whole = _taken(folder / "home", str(server.client.base_url), code, size)
    return own, whole, _raw(folder, listed)


def _taken(home: Path, url: str, code: str, size: int) -> tuple[Spent, Spent]:
    with redirect_stdout(StringIO()):
        words = ("--store", "中山路店", "--till", "1", "--manager", "店长", "--pin", PIN)
        assert main.main(["setup", "--home", str(home), *words]) == 0
    with main.opened(home) as shop, closing(HttpCentral()) as central:
        keys, staff = Ed25519(), login(shop, PIN)
        sync.join_chain(shop, central, keys, url=url, code=code, staff=staff, program="bench")
        session, _ = sync.begin(shop, central, keys, program="bench")
        with closing(SnapshotTaker(shop)) as taker:
            spent = _spent()
            while not (progress := taker.step(central, session)).is_told:
                pass
            own = spent()
            while not progress.is_done:
                progress = taker.step(central, session)
            whole = spent()
        _check(shop, size)
    return own, whole


def _check(shop: Shop, size: int) -> None:
    assert isinstance(shop.store, TillStore)
    assert shop.store.directory.count() == size
    with shop.store.reader() as reader:
        found = reader.execute("SELECT count(*) FROM members").fetchone()
    assert found == (size // OF_STORE,), found


def _spent() -> Callable[[], Spent]:
    wall, work = time.perf_counter(), time.process_time()
    return lambda: (time.perf_counter() - wall, time.process_time() - work)


def _raw(folder: Path, listed: list[Listed]) -> Spent:
    path, key = folder / "raw.db", bytes(range(32))
    connection = connect(path, key, is_new=True, mark=DIRECTORY_MARK, cache_kib=LARGE_CACHE_KIB)
    make_tables(connection)
    spent = _spent()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(ADD_MEMBER, listed)
    connection.executemany(ADD_KEY[Blind.CARD], ((row[5], row[0]) for row in listed))
    connection.executemany(ADD_KEY[Blind.PHONE], ((row[6], row[0]) for row in listed))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    took = spent()
    connection.close()
    return took


def _people(size: int) -> Iterator[Person]:
    dice = random.Random(SEED)
    for no in range(size):
        ident = uuid7(NOW_US + no * 1000, dice.randbytes(10))
        name, tier = dice.choice(NAMES), dice.choice(TIERS)
        yield Person(ident, f"66{no:010}", f"+8613{no:09}", name, tier, dice.randrange(1, 9000))


def _listed(person: Person, key: bytes) -> Listed:
    card, phone = (
        blind_key(key, Blind.CARD, person.card_no),
        blind_key(key, Blind.PHONE, person.phone),
    )
    return (person.id.bytes, person.name, person.tier, person.points, 0, card, phone)


def _fill(url: str, people: list[Person], listed: list[Listed]) -> None:
    """As the readings of so many members stand; by COPY, since nobody measures it."""
    own = people[::OF_STORE]
    with psycopg.connect(url) as there:
        _copy(there, "members", ((each.id, each.id) for each in people))
        _copy(there, "accounts", ((each.id, "available", each.points) for each in people))
        _copy(
            there,
            "directory",
            ((UUID(bytes=row[0]), row[1], row[2], False, row[5], row[6], None) for row in listed),
        )
        _copy(there, "visits", ((each.id, "S01", TODAY.toordinal()) for each in own))
        _copy(there, "lots", ((_of(each), each.id, each.points, None) for each in own))
        _copy(
            there,
            "member_fields",
            (
                (each.id, field, _of(each), value, NOW_US, 1, 1, None)
                for each in own
                for field, value in (
                    (NAME, "李小华"),
                    (PHONE, each.phone),
                    (CARD, each.card_no),
                    (TIER, each.tier),
                )
            ),
        )
        there.commit()
        there.autocommit = True
        there.execute("VACUUM ANALYZE")


def _copy(there: psycopg.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    with there.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _of(person: Person) -> UUID:
    return UUID(int=person.id.int ^ 1)
