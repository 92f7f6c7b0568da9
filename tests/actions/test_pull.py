"""下载: a page and its cursor hold together; what is strange is told and holds up nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Raw
from msgspec.structs import replace

from core.actions import feed, pull
from core.actions.enrol_till import name_store
from core.actions.office_prices import begin_prices
from core.actions.pull import Pulled, Topic
from core.actions.reprint import find_sale
from core.actions.sync import begin, leave_chain
from core.errors import NotInChain, ServerStrange, ServerUnreachable, SessionOver
from core.shop import Shop
from core.sync.feed import Change, Page, StoreNamed
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_settle import VITAMIN, settled
from tests.chained import PROGRAM, Crash, Line, an_office, join
from ui.puller import Puller


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    """A line to a server whose chain the till has joined."""
    office = an_office(tmp_path, shop.clock)
    made = Line(office)
    join(shop, made)
    yield made
    office.store.close()  # type: ignore[attr-defined]


def pulled(shop: Shop, line: Line) -> int:
    """How many changes were taken until there was no more."""
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    count = 0
    while not (page := pull.pull(shop, line, session)).is_last:
        count += page.count
    while begin_prices(shop):
        pass
    return count + page.count


def name_of(shop: Shop) -> str:
    with shop.store.read() as reading:
        return reading.till.store_name


def test_a_store_that_is_renamed_bears_the_new_name_on_what_is_sold_later(
    shop: Shop, staff: Staff, line: Line
) -> None:
    pulled(shop, line)
    settled(shop, staff, VITAMIN)
    before = find_sale(shop).receipt
    name_store(line.office, "S01", "解放路店")
    assert pulled(shop, line) == 1
    assert name_of(shop) == "解放路店"
    settled(shop, staff, VITAMIN)
    after = find_sale(shop).receipt
    assert (before.lines[0].store_name, after.lines[0].store_name) == ("中山路店", "解放路店")
    with shop.store.read() as reading:
        (taken,) = reading.feed.taken()
    assert (taken.topic, taken.about) == ("store", "S01")
    assert pulled(shop, line) == 0


@pytest.mark.parametrize("fault", ["request", "answer", "crash"])
def test_a_page_that_did_not_arrive_is_asked_for_again(shop: Shop, line: Line, fault: str) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    name_store(line.office, "S01", "解放路店")
    line.faults = [fault]
    with pytest.raises((ServerUnreachable, Crash)):
        pull.pull(shop, line, session)
    assert name_of(shop) == "中山路店"
    assert pull.pull(shop, line, session) == Pulled(True, 1)
    assert name_of(shop) == "解放路店"


def test_page_and_cursor_hold_together(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST_KEYS", 1)
    name_store(line.office, "S01", "解放路店")
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)

    def broken(*_: object) -> bool:
        raise ZeroDivisionError

    with monkeypatch.context() as bug:
        bug.setitem(pull.TOPICS, "store", replace(pull.TOPICS["store"], take=broken))
        with pytest.raises(ZeroDivisionError):
            pull.pull(shop, line, session)
    assert pull.pull(shop, line, session).count == 1
    assert name_of(shop) == "解放路店"


@pytest.mark.parametrize("value", [b"{}", b"[1]", b'{"name":7}', b'{"name":"\\u0000"}', b'"x"'])
def test_what_cannot_be_read_is_laid_aside_and_holds_up_nothing(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch, value: bytes
) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    later = Change("later", "x", Raw(b"1"))
    strange = Page("1.1.0", (Change("store", "S01", Raw(value)), later), True)
    with monkeypatch.context() as other:
        other.setattr(line, "changes", lambda *_: strange)
        assert pull.pull(shop, line, session) == Pulled(True, 1)
    with shop.store.read() as reading:
        (aside,) = reading.feed.aside()
    assert (aside.topic, aside.error, aside.value) == ("store", "ChangeUnread", value)
    assert pull.pull(shop, line, session) == Pulled(True, 1, begins_anew=True), (
        "a cursor that nobody gave"
    )
    with shop.store.read() as reading:
        assert reading.feed.aside() == ()


def test_a_program_that_knows_more_begins_anew(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys: list[str] = []

    def take(_shop: object, _tx: object, _moment: object, about: str, _value: object) -> bool:
        toys.append(about)
        return True

    monkeypatch.setitem(
        feed.TOPICS, "toy", lambda _r, _s, keys, _now: {k: StoreNamed(k) for k in keys}
    )
    with line.office.store.write() as tx:
        tx.changes.note("toy", "car")
    assert pulled(shop, line) == 1
    monkeypatch.setitem(pull.TOPICS, "toy", Topic(lambda change: change, take))
    assert pulled(shop, line) == 2
    assert toys == ["car"]


def test_who_left_meanwhile_takes_nothing(shop: Shop, staff: Staff, line: Line) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    name_store(line.office, "S01", "解放路店")
    line.on_the_way = lambda: leave_chain(shop, staff=staff)
    with pytest.raises(NotInChain):
        pull.pull(shop, line, session)
    assert name_of(shop) == "中山路店"


def test_a_strange_page_stops_no_sending_and_is_asked_for_later(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    asked: list[str] = []

    def endless(_url: str, _token: str, cursor: str) -> Page:
        asked.append(cursor)
        return Page(cursor, (), False)

    puller = Puller(shop)
    with monkeypatch.context() as other:
        other.setattr(line, "changes", endless)
        for _ in range(3):
            assert puller.take(line, "", session, lambda: True)
    assert (asked, type(puller.error)) == ([""], ServerStrange)
    puller.hurry()
    assert puller.take(line, "", session, lambda: True)
    assert puller.error is None
    line.faults = ["request"]
    with pytest.raises(ServerUnreachable):
        puller.take(line, "", session, lambda: True)
    begin(shop, line, Ed25519(), program=PROGRAM)
    with pytest.raises(SessionOver):
        puller.take(line, "", session, lambda: True)
