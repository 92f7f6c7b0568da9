"""What a killed import left is taken back, also in many goes, and beside a till that sells."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from core.errors import Cancelled, DiskFull, ImportRunning
from core.members.member import Member, Note
from core.members.standing import OldCard
from core.ports import Writing
from core.ports.past_imports import DAYS_TO_TAKE_BACK
from core.ports.upkeep import Finding
from core.values.moment import Moment
from storage import undo_watch
from storage.import_pace import CHUNK
from storage.import_record import unfinished
from storage.import_turn import alone, half_imports
from storage.imports import DAY_US, undo_unfinished
from storage.store import TillStore
from storage.undo_watch import watched_imports
from storage.verify import verify
from tests.storage.making import (
    NOW_US,
    TODAY,
    bring_members,
    bring_products,
    new_id,
    sell,
)
from tests.storage.test_imports import content, members, products

AT = Moment(NOW_US, TODAY)
KILLED_AT = 1200
KILL = """
import os, sys
from pathlib import Path
from core.values.moment import Moment
from storage.store import open_guest
from tests.storage import making, test_imports
store = open_guest(Path(sys.argv[1]), key=making.KEY)
def killed(done):
    if done >= int(sys.argv[3]):
        os.kill(os.getpid(), 9)
rows = getattr(test_imports, sys.argv[2])(5000)
bring = getattr(making, "bring_" + sys.argv[2])
bring(store, rows, moment=Moment(making.NOW_US, making.TODAY), on_progress=killed)
"""


def kill_an_import(store: TillStore, what: str = "members") -> None:
    words = [sys.executable, "-c", KILL, str(store.home), what, str(KILLED_AT)]
    assert subprocess.run(words, check=False).returncode == -9


def after_steps(count: int) -> Callable[[], bool]:
    """Stops when it has been asked so often."""
    left = [count]

    def should_stop() -> bool:
        left[0] -= 1
        return left[0] < 0

    return should_stop


def last_event(store: TillStore) -> tuple[str, dict[str, object]]:
    with store.reader() as connection:
        sql = "SELECT kind, CAST(data AS TEXT) FROM events ORDER BY n DESC LIMIT 1"
        kind, data = connection.execute(sql).fetchone()
    return kind, json.loads(data)["body"]


def kept_images(store: TillStore) -> int:
    with store.reader() as connection:
        return connection.execute("SELECT count(*) FROM before_images").fetchone()[0]


def is_half_in(store: TillStore) -> bool:
    with store.reader() as connection:
        return bool(unfinished(connection))


def is_free(store: TillStore) -> bool:
    """Whether an import could begin."""
    try:
        with alone(store.home):
            return True
    except ImportRunning:
        return False


def wait_until(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < until, "it never came so far"
        time.sleep(0.01)


@pytest.mark.parametrize("what", ["members", "products"])
def test_nothing_remains_of_a_killed_import(store: TillStore, what: str) -> None:
    before = content(store)
    kill_an_import(store, what)
    assert content(store)[what] != before[what]
    assert undo_unfinished(store, AT) == 1
    assert content(store) == before
    assert last_event(store)[0] == "ImportUndone"
    assert undo_unfinished(store, AT) == 0
    assert bring_members(store, members(10), moment=AT).added == 10
    assert verify(store) == []


def test_also_what_it_changed_is_as_it_was(store: TillStore) -> None:
    bring_members(store, [replace(row, name="旧名") for row in members(2000)], moment=AT)
    bring_products(store, [replace(row, name="旧药") for row in products(2000)], moment=AT)
    before = content(store)
    for what in ("members", "products"):
        kill_an_import(store, what)
        assert content(store)[what] != before[what]
        assert undo_unfinished(store, AT) == 1
        assert content(store) == before
    assert verify(store) == []


def test_an_undoing_that_is_stopped_goes_on_with_whoever_comes_next(store: TillStore) -> None:
    before = content(store)
    kill_an_import(store)
    turns = 0
    while half_imports(store):
        undo_unfinished(store, AT, should_stop=after_steps(3))
        turns += 1
    assert turns > KILLED_AT / CHUNK / 3
    assert content(store) == before
    assert verify(store) == []


@pytest.mark.parametrize("steps", [2, 5, 100])
def test_who_bought_stays_however_often_the_undoing_is_stopped(
    store: TillStore, steps: int
) -> None:
    kill_an_import(store)
    with store.write() as tx:
        buyer = tx.members.by_card("700000")
        sell(tx, buyer)
    while half_imports(store):
        undo_unfinished(store, AT, should_stop=after_steps(steps))
    with store.read() as reading, store.reader() as connection:
        assert reading.members.by_card("700000") == buyer
        assert reading.members.by_card("700001") is None
        assert reading.ledger.balance(buyer.id) == 110
        assert reading.members.by_phone(buyer.phone) == (buyer,), "though it had no keys yet"
        private = connection.execute("SELECT member_id FROM private_values").fetchall()
        assert private == [(buyer.id.bytes,)]
    kind, body = last_event(store)
    assert (kind, body["kept"]) == ("ImportUndone", [buyer.id.hex])
    assert verify(store) == []


def freeze(tx: Writing, member: Member) -> None:
    tx.standings.freeze(member.id, reason="查", at_us=NOW_US, staff_no=1)


def renew(tx: Writing, member: Member) -> None:
    tx.standings.set_card_end(member.id, TODAY)


def note(tx: Writing, member: Member) -> None:
    tx.standings.write_note(member.id, Note(new_id(), "怕苦", False, NOW_US, 1))


def replace_card(tx: Writing, member: Member) -> None:
    tx.standings.retire_card(OldCard(member.card_no, member.id, TODAY))
    tx.members.set_card(member.id, "9001")


def be_merged(tx: Writing, member: Member) -> None:
    other = tx.members.by_card("6001")
    assert other is not None
    tx.standings.merge(other.id, member.id, at_us=NOW_US, staff_no=1)
    tx.members.hide(other.id)


def merge(tx: Writing, member: Member) -> None:
    other = tx.members.by_card("6001")
    assert other is not None
    tx.standings.merge(member.id, other.id, at_us=NOW_US, staff_no=1)
    tx.members.hide(member.id)


@pytest.mark.parametrize("meet", [freeze, renew, note, replace_card, be_merged, merge])
def test_whoever_was_met_meanwhile_stays(
    store: TillStore, meet: Callable[[Writing, Member], None]
) -> None:
    kill_an_import(store)
    with store.write() as tx:
        met = tx.members.by_card("700003")
        assert met is not None
        meet(tx, met)
    undo_unfinished(store, AT)
    with store.read() as reading:
        assert reading.members.get(met.id) is not None
        assert reading.members.by_card("700004") is None
        found = reading.members.by_phone(met.phone or "")
        assert [each.id for each in found] == ([] if meet is merge else [met.id])
    assert last_event(store)[1]["kept"] == [met.id.hex]
    assert verify(store) == []


def test_who_was_merged_stays_hidden_whatever_a_table_says_of_that_card(store: TillStore) -> None:
    bring_members(store, members(2), moment=AT)
    with store.write() as tx:
        gone = tx.members.by_card("700001")
        assert gone is not None
        merge(tx, gone)
    row = replace(members(2)[1], name="欧阳新名", phone="+8613700007777")
    assert bring_members(store, [row], moment=AT).changed == 1
    with store.read() as reading:
        assert reading.suggest("欧阳新名") == ()
        assert reading.members.by_phone("+8613700007777") == ()


def test_what_was_sold_stays(store: TillStore) -> None:
    rows = products(500)
    with pytest.raises(Cancelled):
        bring_products(store, rows, moment=AT, should_stop=_after_a_sale(store))
    with store.read() as reading:
        sold = reading.products.by_code("9000000")
        assert reading.products.by_code("9000001") is None
        assert [row.key for row in reading.suggest("板蓝根0")] == [sold.code]
    assert last_event(store)[1]["kept"] == [sold.id.hex]
    assert verify(store) == []


def _after_a_sale(store: TillStore) -> Callable[[], bool]:
    """Stops the import once a product of it was sold."""

    def sold() -> bool:
        with store.write() as tx:
            product = tx.products.by_code("9000000")
            if product is None:
                return False
            sell(tx, None, product=product)
        return True

    return sold


def test_what_a_finished_import_keeps_for_the_way_back_goes_after_a_month(
    store: TillStore,
) -> None:
    bring_members(store, members(1500), moment=AT)
    bring_members(store, [replace(row, name="新名") for row in members(1500)], moment=AT)
    assert kept_images(store) == 1500
    later = Moment(NOW_US + DAYS_TO_TAKE_BACK * DAY_US, TODAY)
    assert undo_unfinished(store, later) == 0
    assert kept_images(store) == 1500
    assert undo_unfinished(store, Moment(later.at_us + 1, TODAY)) == 0
    assert kept_images(store) == 0


def test_an_import_is_named_from_its_end_until_its_trace_is_gone(store: TillStore) -> None:
    kill_an_import(store)
    [finding] = verify(store)
    assert isinstance(finding, Finding)
    assert finding.what == "import_unfinished"
    assert finding.where.startswith("members ")
    with alone(store.home):
        assert verify(store) == [], "somebody brings it in just now"
    undo_unfinished(store, AT, should_stop=after_steps(2))
    with alone(store.home):
        assert verify(store) == [finding], "somebody takes it back just now"
    undo_unfinished(store, AT)
    assert half_imports(store) == []
    assert verify(store) == []


@contextmanager
def watched(store: TillStore) -> Iterator[None]:
    with watched_imports(store, lambda: AT):
        yield


def test_a_till_takes_it_back_at_its_start_and_sells_meanwhile(store: TillStore) -> None:
    before = content(store)
    kill_an_import(store)
    waits = []
    with watched(store):
        while is_half_in(store):
            began = time.perf_counter()
            with store.writer():
                waits.append(time.perf_counter() - began)
            time.sleep(0.002)
    assert content(store) == before
    assert len(waits) > 3, "it sold in between"
    assert verify(store) == []


def test_a_till_takes_back_what_is_killed_while_it_runs(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_watch, "LOOK_EVERY_S", 0.02)
    before = content(store)
    with watched(store):
        kill_an_import(store)
        wait_until(lambda: not is_half_in(store))
        assert content(store) == before
        wait_until(lambda: is_free(store))
        assert bring_members(store, members(300), moment=AT).added == 300
    assert verify(store) == []


def test_a_till_that_is_closed_leaves_the_rest_to_the_next_start(store: TillStore) -> None:
    before = content(store)
    kill_an_import(store)
    with watched(store):
        wait_until(lambda: len(content(store)["members"]) < KILLED_AT)
    with watched(store):
        wait_until(lambda: not is_half_in(store))
    assert content(store) == before
    assert verify(store) == []


def test_a_till_leaves_an_import_alone_that_somebody_works_at(
    store: TillStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_watch, "LOOK_EVERY_S", 0.002)
    guest = store.beside()
    with watched(store):
        assert bring_members(guest, members(3000), moment=AT).added == 3000
    guest.close()
    with store.read() as reading:
        assert reading.members.by_card("702999") is not None
    assert verify(store) == []


def test_a_trouble_of_the_disk_is_tried_again(
    store: TillStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(undo_watch, "LOOK_EVERY_S", 0.01)
    tries = []

    def fails_twice(*words: object, **named: object) -> int:
        tries.append(words)
        if len(tries) < 3:
            raise DiskFull()
        return undo_unfinished(*words, **named)

    monkeypatch.setattr("storage.imports.undo_unfinished", fails_twice)
    kill_an_import(store)
    with watched(store):
        wait_until(lambda: not is_half_in(store))
    assert len(tries) == 3
    assert "still there: DiskFull" in caplog.text
