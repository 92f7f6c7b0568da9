"""作废 at the counter: F8, 整单作废, the reason, and a manager's PIN where it takes one."""

from __future__ import annotations

import pytest

from core.actions.day import close_day, open_day
from core.actions.set_up import add_staff
from core.actions.shift import takings_now
from core.trust.staff import Role, Staff
from tests.builders import PIN, manager_of
from tests.ui.till.counter.at_counter import CALCIUM, CARD, VITAMIN, Cashier
from ui.devices.escpos import drawer_pulse
from ui.till.void import VoidSheet

FANG_PIN = "135246"


@pytest.fixture
def fang(cashier: Cashier) -> Staff:
    """A cashier, who stands at the till from now on."""
    fang = add_staff(cashier.shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
    cashier.lock()
    cashier.unlock("王芳", FANG_PIN)
    cashier.settle_down()
    return fang


def sell(cashier: Cashier, *codes: str) -> None:
    cashier.scan(*codes)
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()


def begun(cashier: Cashier) -> VoidSheet:
    """F8, the last sale, and the button that makes all of it void."""
    returns = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(lambda: returns.isVisible() and returns.list.current_key() is not None)
    cashier.press("Enter")
    cashier.wait(returns.effects.beside.isVisible)
    returns.effects.beside.click()
    sheet = cashier.window.sheets.void
    cashier.wait(sheet.isVisible)
    return sheet


def looked_at(cashier: Cashier, no: str) -> VoidSheet:
    """Until what would happen to this sale is shown."""
    sheet = cashier.window.sheets.void
    if not sheet.isVisible():
        begun(cashier)
    cashier.wait(lambda: sheet.isVisible() and sheet.subtitle.text() == no)
    return sheet


def is_void(cashier: Cashier, no: str) -> bool:
    with cashier.shop.store.read() as reading:
        sale = reading.sales.by_no(no)
    assert sale is not None
    return sale.is_voided


def test_the_last_sale_is_void_and_the_money_stays_in_sight(
    cashier: Cashier,
) -> None:
    sell(cashier, CARD, VITAMIN)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.press("Enter")
    assert not is_void(cashier, "S01-T1-000001")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已作废")
    assert is_void(cashier, "S01-T1-000001")
    assert sheet.effects.title.text() == "已作废，请退给顾客"
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    assert cashier.printer.printed[1].startswith(drawer_pulse())
    cashier.press("Enter")
    assert not sheet.isVisible()
    cashier.wait(lambda: cashier.page.last.heading.text() == "上一单　已作废")
    now = takings_now(cashier.shop, staff=manager_of(cashier.shop))
    assert (now.expected_fen, now.of_day.voids) == (200_00, 1)


def test_who_stands_at_the_counter_is_priced_anew(cashier: Cashier) -> None:
    sell(cashier, CARD, CALCIUM)
    cashier.scan(CARD, VITAMIN)
    before = cashier.counter.file
    assert before is not None
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已作废")
    cashier.settle_down()
    after = cashier.counter.file
    assert after is not None
    assert after.points < before.points
    assert cashier.codes() == [VITAMIN]


def test_another_sale_is_chosen_by_arrow_by_number_and_by_scan(cashier: Cashier) -> None:
    for _ in range(3):
        sell(cashier, VITAMIN)
    looked_at(cashier, "S01-T1-000003")
    cashier.press("Down")
    looked_at(cashier, "S01-T1-000002")
    cashier.type_in("0001")
    looked_at(cashier, "S01-T1-000001")
    cashier.burst("S01-T1-000003")
    looked_at(cashier, "S01-T1-000003")
    assert cashier.codes() == []


def test_a_cashier_voids_with_the_managers_pin(cashier: Cashier, fang: Staff) -> None:
    sell(cashier, VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.press("Enter")
    cashier.type_in("4")
    cashier.press("Enter")
    override = cashier.window.sheets.override
    cashier.wait(lambda: override.isVisible() and override.who.chosen() != "")
    cashier.press("Esc")
    assert not is_void(cashier, "S01-T1-000001")
    assert sheet.isVisible()
    sheet.effects.done.click()
    cashier.wait(lambda: override.isVisible() and override.who.chosen() != "")
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已作废")


def test_esc_goes_back_one_step_and_nothing_is_void(cashier: Cashier) -> None:
    sell(cashier, VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.press("Enter")
    cashier.press("Esc")
    assert sheet.isVisible()
    cashier.press("Esc")
    assert not sheet.isVisible()
    assert not is_void(cashier, "S01-T1-000001")


def test_a_sale_of_a_closed_day_gets_one_sentence(cashier: Cashier) -> None:
    sell(cashier, VITAMIN)
    manager = manager_of(cashier.shop)
    close_day(cashier.shop, counted_fen=239_00, staff=manager)
    open_day(cashier.shop, float_fen=0, staff=manager)
    sell(cashier, VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000002")
    cashier.burst("S01-T1-000001")
    cashier.wait(lambda: "那一天已经日结" in sheet.effects.said.text())
    assert not sheet.effects.done.isEnabled()


def test_what_is_void_already_is_not_voided_again(cashier: Cashier) -> None:
    for _ in range(2):
        sell(cashier, VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000002")
    for key in ("Enter", "1", "Enter"):
        cashier.press(key) if key == "Enter" else cashier.type_in(key)
    cashier.wait(lambda: sheet.title.text() == "已作废")
    cashier.press("Enter")
    cashier.settle_down()
    returns = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(lambda: returns.isVisible() and returns.list.current_key() is not None)
    cashier.press("Enter")
    cashier.wait(lambda: "已经作废" in returns.effects.said.text())
    assert not returns.effects.beside.isVisible()
    cashier.press("Down")
    cashier.press("Enter")
    cashier.wait(returns.effects.beside.isVisible)
    returns.effects.beside.click()
    cashier.wait(sheet.isVisible)
    cashier.press("Up")
    looked_at(cashier, "S01-T1-000002")
    assert sheet.effects.title.text() == "这一单已经作废"
    assert not sheet.effects.done.isEnabled()
