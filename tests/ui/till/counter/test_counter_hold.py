"""F6 lays a basket aside, F7 takes one up; what was scanned outlives a crash of the till."""

from __future__ import annotations

from core.actions import hold as holding
from core.pricing.tender import Tender, TenderKind
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_offer_uses import rules
from tests.builders import Home, manager_of
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    MASKS,
    UNKNOWN,
    VITAMIN,
    Cashier,
    cashier_at,
)
from ui.look import Look
from ui.till.notices import ERROR, LEFT_OVER, NEWS
from ui.widgets.words import Words


def held_up(cashier: Cashier, *codes: str, name: str = "") -> None:
    cashier.scan(*codes)
    cashier.press("F6")
    cashier.wait(cashier.window.sheets.hold.isVisible)
    cashier.type_in(name)
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.hold.isVisible())


def test_one_customer_waits_while_the_next_one_pays(cashier: Cashier) -> None:
    held_up(cashier, CARD, VITAMIN, name="red coat")
    assert cashier.counter.basket.is_empty and cashier.counter.file is None
    cashier.scan(CALCIUM)
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()
    cashier.press("F7")
    cashier.wait(cashier.window.sheets.recall.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.recall.isVisible())
    assert cashier.codes() == [VITAMIN]
    assert cashier.counter.file is not None
    assert holding.held_baskets(cashier.shop) == ()


def test_a_slip_is_printed_at_once_only_where_it_is_set(cashier: Cashier) -> None:
    held_up(cashier, VITAMIN)
    cashier.settle_down()
    assert cashier.printer.printed == []
    cashier.press("Ctrl+,")
    sheet = cashier.window.sheets.settings
    cashier.wait(sheet.isVisible)
    sheet.chosen.emit("prints_hold_slips", True)
    cashier.settle_down()
    cashier.press("Esc")
    held_up(cashier, CALCIUM, name="red coat")
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    assert b"red coat" in cashier.printer.printed[0]


def test_who_is_still_waited_for_is_named_before_the_day_is_closed(cashier: Cashier) -> None:
    held_up(cashier, VITAMIN, name="red coat")
    held_up(cashier, CALCIUM)
    cashier.press("F12")
    cashier.wait(cashier.window.sheets.shift.isVisible)
    cashier.type_in("5")
    closing = cashier.window.sheets.close_day
    cashier.wait(closing.isVisible)
    said = closing.findChild(Words, "close_day_waiting").text()
    assert said.startswith("还挂着 2 单：red coat、")
    cashier.type_in("200")
    cashier.press("Enter")
    cashier.wait(lambda: closing.title.text() == "日结完成")
    assert len(holding.held_baskets(cashier.shop)) == 2


def test_a_code_nobody_knew_leaves_with_its_customer(cashier: Cashier) -> None:
    cashier.scan(VITAMIN, UNKNOWN)
    assert UNKNOWN in cashier.error()
    held_up(cashier)
    assert cashier.error() == ""


def test_the_list_goes_by_keys_and_swaps_with_what_stands_there(cashier: Cashier) -> None:
    held_up(cashier, VITAMIN)
    held_up(cashier, CALCIUM)
    cashier.scan(MASKS)
    cashier.press("F7")
    cashier.wait(cashier.window.sheets.recall.isVisible)
    cashier.press("Down")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.codes() == [CALCIUM])
    held = [each.basket.lines[0].product.code for each in holding.held_baskets(cashier.shop)]
    assert held == [VITAMIN, MASKS]


def test_a_basket_is_discarded_when_asked_twice(cashier: Cashier) -> None:
    held_up(cashier, VITAMIN)
    cashier.press("F7")
    sheet = cashier.window.sheets.recall
    cashier.wait(sheet.isVisible)
    cashier.press("Del")
    assert "再按一次" in sheet.said.text()
    assert len(holding.held_baskets(cashier.shop)) == 1
    cashier.press("Del")
    cashier.wait(lambda: holding.held_baskets(cashier.shop) == ())
    cashier.wait(sheet.none.isVisible)


def test_whoever_may_not_discard_asks_a_manager(cashier: Cashier) -> None:
    cashier.hand_over_to_fang()
    held_up(cashier, VITAMIN)
    cashier.press("F7")
    cashier.wait(cashier.window.sheets.recall.isVisible)
    cashier.press("Del")
    cashier.press("Del")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert len(holding.held_baskets(cashier.shop)) == 1
    cashier.approve()
    cashier.wait(lambda: holding.held_baskets(cashier.shop) == ())
    assert cashier.window.sheets.recall.isVisible()


def test_an_empty_basket_is_not_held(cashier: Cashier) -> None:
    cashier.press("F6")
    cashier.settle_down()
    assert not cashier.window.sheets.has_open


def kept(cashier: Cashier) -> list[str]:
    with cashier.shop.store.read() as reading:
        basket = reading.baskets.open_one()
    return [] if basket is None else [line.product.code for line in basket.lines]


def test_what_was_scanned_outlives_a_crash(home: Home, qtbot, look: Look) -> None:
    with cashier_at(home, qtbot, look) as cashier:
        cashier.scan(CARD, VITAMIN, CALCIUM)
        cashier.wait(lambda: kept(cashier) == [VITAMIN, CALCIUM])
        before = cashier.counter.basket
    with cashier_at(home, qtbot, look) as cashier:
        assert cashier.counter.basket == before
        assert "上次没结完的一单还在" in cashier.error()
        cashier.pay()
        cashier.settle_down()
        assert cashier.sales() == 1
        assert cashier.page.last.heading.text() == "上一单"
    with cashier_at(home, qtbot, look) as cashier:
        assert cashier.counter.basket.is_empty and cashier.error() == ""
        last = cashier.page.last
        cashier.wait(lambda: last.heading.text() == "上一单　重开前收完的")
        assert len(last.time.text()) == len("11-24 14:32")


def aside(cashier: Cashier) -> tuple[str, ...]:
    with cashier.shop.store.read() as reading:
        return reading.baskets.kept_codes()


def paying(cashier: Cashier) -> None:
    """A payment of one vitamin; calcium and a card come meanwhile, masks below the help."""
    cashier.scan(VITAMIN)
    cashier.press("F1")
    cashier.burst(MASKS)
    cashier.wait(lambda: aside(cashier) == (MASKS,))
    cashier.window.sheets.help.shut()
    cashier.settle_down()
    assert aside(cashier) == () and kept(cashier) == [VITAMIN, MASKS]
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    for code in (CALCIUM, UNKNOWN):
        cashier.burst(code)
    cashier.wait(lambda: aside(cashier) == (CALCIUM, ""))


def test_what_waits_behind_a_payment_outlives_a_crash_and_waits_for_the_next_basket(
    home: Home, qtbot, look: Look
) -> None:
    with cashier_at(home, qtbot, look) as cashier:
        paying(cashier)
    with cashier_at(home, qtbot, look) as cashier:
        notices = cashier.page.basket.notices
        assert cashier.codes() == [VITAMIN, MASKS]
        assert "先放着 1 个码。碳酸钙D3" in notices.text(LEFT_OVER)
        assert aside(cashier) == (CALCIUM,)
        cashier.pay()
        cashier.press("Esc")
        cashier.settle_down()
        assert cashier.codes() == [CALCIUM] and kept(cashier) == [CALCIUM]
        assert "1 个码收进来了" in notices.text(NEWS) and "1 个码，没有留下" in notices.text(NEWS)
        assert aside(cashier) == () and not notices.text(LEFT_OVER)


def test_what_waited_is_taken_into_the_basket_that_came_back_or_let_go(
    home: Home, qtbot, look: Look
) -> None:
    with cashier_at(home, qtbot, look) as cashier:
        paying(cashier)
    with cashier_at(home, qtbot, look) as cashier:
        holding.keep_open(cashier.shop, cashier.counter.basket, [CALCIUM, MASKS])
        cashier.page.basket.notices.answered.emit(LEFT_OVER, "let_go")
        cashier.settle_down()
        assert cashier.codes() == [VITAMIN, MASKS] and aside(cashier) == ()
        holding.keep_open(cashier.shop, cashier.counter.basket, [CALCIUM])
    with cashier_at(home, qtbot, look) as cashier:
        cashier.page.basket.notices.answered.emit(LEFT_OVER, "take")
        cashier.settle_down()
        assert cashier.codes() == [VITAMIN, MASKS, CALCIUM] and aside(cashier) == ()


def test_money_that_was_recorded_outlives_a_crash(home: Home, qtbot, look: Look) -> None:
    with cashier_at(home, qtbot, look) as cashier:
        cashier.scan(VITAMIN)
        cashier.press("F9")
        cashier.wait(cashier.window.sheets.payment.isVisible)
        cashier.press("Ctrl+3")
        cashier.type_in("20")
        cashier.press("Enter")

        def has_tender() -> bool:
            with cashier.shop.store.read() as reading:
                basket = reading.baskets.open_one()
            return basket is not None and len(basket.tenders) == 1

        cashier.wait(has_tender)
    with cashier_at(home, qtbot, look) as cashier:
        assert cashier.counter.basket.tenders == (Tender(TenderKind.WECHAT, 20_00),)
        assert "20.00" in cashier.error()
        cashier.pay()
        assert cashier.sales() == 1


def test_what_was_taken_away_again_does_not_come_back(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.wait(lambda: kept(cashier) == [VITAMIN])
    cashier.press("Del")
    cashier.settle_down()
    cashier.wait(lambda: kept(cashier) == [])


def test_a_new_rulebook_is_spoken_of_once_when_a_basket_is_recalled(cashier: Cashier) -> None:
    held_up(cashier, CARD, VITAMIN)
    rules(cashier.shop, manager_of(cashier.shop), FIVE)  # without a member price
    cashier.press("F7")
    cashier.wait(cashier.window.sheets.recall.isVisible)
    cashier.press("Enter")
    said = cashier.page.basket.notices
    cashier.wait(lambda: said.text(ERROR).startswith("挂单后换了规则册第 2 版。应收从 37.00 变成"))
    cashier.scan(CALCIUM)
    cashier.wait(lambda: len(cashier.codes()) == 2)
    assert not said.text(ERROR)
