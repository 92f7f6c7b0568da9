"""合并的表: what it will do stands there in numbers, and nothing is done before it is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.cards import freeze_member
from core.actions.change_profile import Wish, change_profile
from core.shop import Shop
from tests.builders import Home, file_of, manager_of
from tests.ui.manage.test_manage import come_in
from ui.manage.members.merge import MergeSheet
from ui.manage.window import ManageWindow
from ui.widgets.panel_row import FactRow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
GOLD, SILVER = "800001", "800002"


def shop_of(window: ManageWindow) -> Shop:
    """The one that the window has open."""
    shop = window.rooms["members"].work.hands.shop
    assert shop is not None
    return shop


def opened(window: ManageWindow, qtbot: QtBot) -> MergeSheet:
    come_in(window, qtbot)
    shop = shop_of(window)
    first, second = (file_of(shop, card).member.id for card in (SILVER, GOLD))
    room = window.rooms["members"]
    sheet = MergeSheet(room.look, window, room.work, room.staff, first, second)
    sheet.begin()
    qtbot.waitUntil(sheet.press.isEnabled, timeout=10_000)
    qtbot.waitUntil(lambda: bool(facts(sheet)))
    return sheet


def facts(sheet: MergeSheet) -> dict[str, str]:
    rows = [row for row in sheet.findChildren(FactRow) if row.isVisible()]
    return {row.label.text(): row.value.text() for row in rows}


def test_two_become_one_as_it_was_said(manage: Manage, home: Home, qtbot: QtBot) -> None:
    with home.shop() as shop:
        silver = file_of(shop, SILVER)
        wish = Wish("occupation", "", "教师")
        change_profile(shop, silver.member.id, [wish], staff=manager_of(shop))
        gold = file_of(shop, GOLD)
    window = manage()
    sheet = opened(window, qtbot)
    stays, goes = (silver, gold) if "归入陈" in sheet.sum.text() else (gold, silver)
    assert f"{goes.points:,} 分归入" in sheet.sum.text()
    assert facts(sheet)["积分，到期日不变"].endswith(f"= {gold.points + silver.points:,}")
    with qtbot.waitSignal(sheet.done, timeout=10_000) as done:
        qtbot.mouseClick(sheet.press, LEFT)
    assert done.args == [stays.member.id]
    shop = shop_of(window)
    assert file_of(shop, stays.member.card_no).points == gold.points + silver.points
    with shop.store.read() as reading:
        assert reading.profiles.of(stays.member.id)["occupation"] == "教师"


def test_the_other_one_can_stay(manage: Manage, qtbot: QtBot) -> None:
    sheet = opened(manage(), qtbot)
    before, other = sheet.sum.text(), sheet.stays
    other.set_current("gone")
    other.chosen.emit("gone")
    qtbot.waitUntil(lambda: sheet.press.isEnabled() and sheet.sum.text() != before)


def test_who_is_frozen_is_not_merged_and_the_sheet_says_why(
    manage: Manage, home: Home, qtbot: QtBot
) -> None:
    with home.shop() as shop:
        silver, gold = (file_of(shop, card).member.id for card in (SILVER, GOLD))
        freeze_member(shop, silver, reason="卡丢了", staff=manager_of(shop))
    window = manage()
    come_in(window, qtbot)
    room = window.rooms["members"]
    sheet = MergeSheet(room.look, window, room.work, room.staff, silver, gold)
    sheet.begin()
    qtbot.waitUntil(lambda: "已冻结" in sheet.told.text(), timeout=10_000)
    assert not sheet.press.isEnabled()
