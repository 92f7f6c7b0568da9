"""退货 at the counter: F8, the sale, its lines, the reason, a manager's PIN where it takes one."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions import counter as counters
from core.actions import hold as holding
from core.actions.counter import Counter
from core.actions.day import close_day, open_day
from core.actions.shift import takings_now
from core.pricing.basket import Basket
from core.shop import Shop
from core.trust.staff import Staff
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CARD, MASKS, STATIN, VITAMIN, Cashier
from ui.devices.escpos import drawer_pulse
from ui.till.returns import ReturnSheet

FIRST = "S01-T1-000001"


def begun(cashier: Cashier) -> ReturnSheet:
    sheet = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(lambda: sheet.isVisible() and sheet.finder.list.current_key() is not None)
    return sheet


def opened(cashier: Cashier, no: str = FIRST) -> ReturnSheet:
    """F8 and a scan of the receipt, until its lines stand there."""
    sheet = begun(cashier)
    cashier.burst(no)
    cashier.wait(lambda: sheet.subtitle.text().startswith(no))
    return sheet


def left_of(cashier: Cashier, no: str = FIRST) -> list[int]:
    with cashier.shop.store.read() as reading:
        sale = reading.sales.by_no(no)
        assert sale is not None
        return [line.left_milli for line in reading.returns.lines(sale.sale_id)]


def confirm(cashier: Cashier, reason: str) -> None:
    cashier.press("Enter")
    assert not cashier.window.sheets.returns.why.words.problem.text(), "one Enter is one answer"
    cashier.type_in(reason)
    cashier.press("Enter")


def test_a_scan_of_the_receipt_one_of_the_goods_and_a_reason(cashier: Cashier) -> None:
    cashier.sell(CARD, VITAMIN, VITAMIN, MASKS)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    sheet = opened(cashier)
    assert not sheet.effects.done.isEnabled()
    cashier.burst(VITAMIN)
    cashier.wait(sheet.effects.done.isEnabled)
    back = sheet.effects.amount.text()
    assert left_of(cashier) == [2000, 1000]
    confirm(cashier, "1")
    cashier.wait(lambda: sheet.title.text() == "已退货")
    assert left_of(cashier) == [1000, 1000]
    assert sheet.effects.amount.text() == back
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    assert cashier.printer.printed[1].startswith(drawer_pulse())
    cashier.press("Enter")
    assert not sheet.isVisible()
    now = takings_now(cashier.shop, staff=manager_of(cashier.shop))
    assert (now.of_day.returns, now.of_day.voids) == (1, 0)
    cashier.wait(lambda: cashier.page.last.heading.text() == "上一单　已退 37.00")


def test_who_turns_back_too_late_hears_that_it_came_back(cashier: Cashier) -> None:
    cashier.sell(CARD, VITAMIN, MASKS)
    sheet = opened(cashier)
    cashier.burst(VITAMIN)
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    cashier.type_in("1")
    sheet._on_enter()
    sheet.give_up()
    assert not sheet.isVisible()
    cashier.wait(sheet.isVisible)
    assert left_of(cashier) == [0, 1000]
    assert sheet.effects.title.text() == "已退货，请退给顾客"
    cashier.press("Enter")
    assert not sheet.isVisible()


def test_arrows_step_through_lines_and_f8_takes_all(cashier: Cashier) -> None:
    cashier.sell(VITAMIN, VITAMIN, MASKS)
    sheet = opened(cashier)
    for key in ("Right", "Right", "Down", "Right", "Up", "Left"):
        cashier.press(key)
    assert sheet.lines.chosen == {1: 1000, 2: 1000}
    cashier.press("F8")
    assert sheet.lines.chosen == {1: 2000, 2: 1000}
    cashier.wait(sheet.effects.done.isEnabled)
    confirm(cashier, "2")
    cashier.wait(lambda: sheet.title.text() == "已退货")
    assert left_of(cashier) == [0, 0]
    cashier.press("Enter")
    cashier.settle_down()
    sheet = opened(cashier)
    assert sheet.effects.title.text() == "这一单已经全部退回"
    assert not sheet.effects.done.isEnabled()
    assert not sheet.effects.beside.isVisible()


def test_part_of_a_line_is_typed(cashier: Cashier) -> None:
    cashier.sell(VITAMIN, VITAMIN)
    sheet = opened(cashier)
    cashier.press("Right")
    cashier.wait(sheet.effects.done.isEnabled)
    sheet.lines.asked.emit(1)
    cashier.type_in("0.5")
    cashier.press("Enter")
    assert sheet.lines.chosen == {1: 500}
    cashier.press("Esc")
    assert sheet.isVisible()
    assert left_of(cashier) == [2000]


def test_yesterdays_sale_comes_back_today(cashier: Cashier) -> None:
    cashier.sell(VITAMIN)
    manager = manager_of(cashier.shop)
    close_day(cashier.shop, counted_fen=239_00, staff=manager)
    open_day(cashier.shop, float_fen=100_00, staff=manager)
    sheet = opened(cashier)
    assert not sheet.effects.beside.isVisible()
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    confirm(cashier, "1")
    cashier.wait(lambda: sheet.title.text() == "已退货")
    assert takings_now(cashier.shop, staff=manager).expected_fen == 61_00


def test_a_sale_out_of_the_list_takes_a_manager(cashier: Cashier, fang: Staff) -> None:
    cashier.sell(VITAMIN)
    sheet = begun(cashier)
    cashier.press("Enter")
    cashier.wait(lambda: sheet.subtitle.text().startswith(FIRST))
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    confirm(cashier, "1")
    override = cashier.window.sheets.override
    cashier.wait(lambda: override.isVisible() and override.who.chosen() != "")
    assert left_of(cashier) == [1000]
    cashier.approve()
    cashier.wait(lambda: sheet.title.text() == "已退货")
    assert left_of(cashier) == [0]


def test_a_typed_number_is_a_receipt(cashier: Cashier, fang: Staff) -> None:
    cashier.sell(VITAMIN)
    sheet = begun(cashier)
    cashier.type_in(FIRST)
    cashier.press("Enter")
    cashier.wait(lambda: sheet.subtitle.text().startswith(FIRST))
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    confirm(cashier, "1")
    cashier.wait(lambda: sheet.title.text() == "已退货")


def test_a_medicine_for_no_good_reason_gets_one_sentence(cashier: Cashier) -> None:
    cashier.sell(STATIN)
    sheet = opened(cashier)
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    confirm(cashier, "1")
    cashier.wait(lambda: "质量问题" in sheet.effects.said.text())
    cashier.type_in("4")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已退货")


def test_a_card_shows_what_its_member_bought(cashier: Cashier) -> None:
    cashier.sell(CARD, VITAMIN)
    cashier.sell(MASKS)
    sheet = begun(cashier)
    assert sheet.finder.list.current_key() == "S01-T1-000002"
    cashier.burst(CARD)
    cashier.wait(lambda: sheet.finder.list.current_key() == FIRST)
    cashier.burst("S01-T1-000077")
    cashier.wait(lambda: "S01-T1-000077" in sheet.effects.said.text())
    cashier.press("Esc")
    assert not sheet.isVisible()


def test_an_exchange_takes_the_difference_once(cashier: Cashier) -> None:
    """F8, what comes back, why, F8 again; what goes out is scanned, and F9 settles both."""
    cashier.sell(CARD, VITAMIN, VITAMIN)
    sheet, payment = opened(cashier), cashier.window.sheets.payment
    cashier.burst(VITAMIN)
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    cashier.press("F8")
    assert sheet.isVisible()  # why is asked first
    cashier.type_in("3")
    cashier.press("F8")
    cashier.wait(lambda: not sheet.isVisible())
    notices = cashier.page.basket.notices
    cashier.wait(lambda: notices.text("exchange").startswith(f"换货 {FIRST}"))
    assert left_of(cashier) == [2000]
    cashier.scan(MASKS, MASKS, STATIN)
    cashier.press("F9")
    cashier.wait(payment.isVisible)
    first = payment.findChild(QWidget, "paid_0")
    assert first is not None
    assert first.accessibleName().startswith("退货抵")
    cashier.press("Enter")
    cashier.wait(lambda: payment.is_settled)
    assert left_of(cashier) == [1000]
    cashier.press("Esc")
    cashier.settle_down()
    assert not notices.text("exchange")


def exchanging(cashier: Cashier, *, wants: tuple[str, ...]) -> None:
    """All that was sold last comes back with what is wanted instead."""
    sheet = opened(cashier)
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("F8")
    cashier.wait(lambda: bool(cashier.page.basket.notices.text("exchange")))
    cashier.scan(*wants)


def test_what_was_paid_in_an_exchange_is_not_forgotten(cashier: Cashier) -> None:
    """F9, a part by phone, Esc, F9 again: the phone was charged once, and is not asked again."""
    cashier.sell(VITAMIN)
    payment = cashier.window.sheets.payment
    exchanging(cashier, wants=(VITAMIN, MASKS))
    cashier.press("F9")
    cashier.wait(payment.isVisible)
    payment.tender_added.emit("wechat", 1_00)
    cashier.wait(lambda: payment.findChild(QWidget, "paid_1") is not None)
    cashier.press("Esc")
    cashier.wait(lambda: not payment.isVisible())
    cashier.settle_down()
    assert [each.amount_fen for each in cashier.counter.basket.own_tenders] == [1_00]
    cashier.press("F9")
    cashier.wait(payment.isVisible)
    cashier.wait(lambda: payment.findChild(QWidget, "paid_1") is not None)
    cashier.press("Enter")
    cashier.wait(lambda: payment.is_settled)
    last = cashier.window.flow.standing().last
    assert last is not None and last.paid_fen >= last.payable_fen


def test_an_exchange_that_needs_more_at_the_end_is_answered_for(
    cashier: Cashier, fang: Staff
) -> None:
    """What could come back when it was begun is beyond the rules when it is paid."""
    cashier.sell(VITAMIN)
    sheets = cashier.window.sheets
    exchanging(cashier, wants=(VITAMIN, MASKS))

    def beyond(shop: Shop, basket: Basket) -> Counter:
        assert basket.exchange is not None
        lost = replace(basket.exchange, has_receipt=False)
        return counters.reprice(shop, basket.with_exchange(lost))

    cashier.window.flow.put(beyond)
    cashier.settle_down()
    cashier.press("F9")
    cashier.approve()
    cashier.wait(lambda: sheets.open_names == ("payment",))
    cashier.wait(lambda: sheets.payment.findChild(QWidget, "paid_0") is not None)
    cashier.press("Enter")
    cashier.wait(lambda: sheets.payment.is_settled)
    assert left_of(cashier) == [0]


def test_an_exchange_without_goods_outlives_a_crash(cashier: Cashier) -> None:
    cashier.sell(VITAMIN)
    exchanging(cashier, wants=())
    cashier.settle_down()
    assert holding.resume(cashier.shop).counter.basket.exchange is not None
    cashier.page.basket.notices.answered.emit("exchange", "drop")
    cashier.wait(lambda: not cashier.page.basket.notices.text("exchange"))
    cashier.settle_down()
    assert not holding.resume(cashier.shop).is_back


def test_an_exchange_that_is_let_go_changes_nothing(cashier: Cashier) -> None:
    cashier.sell(VITAMIN)
    sheet = opened(cashier)
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("F8")
    notices = cashier.page.basket.notices
    cashier.wait(lambda: bool(notices.text("exchange")))
    cashier.scan(MASKS)
    notices.answered.emit("exchange", "drop")
    cashier.wait(lambda: not notices.text("exchange"))
    assert left_of(cashier) == [1000]
    assert cashier.page.basket.table.model.rows


def test_no_reason_is_chosen_beforehand_and_a_scan_is_none(cashier: Cashier) -> None:
    cashier.sell(VITAMIN)
    sheet = opened(cashier)
    cashier.press("F8")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    assert sheet.why.explanation() is None
    for _ in range(3):
        cashier.press("Enter")
    assert sheet.why.explanation() is None
    assert "先选一个原因" in sheet.why.words.problem.text()
    cashier.burst(VITAMIN)
    cashier.wait(lambda: "Esc" in sheet.why.words.problem.text())
    assert left_of(cashier) == [1000]
    cashier.type_in("1")
    assert not sheet.why.words.problem.text()
