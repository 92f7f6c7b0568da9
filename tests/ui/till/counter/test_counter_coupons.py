"""Coupons of a member at the counter: shown with what they save, used where they are pressed."""

from __future__ import annotations

from core.actions.coupon_codes import issue_coupons
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_offer_uses import rules
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from tests.ui.till.counter.test_counter_member import open_sheet
from ui.till.member_state import MemberState


def test_a_coupon_is_pressed_and_taken_back(cashier: Cashier) -> None:
    staff = manager_of(cashier.shop)
    rules(cashier.shop, staff, FIVE)
    issue_coupons(cashier.shop, "five", 1, staff=staff, card_no=CARD)
    cashier.scan(CARD)
    cashier.scan(VITAMIN)
    before = cashier.payable
    facts = [fact.title for fact in MemberState.of(cashier.counter).facts]
    assert "五元券能省 5.00" in facts
    assert not cashier.counter.basket.coupons
    open_sheet(cashier)
    cashier.window.sheets.member.side.coupons.setFocus()
    cashier.press("Enter")
    cashier.wait(lambda: bool(cashier.counter.basket.coupons))
    assert cashier.payable != before
    open_sheet(cashier)
    cashier.window.sheets.member.side.coupons.setFocus()
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.counter.basket.coupons)
    assert cashier.payable == before
