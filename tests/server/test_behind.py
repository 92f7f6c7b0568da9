"""职责: what is done behind is done once, in order of arrival; one bad event stops nobody."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack
from threading import Event

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from starlette.testclient import TestClient

from core.actions.duties import Duty, Went, go_on
from core.actions.head_office import open_cases
from core.actions.price_behind import pricing_behind
from core.errors import ServerStoreUnreachable
from server.app import make_app
from server.behind import Behind
from server.metrics import Metrics
from server.program import opened_office
from server.settings import Settings
from storage.office.arrival import ROWS
from tests.server.tills import TillAtWork, as_json, push_of, said, sent

NOTES = "notes"


def arrived(office, after=0, at_most=100):
    """What the events after a place say, in the order of their arrival, and the last place."""
    with office.store.read() as reading:
        found = reading.received.after(after, at_most=at_most)
    assert [each.pos for each in found] == sorted({each.pos for each in found})
    return [told(each) for each in found], found[-1].pos if found else after


def told(each):
    return json.loads(each.event.data)["body"].get("reason", each.event.kind)


def reading_aloud(said_aloud, *, fails_at=()):
    """A duty that says what it has read once that is written."""

    def work(_, events):
        words = [told(each) for each in events]
        if set(words) & set(fails_at):
            raise ValueError(words)
        return lambda tx: said_aloud.extend(words)

    return work


def test_events_are_read_in_the_order_in_which_they_came(office):
    one, two = (TillAtWork().join(office) for _ in range(2))
    first, second = one.begin(office), two.begin(office)
    sent(office, second, two.note("a"), two.note("b"))
    sent(office, first, one.note("c"))
    sent(office, second, two.note("d"))
    words, place = arrived(office, at_most=3)
    assert words == ["a", "b", "c"]
    assert arrived(office, place)[0] == ["d"]
    with office.store.read() as reading:
        first_us = office.clock.now_us()
        assert reading.received.behind(place) == (1, first_us)
        assert reading.received.behind(reading.received.newest()) == (0, None)
        assert reading.received.after(0, at_most=9, until=place)[-1].pos == place


def test_personal_values_come_with_their_event(office):
    till = TillAtWork().join(office)
    event, _ = till.join_member()
    sent(office, till.begin(office), event, till.note())
    with office.store.read() as reading:
        first, second = reading.received.after(0, at_most=9)
    assert (first.event, second.event.private) == (event, ())


def test_what_is_written_now_is_not_passed_by_what_is_committed_before_it(postgres):
    with opened_office(postgres.fresh(), None) as office, ExitStack() as stack:
        slow, quick = TillAtWork(1), TillAtWork(2)
        tx = stack.enter_context(office.store.write())
        tx.received.add(slow.note("begun first"), at_us=1)
        tx.received.write()
        with office.store.write() as other:
            other.received.add(quick.note("committed first"), at_us=2)
        assert arrived(office) == ([], 0), "something may come before it"
        stack.close()
        assert arrived(office)[0] == ["begun first", "committed first"]


def test_a_database_that_counts_anew_goes_on_behind_what_is_there(postgres):
    url = postgres.fresh()
    with opened_office(url, None) as office, office.store.write() as tx:
        tx.received.add(TillAtWork(1).note("before"), at_us=1)
    with opened_office(url, None) as office:
        _, before = arrived(office)
        # As in a cluster that is older by many transactions than the one it is restored to.
        with office.store._engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(f"UPDATE events SET pos = pos + {10_000 * ROWS}"))
    for word in ("after", "later"):
        with opened_office(url, None) as office, office.store.write() as tx:
            tx.received.add(TillAtWork(1).note(word), at_us=2)
    with opened_office(url, None) as office:
        words, place = arrived(office)
        assert words == ["before", "after", "later"]
        assert place > before + 10_000 * ROWS


def test_an_event_that_a_duty_fails_at_is_passed_and_becomes_a_case(office):
    till = TillAtWork().join(office)
    events = [till.note(word) for word in "abcde"]
    sent(office, till.begin(office), *events)
    done: list[str] = []
    work = reading_aloud(done, fails_at="bd")
    went = go_on(office, NOTES, work, at_most=4)
    assert [type(fault) for fault in went.faults] == [ValueError] * 2
    assert done == ["a", "c"]
    assert go_on(office, NOTES, work, at_most=4) == Went(False)
    assert go_on(office, NOTES, work, at_most=4) == Went(False)
    assert done == ["a", "c", "e"]
    told_of = {(case.kind, case.about, case.detail) for case in open_cases(office)}
    assert told_of == {("passed", events[at].id.hex, "notes ValueError") for at in (1, 3)}


def test_a_store_that_is_away_passes_nothing(office):
    till = TillAtWork().join(office)
    sent(office, till.begin(office), till.note("a"))

    def away(*_):
        raise ServerStoreUnreachable("gone")

    with pytest.raises(ServerStoreUnreachable):
        go_on(office, NOTES, away)
    done: list[str] = []
    go_on(office, NOTES, reading_aloud(done))
    assert done == ["a"]
    assert open_cases(office) == ()


def test_sales_are_priced_behind_and_once_at_once_again_the_rest_is(office):
    till = TillAtWork().join(office)
    session = till.begin(office)
    sent(office, session, till.sell(payable_fen=1))
    behind = replace(office, prices_behind=True)
    (duty,) = pricing_behind(behind)
    assert said(sent(behind, session, till.sell(payable_fen=2), till.sell())) == ["accepted"] * 2
    assert kinds(office) == ["price"], "only what was priced at once"
    duty.step(behind)
    assert kinds(office) == ["price"] * 2, "and what has come since"
    sent(behind, session, till.sell(payable_fen=3))
    (rest,) = pricing_behind(office)
    sent(office, session, till.sell(payable_fen=4))
    assert kinds(office) == ["price"] * 3
    rest.step(office)
    assert kinds(office) == ["price"] * 4
    assert pricing_behind(office) == ()


def kinds(office):
    return [case.kind for case in open_cases(office)]


def test_a_server_that_prices_behind_is_nudged_by_each_push(office):
    till = TillAtWork().join(office)
    behind = replace(office, prices_behind=True)
    with TestClient(make_app(behind, Settings())) as client:
        session = till.begin(office)
        for fen in range(2):
            body = push_of(till.sell(payable_fen=fen))
            headers = {"authorization": f"Bearer {session.token}"}
            assert client.post("/v1/events", content=as_json(body), headers=headers).is_success
            waited = Event()
            while len(kinds(office)) <= fen:
                waited.wait(0.01)
        figures = client.get("/metrics").text
    assert 'shuke_duty_behind_events{duty="price"} 0' in figures
    assert 'shuke_duty_behind_seconds{duty="price"} 0' in figures


def test_a_push_wakes_only_who_reads_it(monkeypatch):
    monkeypatch.setattr("server.behind.FIRST_S", 60.0)
    looked, woken, waited = [], Event(), Event()

    def look(name):
        looked.append(name)
        if looked.count("reads") == 2:
            woken.set()
        return Went(False)

    reads = Duty("reads", lambda _: look("reads"), reads_pushes=True)
    behind = Behind(None, (Duty("day", lambda _: look("day")), reads), Metrics())
    behind.begin()
    while len(looked) < 2:
        waited.wait(0.01)
    behind.nudge()
    assert woken.wait(10)
    behind.end(10)
    assert sorted(looked) == ["day", "reads", "reads"]


def test_a_duty_that_fails_says_so_tries_again_and_ends(office, monkeypatch, caplog):
    monkeypatch.setattr("server.behind.PATIENCE_S", 0.001)
    monkeypatch.setattr("server.behind.FIRST_S", 0.001)
    tries, done = iter([ServerStoreUnreachable("gone"), KeyError("bug")]), Event()

    def step(_):
        if (fault := next(tries, None)) is not None:
            raise fault
        is_first = not done.is_set()
        done.set()
        return Went(is_first, (ValueError("one event"),) if is_first else ())

    metrics = Metrics()
    behind = Behind(office, (Duty("fold", step),), metrics)
    with caplog.at_level(logging.ERROR, logger="server.behind"):
        behind.begin()
        assert done.wait(10)
        behind.nudge()
        behind.end(10)
    said_there = [(record.msg, record.facts["problem"]) for record in caplog.records]
    assert said_there == [
        ("duty failed", "ServerStoreUnreachable"),
        ("duty failed", "KeyError"),
        ("event passed", "ValueError"),
    ]
    counts = "\n".join(metrics._counts())
    assert 'shuke_duty_faults_total{duty="fold",passed="false"} 2' in counts
    assert 'shuke_duty_faults_total{duty="fold",passed="true"} 1' in counts
    assert not behind._workers[0].thread.is_alive()
