"""客显 beside a till: it follows the sale from the first scan to the change, and then forgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.values.settings import Settings
from tests.ui.customer.drawn import drawn
from tests.ui.till.counter.at_counter import CARD, STATIN, VITAMIN, Cashier
from ui.customer.desk import CustomerDesk
from ui.customer.state import Scene
from ui.customer.window import CustomerWindow
from ui.look import Look


@pytest.fixture
def desk(cashier: Cashier, look: Look) -> Iterator[CustomerDesk]:
    desk = cashier.window.customer
    desk.use(Settings(display="window"))
    desk.stand(look, cashier.window)
    yield desk
    desk.leave()


def shown(desk: CustomerDesk) -> CustomerWindow:
    assert desk.window is not None
    return desk.window


def said(desk: CustomerDesk) -> str:
    window = shown(desk)
    return " ".join(text for part in (window.goods, window.due) for text in drawn(part))


def test_a_sale_is_followed_to_its_change(cashier: Cashier, desk: CustomerDesk) -> None:
    assert "中山路店" in " ".join(drawn(shown(desk).slides))
    assert shown(desk).scene is Scene.IDLE
    cashier.scan(CARD, VITAMIN, STATIN)
    cashier.wait(lambda: cashier.payable in said(desk))
    assert "处方药" in said(desk)
    assert not any(name in said(desk) for name in cashier.names() if "他汀" in name)
    cashier.pay()
    cashier.wait(lambda: shown(desk).scene is Scene.PAID)
    assert "谢谢光临" in drawn(shown(desk).thanks)
    desk._after_paid()
    assert shown(desk).scene is Scene.IDLE


def test_scans_go_to_the_till_while_it_stands_there(cashier: Cashier, desk: CustomerDesk) -> None:
    cashier.burst(VITAMIN)
    cashier.wait(lambda: cashier.codes() == [VITAMIN])
    assert cashier.page.scan.input.edit.hasFocus()


def test_without_a_second_screen_it_waits(cashier: Cashier, desk: CustomerDesk) -> None:
    desk.use(Settings(display="second"))
    assert desk.window is None
    desk.use(Settings(display="screen:HDMI-9"))
    assert desk.window is None


def test_a_setting_that_was_spoilt_by_hand_shows_nothing_and_stops_nobody(
    cashier: Cashier, desk: CustomerDesk
) -> None:
    desk.use(Settings(display="window", display_link="x" * 301))
    assert (desk.window, desk.wrong is None) == (None, False)
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]
