"""锁屏: whoever leaves the till finds everything again, and nobody else gets at it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from core.actions import staff as people
from core.actions.set_up import add_staff
from core.trust.staff import Role, Staff
from tests.builders import FANG_PIN, audit_rows, manager_of
from tests.ui.till.counter.at_counter import CALCIUM, CARD, UNKNOWN, VITAMIN, Cashier
from ui.here import here
from ui.login.idle_watch import IdleWatch
from ui.till import day_flow


@pytest.fixture
def fang(cashier: Cashier) -> Staff:
    """A cashier beside the manager who is logged in."""
    return add_staff(cashier.shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)


def wait_for_lock(cashier: Cashier) -> None:
    login = cashier.window.login
    cashier.wait(lambda: login.isVisible() and login.entry.field.edit.hasFocus())


def what_is_audited(cashier: Cashier) -> list[tuple[str, int, str]]:
    rows = audit_rows(cashier.shop)
    return [(row["what"], row["staff_no"], row["detail"]) for row in rows]


def test_who_comes_back_finds_basket_and_caret(cashier: Cashier, fang: Staff) -> None:
    cashier.scan(CARD, VITAMIN)
    before = cashier.counter
    cashier.lock()
    login = cashier.window.login
    assert login.title.text() == "已锁屏"
    assert login.line.text().startswith("店长没收完的都在")
    cashier.wait(lambda: login.who.chosen() == "店长")
    cashier.unlock()
    assert cashier.counter is before, "nothing is asked again"
    assert cashier.page.scan.input.edit.hasFocus()
    assert what_is_audited(cashier)[-2:] == [("locked", 1, ""), ("logged_in", 1, "")]


def test_another_person_takes_over_the_basket_and_answers_for_the_sale(
    cashier: Cashier, fang: Staff
) -> None:
    cashier.scan(CARD, VITAMIN)
    cashier.lock()
    cashier.unlock("王芳", FANG_PIN)
    assert cashier.codes() == [VITAMIN]
    cashier.scan(CALCIUM)
    cashier.pay()
    assert [row[:2] for row in what_is_audited(cashier)][-1] == ("sale_settled", fang.no)


def test_a_payment_goes_on_where_it_stood_with_what_was_paid(cashier: Cashier, fang: Staff) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    payment = cashier.window.sheets.payment
    cashier.wait(payment.isVisible)
    cashier.type_in("20")
    cashier.press("Enter")
    cashier.wait(lambda: payment.findChild(QWidget, "paid_0") is not None or "19" in _due(payment))
    cashier.lock()
    assert payment.isVisible(), "it stays beneath"
    cashier.unlock("王芳", FANG_PIN)
    assert "19" in _due(payment)
    cashier.press("Enter")
    cashier.wait(lambda: payment.is_settled)
    assert [row[:2] for row in what_is_audited(cashier)][-1] == ("sale_settled", fang.no)


def _due(payment: QWidget) -> str:
    edit = payment.findChild(QLineEdit, "payment_amount")
    return f"{edit.text()} {edit.placeholderText()}"


def test_no_key_and_no_scan_reaches_what_lies_beneath(cashier: Cashier, fang: Staff) -> None:
    cashier.scan(VITAMIN)
    cashier.lock()
    for key in ("F9", "F2", "Del", "Ctrl+,", "F6", "F12", "Esc"):
        cashier.press(key)
    for _ in range(8):
        cashier.press("Tab")
        assert cashier.window.lock.cover.holds(QApplication.focusWidget())
    cashier.page.focus_input()
    cashier.wait(cashier.window.login.entry.field.edit.hasFocus)
    cashier.wait(lambda: cashier.window.login.who.chosen() == "店长")
    cashier.burst(CALCIUM)
    assert "扫码枪" in cashier.window.login.entry.field.problem.text()
    assert not cashier.window.sheets.has_open
    cashier.unlock()
    assert cashier.codes() == [VITAMIN]


def test_what_was_on_its_way_opens_beneath_the_lock(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.lock()
    cashier.window.sheets.help.open()
    assert cashier.window.lock.cover.holds(QApplication.focusWidget())
    middle = cashier.window.rect().center()
    upmost = cashier.window.childAt(middle)
    assert cashier.window.lock.cover.holds(upmost)
    cashier.unlock()
    assert cashier.window.sheets.help.isVisible()


def test_nobody_allows_a_thing_after_having_gone(cashier: Cashier) -> None:
    from core.trust.rights import Right

    cashier.window.talks.override.ask(Right.VOID_SALE, lambda _approval: None)
    cashier.wait(cashier.window.sheets.override.isVisible)
    cashier.lock()
    cashier.unlock()
    assert not cashier.window.sheets.override.isVisible()


# By itself


@pytest.fixture
def wait_a_while(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def idle(seconds: int) -> None:
        monkeypatch.setattr(IdleWatch, "idle_s", lambda _watch: seconds)

    return idle


def test_it_locks_itself_after_five_minutes_without_a_hand(
    cashier: Cashier, wait_a_while: Callable[[int], None]
) -> None:
    cashier.scan(VITAMIN)
    wait_a_while(299)
    cashier.window.lock.look()
    assert not cashier.window.login.isVisible()
    wait_a_while(300)
    cashier.window.lock.look()
    wait_for_lock(cashier)
    cashier.window.lock.look()
    cashier.unlock()
    rows = what_is_audited(cashier)
    assert rows.count(("locked", 1, "by itself")) == 1


def test_with_nought_minutes_it_never_does(
    cashier: Cashier, wait_a_while: Callable[[int], None]
) -> None:
    cashier.window.lock.minutes = 0
    wait_a_while(10**6)
    cashier.window.lock.look()
    assert not cashier.window.login.isVisible()


def test_every_hand_counts(cashier: Cashier) -> None:
    watch, window, told = cashier.window.lock.watch, cashier.window, list[None]()
    watch.pressed.connect(lambda: told.append(None))
    handle = window.windowHandle()
    touches = (
        lambda: QTest.keyClick(handle, Qt.Key.Key_Shift),
        lambda: QTest.mouseMove(handle, window.rect().center()),
        lambda: cashier.scan(VITAMIN),
    )
    for touch in touches:
        watch._since.restart()
        cashier.wait(lambda: watch._since.elapsed() > 30)
        told.clear()
        touch()
        cashier.settle_down()
        assert bool(told) is (touch is not touches[1]), "a move asks for no answer"
        assert watch._since.elapsed() < 30 or touch is touches[-1]


# Somebody who was removed


def test_who_was_removed_is_told_once_and_another_goes_on(cashier: Cashier, fang: Staff) -> None:
    cashier.lock()
    cashier.unlock("王芳", FANG_PIN)
    cashier.scan(VITAMIN)
    people.remove_staff(cashier.shop, fang.no, staff=manager_of(cashier.shop))
    cashier.type_in(CALCIUM)
    cashier.press("Enter")
    wait_for_lock(cashier)
    login = cashier.window.login
    assert login.title.text() == "请换一位登录"
    assert "“王芳”已经停用" in login.line.text()
    cashier.wait(lambda: login.who.chosen() == "店长")
    cashier.unlock()
    assert cashier.error() == ""
    assert cashier.codes() == [VITAMIN]
    cashier.scan(UNKNOWN)
    assert UNKNOWN in cashier.error()


def test_another_role_holds_at_once(cashier: Cashier, fang: Staff) -> None:
    cashier.lock()
    cashier.unlock("王芳", FANG_PIN)
    people.change_role(cashier.shop, fang.no, Role.OFFICE, staff=manager_of(cashier.shop))
    cashier.type_in(VITAMIN)
    cashier.press("Enter")
    cashier.wait(lambda: "收银" in cashier.error())
    assert cashier.window.page.isVisible() and not cashier.window.login.isVisible()


def test_who_comes_back_the_next_morning_is_reminded_of_the_day_before(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier.scan(VITAMIN)
    cashier.lock()
    place = here(cashier.shop)
    tomorrow = replace(place, business_on=place.business_on + timedelta(days=1))
    monkeypatch.setattr(day_flow, "here", lambda _shop: tomorrow)
    cashier.unlock()
    cashier.wait(lambda: "还没有日结" in cashier.error())
    assert cashier.codes() == [VITAMIN]
