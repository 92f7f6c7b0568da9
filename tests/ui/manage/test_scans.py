"""后台里的扫码枪: a card opens its member, a code stands in the field, and no button is pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions.badges import bind_badge
from core.actions.login import login
from core.actions.set_up import add_staff
from core.shop import Shop
from core.trust.staff import Role
from tests.actions.test_scan_in_office import BANK, WECHAT
from tests.actions.test_settle import NORMAL, VITAMIN
from tests.builders import PIN
from tests.ui.manage.test_manage import come_in
from tests.ui.till.hands import by_hand, scan, typed
from ui.manage.members.find import FindSheet
from ui.manage.members.page import MembersPage
from ui.manage.running.page import RunningPage
from ui.manage.window import ManageWindow
from ui.widgets.banner import Banner

Manage = Callable[[], ManageWindow]


@pytest.fixture
def window(manage: Manage, qtbot: QtBot) -> ManageWindow:
    """Its first page, with somebody in."""
    made = manage()
    come_in(made, qtbot)
    assert made.scans is not None
    return made


def shop_of(window: ManageWindow) -> Shop:
    shop = window._work.hands.shop
    assert shop is not None
    return shop


def members(window: ManageWindow) -> MembersPage:
    page = window.rooms["members"]
    assert isinstance(page, MembersPage)
    return page


def running(window: ManageWindow, part: str, qtbot: QtBot) -> RunningPage:
    window.go_to(f"running/{part}")
    page = window.rooms["running"]
    assert isinstance(page, RunningPage)
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)
    return page


def on_button(window: ManageWindow) -> list[bool]:
    """A button has the focus that hears each press."""
    pressed: list[bool] = []
    button = QPushButton("?", window)
    button.setAutoDefault(True)
    button.clicked.connect(pressed.append)
    button.show()
    button.setFocus()
    return pressed


def test_a_card_opens_its_member_and_presses_nothing(window: ManageWindow, qtbot: QtBot) -> None:
    pressed = on_button(window)
    scan(NORMAL)
    page = members(window)
    qtbot.waitUntil(lambda: page.panel.isVisible(), timeout=10_000)
    assert page.isVisible()
    with shop_of(window).store.read() as reading:
        member = reading.members.by_card(NORMAL)
    assert member is not None
    assert page.panel.member_id == member.id
    assert pressed == []


def test_what_is_nobodys_is_said_where_one_is(window: ManageWindow, qtbot: QtBot) -> None:
    page = running(window, "place", qtbot)
    pressed = on_button(window)
    scan(VITAMIN)
    qtbot.waitUntil(lambda: "没有找到会员" in page.place.said.text(), timeout=10_000)
    assert page.isVisible()
    scan(WECHAT)
    qtbot.waitUntil(lambda: "付款码" in page.place.said.text(), timeout=10_000)
    assert WECHAT not in page.place.said.text()
    assert pressed == []


def test_a_receipt_is_opened_where_one_is(window: ManageWindow, qtbot: QtBot) -> None:
    with shop_of(window).store.read() as reading:
        found = reading.sales.last()
    assert found is not None
    running(window, "place", qtbot)
    on_button(window)
    scan(found.receipt.no)
    qtbot.waitUntil(lambda: bool(window.open_sheets()), timeout=10_000)


def test_in_a_field_it_stands_and_its_enter_saves_nothing(
    window: ManageWindow, qtbot: QtBot
) -> None:
    page = running(window, "backups", qtbot)
    entered: list[bool] = []
    folder = page.backups.folder
    folder.edit.returnPressed.connect(lambda: entered.append(True))
    folder.set_text("")
    folder.focus()
    scan("SK-2001")
    assert folder.text() == "SK-2001"
    by_hand("a")
    assert folder.text() == "SK-2001a"
    assert entered == [True], "a hand's own"


def test_what_somebody_pays_with_stands_in_no_field(window: ManageWindow, qtbot: QtBot) -> None:
    page = running(window, "backups", qtbot)
    folder = page.backups.folder
    folder.set_text("/mnt")
    folder.focus()
    folder.edit.deselect()
    scan(WECHAT)
    assert folder.text() == "/mnt"
    assert "付款码" in page.backups.said.text()


def test_a_stripe_stands_in_no_field(window: ManageWindow, qtbot: QtBot) -> None:
    page = running(window, "backups", qtbot)
    folder = page.backups.folder
    folder.set_text("")
    folder.focus()
    for track in BANK.replace("?;", "?\r;").split("\r"):
        scan(track)
    qtbot.waitUntil(lambda: "付款码" in page.backups.said.text(), timeout=10_000)
    assert folder.text() == ""


def test_the_search_of_members_takes_it_instead_of_what_stood_there(
    window: ManageWindow, qtbot: QtBot
) -> None:
    window.go_to("members")
    page = members(window)
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=30_000)
    page.search.focus()
    typed("wang", window, gap_ms=180, held_ms=90)
    scan(NORMAL)
    assert page.search.text() == NORMAL
    qtbot.waitUntil(lambda: page.panel.isVisible(), timeout=30_000)


def test_of_a_stripe_the_number_alone_is_written(window: ManageWindow, qtbot: QtBot) -> None:
    window.go_to("members")
    page = members(window)
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=30_000)
    page.search.focus()
    scan(f"%{NORMAL}?", window)
    scan(f";{NORMAL}?", window)
    qtbot.waitUntil(lambda: page.search.text() == NORMAL, timeout=10_000)


def test_over_a_sheet_it_goes_into_the_field_or_is_refused(
    window: ManageWindow, qtbot: QtBot
) -> None:
    page = window.rooms["points"]
    sheet = FindSheet(page.look, window, page.work, page.staff, "谁")
    sheet.begin()
    scan(NORMAL)
    assert sheet.who.text() == NORMAL
    assert sheet.isVisible()
    sheet.leave.setFocus()
    scan(NORMAL)
    assert sheet.isVisible(), "its Enter pressed the button"
    assert said_on(sheet)
    sheet.shut()


def said_on(sheet: QWidget) -> bool:
    return any(each.objectName() == "sheet_scan" for each in sheet.findChildren(Banner))


def test_at_the_door_a_badge_says_who_it_is(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    qtbot.waitUntil(lambda: window.scans is not None, timeout=10_000)
    shop = shop_of(window)
    chief = login(shop, PIN, name="店长")
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    badge = bind_badge(shop, second.name, staff=chief)
    window.entrance.begin()
    qtbot.waitUntil(lambda: not window._work.is_busy, timeout=10_000)
    chosen: list[str] = []
    window.login.who.choose = chosen.append  # type: ignore[method-assign]
    scan(badge, window)
    qtbot.waitUntil(lambda: chosen == ["李店"], timeout=10_000)
    assert window.cover.isVisible()
