"""连锁: what waits is told from two numbers, however much there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.ports.central import Link, TillsHeard, Waiting
from core.sync.fact import Fact, Private
from core.sync.store_tills import StoreTills
from storage.columns import Connection
from storage.links import StoredLinks
from storage.store import TillStore, create_store
from tests.storage.making import KEY, NOW_US, TODAY, a_till, new_id

LINK = Link("https://hq.example.com", "康宁", b"private", b"nonce", b"next", NOW_US)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    """A till without a shop."""
    made = create_store(tmp_path, key=KEY, till=a_till())
    yield made
    made.close()


def happen(store: TillStore, count: int, *, at_us: int = NOW_US, words: str = "") -> None:
    with store.write() as tx:
        for no in range(count):
            fact = Fact(new_id(), "NoteWritten", at_us + no, TODAY, {"words": words})
            tx.outbox.append(fact)


def test_the_link_is_one_row_and_goes_with_all_that_its_server_had(store: TillStore) -> None:
    happen(store, 2)
    with store.write() as tx:
        assert tx.links.get() is None
        tx.links.keep(LINK)
        tx.links.keep(replace(LINK, nonce=b"next"))
        assert tx.links.get() == replace(LINK, nonce=b"next")
        (first, _) = tx.links.next_events(limit=9, most_bytes=1 << 20)
        tx.links.acknowledge(1, 2)
        tx.links.quarantine(first, "fork", at_us=NOW_US)
        tx.links.quarantine(first, "fork", at_us=NOW_US)
        assert (tx.links.waiting(), tx.links.quarantined()) == (Waiting(0, None), 1)
        tx.links.drop()
        assert tx.links.get() is None
        assert (tx.links.waiting(), tx.links.quarantined()) == (Waiting(2, NOW_US), 0)


def test_what_an_other_version_told_of_the_tills_is_as_good_as_nothing(store: TillStore) -> None:
    told = TillsHeard(NOW_US, StoreTills("S01", "店", NOW_US, ()))
    with store.write() as tx:
        assert tx.links.tills() is None
        tx.links.keep_tills(told)
        tx.links.keep_tills(replace(told, at_us=NOW_US + 1))
        assert tx.links.tills() == replace(told, at_us=NOW_US + 1)
    with store.writer() as connection:
        connection.execute("UPDATE store_tills SET told = ?", (b'{"tills": 3}',))
    with store.read() as reading:
        assert reading.links.tills() is None


def test_what_waits_is_counted_over_all_incarnations_and_comes_one_after_the_other(
    store: TillStore,
) -> None:
    happen(store, 3)
    with store.write() as tx:
        tx.set_till(replace(tx.till, incarnation=4))
    happen(store, 2, at_us=NOW_US + 50)
    with store.write() as tx:
        links = tx.links
        assert links.incarnations() == (1, 4)
        assert links.waiting() == Waiting(5, NOW_US)
        links.acknowledge(1, 1)
        assert links.waiting() == Waiting(4, NOW_US + 1)
        assert places(links, limit=9) == [(1, 2), (1, 3)]
        links.acknowledge(1, 3)
        assert links.waiting() == Waiting(2, NOW_US + 50)
        assert places(links, limit=1) == [(4, 1)]
        links.acknowledge(4, 2)
        assert places(links, limit=1) == []
        links.acknowledge(1, 2)
        assert (links.acknowledged(1), links.acknowledged(7)) == (2, 0)
        assert places(links, limit=1) == [(1, 3)]


def places(links: StoredLinks, *, limit: int, most_bytes: int = 1 << 20) -> list[tuple[int, int]]:
    events = links.next_events(limit=limit, most_bytes=most_bytes)
    return [(event.incarnation, event.seq) for event in events]


def test_one_goes_however_large_it_is(store: TillStore) -> None:
    happen(store, 3, words="长" * 400)
    with store.read() as reading:
        one = len(reading.links.next_events(limit=1, most_bytes=1)[0].data)
        assert places(reading.links, limit=9, most_bytes=1) == [(1, 1)]
        assert places(reading.links, limit=9, most_bytes=2 * one) == [(1, 1), (1, 2)]


def test_events_come_as_they_were_made_with_what_is_personal_beside_them(store: TillStore) -> None:
    private = (
        Private(new_id(), "phone", "+8613800138000", bytes(16)),
        Private(new_id(), "name", "李小红", bytes(16)),
    )
    with store.write() as tx:
        fact = Fact(new_id(), "MemberJoined", NOW_US, TODAY, {"a": 1}, private)
        made = tx.outbox.append(fact)
    with store.read() as reading:
        (found,) = reading.links.next_events(limit=9, most_bytes=1 << 20)
    assert found == made
    assert json.loads(found.data)["at_us"] == NOW_US


class _Counted:
    """A connection that counts the steps of its statements, by hundreds."""

    def __init__(self, connection: Connection) -> None:
        self.steps = 0
        connection.set_progress_handler(self._step, 100)

    def _step(self) -> None:
        self.steps += 1


def test_to_count_what_waits_takes_no_longer_where_more_does(store: TillStore) -> None:
    steps = []
    for count in (10, 2000):
        happen(store, count)
        with store.reader() as connection:
            with store.read() as reading:
                till = reading.till
            counted = _Counted(connection)
            assert StoredLinks(connection, till).waiting().count >= count
            steps.append(counted.steps)
            connection.set_progress_handler(None, 0)  # type: ignore[arg-type]
    assert steps[1] <= steps[0] + 1
