"""F2 with a member: points for what they did, and rewards for their points, by keys and fingers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

import core.actions.expire_points as expiring
from core.actions.catalogue import set_picture
from core.actions.publish_rulebook import publish_rulebook
from core.actions.redeem import redemptions_of
from core.actions.reward_shelf import count_rewards
from core.points.expire import NOWHERE, ExpiryRun
from core.rulebook.behaviours import Behaviour
from core.rulebook.parse_offers import offer_of
from core.rulebook.points_policy import SpendPolicy
from core.rulebook.rewards import COUPON, Reward
from core.values.fields import Fields
from tests.actions.test_expiry import give
from tests.actions.test_return import file_of
from tests.ui.till.counter.at_counter import CALCIUM, CARD, NO_KEY_HELD, Cashier
from ui.devices.reward_picture import reward_picture
from ui.till.rewards import RewardSheet

SOAP = Reward("soap", "香皂", 100, units=2)
POT = Reward("pot", "汤锅", 10_000_000)


@pytest.fixture(autouse=True)
def rules(cashier: Cashier) -> None:
    """Signing in gives points, and ten soaps lie on the shelf."""
    behaviours = (Behaviour("sign-in", "签到", 5), Behaviour("advice", "建议", 20, per_day=0))
    change_rules(cashier, behaviours=behaviours, rewards=(POT, SOAP))
    count_rewards(cashier.shop, "soap", 10, staff=cashier.window.flow.staff)
    cashier.scan(CARD)


def change_rules(cashier: Cashier, **rules: object) -> None:
    with cashier.shop.store.read() as reading:
        now = reading.rulebooks.current()
    fresh = replace(now, version=now.version + 1, **rules)
    publish_rulebook(cashier.shop, fresh, staff=cashier.window.flow.staff)


def points(cashier: Cashier) -> int:
    file = cashier.counter.file
    assert file is not None
    return file.points


def at_rewards(cashier: Cashier) -> RewardSheet:
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.member.isVisible)
    cashier.press("F5")
    cashier.wait(cashier.window.sheets.rewards.isVisible)
    return cashier.window.sheets.rewards


def test_signing_in_is_a_key_and_can_be_done_once_a_day(cashier: Cashier) -> None:
    before = points(cashier)
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.member.isVisible)
    bar = cashier.window.sheets.member.behaviours
    button = bar._buttons[0]
    assert button.text() == "签到 +5"
    cashier.press("Ctrl+1")
    cashier.wait(lambda: points(cashier) == before + 5)
    cashier.wait(lambda: not button.isEnabled())
    assert button.text() == "签到 今天已记"


def test_a_behaviour_that_is_pressed_twice_at_once_counts_once(cashier: Cashier) -> None:
    before = points(cashier)
    cashier.press("F2")
    member = cashier.window.sheets.member
    cashier.wait(member.isVisible)
    for _ in range(2):
        member.behaved.emit("advice")
    cashier.wait(lambda: points(cashier) == before + 20)
    # Shown anew it is another time.
    cashier.wait(lambda: member.behaviours._buttons[1].text() == "建议 +20（1）")
    member.behaved.emit("advice")
    cashier.wait(lambda: points(cashier) == before + 40)


def test_a_reward_is_had_by_enter_and_its_slip_printed(cashier: Cashier) -> None:
    before, printed = points(cashier), len(cashier.printer.printed)
    sheet = at_rewards(cashier)
    # What can be had stands first, as many as its points are for.
    assert (sheet.list.current_key(), sheet.take.text()) == ("soap", "换 2 件，100 分")
    cashier.press("Right")
    assert sheet.take.text() == "换 4 件，200 分"
    cashier.press("Enter")
    assert sheet.said.text() == "用 200 分换香皂 4 件？再按一次 Enter"
    cashier.press("Enter")
    cashier.wait(lambda: points(cashier) == before - 200)
    cashier.wait(lambda: sheet.said.text().startswith("换了"))
    assert len(cashier.printer.printed) == printed + 1
    assert "香皂" in sheet.said.text()
    cashier.press("Down")
    assert (sheet.take.isEnabled(), sheet.take.text()) == (False, "不能换")


def test_points_that_were_to_pay_for_the_basket_and_are_gone_are_said(cashier: Cashier) -> None:
    spend = SpendPolicy(fen=100, per_points=100, most_bp=5000, least_points=100)
    with cashier.shop.store.read() as reading:
        points_policy = replace(reading.rulebooks.current().points, spend=spend)
    rewards = (Reward("oil", "花生油", points(cashier) - 1_000), SOAP)
    change_rules(cashier, points=points_policy, rewards=rewards)
    count_rewards(cashier.shop, "oil", 1, staff=cashier.window.flow.staff)
    cashier.press("Ctrl+Del")
    cashier.scan(CARD, CALCIUM)
    choose_points(cashier, 3_200)
    assert cashier.payable == "32.60"
    sheet = at_rewards(cashier)
    for _ in range(2):
        cashier.press("Enter")
    cashier.wait(lambda: "从 32.00 变成 10.00，应收 54.60" in sheet.said.text())
    assert "积分少了" in cashier.error()


def choose_points(cashier: Cashier, wish: int) -> None:
    cashier.press("F5")
    cashier.wait(cashier.window.sheets.points.isVisible)
    cashier.type_in(str(wish))
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.quote.points_spent == wish)


def test_no_points_go_without_a_clear_yes(cashier: Cashier) -> None:
    before = points(cashier)
    sheet = at_rewards(cashier)
    taken: list[str] = []
    sheet.redeemed.connect(lambda code, units, _points: taken.append(f"{code} {units}"))
    cashier.press("Enter")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_KEY_HELD, "\r", True)
    QApplication.sendEvent(sheet.list, held)
    # Another number is another question, and so is what was looked at in between.
    cashier.press("Right")
    cashier.press("Enter")
    for key in ("Down", "Up"):
        cashier.press(key)
    cashier.press("Enter")
    assert (taken, points(cashier)) == ([], before)
    assert sheet.said.text() == "用 100 分换香皂 2 件？再按一次 Enter"
    assert sheet.take.text() == "确定换"


def test_the_last_one_leaves_the_choice_where_it_was(cashier: Cashier) -> None:
    """Used up, it stands behind what can still be had: an Enter too many takes nothing else."""
    change_rules(cashier, rewards=(Reward("mug", "马克杯", 300), SOAP))
    count_rewards(cashier.shop, "mug", 1, staff=cashier.window.flow.staff)
    before = points(cashier)
    sheet = at_rewards(cashier)
    assert sheet.list.current_key() == "mug"
    for _ in range(2):
        cashier.press("Enter")
    cashier.wait(lambda: sheet.said.text() == "换了马克杯 1 件，用去 300 分。")
    assert points(cashier) == before - 300
    for _ in range(4):
        cashier.press("Enter")
    cashier.settle_down()
    assert sheet.list.current_key() == "mug"
    assert points(cashier) == before - 300


def test_a_redemption_is_taken_back(cashier: Cashier) -> None:
    before = points(cashier)
    sheet = at_rewards(cashier)
    for _ in range(2):
        cashier.press("Enter")
    cashier.wait(lambda: sheet.said.text().startswith("换了"))
    assert points(cashier) == before - 100
    sheet.undo.click()
    cashier.wait(lambda: "撤销了" in sheet.said.text())
    assert points(cashier) == before
    assert not sheet.undo.isEnabled()
    assert cashier.counter.file is not None
    (made,) = redemptions_of(cashier.shop, cashier.counter.file.member.id)
    assert made.is_undone


def test_an_expiry_that_one_step_does_not_end_goes_on_by_itself(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiring, "AT_ONCE", 2)
    before = points(cashier)
    for _ in range(5):
        give(cashier.shop, CARD, 10, on=date(2020, 1, 1))
    with cashier.shop.store.write() as tx:
        # As if the run of this day had been cut off before its first lot.
        tx.expiries.keep(ExpiryRun(0, date(2026, 1, 1), 0, 0, 0, NOWHERE))
    first = expiring.expire_points(cashier.shop)
    assert (first.lots, first.is_done) == (2, False)
    cashier.window._days._expire_on(first)
    cashier.wait(lambda: file_of(cashier.shop, CARD).points == before)


def test_a_sheet_is_of_one_member_and_goes_with_them(cashier: Cashier) -> None:
    """Whoever comes to the counter under it pays for nothing that another one was shown."""
    rewards = at_rewards(cashier)
    first = points(cashier)
    cashier.page.take_scan("800002")
    cashier.wait(lambda: not rewards.isVisible())
    second = points(cashier)
    cashier.press("Enter")
    cashier.settle_down()
    assert points(cashier) == second
    cashier.press("F2")
    member = cashier.window.sheets.member
    cashier.wait(member.isVisible)
    cashier.page.take_scan(CARD)
    cashier.wait(lambda: not member.isVisible())
    assert points(cashier) == first


def test_a_coupon_for_points_is_printed_as_a_coupon_too(cashier: Cashier) -> None:
    with cashier.shop.store.read() as reading:
        now = reading.rulebooks.current()
    record = {"id": "ten", "kind": "coupon", "name": "十元券", "off_fen": 1000}
    fresh = replace(
        now,
        version=now.version + 1,
        offers=(*now.offers, offer_of(Fields(record))),
        rewards=(Reward("ten", "十元券", 50, kind=COUPON, coupon="ten"),),
    )
    publish_rulebook(cashier.shop, fresh, staff=cashier.window.flow.staff)
    before = len(cashier.printer.printed)
    at_rewards(cashier)
    cashier.press("Enter")
    cashier.press("Enter")
    cashier.wait(lambda: len(cashier.printer.printed) == before + 2)
    [code] = coupon_codes(cashier)
    assert all(code.encode() in paper for paper in cashier.printer.printed[before:])


def coupon_codes(cashier: Cashier) -> list[str]:
    """Those that the member holds now."""
    cashier.settle_down()
    return [held.code for held in cashier.counter.held]


def test_the_reward_that_is_chosen_is_seen(cashier: Cashier, tmp_path: Path) -> None:
    Image.new("RGB", (900, 600), "#3a6").save(tmp_path / "soap.png")
    staff = cashier.window.flow.staff
    set_picture(cashier.shop, "soap", reward_picture(tmp_path / "soap.png"), staff=staff)
    sheet = at_rewards(cashier)
    cashier.wait(sheet.picture.isVisible)
    assert not sheet.picture.is_empty
    cashier.press("Down")
    cashier.wait(sheet.picture.isHidden)
