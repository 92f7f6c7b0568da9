"""A whole day of a shop at the window: two cashiers, from the float to the Z, by keys alone."""

from __future__ import annotations

from core.actions.hold import held_baskets
from core.actions.set_up import add_staff
from core.actions.shift import drawer_now, takings_now
from core.trust.staff import Role
from tests.builders import PIN, Home, manager_of
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

FANG, FANG_PIN = "王芳", "135246"


def log_in(cashier: Cashier, name: str, pin: str) -> None:
    login = cashier.window.login

    def is_offered() -> bool:
        login.who.choose(name)
        return login.isVisible() and login.who.chosen() == name

    cashier.wait(is_offered)
    cashier.type_in(pin)
    cashier.press("Enter")


def sell(cashier: Cashier, *codes: str) -> None:
    before = cashier.sales()
    cashier.sell(*codes)
    assert cashier.sales() == before + 1


def count_and_close(cashier: Cashier, counted: str) -> None:
    sheets = cashier.window.sheets
    cashier.press("F12")
    cashier.wait(sheets.shift.isVisible)
    cashier.type_in("5")
    cashier.wait(sheets.close_day.isVisible)
    cashier.type_in(counted)
    cashier.press("Enter")
    cashier.wait(lambda: sheets.close_day.title.text() == "日结完成")
    cashier.press("Esc")
    cashier.wait(cashier.window.login.isVisible)


def open_with(cashier: Cashier, amount: str) -> None:
    cashier.wait(cashier.window.pages.open_day.isVisible)
    cashier.type_in(amount)
    cashier.press("Enter")
    cashier.wait(cashier.page.isVisible)
    cashier.settle_down()


def held_and_recalled(cashier: Cashier) -> None:
    sheets = cashier.window.sheets
    cashier.scan(CARD, MASKS)
    cashier.press("F6")
    cashier.wait(sheets.hold.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: not sheets.hold.isVisible())
    sell(cashier, CALCIUM)
    cashier.press("F7")
    cashier.wait(sheets.recall.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: not sheets.recall.isVisible())
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()


def void_last(cashier: Cashier) -> None:
    returns, sheet = cashier.window.sheets.returns, cashier.window.sheets.void
    cashier.press("F8")
    cashier.wait(lambda: returns.isVisible() and returns.finder.list.current_key() is not None)
    cashier.press("Enter")
    cashier.wait(returns.effects.beside.isVisible)
    returns.effects.beside.click()
    cashier.wait(lambda: sheet.isVisible() and sheet.subtitle.text() != "")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.approve()
    cashier.wait(lambda: sheet.title.text() == "已作废")
    cashier.press("Enter")
    cashier.wait(lambda: not sheet.isVisible())


def hand_over_to_the_manager(cashier: Cashier, counted: str) -> None:
    sheets = cashier.window.sheets
    cashier.press("F12")
    cashier.wait(sheets.shift.isVisible)
    cashier.type_in("4")
    cashier.wait(sheets.change_shift.isVisible)
    cashier.type_in(counted)
    cashier.press("Enter")
    cashier.wait(sheets.take_over.isVisible)
    sheets.take_over.who.choose("店长")
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: not sheets.take_over.isVisible())


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def test_a_day_with_two_cashiers(home: Home, qtbot, look: Look) -> None:
    with cashier_at(home, qtbot, look) as cashier:
        add_staff(cashier.shop, name=FANG, pin=FANG_PIN, role=Role.CASHIER)
        manager = manager_of(cashier.shop)
        count_and_close(cashier, "200")

        log_in(cashier, FANG, FANG_PIN)
        open_with(cashier, "100")
        sell(cashier, CARD, VITAMIN, CALCIUM, MASKS)
        cashier.scan(UNKNOWN)
        assert UNKNOWN in cashier.error()
        held_and_recalled(cashier)
        assert held_baskets(cashier.shop) == ()
        cashier.scan(VITAMIN)
        cashier.lock()
        cashier.unlock(FANG, FANG_PIN)
        assert cashier.codes() == [VITAMIN], "the basket waits behind the lock"
        cashier.pay()
        cashier.press("Esc")
        cashier.settle_down()
        void_last(cashier)

        expected = takings_now(cashier.shop, staff=manager).expected_fen
        hand_over_to_the_manager(cashier, yuan(expected))
        now = drawer_now(cashier.shop)
        assert (now.cashier, now.shift.float_fen) == ("店长", expected)
        sell(cashier, CALCIUM, CALCIUM)

        takings = takings_now(cashier.shop, staff=manager)
        assert (takings.of_day.sales, takings.of_day.voids) == (5, 1)
        count_and_close(cashier, yuan(takings.expected_fen))
        with cashier.shop.store.read() as reading:
            last = reading.reports.last()
            assert last is not None and last.no == "S01-T1-Z0002"
    assert home.findings() == []
