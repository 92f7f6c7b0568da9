"""上传: nothing is lost or sent in vain, whatever is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.begin_session import begin_session
from core.actions.enrol_till import make_enrolment
from core.actions.head_office import open_cases, revoke_at
from core.actions.sync import (
    Unsafe,
    begin,
    join_chain,
    leave_chain,
    look_at_link,
    read_copy,
    send,
    unsafe_sales,
)
from core.errors import (
    CodeUnknown,
    InChain,
    NotInChain,
    PlainAddress,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    TillRevoked,
    TillTaken,
)
from core.shop import Shop
from core.sync.fact import Event
from core.sync.session import Session, SignedHello
from core.trust.staff import Staff
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.actions.test_settle import GOLD, VITAMIN, settled
from tests.builders import Home, audit_rows, later
from tests.chained import (
    PROGRAM,
    URL,
    Line,
    an_office,
    copied,
    copy_office,
    events_of,
    is_there,
    join,
    meet_a_copy,
    send_all,
)

KEYS = Ed25519()


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    """A line to a server that stands."""
    office = an_office(tmp_path, shop.clock)
    yield Line(office)
    office.store.close()  # type: ignore[attr-defined]


def started(shop: Shop, line: Line):
    return begin(shop, line, KEYS, program=PROGRAM)[0]


def test_who_hears_the_hello_of_a_till_gets_no_session_by_it(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(shop, line)
    heard: list[SignedHello] = []

    def overheard(url: str, hello: SignedHello) -> Session:
        heard.append(hello)
        return Line.begin(line, url, hello)

    monkeypatch.setattr(line, "begin", overheard)
    started(shop, line)
    stolen = begin_session(line.office, heard[0])
    with pytest.raises(SessionOver):
        send(shop, line, stolen)
    send(shop, line, started(shop, line))


def test_a_till_joins_and_everything_it_ever_did_goes_there(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, GOLD, VITAMIN)
    assert look_at_link(shop) is None
    assert join(shop, line).chain_name == "康宁连锁"
    settled(shop, staff, VITAMIN)
    events = events_of(shop)
    linked = look_at_link(shop)
    assert linked is not None
    assert (linked.waiting.count, linked.url) == (len(events), URL)
    assert send_all(shop, line, limit=2) == len(events)
    assert all(is_there(line.office, event) for event in events)
    assert open_cases(line.office) == ()
    after = look_at_link(shop)
    assert after is not None
    assert (after.waiting.count, after.waiting.since_us) == (0, None)
    assert [row["what"] for row in audit_rows(shop)].count("chain_joined") == 1


def test_sales_that_are_on_this_machine_alone_are_told_of_when_old_or_many(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, VITAMIN)
    assert unsafe_sales(shop) is None
    join(shop, line)
    assert unsafe_sales(shop) is None
    tomorrow = later(shop, 0)
    events = events_of(shop)
    first_us = _made_us(events[0])
    assert unsafe_sales(tomorrow) == Unsafe(len(events), first_us)
    for _ in range(50):
        settled(shop, staff, VITAMIN)
    assert unsafe_sales(shop) == Unsafe(len(events) + 50, first_us)
    send_all(shop, line)
    assert unsafe_sales(tomorrow) is None


def _made_us(event: Event) -> int:
    return int(json.loads(event.data)["at_us"])


def test_what_is_sent_goes_once_and_in_order(shop: Shop, staff: Staff, line: Line) -> None:
    join(shop, line)
    settled(shop, staff, VITAMIN)
    send_all(shop, line, limit=3)
    send_all(shop, line)
    sent = [each.seq for push in line.pushes for each in push.events]
    assert sent == [event.seq for event in events_of(shop)]


@pytest.mark.parametrize("fault", ["request", "answer"])
def test_after_a_lost_answer_the_same_code_and_the_same_hello_work(
    shop: Shop, staff: Staff, line: Line, fault: str
) -> None:
    code = make_enrolment(line.office, "S01", 1)
    words = {"url": URL, "code": code, "staff": staff, "program": PROGRAM}
    line.faults = [fault]
    with pytest.raises(ServerUnreachable):
        join_chain(shop, line, KEYS, **words)
    assert look_at_link(shop) is None
    with pytest.raises(NotInChain):
        started(shop, line)
    join_chain(shop, line, KEYS, **words)
    line.faults = [fault, "", fault]
    with pytest.raises(ServerUnreachable):
        started(shop, line)
    session = started(shop, line)
    with pytest.raises(ServerUnreachable):
        send(shop, line, session)
    assert send_all(shop, line) == len(events_of(shop))
    with shop.store.read() as reading:
        assert reading.till.incarnation == 1


def test_after_a_lost_answer_another_code_finds_the_place_taken(shop: Shop, line: Line) -> None:
    line.faults = ["answer"]
    with pytest.raises(ServerUnreachable):
        join(shop, line)
    with pytest.raises(TillTaken):
        join(shop, line)
    revoke_at(line.office, "S01", 1)
    join(shop, line)


def test_what_does_not_join_says_why(shop: Shop, staff: Staff, line: Line) -> None:
    words = {"code": "R1", "staff": staff, "program": PROGRAM}
    with pytest.raises(PlainAddress):
        join_chain(shop, line, KEYS, url="http://hq.example.com", **words)
    with pytest.raises(CodeUnknown):
        join_chain(shop, line, KEYS, url=URL, **words)
    with pytest.raises(NotInChain):
        leave_chain(shop, staff=staff)
    join(shop, line)
    with pytest.raises(InChain):
        join_chain(shop, line, KEYS, url=URL, **words)


def test_a_revoked_till_is_told_and_joins_anew_with_everything(
    shop: Shop, staff: Staff, line: Line
) -> None:
    join(shop, line)
    send_all(shop, line)
    session = started(shop, line)
    revoke_at(line.office, "S01", 1)
    settled(shop, staff, VITAMIN)
    with pytest.raises(SessionOver):
        send(shop, line, session)
    with pytest.raises(TillRevoked):
        started(shop, line)
    assert leave_chain(shop, staff=staff) == "康宁连锁"
    join(shop, line)
    assert send_all(shop, line) == len(events_of(shop))
    assert open_cases(line.office) == ()


def test_what_comes_back_after_somebody_left_is_not_written_down(
    shop: Shop, staff: Staff, line: Line
) -> None:
    join(shop, line)
    session = started(shop, line)
    line.on_the_way = lambda: leave_chain(shop, staff=staff)
    with pytest.raises(NotInChain):
        send(shop, line, session)
    line.on_the_way = lambda: None
    revoke_at(line.office, "S01", 1)
    join(shop, line)
    linked = look_at_link(shop)
    assert linked is not None
    assert linked.waiting.count == len(events_of(shop))


def test_somebody_who_sends_beside_the_till_is_no_copy_of_it(
    shop: Shop, staff: Staff, line: Line
) -> None:
    join(shop, line)

    def beside() -> None:
        line.on_the_way = lambda: None
        started(shop, line)
        started(shop, line)

    line.faults = ["request"]
    with pytest.raises(ServerUnreachable):
        started(shop, line)
    real = line.begin

    def late(url, hello):
        line.begin = real
        beside()
        return real(url, hello)

    line.begin = late
    assert not send(shop, line, started(shop, line)).has_met_copy
    with shop.store.read() as reading:
        assert reading.till.incarnation == 1


def test_a_server_that_was_restored_gets_again_what_it_lost(
    shop: Shop, staff: Staff, line: Line, tmp_path: Path
) -> None:
    join(shop, line)
    (tmp_path / "older").mkdir()
    older = tmp_path / "older" / "office.db"
    copy_office(tmp_path / "office.db", older)
    settled(shop, staff, VITAMIN)
    send_all(shop, line)
    settled(shop, staff, VITAMIN)
    restored = Line(replace(line.office, store=open_office(f"sqlite:///{older}")))
    # Its nonce is older than ours: to this server we look like a copy, and begin anew.
    assert send_all(shop, restored, limit=2) == len(events_of(shop))
    settled(shop, staff, VITAMIN)
    assert send_all(shop, restored) == 1
    assert all(is_there(restored.office, event) for event in events_of(shop))
    restored.office.store.close()  # type: ignore[attr-defined]


def test_two_branches_of_one_till_are_both_kept_and_the_later_begins_anew(
    home: Home, staff: Staff, shop: Shop, line: Line, tmp_path: Path
) -> None:
    """Restored in the middle of a session: its nonce is right, and only its numbers tell."""
    join(shop, line)
    session = started(shop, line)
    send(shop, line, session)
    copy = copied(shop, home, tmp_path / "elsewhere")
    for _ in range(3):
        settled(shop, staff, VITAMIN)
    first = events_of(shop)
    while send(shop, line, session).waiting.count:
        pass
    with copy.shop() as other:
        for _ in range(6):
            settled(other, staff, VITAMIN)
        session = started(other, line)
        assert send(other, line, session).has_met_copy
        settled(other, staff, VITAMIN)
        send_all(other, line)
        second = events_of(other)
        linked = look_at_link(other)
        assert linked is not None
        assert linked.kept_apart > 0
        with other.store.read() as reading:
            assert reading.till.incarnation == 2
    assert all(is_there(line.office, event) for event in (*first, *second))


def test_within_a_session_a_server_that_was_restored_is_not_believed_to_have_it_all(
    shop: Shop, staff: Staff, line: Line, tmp_path: Path
) -> None:
    join(shop, line)
    settled(shop, staff, VITAMIN)
    session = started(shop, line)
    send(shop, line, session, limit=2)
    (tmp_path / "older").mkdir()
    older = tmp_path / "older" / "office.db"
    copy_office(tmp_path / "office.db", older)
    while send(shop, line, session).waiting.count:
        pass
    restored = Line(replace(line.office, store=open_office(f"sqlite:///{older}")))
    settled(shop, staff, VITAMIN)
    while send(shop, restored, session).waiting.count:
        pass
    assert all(is_there(restored.office, event) for event in events_of(shop))
    restored.office.store.close()  # type: ignore[attr-defined]


def test_an_answer_that_tells_of_nothing_kept_is_strange(
    shop: Shop, staff: Staff, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(shop, line)
    settled(shop, staff, VITAMIN)
    session, real = started(shop, line), line.push
    for other in ({"durable_through": 0}, {"incarnation": 2}, {"answers": ()}):
        monkeypatch.setattr(line, "push", lambda *told, o=other: replace(real(*told), **o))
        with pytest.raises(ServerStrange):
            send(shop, line, session)
        linked = look_at_link(shop)
        assert linked is not None
        assert linked.waiting.count == len(events_of(shop))


@pytest.mark.parametrize("faults", [["", "request"], ["", "", "request"], []])
def test_that_a_copy_was_met_is_kept_until_somebody_has_read_it(
    shop: Shop, staff: Staff, line: Line, faults: list[str]
) -> None:
    join(shop, line)
    settled(shop, staff, VITAMIN)
    send_all(shop, line)
    meet_a_copy(line)
    line.faults = list(faults)
    with suppress(ServerUnreachable):
        send_all(shop, line)
    assert _has_met_copy(shop)
    settled(shop, staff, VITAMIN)
    send_all(shop, line)
    assert _has_met_copy(shop)
    read_copy(shop)
    assert not _has_met_copy(shop)
    send_all(shop, line)
    assert not _has_met_copy(shop)


def _has_met_copy(shop: Shop) -> bool:
    linked = look_at_link(shop)
    assert linked is not None
    return linked.has_met_copy
