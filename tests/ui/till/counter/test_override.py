"""授权: a cashier's step that a manager allows with a PIN, and one that nobody allows."""

from __future__ import annotations

import pytest

from core.actions.set_up import add_staff
from core.errors import ApprovalSpent, EmptyBasket, NotAllowed
from core.trust.rights import Approval, Right
from core.trust.staff import Role
from tests.builders import PIN, audit_rows
from tests.ui.till.counter.at_counter import VITAMIN, Cashier


@pytest.fixture
def allowed(cashier: Cashier) -> list[Approval]:
    """What was allowed, after a manager was asked to allow a void."""
    add_staff(cashier.shop, name="王芳", pin="135246", role=Role.CASHIER)
    got: list[Approval] = []
    cashier.scan(VITAMIN)
    cashier.window.talks.override.ask(Right.VOID_SALE, got.append, words="S01-T1-000001")
    cashier.wait(cashier.window.sheets.override.isVisible)
    return got


def test_a_manager_is_asked_and_allows_it(cashier: Cashier, allowed: list[Approval]) -> None:
    sheet = cashier.window.sheets.override
    assert sheet.title.text() == "请授权：作废小票"
    assert sheet.subtitle.text() == "S01-T1-000001"
    assert sheet.who.chosen() == "店长", "who has not the right is not offered"
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: not sheet.isVisible())
    assert [(each.right, each.staff_no) for each in allowed] == [(Right.VOID_SALE, 1)]
    assert audit_rows(cashier.shop)[-1]["what"] == "approved"
    assert sheet.entry.pin() == ""
    assert cashier.page.scan.input.edit.hasFocus()


def test_esc_allows_nothing_and_keeps_the_basket(cashier: Cashier, allowed: list[Approval]) -> None:
    cashier.type_in("246")
    cashier.press("Esc")
    cashier.wait(lambda: not cashier.window.sheets.override.isVisible())
    assert cashier.window.sheets.override.entry.pin() == "", "half of one is nobody's either"
    assert allowed == []
    assert cashier.codes() == [VITAMIN]


def test_wrong_pins_are_said_and_counted(cashier: Cashier, allowed: list[Approval]) -> None:
    sheet = cashier.window.sheets.override
    for wrong in ("111111", "222222"):
        cashier.type_in(wrong)
        cashier.press("Enter")
        cashier.wait(
            lambda: "PIN 不对" in sheet.entry.field.problem.text() and sheet.done.isEnabled()
        )
    cashier.type_in("333333")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.entry.is_waiting)
    assert "后再输" in sheet.entry.field.problem.text()
    assert allowed == []


def test_only_a_missing_right_is_mended(cashier: Cashier) -> None:
    got: list[Approval] = []
    override = cashier.window.talks.override
    assert not override.mends(EmptyBasket(), got.append)
    for error in (NotAllowed("pay_out"), ApprovalSpent("pay_out")):
        assert override.mends(error, got.append)
        cashier.wait(cashier.window.sheets.override.isVisible)
        assert cashier.window.sheets.override.title.text() == "请授权：取出现金"
        cashier.press("Esc")
