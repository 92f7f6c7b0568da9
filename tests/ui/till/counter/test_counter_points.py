"""F5: points pay a part where the shop takes them, and only when somebody says so."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.counter import new_basket
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.rulebook.points_policy import SpendPolicy
from tests.builders import PIN
from tests.ui.till.counter.at_counter import CALCIUM, CARD, MASKS, VITAMIN, Cashier
from ui.till.points import PointsSheet

HALF = SpendPolicy(fen=100, per_points=100, most_bp=5000, least_points=100)


@pytest.fixture
def paying(cashier: Cashier) -> Cashier:
    """A shop where a hundred points pay a yuan, at most half of a sale."""
    shop = cashier.shop
    now = new_basket(shop).rulebook
    points = replace(now.points, spend=HALF)
    publish_rulebook(
        shop, replace(now, version=now.version + 1, points=points), staff=login(shop, PIN)
    )
    cashier.press("Ctrl+Del")
    return cashier


def ask(cashier: Cashier) -> PointsSheet:
    cashier.press("F5")
    cashier.wait(cashier.window.sheets.points.isVisible)
    return cashier.window.sheets.points


def strip(cashier: Cashier) -> QWidget | None:
    found = cashier.page.strip.findChild(QWidget, "key_F5")
    return found if found is not None and found.isVisible() else None


def test_where_points_pay_nothing_there_is_no_key_and_a_sentence(cashier: Cashier) -> None:
    cashier.scan(CARD, CALCIUM)
    assert strip(cashier) is None
    cashier.press("F5")
    cashier.settle_down()
    assert "积分不能抵钱" in cashier.error()


def test_enter_takes_the_most_and_a_second_visit_takes_it_back(paying: Cashier) -> None:
    paying.scan(CALCIUM, CARD)
    key = strip(paying)
    assert key is not None and key.isEnabled()
    assert paying.payable == "64.60"
    sheet = ask(paying)
    assert sheet.facts["most"].value.text() == "3,200 分"
    assert sheet.facts["saves"].value.text() == "32.00"
    assert paying.payable == "64.60"
    paying.press("Enter")
    paying.wait(lambda: not sheet.isVisible())
    assert paying.payable == "32.60"
    assert [row.name for row in paying.page.basket.table.model.rows][-1] == "积分抵扣"
    ask(paying)
    paying.press("Del")
    paying.press("Enter")
    paying.wait(lambda: not sheet.isVisible())
    assert paying.payable == "64.60"


def test_digits_choose_and_the_wish_outlives_the_basket(paying: Cashier) -> None:
    paying.scan(CARD, CALCIUM, VITAMIN)
    sheet = ask(paying)
    paying.type_in("5999")
    assert sheet.zone.before.text() == "用 5,000 分抵 50.00 元"
    assert sheet.zone.after.text() == "这一单最多 5,000 分"
    paying.press("Enter")
    paying.wait(lambda: not sheet.isVisible())
    assert paying.counter.quote.points_spent == 5000
    paying.press("Del")
    paying.settle_down()
    assert paying.counter.quote.points_spent == 3200
    paying.scan(MASKS, MASKS)
    assert paying.counter.quote.points_spent == 5900
    paying.pay()
    assert paying.sales() == 1


def test_by_touch_and_with_the_sign_for_the_most(paying: Cashier) -> None:
    paying.scan(CARD, CALCIUM)
    sheet = ask(paying)
    for name in ("points_pad_clear", "points_pad_7", "points_pad_0", "points_pad_0"):
        sheet.findChild(QWidget, name).click()  # type: ignore[attr-defined]
    assert sheet.zone.before.text() == "用 700 分抵 7.00 元"
    sheet.most.click()
    assert sheet.zone.before.text() == "用 3,200 分抵 32.00 元"
    sheet.none.click()
    assert sheet.zone.before.text() == "不用积分"
    paying.type_in("+")
    assert sheet.zone.before.text() == "用 3,200 分抵 32.00 元"
    sheet.done.click()
    paying.wait(lambda: not sheet.isVisible())
    assert paying.counter.quote.points_spent == 3200


def test_what_is_no_number_is_said_and_nothing_is_taken(paying: Cashier) -> None:
    paying.scan(CARD, CALCIUM)
    sheet = ask(paying)
    sheet.entry.set_text("很多")
    assert "不是积分数" in sheet.zone.problem.text()
    paying.press("Enter")
    paying.settle_down()
    assert sheet.isVisible()
    paying.press("Esc")
    assert paying.counter.quote.points_spent == 0


def test_a_scan_over_the_sheet_waits_until_the_points_are_chosen(paying: Cashier) -> None:
    paying.scan(CARD, CALCIUM)
    sheet = ask(paying)
    paying.window.take_scan(VITAMIN)
    paying.settle_down()
    assert sheet.facts["most"].value.text() == "3,200 分"
    paying.press("Esc")
    paying.wait(lambda: paying.codes() == [CALCIUM, VITAMIN])
    assert ask(paying).facts["most"].value.text() == "5,000 分"


def test_nobody_has_no_points(paying: Cashier) -> None:
    paying.scan(CALCIUM)
    key = strip(paying)
    assert key is not None and not key.isEnabled()


def test_what_points_pay_whole_is_settled_without_money(paying: Cashier) -> None:
    shop = paying.shop
    now = new_basket(shop).rulebook
    points = replace(now.points, spend=replace(HALF, most_bp=10_000, fen=1, per_points=1))
    publish_rulebook(
        shop, replace(now, version=now.version + 1, points=points), staff=login(shop, PIN)
    )
    paying.scan(CARD, CALCIUM)
    sheet = ask(paying)
    paying.press("Enter")
    paying.wait(lambda: not sheet.isVisible())
    assert paying.payable == "0.00"
    paying.press("F9")
    paying.wait(paying.window.sheets.payment.isVisible)
    paying.press("Enter")
    paying.wait(lambda: paying.window.sheets.payment.is_settled)
    assert paying.sales() == 1
