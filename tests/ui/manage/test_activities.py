"""活动: planned, signed up for, scanned at the door, told of, and kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.activities import look_at_activities, look_at_activity, plan_activity
from core.actions.attend import leave, sign_up
from core.errors import BadReportFile
from core.members.activity import Activity, ActivityKind, Place
from core.shop import Shop
from tests.actions.test_deeds import SIGN_IN, with_rules
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.builders import file_of, manager_of
from tests.ui.manage.test_manage import Manage, come_in
from tests.ui.till.hands import ENTER
from ui.manage.activities import state
from ui.manage.activities.activity import ActivityPart
from ui.manage.activities.page import ActivitiesPage
from ui.manage.activities.people_file import people_bytes
from ui.manage.activities.plan import CancelSheet, PlanSheet
from ui.manage.pick import PickSheet
from ui.widgets.row_table import RowTable

Begin = Callable[[], ActivitiesPage]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def begin(manage: Manage, qtbot: QtBot) -> Begin:
    """The page, of a shop that gives points for signing in."""

    def at_page() -> ActivitiesPage:
        window = manage()
        come_in(window, qtbot)
        shop = window._work.hands.shop
        assert shop is not None
        with_rules(shop, manager_of(shop), behaviours=(SIGN_IN,))
        window.go_to("activities")
        page = window.rooms["activities"]
        assert isinstance(page, ActivitiesPage)
        qtbot.waitUntil(lambda: page.board.board is not None, timeout=10_000)
        return page

    return at_page


def shop_of(page: ActivitiesPage) -> Shop:
    shop = page.work.hands.shop
    assert shop is not None
    return shop


def planned(page: ActivitiesPage, *cards: str, days: int = 0, seats: int = 0) -> Activity:
    """A salon that these members signed up for."""
    shop = shop_of(page)
    staff, on = manager_of(shop), shop.now().business_on + timedelta(days)
    said = Activity(
        shop.new_id(), ActivityKind.SALON, "养生沙龙", "二楼", on, 840, 960, seats, (), "sign-in"
    )
    activity = plan_activity(shop, said, staff=staff).activity
    for card in cards:
        sign_up(shop, activity.id, file_of(shop, card).member.id, staff=staff)
    return activity


def kept(shop: Shop, activity: Activity) -> Activity:
    """As it stands in the store now."""
    return look_at_activity(shop, activity.id, staff=manager_of(shop)).activity


def opened(page: ActivitiesPage, activity: Activity, qtbot: QtBot) -> ActivityPart:
    """It, as somebody presses its row."""
    page.refresh()
    qtbot.waitUntil(lambda: rows(page.board.table) != [], timeout=10_000)
    page.board.table.opened.emit(0)
    part = page.one
    qtbot.waitUntil(lambda: part.summary.title.text() == activity.title, timeout=10_000)
    return part


def rows(table: RowTable) -> list[list[str]]:
    shown = table.view.rows
    return [[cell.text for cell in shown.cells(at)] for at in range(len(shown))]


def places(part: ActivityPart) -> list[str]:
    return [row[4] for row in rows(part.table)]


def says(part: ActivityPart, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in part.said.text(), timeout=10_000)


def scan(part: ActivityPart, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(part.scan.edit, text)
    qtbot.keyClick(part.scan.edit, ENTER)


def test_a_shop_without_activities_says_how_to_begin(begin: Begin) -> None:
    page = begin()
    assert page.board.table.isHidden()
    assert "安排活动" in page.board.nothing.text()
    page.board.which._parts[1].click()
    assert page.board.nothing.text() == "还没有办过活动。"


def test_an_activity_is_planned_in_a_sheet(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    page.board.plan.click()
    sheet = page.window().findChild(PlanSheet)
    assert isinstance(sheet, PlanSheet)
    fields = (sheet.what, sheet.day, sheet.time, sheet.where, sheet.seats)
    wrong = ("", "下周六", "晚上", "一" * 61, "一些")
    for field, text in zip(fields, wrong, strict=True):
        field.set_text(text)
    sheet.done.click()
    assert [field.problem.text() for field in fields] == [
        "写一个名称。",
        "日期写成 2026-11-01 这样。",
        "写成 14:00-16:00 这样。",
        "最多 60 个字。",
        "写一个整数，不限就空着。",
    ]
    assert sheet.what.edit.hasFocus()
    assert tuple(field.text() for field in fields) == wrong, "what was typed stays"
    shop = shop_of(page)
    day = shop.now().business_on + timedelta(9)
    right = ("秋季养生沙龙", day.isoformat(), "14:00-16:00", "二楼", "20")
    for field, text in zip(fields, right, strict=True):
        field.set_text(text)
        assert not field.problem.text()
    sheet.day.set_text((day - timedelta(10)).isoformat())
    sheet.time.set_text("16:00-14:00")
    sheet.seats.set_text("10001")
    sheet.done.click()
    assert sheet.day.problem.text() == "写今天或以后的日子。"
    assert sheet.time.problem.text()
    assert sheet.seats.problem.text() == "最多 10,000 个名额。"
    sheet.day.set_text(day.isoformat())
    sheet.time.set_text("14:00-16:00")
    sheet.seats.set_text("20")
    sheet.tiers.set_current("gold")
    sheet.points.set_current("sign-in")
    sheet.done.click()
    qtbot.waitUntil(lambda: page.one.summary.title.text() == "秋季养生沙龙", timeout=10_000)
    assert "只对金卡" in page.one.summary.about.text()
    assert "到场 +5 分（签到）" in page.one.summary.about.text()
    assert "20 个名额" in page.one.summary.signed.line.text()
    [made] = look_at_activities(shop).ahead
    kept = made.activity
    assert (kept.title, kept.where, kept.on, kept.seats) == ("秋季养生沙龙", "二楼", day, 20)
    assert (kept.from_minute, kept.to_minute) == (14 * 60, 16 * 60)


def test_cards_at_the_door_are_answered_one_after_the_other(begin: Begin, qtbot: QtBot) -> None:
    """Also two scanned so fast that the first has not been answered yet."""
    page = begin()
    part, before = opened(page, planned(page, GOLD), qtbot), file_of(shop_of(page), GOLD).points
    scan(part, GOLD, qtbot)
    scan(part, SILVER, qtbot)
    qtbot.waitUntil(lambda: places(part) == ["到场", "到场"], timeout=10_000)
    says(part, "陈* 到场，+5 分", qtbot)
    assert part.summary.came.number.text() == "2"
    scan(part, GOLD, qtbot)
    says(part, "李*华 到场，+5 分", qtbot)
    assert file_of(shop_of(page), GOLD).points == before + 5


def test_what_is_no_member_and_who_is_several(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = opened(page, planned(page), qtbot)
    scan(part, "69999999", qtbot)
    says(part, "没有找到“69999999”", qtbot)
    scan(part, "1380013", qtbot)
    qtbot.waitUntil(lambda: page.window().findChild(PickSheet) is not None, timeout=10_000)
    sheet = page.window().findChild(PickSheet)
    assert isinstance(sheet, PickSheet)
    qtbot.keyClick(sheet.list, ENTER)
    qtbot.waitUntil(lambda: places(part) == ["到场"], timeout=10_000)


def test_what_is_full_makes_wait_and_who_leaves_makes_room(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = opened(page, planned(page, GOLD, days=2, seats=1), qtbot)
    assert part.deed.current() == "sign_up"
    scan(part, SILVER, qtbot)
    says(part, "候补", qtbot)
    qtbot.waitUntil(lambda: places(part) == ["有位", "候补"], timeout=10_000)
    part.table.choose(0)
    part.deeds["leave"].click()
    says(part, "陈* 递补有位了，请告诉本人", qtbot)
    qtbot.waitUntil(lambda: rows(part.table)[1][6] == "待通知", timeout=10_000)
    part.table.choose(1)
    part.deeds["told"].click()
    qtbot.waitUntil(lambda: rows(part.table)[1][6] == "已通知", timeout=10_000)


def test_a_cancelled_one_shows_whom_to_tell(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = opened(page, planned(page, GOLD, NORMAL, days=2), qtbot)
    part.summary.cancel.click()
    sheet = page.window().findChild(CancelSheet)
    assert isinstance(sheet, CancelSheet)
    sheet.done.click()
    qtbot.waitUntil(lambda: sheet.said.text() != "", timeout=10_000)
    sheet.reason.set_text("讲师病了")
    sheet.done.click()
    qtbot.waitUntil(lambda: part.groups.current() == state.TO_TELL, timeout=10_000)
    assert "取消：讲师病了" in part.summary.about.text()
    assert [row[6] for row in rows(part.table)] == ["待通知", "待通知"]
    assert part.scan.isHidden()
    part.table.choose(0)
    part.deeds["phone"].click()
    says(part, "13800135678", qtbot)
    part.deeds["told"].click()
    qtbot.waitUntil(lambda: len(rows(part.table)) == 1, timeout=10_000)


def test_what_it_is_may_be_changed_and_the_waiting_move_up(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    activity = planned(page, GOLD, SILVER, days=2, seats=1)
    part = opened(page, activity, qtbot)
    part.summary.edit.click()
    sheet = page.window().findChild(PlanSheet)
    assert isinstance(sheet, PlanSheet)
    assert (sheet.time.text(), sheet.seats.text()) == ("14:00-16:00", "1")
    sheet.seats.set_text("2")
    sheet.done.click()
    says(part, "1 位候补有位了", qtbot)
    qtbot.waitUntil(lambda: places(part) == ["有位", "有位"], timeout=10_000)


def test_what_somebody_else_has_changed_is_said_before_it_is_written_over(
    begin: Begin, qtbot: QtBot
) -> None:
    page = begin()
    activity = planned(page, GOLD, days=2, seats=1)
    opened(page, activity, qtbot).summary.edit.click()
    sheet = page.window().findChild(PlanSheet)
    assert isinstance(sheet, PlanSheet)
    shop, other = shop_of(page), replace(activity, seats=9)
    plan_activity(shop, other, seen=activity, staff=manager_of(shop))
    sheet.where.set_text("三楼")
    sheet.done.click()
    qtbot.waitUntil(lambda: "9 个名额" in sheet.said.text(), timeout=10_000)
    assert (sheet.where.text(), kept(shop, activity)) == ("三楼", other)
    sheet.done.click()
    qtbot.waitUntil(lambda: kept(shop, activity).where == "三楼", timeout=10_000)


def test_the_list_is_kept_masked(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin()
    activity = planned(page, GOLD, SILVER, NORMAL)
    shop = shop_of(page)
    leave(shop, activity.id, file_of(shop, SILVER).member.id, staff=manager_of(shop))
    part = opened(page, activity, qtbot)
    chosen = tmp_path / "list.csv"
    part._write(str(chosen))
    says(part, "存到", qtbot)
    text = chosen.read_text("utf-8-sig")
    assert "李*华" in text
    assert "陈*" not in text
    assert "李小华" not in text
    seen = look_at_activity(shop, activity.id, staff=manager_of(shop))
    book = load_workbook(BytesIO(people_bytes(seen, Path("a.xlsx"))))
    assert [cell.value for cell in book.active[1]][:2] == ["序", "姓名"]  # type: ignore[index]
    assert people_bytes(seen, Path("a.pdf")).startswith(b"%PDF")
    with pytest.raises(BadReportFile):
        people_bytes(seen, Path("a.txt"))


def test_what_went_wrong_is_said_and_nothing_is_lost(begin: Begin, qtbot: QtBot) -> None:
    """Somebody else cancels it while this one scans."""
    page = begin()
    activity = planned(page, GOLD)
    part = opened(page, activity, qtbot)
    shop = shop_of(page)
    with shop.store.write() as tx:
        there = Activity(*(getattr(activity, n) for n in activity.__struct_fields__[:-1]), "病了")
        tx.activities.keep(there, at_us=0, staff_no=1)
    scan(part, GOLD, qtbot)
    says(part, "已经取消", qtbot)
    qtbot.waitUntil(lambda: part.scan.isHidden(), timeout=10_000)
    seen = look_at_activity(shop, activity.id, staff=manager_of(shop))
    assert seen.count(Place.SEAT) == 1


def test_all_of_them_are_a_press_away(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = opened(page, planned(page, GOLD), qtbot)
    scan(part, GOLD, qtbot)
    qtbot.waitUntil(lambda: places(part) == ["到场"], timeout=10_000)
    assert not part.summary.missed.number.isEnabled(), "who stays away is known when it is over"
    qtbot.mouseClick(part.summary.came.number, LEFT)
    assert len(rows(part.table)) == 1
    button = part.summary.findChild(object, "activity_back")
    button.click()
    qtbot.waitUntil(lambda: page.board.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: rows(page.board.table)[0][6] == "1", timeout=10_000)
