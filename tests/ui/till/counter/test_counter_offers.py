"""F4 and /: an offer is switched off for this basket, with a reason, and on again."""

from __future__ import annotations

from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier


def opened(cashier: Cashier) -> None:
    cashier.press("F4")
    cashier.wait(cashier.window.sheets.by_hand.isVisible)
    cashier.type_in("/")
    cashier.wait(cashier.window.sheets.offers.isVisible)
    assert not cashier.window.sheets.by_hand.isVisible()


def test_off_with_a_reason_and_on_again(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    before = cashier.payable
    opened(cashier)
    sheet = cashier.window.sheets.offers
    cashier.press("Enter")
    assert sheet.said.text().startswith("还差一个理由")
    cashier.type_in("c")
    cashier.press("Enter")
    cashier.settle_down()
    (off,) = cashier.counter.basket.off
    assert (off.reason, cashier.payable != before) == ("老顾客", True)
    while sheet.list.current_key().offer != off.offer:
        cashier.press("Down")
    cashier.press("Enter")
    cashier.settle_down()
    assert (cashier.counter.basket.off, cashier.payable) == ((), before)


def test_a_basket_without_offers_says_so(cashier: Cashier) -> None:
    cashier.scan("6955710091227")
    opened(cashier)
    assert cashier.window.sheets.offers.none.isVisible()
    cashier.press("Esc")
    assert not cashier.window.sheets.offers.isVisible()
