"""别店会员, at the window: who is known elsewhere is served, with an age, and up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions.sync import look_at_link
from core.ports.central import Uplink
from storage.signatures import Ed25519
from tests.actions.test_ask_members import CARD, PHONE, Chain
from tests.chained import PROGRAM
from tests.server.speech import writes
from tests.ui.till.counter.at_counter import CALCIUM, Cashier
from ui.till.keys import IN_FULL


@pytest.fixture
def chain(cashier: Cashier, tmp_path: Path) -> Iterator[Chain]:
    """A till that is online."""
    made, desk = Chain(cashier.shop, tmp_path), cashier.window.chain
    desk._uplink = lambda: Uplink(lambda: made.line, Ed25519, PROGRAM)
    desk.begin(cashier.window._work.hands, look_at_link(cashier.shop))
    cashier.wait(lambda: desk.state is not None and desk.state.is_online)
    cashier.settle_down()
    yield made
    desk.close()
    made.office.store.close()  # type: ignore[attr-defined]


def points(cashier: Cashier) -> int:
    file = cashier.counter.file
    return -1 if file is None else file.points


def test_a_card_of_another_store_is_asked_for_and_its_member_stands_here(
    cashier: Cashier, chain: Chain
) -> None:
    cashier.scan(CALCIUM, CARD)
    cashier.wait(lambda: points(cashier) == 120)
    cashier.settle_down()
    panel = cashier.page.member
    assert (panel.name.text(), panel.contact.text(), cashier.error()) == ("赵*龙", "别店会员", "")
    assert panel._rows[0]._head.text().startswith("总部 ")
    cashier.press(IN_FULL)
    cashier.wait(lambda: panel.name.text() == "赵子龙")
    assert PHONE[:3] in panel.contact.text()
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.name == "赵*龙"


def test_without_a_line_the_code_stays_unknown(cashier: Cashier, chain: Chain) -> None:
    chain.line.faults = ["request"] * 1000
    cashier.window.chain.hurry()
    cashier.wait(lambda: not cashier.window.chain.state.is_online)
    cashier.scan(CARD)
    cashier.settle_down()
    assert CARD in cashier.error()
    assert points(cashier) == -1


def test_who_is_frozen_elsewhere_is_thawed_there(cashier: Cashier, chain: Chain) -> None:
    writes(chain.other, "MemberFrozen", chain.who, frozen_for="卡丢了")
    chain.tell()
    cashier.scan(CARD)
    cashier.wait(lambda: "已冻结" in cashier.error())
    assert "自己的门店" in cashier.error()
    assert "卡丢了" not in cashier.error()
    assert cashier.window.flow.not_served is None, "there is nothing to press"
