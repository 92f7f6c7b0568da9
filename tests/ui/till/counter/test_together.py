"""两台一起 at the window: another till's receipt comes back, its held baskets are taken up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions.hold import hold, recall
from core.actions.share_held import share_held, take_held
from core.actions.sync import look_at_link
from core.ports.central import Uplink
from core.shop import Shop
from storage.signatures import Ed25519
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_return_elsewhere import token, told
from tests.actions.test_settle import CALCIUM, VITAMIN, scanned, settled
from tests.builders import manager_of
from tests.chained import PROGRAM, Line, an_office, join
from tests.ui.till.counter.at_counter import Cashier


@pytest.fixture
def line(cashier: Cashier, tmp_path: Path) -> Iterator[Line]:
    """To a server whose chain this till has joined, and sends to."""
    office = an_office(tmp_path, cashier.shop.clock)
    made = Line(office)
    join(cashier.shop, made)
    desk = cashier.window.chain
    desk._uplink = lambda: Uplink(lambda: made, Ed25519, PROGRAM)
    desk.begin(cashier.window._work.hands, look_at_link(cashier.shop))
    cashier.wait(lambda: desk.state is not None and desk.state.is_online)
    yield made
    desk.close()
    office.store.close()  # type: ignore[attr-defined]


def test_another_tills_receipt_is_scanned_and_comes_back(
    cashier: Cashier, line: Line, other: Shop
) -> None:
    sale = settled(other, manager_of(other), VITAMIN, VITAMIN).sale
    told(other, line)
    sheet = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(sheet.isVisible)
    cashier.burst("S01-T2-999999")
    cashier.wait(lambda: "没有找到" in sheet.effects.said.text())
    cashier.burst(sale.no)
    cashier.wait(lambda: sheet.subtitle.text().startswith(sale.no))
    assert "中山路店·2 号台" in sheet.subtitle.text()
    cashier.press("Right")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    assert not sheet.effects.beside.isVisible(), "what another till sold is exchanged nowhere"
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已退货")
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    with cashier.shop.store.read() as reading:
        assert reading.returns.came_back(sale.sale_id) == {1: 1000}


def test_what_another_till_holds_is_listed_and_taken_up_once(
    cashier: Cashier, line: Line, other: Shop
) -> None:
    hold(other, scanned(other, CALCIUM).basket, staff=manager_of(other), name="红衣")
    hold(other, scanned(other, VITAMIN).basket, staff=manager_of(other), name="蓝衣")
    share_held(other, line, token(other, line))
    sheet = cashier.window.sheets.recall
    cashier.press("F7")
    cashier.wait(lambda: len(sheet.list.rows()) == 2)
    assert [row.sub.split("　")[0] for row in sheet.list.rows()] == ["在 2 号台"] * 2
    cashier.press("Del")
    cashier.press("Del")
    cashier.wait(lambda: "只能取回" in sheet.said.text())
    # The other till takes its own up in between: it was first.
    with other.store.read() as reading:
        red, blue = (each.sale_id for each in reading.baskets.held())
    assert take_held(other, line, token(other, line), red, staff=manager_of(other)) is None
    recall(other, None, red, staff=manager_of(other))
    share_held(other, line, token(other, line))
    cashier.press("Enter")
    cashier.wait(lambda: bool(sheet.said.text()) and "只能取回" not in sheet.said.text())
    cashier.press("Down")
    cashier.press("Enter")
    cashier.wait(lambda: not sheet.isVisible())
    assert cashier.codes() == [VITAMIN]
    assert blue not in (cashier.counter.basket.sale_id,)
