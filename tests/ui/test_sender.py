"""网络: it sends by itself, waits longer after each failure, and waits for nobody at its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.actions.head_office import revoke_at
from core.actions.sync import leave_chain, look_at_link, read_copy
from core.errors import DiskFull, NotInChain, ServerBusy, ServerUnreachable, TillRevoked
from core.ports import Clock
from core.ports.central import Uplink, Waiting
from core.shop import Shop
from core.sync.pace import LONGEST_MS
from core.sync.wire import USUAL_EVENTS
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.actions.conftest import staff as staff
from tests.actions.test_settle import VITAMIN, settled
from tests.chained import (
    PROGRAM,
    URL,
    Line,
    an_office,
    events_of,
    is_there,
    join,
    meet_a_copy,
    send_all,
)
from ui.chain_words import chip
from ui.link_state import LinkState
from ui.sender import IDLE_MS, Sender


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    office = an_office(tmp_path, shop.clock)
    made = Line(office)
    join(shop, made)
    yield made
    office.store.close()  # type: ignore[attr-defined]


class Told:
    """What a sender reported."""

    def __init__(self, shop: Shop, line: Line) -> None:
        self.states: list[LinkState] = []
        uplink = Uplink(lambda: line, Ed25519, PROGRAM)
        linked = look_at_link(shop)
        assert linked is not None
        state = LinkState(linked.chain_name, linked.url, linked.waiting)
        self.sender = Sender(shop, lambda: uplink, state, lambda _, told: self.states.append(told))

    def turns(self) -> int:
        """Until nothing waits; how long it then wants to wait."""
        for _ in range(50):
            wait_ms = self.sender.turn()
            if not self.sender.state.waiting.count:
                return wait_ms
        raise AssertionError("it does not come to an end")


@pytest.fixture
def told(shop: Shop, line: Line) -> Told:
    return Told(shop, line)


def test_it_sends_what_waits_and_is_online(
    shop: Shop, staff: Staff, line: Line, told: Told
) -> None:
    settled(shop, staff, VITAMIN)
    assert told.turns() == IDLE_MS
    assert all(is_there(line.office, event) for event in events_of(shop))
    state = told.sender.state
    assert (state.is_online, state.error, state.waiting) == (True, None, Waiting(0, None))
    assert state.since_us is not None
    assert state.answered_us is not None
    assert state.since_us <= state.answered_us
    assert abs(state.clock_behind_us) < 5_000_000
    told.turns()
    assert told.sender.state.since_us == state.since_us


def test_without_an_answer_it_waits_longer_each_time_and_counts_what_waits(
    shop: Shop, staff: Staff, line: Line, told: Told
) -> None:
    told.turns()
    settled(shop, staff, VITAMIN)
    line.faults = ["request"] * 12
    waits = [told.sender.turn() for _ in range(12)]
    longest = [min(LONGEST_MS, 1000 << no) for no in range(12)]
    for wait_ms, most in zip(waits, longest, strict=True):
        assert most // 2 <= wait_ms <= most
    state = told.sender.state
    assert (state.is_online, state.waiting.count) == (False, 1)
    assert isinstance(state.error, ServerUnreachable)
    line.faults = []
    assert told.turns() == IDLE_MS
    assert told.sender.state.is_online


def test_who_asks_while_there_is_no_line_is_told_at_once(line: Line, told: Told) -> None:
    told.turns()
    with told.sender.asking(is_brief=True) as (_, token):
        assert token
    line.faults = ["request"]
    told.sender.turn()
    with pytest.raises(ServerUnreachable), told.sender.asking():
        raise AssertionError("the line was tried")
    told.turns()
    with told.sender.asking():
        pass


def test_a_busy_server_is_left_alone_as_long_as_it_asks(line: Line, told: Told) -> None:
    def busy() -> None:
        raise ServerBusy(90)

    line.on_the_way = busy
    assert 90_000 <= told.sender.turn() <= 113_000


def test_a_session_that_ended_is_begun_again(
    shop: Shop, staff: Staff, line: Line, told: Told
) -> None:
    told.turns()
    settled(shop, staff, VITAMIN)
    send_all(shop, line)  # somebody beside it: the token is another one now
    settled(shop, staff, VITAMIN)
    assert told.sender.turn() <= 1000
    assert told.turns() == IDLE_MS
    assert told.sender.state.error is None


def test_a_revoked_till_says_so_and_asks_seldom(
    shop: Shop, staff: Staff, line: Line, told: Told
) -> None:
    told.turns()
    revoke_at(line.office, "S01", 1)
    settled(shop, staff, VITAMIN)
    told.sender.turn()
    assert told.sender.turn() == LONGEST_MS
    assert told.sender.state.is_out
    assert isinstance(told.sender.state.error, TillRevoked)


def test_an_idle_till_learns_of_it_with_its_next_question(line: Line, told: Told) -> None:
    assert told.turns() == IDLE_MS
    assert told.sender.turn() == IDLE_MS
    revoke_at(line.office, "S01", 1)
    told.sender.turn()
    told.sender.turn()
    assert isinstance(told.sender.state.error, TillRevoked)
    assert told.sender.state.is_out


def test_a_copy_is_told_until_somebody_has_read_it(line: Line, told: Told, shop: Shop) -> None:
    told.turns()
    meet_a_copy(line)
    told.sender._session = None
    line.faults = ["", "request"]
    told.sender.turn()
    assert not told.sender.state.is_online
    told.turns()
    assert told.sender.state.has_met_copy
    told.sender.begin()
    until(lambda: told.sender.state.has_met_copy)
    read_copy(shop)
    told.sender.look()
    until(lambda: not told.sender.state.has_met_copy)
    told.sender.stop()


def test_a_bug_is_an_error_among_others(line: Line, told: Told) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    line.on_the_way = bug
    assert told.sender.turn() <= 1000
    assert isinstance(told.sender.state.error, ZeroDivisionError)
    line.on_the_way = lambda: None
    assert told.turns() == IDLE_MS


def test_a_fault_of_this_machine_is_no_lack_of_a_network(
    shop: Shop, staff: Staff, line: Line, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.turns()
    settled(shop, staff, VITAMIN)

    def full(*_: object, **__: object) -> None:
        raise DiskFull()

    with monkeypatch.context() as patch:
        patch.setattr("ui.sender.send", full)
        assert told.sender.turn() <= 1000
    state = told.sender.state
    assert (state.is_online, state.is_fault_here) == (True, True)
    assert chip(state, 0, UTC).text == "没传成"
    told.turns()
    assert not told.sender.state.is_fault_here


def test_what_it_speaks_by_is_loaded_on_its_own_thread_and_closed_at_the_end(
    shop: Shop, line: Line
) -> None:
    loaded_on: list[str] = []

    def uplink() -> Uplink:
        loaded_on.append(threading.current_thread().name)
        return Uplink(lambda: line, Ed25519, PROGRAM)

    sender = Sender(shop, uplink, LinkState("", URL, Waiting(0, None)), lambda *_: None)
    sender.begin()
    until(lambda: sender.state.is_online)
    assert loaded_on == ["network"]
    sender.stop()
    sender._thread.join(20)
    assert line.is_closed


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def test_the_thread_sends_by_itself_and_soon_after_a_sale(
    shop: Shop, staff: Staff, line: Line, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.sender.SOON_MS", 20)
    told.sender.begin()
    until(lambda: told.sender.state.is_online and not told.sender.state.waiting.count)
    settled(shop, staff, VITAMIN)
    told.sender.nudge()
    until(lambda: is_there(line.office, events_of(shop)[-1]))
    line.faults = ["request"] * 2
    settled(shop, staff, VITAMIN)
    told.sender.hurry()
    until(lambda: not told.sender.state.is_online)
    line.faults = []
    told.sender.hurry()
    until(lambda: told.sender.state.is_online)
    leave_chain(shop, staff=staff)
    told.sender.hurry()
    until(lambda: isinstance(told.sender.state.error, NotInChain))
    told.sender.stop()


class Later:
    """A clock that goes on while somebody rests."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.later_us = clock, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.clock, name)

    def steady_us(self) -> int:
        return self.clock.steady_us() + self.later_us


def test_it_rests_between_its_steps_while_somebody_types(
    shop: Shop, staff: Staff, line: Line, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.turns()
    steps, way, clock = list[str](), told.sender._way, Later(shop.clock)
    told.sender._shop = replace(told.sender._shop, clock=clock)
    push, changes = line.push, line.changes

    def rest(*, is_long: bool = False) -> None:
        steps.append("rest before a write" if is_long else "rest")
        clock.later_us += 20_000_000
        way.rested_us += 20_000_000

    monkeypatch.setattr(way, "rest", rest)
    monkeypatch.setattr(line, "push", lambda *of: steps.append("push") or push(*of))
    monkeypatch.setattr(line, "changes", lambda *of: steps.append("page") or changes(*of))
    settled(shop, staff, VITAMIN)
    assert told.sender.turn() == IDLE_MS
    asked = [at for at, step in enumerate(steps) if step in ("push", "page")]
    assert [steps[at] for at in asked] == ["push", "page"]
    assert [steps[at - 1] for at in asked] == ["rest", "rest"]
    assert [steps[at + 1] for at in asked] == ["rest", "rest"]
    assert steps[asked[0] + 2] == "rest before a write", "of what the server said"
    assert told.sender._pace.batch == USUAL_EVENTS, "it was not slow: it rested"


def test_it_does_not_rest_between_its_clock_and_the_server_s(
    line: Line, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, begin = list[str](), line.begin

    def rest(*, is_long: bool = False) -> None:
        steps.append("rest before a write" if is_long else "rest")

    monkeypatch.setattr(told.sender._way, "rest", rest)
    monkeypatch.setattr(line, "begin", lambda *of: steps.append("begin") or begin(*of))
    told.turns()
    assert steps[steps.index("begin") - 1] == "rest before a write", "of what it says then"


def test_beside_hands_a_batch_is_little(
    shop: Shop, staff: Staff, line: Line, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.turns()
    pushed, push = list[int](), line.push
    monkeypatch.setattr("ui.sender.LITTLE_BYTES", 1)
    monkeypatch.setattr(line, "push", lambda *of: pushed.append(len(of[-1].events)) or push(*of))
    for _ in range(3):
        settled(shop, staff, VITAMIN)
    told.sender.give_way()
    told.sender.turn()
    told.sender.hurry()
    told.sender.turn()
    assert pushed[0] == 1
    assert pushed[1] > 1, "somebody waits for all of it"


def test_a_session_that_somebody_waits_for_does_not_wait_for_hands(told: Told) -> None:
    told.turns()
    way = told.sender._way
    told.sender.give_way()
    told.sender.renew()
    before_us = way.rested_us
    told.sender._bell_once(0)
    told.sender.turn()
    assert way.rested_us == before_us
    told.sender.give_way()
    told.sender.turn()
    assert way.rested_us > before_us, "nobody waits for that turn"


def test_who_ends_waits_for_no_network_and_nothing_comes_back(
    shop: Shop, staff: Staff, line: Line, told: Told
) -> None:
    is_asked, may_answer = threading.Event(), threading.Event()

    def hang() -> None:
        is_asked.set()
        may_answer.wait(20)

    line.on_the_way = hang
    told.sender.begin()
    assert is_asked.wait(20)
    told.sender.stop()
    with shop.store.read() as reading:
        before = reading.links.get()
    may_answer.set()
    told.sender._thread.join(20)
    with shop.store.read() as reading:
        assert reading.links.get() == before
    assert told.sender.state.error is None
