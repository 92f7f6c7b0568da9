"""F2 with a member: points for what they did, and rewards for their points, by keys and fingers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import core.actions.expire_points as expiring
from core.actions.publish_rulebook import publish_rulebook
from core.actions.redeem import count_rewards, redemptions_of
from core.points.expire import NOWHERE, ExpiryRun
from core.rulebook.behaviours import Behaviour
from core.rulebook.rewards import Reward
from tests.actions.test_expiry import give
from tests.actions.test_return import file_of
from tests.ui.till.counter.at_counter import CARD, Cashier
from ui.till.rewards import RewardSheet

SOAP = Reward("soap", "香皂", 100, units=2)
POT = Reward("pot", "汤锅", 10_000_000)


@pytest.fixture(autouse=True)
def rules(cashier: Cashier) -> None:
    """Signing in gives points, and ten soaps lie on the shelf."""
    with cashier.shop.store.read() as reading:
        now = reading.rulebooks.current()
    staff = cashier.window.flow.staff
    fresh = replace(
        now,
        version=now.version + 1,
        behaviours=(Behaviour("sign-in", "签到", 5),),
        rewards=(POT, SOAP),
    )
    publish_rulebook(cashier.shop, fresh, staff=staff)
    count_rewards(cashier.shop, "soap", 10, staff=staff)
    cashier.scan(CARD)


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


def test_a_reward_is_had_by_enter_and_its_slip_printed(cashier: Cashier) -> None:
    before, printed = points(cashier), len(cashier.printer.printed)
    sheet = at_rewards(cashier)
    # What can be had stands first, as many as its points are for.
    assert (sheet.list.current_key(), sheet.take.text()) == ("soap", "换 2 件，100 分")
    cashier.press("Right")
    assert sheet.take.text() == "换 4 件，200 分"
    cashier.press("Enter")
    cashier.wait(lambda: points(cashier) == before - 200)
    cashier.settle_down()
    assert len(cashier.printer.printed) == printed + 1
    assert "香皂" in sheet.said.text()
    cashier.press("Down")
    assert (sheet.take.isEnabled(), sheet.take.text()) == (False, "不能换")


def test_a_redemption_is_taken_back(cashier: Cashier) -> None:
    before = points(cashier)
    sheet = at_rewards(cashier)
    cashier.press("Enter")
    cashier.wait(lambda: points(cashier) == before - 100)
    cashier.settle_down()
    sheet.undo.click()
    cashier.wait(lambda: points(cashier) == before)
    cashier.settle_down()
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
