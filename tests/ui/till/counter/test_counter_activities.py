"""活动 at the counter: the member's sheet signs up, lets be there, and lets go again."""

from __future__ import annotations

from datetime import date, timedelta

from core.actions.activities import plan_activity
from core.members.activity import Activity, ActivityKind
from tests.ui.till.counter.at_counter import CARD, Cashier
from ui.till.member_side import ACTIVITIES, MemberSide


def at_activities(cashier: Cashier) -> MemberSide:
    cashier.scan(CARD)
    cashier.press("F2")
    sheet = cashier.window.sheets.member
    cashier.wait(sheet.isVisible)
    return sheet.side


def plan(cashier: Cashier, title: str, days: int = 0, seats: int = 0) -> Activity:
    shop, on = cashier.shop, cashier.shop.now().business_on
    return plan_activity(
        shop,
        Activity(
            shop.new_id(),
            ActivityKind.SALON,
            title,
            "二楼",
            on + timedelta(days),
            14 * 60,
            16 * 60,
            seats,
        ),
        staff=cashier.window.flow.staff,
    ).activity


def offered(side: MemberSide) -> list[tuple[str, str, str]]:
    return [(row.text, row.sub, row.right) for row in side.activities.rows()]


def deeds(side: MemberSide) -> list[str]:
    buttons = (side.sign_up, side.come, side.drop_out)
    return [button.text() for button in buttons if not button.isHidden()]


def test_a_shop_without_activities_shows_none(cashier: Cashier) -> None:
    side = at_activities(cashier)
    part = side.what.findChild(type(side.what._parts[0]), f"member_side_{ACTIVITIES}")
    assert part is not None and part.isHidden()


def test_who_signs_up_is_there_and_is_not_asked_again(cashier: Cashier) -> None:
    plan(cashier, "养生沙龙", seats=1)
    side = at_activities(cashier)
    side.what._parts[-1].click()
    assert offered(side) == [("养生沙龙", "今天 14:00–16:00　二楼", "还有 1 位")]
    assert deeds(side) == ["报名", "到场"]
    side.sign_up.click()
    cashier.wait(lambda: offered(side)[0][2] == "报名了")
    assert deeds(side) == ["到场", "退出"]
    assert side.what.current() == ACTIVITIES
    side.drop_out.click()
    cashier.wait(lambda: deeds(side) == ["报名", "到场"])
    side.come.click()
    cashier.wait(lambda: offered(side)[0][2] == "到场")
    assert deeds(side) == []


def test_what_is_ahead_is_signed_up_for_only(cashier: Cashier) -> None:
    activity = plan(cashier, "体检", days=9)
    side = at_activities(cashier)
    side.what._parts[-1].click()
    on: date = activity.on
    assert offered(side)[0][1].startswith(f"{on.month} 月 {on.day} 日 14:00")
    assert deeds(side) == ["报名"]
