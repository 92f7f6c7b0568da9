"""取全店的销售: the network thread of an office PC, behind all else; at a till there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from core.actions.sync import look_at_link
from core.errors import ServerBusy, ServerStrange
from core.ports.central import Uplink
from core.shop import Shop
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.actions.conftest import staff as staff
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import told
from tests.actions.test_settle import VITAMIN, settled
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import pc as pc
from tests.chained import PROGRAM, Line
from ui.link_state import LinkState
from ui.sender import Sender


def sender_of(shop: Shop, line: Line) -> Sender:
    linked = look_at_link(shop)
    assert linked is not None
    uplink = Uplink(lambda: line, Ed25519, PROGRAM)
    state = LinkState(linked.chain_name, linked.url, linked.waiting)
    return Sender(shop, lambda: uplink, state, lambda *_: None)


def has(pc: Shop, no: str) -> bool:
    with pc.store.read() as look:
        return look.sales.by_no(no) is not None


def test_it_takes_what_the_tills_sold_by_itself(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    real, places = Line.say, list[str]()

    def say(self: Line, url: str, token: str, place: str, *more: Any) -> Any:
        places.append(place)
        return real(self, url, token, place, *more)

    monkeypatch.setattr(Line, "say", say)
    till, office = sender_of(shop, line), sender_of(pc, line)
    for _ in range(5):
        till.turn()
    assert not [place for place in places if place.startswith("store/")]
    for _ in range(5):
        office.turn()
    assert has(pc, first.no)
    second = settled(shop, staff, VITAMIN).sale
    till.turn()
    office.turn()
    assert has(pc, second.no) and office.state.is_online


@pytest.mark.parametrize("trouble", [ServerStrange("unread"), ServerBusy(60), KeyError("a bug")])
def test_what_is_wrong_with_it_holds_up_nothing_and_is_tried_again(
    shop: Shop,
    staff: Staff,
    line: Line,
    pc: Shop,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    real = Line.say

    def say(self: Line, url: str, token: str, place: str, *more: Any) -> Any:
        if place.startswith("store/"):
            raise trouble
        return real(self, url, token, place, *more)

    office = sender_of(pc, line)
    with monkeypatch.context() as older:
        older.setattr(Line, "say", say)
        for _ in range(5):
            office.turn()
        assert office.state.is_online and office.state.error is None
    office.turn()
    assert not has(pc, sale.no), "it is put off"
    office._store_sales.hurry()
    office.turn()
    assert has(pc, sale.no)


def test_a_till_whose_list_of_machines_has_to_wait_is_online(
    shop: Shop, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(shop, line)
    real, asked = Line.say, list[str]()

    def say(self: Line, url: str, token: str, place: str, *more: Any) -> Any:
        asked.append(place)
        if place == "tills":
            raise ServerBusy(60)
        return real(self, url, token, place, *more)

    monkeypatch.setattr(Line, "say", say)
    till = sender_of(shop, line)
    for _ in range(5):
        till.turn()
    assert till.state.is_online and till.state.error is None
    assert asked.count("tills") == 1, "it has its time"
