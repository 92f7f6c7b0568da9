"""The store of the server: its tables, what it keeps for ever, and when it is out of reach."""

from __future__ import annotations

import stat
import time
from urllib.parse import urlsplit

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from core.actions.enrol_till import name_store
from core.errors import ServerStoreUnreachable
from core.ports.office import Apart
from server.app import make_app
from server.program import opened_office
from storage.office.store import open_office
from storage.office.tables import OFFICE
from tests.server.conftest import PATIENT
from tests.server.kept import kept
from tests.server.tills import TillAtWork, said, sent


def do(office, statement: str):
    with office.store._engine.begin() as connection:
        return connection.execute(text(statement))


def test_the_store_makes_its_tables_once(office, database):
    till = TillAtWork().join(office)
    with opened_office(database, None) as again:
        assert again.store._engine is not office.store._engine
        assert sent(again, till.begin(again), till.note()).durable_through == 1
    assert set(inspect(office.store._engine).get_table_names()) == set(OFFICE.tables)


@pytest.mark.parametrize("statement", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_an_event_is_kept_for_ever(office, statement):
    till = TillAtWork().join(office)
    sent(office, till.begin(office), till.note())
    with pytest.raises(DBAPIError, match="kept for ever"):
        do(office, statement)
    assert kept(office, till.id) == till.events


def test_whole_numbers_are_wide(office):
    till = TillAtWork().join(office)
    largest = 2**53
    with office.store.write() as tx:
        tx.received.keep_apart(Apart(b"m", "", till.id, largest, largest, "", largest))
    with office.store.read() as reading:
        assert reading.received.is_apart(b"m")


def test_a_block_that_fails_leaves_nothing(office):
    till = TillAtWork().join(office)
    with pytest.raises(ZeroDivisionError), office.store.write() as tx:
        tx.received.add(till.note(), at_us=1)
        assert tx.received.count() == 1
        raise ZeroDivisionError
    with office.store.read() as reading:
        assert reading.received.count() == 0


def test_only_its_owner_reads_the_file_of_a_small_shop(tmp_path):
    with opened_office(None, tmp_path / "chain"):
        path = tmp_path / "chain" / "office.db"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_database_that_goes_away_is_said_and_waited_for(postgres):
    url = postgres.fresh_database()
    name = urlsplit(url).path[1:]
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
        till = TillAtWork().join(office)
        session = till.begin(office)
        postgres.do(cut)
        with pytest.raises(ServerStoreUnreachable):
            sent(office, session, till.note())
        assert said(sent(office, session, *till.events)) == ["accepted"], "it is back by itself"
        with TestClient(make_app(office, PATIENT), raise_server_exceptions=False) as client:
            postgres.do(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            postgres.do(cut)
            answer = client.get("/v1/health")
            assert (answer.status_code, answer.json()["problem"]) == (503, "ServerStoreUnreachable")
            assert answer.headers["retry-after"]
            with pytest.raises(ServerStoreUnreachable):
                sent(office, session, *till.events)
            postgres.do(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            assert client.get("/v1/health").status_code == 200
            assert said(sent(office, session, *till.events)) == ["duplicate"]


def test_a_database_that_refuses_us_is_said_and_not_taken_for_a_bug(postgres):
    url = postgres.fresh_database()
    name = urlsplit(url).path[1:]
    with opened_office(url, None) as office:
        name_store(office, "S01", "中山路店")
    postgres.do(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with opened_office(url, None) as office, pytest.raises(ServerStoreUnreachable) as refused:
        name_store(office, "S02", "北京路店")
    assert refused.value.detail == "25006"
    postgres.do(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    postgres.do("CREATE ROLE clerk LOGIN")
    with pytest.raises(ServerStoreUnreachable) as refused:
        open_office(url.replace("postgres@", "clerk@"))
    assert refused.value.detail == "42501"
    patient = f"{url}?options=-c%20idle_in_transaction_session_timeout%3D20"
    with (
        opened_office(patient, None) as office,
        pytest.raises(ServerStoreUnreachable) as refused,
        office.store.read() as reading,
    ):
        reading.stores.all()
        time.sleep(0.1)
        reading.stores.all()
    assert refused.value.detail in ("25P03", "gone")


def test_what_a_statement_was_given_stands_in_no_trace(office):
    till = TillAtWork().join(office)
    event, private = till.join_member()
    with pytest.raises(ServerStoreUnreachable) as twice, office.store.write() as tx:
        for _ in range(2):
            tx.received.add(event, at_us=1)
    assert private.value not in str(twice.value.__cause__)


def test_what_was_used_last_is_used_next(postgres):
    """Its statements are prepared there: another one would have to learn them."""
    with opened_office(postgres.fresh(), None) as office:
        with office.store.read(), office.store.read():
            pass
        used = {do(office, "SELECT pg_backend_pid()").scalar_one() for _ in range(4)}
    assert len(used) == 1
