"""收名录: behind what is sent and pulled, told as it goes; a bad one holds up nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from core.actions.enrol_till import name_store
from core.actions.pull import known
from core.actions.sync import look_at_link
from core.actions.take_snapshot import ask_anew
from core.errors import ChunkBroken, ServerBusy
from core.ports.central import Uplink
from core.ports.directory import Condition
from core.shop import Shop
from core.sync.snapshot import Manifest
from server.shelf import Shelf
from storage.signatures import Ed25519
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.chained import PROGRAM, Line, an_office, join
from ui.chain_words import chip, facts, why_not
from ui.link_state import LinkState
from ui.sender import IDLE_MS, Sender
from ui.text import sentence


class Desk:
    """A till that has joined, its line, and what its sender reported."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop, self.line = shop, Line(an_office(folder, shop.clock))
        join(shop, self.line)
        linked = look_at_link(shop)
        assert linked is not None
        self.states: list[LinkState] = []
        uplink = Uplink(lambda: self.line, Ed25519, PROGRAM)
        state = LinkState(linked.chain_name, linked.url, linked.waiting)
        self.sender = Sender(shop, lambda: uplink, state, lambda _, told: self.states.append(told))

    def turn(self, times: int = 1) -> int:
        """So many turns; how long it then wants to rest."""
        for _ in range(times):
            wait_ms = self.sender.turn()
        return wait_ms

    @property
    def state(self) -> LinkState:
        return self.sender.state

    def name(self) -> str:
        with self.shop.store.read() as reading:
            return reading.till.store_name


@pytest.fixture
def desk(shop: Shop, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(shop, tmp_path)
    yield made
    made.line.shelf.close()
    made.line.office.store.close()  # type: ignore[attr-defined]


def test_a_till_that_joined_takes_its_snapshot_and_tells_of_it(desk: Desk) -> None:
    assert desk.turn(3) == IDLE_MS
    assert desk.state.directory is not None
    assert desk.state.directory.condition is Condition.THERE
    taking = [state for state in desk.states if state.taking and not state.taking.is_done]
    assert taking
    assert all(state.is_online for state in taking)
    assert chip(taking[-1], 0, UTC).text == "会员名录 0 / 0"
    assert chip(desk.state, 0, UTC).text == "在线"
    said = {fact.name: fact.value for fact in facts(desk.state, 0, UTC)}
    assert said["directory"].startswith("0 人，")


def test_a_bad_chunk_is_said_and_asked_for_again_and_nothing_else_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk.line.chunk
    monkeypatch.setattr(desk.line, "chunk", lambda *asked: whole(*asked)[:-1] + b"?")
    desk.turn()
    assert isinstance(desk.state.not_loaded, ChunkBroken)
    assert why_not(desk.state) == sentence(ChunkBroken())
    assert desk.state.is_online
    name_store(desk.line.office, "S01", "新名店")
    assert desk.turn(2) <= IDLE_MS
    assert desk.name() == "新名店", "without a snapshot one pulls from the first change on"
    monkeypatch.undo()
    desk.sender._loader.hurry()
    desk.turn(2)
    assert desk.state.not_loaded is None
    assert desk.state.directory is not None
    assert desk.state.directory.condition is Condition.THERE


def test_a_busy_server_is_asked_later_and_is_online_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> Manifest:
        raise ServerBusy(7)

    monkeypatch.setattr(desk.line, "snapshot", busy)
    wait_ms = desk.turn()
    assert 6000 < wait_ms <= 8750
    assert isinstance(desk.state.not_loaded, ServerBusy)
    assert desk.state.is_online


def test_a_server_that_forgot_it_begins_another_and_one_that_forgot_the_cursor_tells_all_anew(
    desk: Desk,
) -> None:
    desk.turn(3)
    ask_anew(desk.shop)
    desk.line.shelf.close()
    desk.line.shelf = Shelf(desk.line.office)
    assert desk.turn(2) == IDLE_MS
    with desk.shop.store.write() as tx:
        before = tx.snapshots.current()
        tx.feed.move("1.999.0123456789abcdef", known())
    desk.turn(3)
    with desk.shop.store.read() as reading:
        assert reading.snapshots.current() != before
        assert reading.feed.cursor(known()) != "1.999.0123456789abcdef"
