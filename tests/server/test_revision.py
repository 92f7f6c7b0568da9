"""版本: a database that an earlier program made becomes what a new one is, with all in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, inspect, text

from core.actions.verify_office import Verified, verify_office
from core.errors import StoreNewer
from core.sync.fact import GENESIS, is_linked
from server.program import opened_office
from storage.office import revision
from storage.office.engine import make_engine
from storage.office.first_steps import Missing
from storage.office.store import OfficeDatabase, open_office
from tests.server.arrival import read_all
from tests.server.kept import kept, private_of
from tests.server.offices import PROGRAMS, old
from tests.server.tills import said, sent

TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE NOT tgisinternal AND tgenabled = 'O' AND nspname = current_schema()"
    ),
}

OPTIONS = (
    "SELECT relname, unnest(reloptions) FROM pg_class "
    "WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)


def shape(url: str):
    """Tables with all that they demand, as the database tells them; not in which order.

    What a column has by itself is left out: a step must give one to rows that are there already.
    """
    engine = make_engine(url)
    seen = inspect(engine)
    with engine.connect() as connection:
        triggers = sorted(map(tuple, connection.execute(text(TRIGGERS[engine.dialect.name]))))
        is_there = engine.dialect.name == "postgresql"
        options = sorted(map(tuple, connection.execute(text(OPTIONS)))) if is_there else []
    tables = {name: _shape_of(seen, name) for name in seen.get_table_names()}
    engine.dispose()
    return tables, triggers, options


def _shape_of(seen, name: str):
    return {
        "columns": sorted(
            (each["name"], str(each["type"]), each["nullable"]) for each in seen.get_columns(name)
        ),
        "key": seen.get_pk_constraint(name)["constrained_columns"],
        "refers": [
            (each["constrained_columns"], each["referred_table"])
            for each in seen.get_foreign_keys(name)
        ],
        "indexes": sorted(
            (each["name"], each["column_names"], each["unique"], str(_where(each)))
            for each in seen.get_indexes(name)
        ),
        "unique": sorted(each["column_names"] for each in seen.get_unique_constraints(name)),
        "checks": sorted(each["sqltext"] for each in seen.get_check_constraints(name)),
    }


def _where(index) -> str | None:
    told = index.get("dialect_options", {})
    return next((str(said) for name, said in told.items() if name.endswith("_where")), None)


@pytest.fixture
def fresh(database, request, tmp_path):
    """The address of a second database of the same kind, made by this program."""
    if database.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'fresh.db'}"
    else:
        url = request.getfixturevalue("postgres").fresh()
    open_office(url).close()
    return url


@pytest.mark.parametrize("program", PROGRAMS)
def test_tables_made_by_steps_are_those_that_are_made_at_once(program, database, fresh):
    old(program, database).make()
    open_office(database).close()
    assert shape(database) == shape(fresh)


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_old_office_goes_on_with_all_that_it_had(program, database):
    old(program, database).make()
    with opened_office(database, None) as office:
        with office.store.read() as reading:
            one, two = (reading.tills.at("S01", no) for no in (1, 2))
            arrived = reading.received.after(0, at_most=100)
        assert [(each.event.till_id, each.event.seq) for each in arrived] == [
            (two.id, 1),
            (one.id, 1),
            (one.id, 2),
            (two.id, 3),
        ], "in the order in which they came"
        joined, credited = kept(office, one.id)
        assert joined.prev == GENESIS and credited.prev == joined.hash
        assert all(is_linked(each) for each in (joined, credited))
        member = {each.field: each for each in private_of(office, joined.id)}
        assert member["name"].value == "王秀英"
        read_all(office)
        with office.store.read() as reading:
            found = reading.members.get(member["name"].member_id)
            assert reading.accounts.balance(found.id).available == 70
        assert verify_office(office) == Verified(4, 1)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_till_of_an_old_office_goes_on_where_it_was(program, database):
    before = old(program, database).make()
    with opened_office(database, None) as office:
        with office.store.read() as reading:
            place = reading.tills.at("S01", 2)
        till = before.till(2, place.id)
        till.go_back_to(kept(office, place.id)[-1])
        pushed = sent(office, till.begin(office), before.left(), till.note())
        assert said(pushed) == ["accepted", "accepted"]
        assert pushed.durable_through == 4, "what came behind the gap is counted"
        with office.store.read() as reading:
            places = [each.pos for each in reading.received.after(0, at_most=100)]
            assert len(places) == 6
            assert places == sorted(places)


class Killed(BaseException):
    """The process is no more."""


@contextmanager
def killed_at(url: str, number: int) -> Iterator[OfficeDatabase]:
    """An office whose process ends before a statement of this number."""
    engine, left = make_engine(url), [number]

    def count(*_: object) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield OfficeDatabase(engine)
    finally:
        engine.dispose()


def test_whoever_is_killed_while_it_steps_has_taken_no_step(database):
    old(PROGRAMS[0], database).make()
    before, number, step = shape(database), 0, 3 if database.startswith("sqlite") else 19
    while True:
        with killed_at(database, number) as store:
            try:
                store.prepare()
                break
            except Killed:
                number += step
        if number % 5 == 0:
            assert shape(database) == before
    assert number > 50, "there are as many statements"
    with opened_office(database, None) as office, office.store.read() as reading:
        assert reading.received.count() == 4


def test_steps_are_taken_once_and_a_newer_store_is_left_alone(database, monkeypatch):
    add = ("ALTER TABLE stores ADD COLUMN town VARCHAR",)
    step = (
        Missing("stores", "town", add, add),
        Missing("stores", "town", ("no statement",), ("no statement",)),
        "INSERT INTO stores VALUES ('S01', '中山路店', '广州')",
    )
    open_office(database).close()
    with monkeypatch.context() as newer:
        newer.setattr(revision, "STEPS", (*revision.STEPS, step))
        for _ in range(2):
            store = open_office(database)
            with store._engine.begin() as connection:
                towns = connection.execute(text("SELECT town FROM stores")).scalars().all()
                now = connection.execute(text("SELECT revision FROM chain")).scalar()
            store.close()
            assert towns == ["广州"]
            assert now == revision.newest()
    with pytest.raises(StoreNewer):
        open_office(database)
