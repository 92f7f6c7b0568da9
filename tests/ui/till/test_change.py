"""找零: what goes back stands there until it is seen, and the next sale begins by scanning."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.till import baskets
from tests.ui.till.hands import ENTER
from tests.ui.till.points_pages import paid_with, paying
from ui.till.payment_state import PaymentState
from ui.widgets.amount import Amount
from ui.widgets.words import Words


def test_the_change_stays_until_it_is_seen(pay, qtbot) -> None:
    payment = pay(153_70)
    payment.press(ENTER)
    payment.sheet.show_change(baskets.with_change(baskets.basket(153_70), 200_00))
    assert payment.find(Amount, "change_due").text() == "46.30"
    assert "20 元 2 张" in payment.find(Words, "change_notes").text()
    payment.press(ENTER)
    assert payment.sheet.isVisible(), "the second half of a double Enter does not hide the change"
    qtbot.wait(550)
    payment.press(ENTER)
    assert payment.sheet.isHidden()
    assert payment.cancelled == [], "what is settled is not turned back"
    assert payment.window.line.hasFocus()


def test_escape_and_the_button_leave_the_change_too(pay) -> None:
    payment = pay(10_00)
    for leave in (
        lambda: payment.press(Qt.Key.Key_Escape),
        lambda: payment.tap("payment_leave"),
        lambda: payment.tap("change_next"),
    ):
        payment.sheet.show_change(baskets.with_change(baskets.basket(10_00), 10_00))
        leave()
        assert payment.sheet.isHidden()
        payment.show()
    assert payment.cancelled == []


def test_typing_begins_the_next_sale(pay) -> None:
    payment = pay(10_00)
    payment.sheet.show_change(baskets.with_change(baskets.basket(10_00), 10_00))
    assert payment.sheet.is_settled
    payment.typed("69")
    assert payment.sheet.isHidden()
    assert payment.window.line.text() == "69"


def test_a_member_sees_points_and_the_new_tier(pay) -> None:
    payment = pay(10_00)
    file = baskets.member("silver", points=200, spend_fen=4_990_00)
    payment.sheet.show_change(baskets.with_change(baskets.basket(100_00), 100_00, file))
    points = payment.find(Words, "change_points_value").text()
    assert points.startswith("+")
    assert payment.find(QWidget, "change_upgrade").accessibleName().startswith("升级为金卡")


def test_what_points_paid_stands_beside_what_was_paid(pay) -> None:
    payment = pay(10_00)
    payment.sheet.show_payment(PaymentState.of(paying(2000)))
    said = [words.text() for words in payment.find(QWidget, "payment_payable").findChildren(Words)]
    assert said == ["应收（用 2,000 分抵 20.00 元）", "161.20"]
    payment.sheet.show_change(paid_with(2000))
    assert payment.find(Words, "change_spent_value").text() == "用 2,000 分抵 20.00 元"
    payment.sheet.show_change(paid_with(0))
    assert payment.sheet.findChild(QWidget, "change_spent") is None


def test_nobody_sees_neither(pay) -> None:
    payment = pay(10_00)
    payment.sheet.show_change(baskets.with_change(baskets.basket(10_00), 10_00))
    assert payment.sheet.findChild(QWidget, "change_points") is None
    assert payment.sheet.findChild(QWidget, "change_upgrade") is None


def test_the_next_payment_begins_anew(pay) -> None:
    payment = pay(10_00)
    payment.sheet.show_change(baskets.with_change(baskets.basket(10_00), 10_00))
    payment.sheet.shut()
    payment.show()
    assert not payment.sheet.is_settled
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 10_00)]
