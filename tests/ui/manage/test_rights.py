"""权限: who may do what stands there with where it is from; one person's rights are changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.staff import change_rights
from core.trust.rights import Right, may
from tests.builders import PIN, manager_of
from tests.ui.till.hands import ENTER, by_hand, press
from ui.manage.listed import ListedSheet
from ui.manage.proof.page import ProofPage
from ui.manage.proof.rights_sheet import RightsSheet
from ui.manage.proof.rights_words import ORDER
from ui.manage.proof.staff import ProofStaff
from ui.manage.window import ManageWindow
from ui.widgets.row_table import RowTable

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def come_in(window: ManageWindow, qtbot: QtBot, part: str) -> ProofPage:
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to(f"proof/{part}")
    page = window.rooms["proof"]
    assert isinstance(page, ProofPage)
    return page


def rights_of(window: ManageWindow, qtbot: QtBot, at: int) -> tuple[ProofStaff, RightsSheet]:
    """The sheet of a person's rights, over the list of the staff."""
    crew = come_in(window, qtbot, "staff").crew
    qtbot.waitUntil(lambda: crew._found is not None, timeout=5000)
    crew.table.choose(at)
    qtbot.mouseClick(crew.rights, LEFT)
    return crew, window.findChild(RightsSheet)


def row(table: RowTable, at: int) -> list[str]:
    return [cell.text for cell in table.view.rows.cells(at)]


def test_a_right_is_given_and_another_taken_in_one_press(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    crew, sheet = rights_of(window, qtbot, 1)
    assert not sheet.save.isEnabled()
    sheet.table.choose(ORDER.index(Right.PAY_OUT))
    assert sheet.turn.text() == "给这一项"
    qtbot.mouseClick(sheet.turn, LEFT)
    assert row(sheet.table, ORDER.index(Right.PAY_OUT))[1:] == ["单独给的", "可以"]
    sheet.table.choose(ORDER.index(Right.REDEEM))
    press(qtbot, "", ENTER)
    assert row(sheet.table, ORDER.index(Right.REDEEM))[1:] == ["单独收走", "不可以"]
    sheet.table.choose(ORDER.index(Right.SELL))
    qtbot.mouseClick(sheet.turn, LEFT)
    qtbot.mouseClick(sheet.turn, LEFT)  # thought better of
    assert "2 项" in sheet.said.text()
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: "王芳 的权限改好了" in crew.said.text(), timeout=5000)
    qtbot.waitUntil(lambda: row(crew.table, 1)[2] == "收银员 +1 −1", timeout=5000)
    shop = window._work.hands.shop
    assert shop is not None
    with shop.store.read() as reading:
        fang = reading.people.get(2)
    assert fang is not None
    assert may(fang, Right.PAY_OUT) and may(fang, Right.SELL) and not may(fang, Right.REDEEM)


def test_who_may_what_is_seen_with_where_it_is_from(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot, "log")
    shop = window._work.hands.shop
    assert shop is not None
    wanted = {Right.SEE_PERSONAL: True, Right.SEE_HEALTH: False}
    change_rights(shop, 2, wanted, staff=manager_of(shop))
    page.go_to("rights")
    table = page.rights.table
    qtbot.waitUntil(lambda: len(table.view.rows) == len(Right), timeout=5000)
    assert row(table, 0) == ["看完整资料：手机、姓名、生日不遮", "店长", "王芳", ""]
    assert row(table, 1) == ["看备注和健康信息", "店长", "", "王芳"]
    table.opened.emit(1)
    listed = window.findChild(ListedSheet).findChild(RowTable)
    assert row(listed, 0) == ["店长", "店长", "可以", "角色带来"]
    assert row(listed, 1) == ["王芳", "收银员", "不可以", "单独收走"]


def test_what_is_refused_stays_chosen(manage: Manage, qtbot: QtBot) -> None:
    _, sheet = rights_of(manage(), qtbot, 0)
    sheet.table.choose(ORDER.index(Right.SELL))
    qtbot.mouseClick(sheet.turn, LEFT)
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: "最后一位" in sheet.said.text(), timeout=5000)
    assert sheet.wanted == {Right.SELL: False}
    assert sheet.save.isEnabled()
