"""作废 at the counter: F8, 整单作废, the reason, and a manager's PIN where it takes one."""

from __future__ import annotations

from core.actions.day import close_day, open_day
from core.actions.shift import takings_now
from core.trust.staff import Staff
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CALCIUM, CARD, VITAMIN, Cashier
from ui.devices.escpos import drawer_pulse
from ui.till.void import VoidSheet


def looked_at(cashier: Cashier, no: str) -> VoidSheet:
    """F8, the sale, and the button that makes all of it void."""
    returns = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(lambda: returns.isVisible() and returns.finder.list.current_key() is not None)
    cashier.type_in(no[-4:])
    cashier.press("Enter")
    cashier.wait(returns.effects.beside.isVisible)
    returns.effects.beside.click()
    sheet = cashier.window.sheets.void
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
    cashier.sell(CARD, VITAMIN)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.press("Enter")
    assert "先选一个原因" in sheet.why.words.problem.text()
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


def test_who_turns_back_too_late_hears_that_it_is_void(cashier: Cashier) -> None:
    cashier.sell(CARD, VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.type_in("1")
    sheet._on_enter()
    sheet.give_up()
    assert not sheet.isVisible()
    cashier.wait(sheet.isVisible)
    assert is_void(cashier, "S01-T1-000001")
    assert sheet.effects.title.text() == "已作废，请退给顾客"
    cashier.press("Enter")
    assert not sheet.isVisible()
    cashier.press("Ctrl+,")
    cashier.wait(cashier.window.sheets.settings.isVisible)


def test_who_stands_at_the_counter_is_priced_anew(cashier: Cashier) -> None:
    cashier.sell(CARD, CALCIUM)
    cashier.scan(CARD, VITAMIN)
    before = cashier.counter.file
    assert before is not None
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已作废")
    cashier.settle_down()
    after = cashier.counter.file
    assert after is not None
    assert after.points < before.points
    assert cashier.codes() == [VITAMIN]


def test_a_cashier_voids_with_the_managers_pin(cashier: Cashier, fang: Staff) -> None:
    cashier.sell(VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.type_in("4")
    cashier.press("Enter")
    override = cashier.window.sheets.override
    cashier.wait(lambda: override.isVisible() and override.who.chosen() != "")
    cashier.press("Esc")
    assert not is_void(cashier, "S01-T1-000001")
    assert sheet.isVisible()
    sheet.effects.done.click()
    cashier.approve()
    cashier.wait(lambda: sheet.title.text() == "已作废")


def test_a_scan_is_no_reason_and_esc_voids_nothing(cashier: Cashier) -> None:
    cashier.sell(VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000001")
    cashier.burst("S01-T1-000001")
    cashier.wait(lambda: "Esc" in sheet.why.words.problem.text())
    cashier.press("Esc")
    assert not sheet.isVisible()
    assert cashier.codes() == []
    assert not is_void(cashier, "S01-T1-000001")


def test_only_a_whole_sale_of_today_can_be_void(cashier: Cashier) -> None:
    """What is void is said, and what is of a closed day has no such button."""
    cashier.sell(VITAMIN)
    manager = manager_of(cashier.shop)
    close_day(cashier.shop, counted_fen=239_00, staff=manager)
    open_day(cashier.shop, float_fen=0, staff=manager)
    cashier.sell(VITAMIN)
    sheet = looked_at(cashier, "S01-T1-000002")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已作废")
    cashier.press("Enter")
    cashier.settle_down()
    returns = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(lambda: returns.isVisible() and returns.finder.list.current_key() is not None)
    cashier.press("Enter")
    cashier.wait(lambda: "已经作废" in returns.effects.said.text())
    assert not returns.effects.beside.isVisible()
    cashier.press("Down")
    cashier.press("Enter")
    cashier.wait(lambda: returns.subtitle.text().startswith("S01-T1-000001"))
    assert not returns.effects.beside.isVisible()
