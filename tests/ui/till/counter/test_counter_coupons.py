"""Coupons of a member at the counter: shown with what they save, used where they are pressed."""

from __future__ import annotations

from msgspec.structs import replace

from core.actions.coupon_codes import issue_coupons
from core.rulebook.conditions import Conditions
from core.rulebook.offers import CouponOffer
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_offer_uses import rules
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from tests.ui.till.counter.test_counter_member import open_sheet
from ui.till.member_state import MemberState
from ui.till.notices import DONE, ERROR


def test_a_coupon_is_pressed_and_taken_back(cashier: Cashier) -> None:
    staff = manager_of(cashier.shop)
    rules(cashier.shop, staff, FIVE)
    issue_coupons(
        cashier.shop, "five", 1, batch_id=cashier.shop.new_id(), staff=staff, card_no=CARD
    )
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


def test_a_coupon_says_at_once_what_became_of_it(cashier: Cashier) -> None:
    ten = CouponOffer(id="ten", name="十元券", code="TEN-OFF", off_fen=1000)
    gold = Conditions(from_tier="gold")
    rules(cashier.shop, manager_of(cashier.shop), ten, replace(FIVE, code="GOLD-5", when=gold))
    notices = cashier.page.basket.notices
    cashier.scan("GOLD-5")
    cashier.wait(lambda: notices.text(ERROR) == "券记下了。五元券没有用上：会员才有。")
    cashier.scan(VITAMIN)
    assert not notices.text(ERROR)
    cashier.scan("TEN-OFF")
    cashier.wait(lambda: notices.text(DONE) == "券“十元券”用上了，省 10.00")
    cashier.scan("TEN-OFF")
    cashier.wait(lambda: notices.text(DONE) == "券“十元券”收回了")
