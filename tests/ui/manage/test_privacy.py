"""隐私: what is kept is handed out, erased with numbers before and a certificate after."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import main
from core.actions.forget_member import forget_member
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.members.certificate import Why
from core.trust.staff import Role
from tests.builders import Home, audit_rows, file_of, manager_of
from tests.ui.manage.test_manage import come_in
from tests.ui.manage.test_member_file import answer, deed, id_of, panel, sheet_of, shop_of
from ui.manage.ask import AskSheet
from ui.manage.members.find import FindSheet
from ui.manage.members.panel import MemberPanel
from ui.manage.privacy.forget import ForgetSheet
from ui.manage.privacy.page import PrivacyPage
from ui.manage.window import ManageWindow
from ui.widgets.panel_row import FactRow, PanelRow

__all__ = ["panel"]
LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
GOLD = "800001"


def save_as(window: ManageWindow, qtbot: QtBot, path: Path) -> None:
    qtbot.waitUntil(lambda: window.findChild(QFileDialog, "save_dialog") is not None)
    dialog = window.findChild(QFileDialog, "save_dialog")
    dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(path.exists, timeout=10_000)
    dialog.close()


def privacy(window: ManageWindow, qtbot: QtBot) -> PrivacyPage:
    come_in(window, qtbot)
    window.go_to("privacy")
    page = window.rooms["privacy"]
    assert isinstance(page, PrivacyPage)
    qtbot.waitUntil(lambda: page._held is not None, timeout=10_000)
    return page


@pytest.mark.parametrize("ending", ["json", "pdf"])
def test_all_that_is_kept_of_one_is_handed_out(
    panel: MemberPanel, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    deed(panel, qtbot, "export")
    path = tmp_path / f"data.{ending}"
    save_as(panel.window(), qtbot, path)
    if ending == "pdf":
        assert path.read_bytes().startswith(b"%PDF")
    else:
        assert json.loads(path.read_text("utf-8"))["fields"]["name"] == "李小华"
    assert audit_rows(shop_of(panel))[-1]["what"] == "person_exported"


def test_a_person_is_found_on_the_page_and_their_data_handed_out(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    window = manage()
    page = privacy(window, qtbot)
    page.one.button.click()
    sheet = sheet_of(page, qtbot, FindSheet)
    assert isinstance(sheet, FindSheet)
    sheet.who.set_text(GOLD)
    sheet.who.changed.emit(GOLD)
    qtbot.waitUntil(lambda: bool(sheet.list.rows()), timeout=10_000)
    sheet.list.chosen.emit(sheet.list.rows()[0].key)
    qtbot.waitUntil(lambda: bool(page.findChildren(PanelRow, "privacy_deed")), timeout=10_000)
    assert "李*华" in page.one.count.text()
    export, forget = page.findChildren(PanelRow, "privacy_deed")
    export.acted.emit()
    save_as(window, qtbot, tmp_path / "data.pdf")
    qtbot.waitUntil(lambda: "data.pdf" in page.said.text(), timeout=10_000)
    forget.acted.emit()
    erasing = sheet_of(page, qtbot, ForgetSheet)
    qtbot.waitUntil(lambda: "李*华" in erasing.sum.text(), timeout=10_000)


def test_an_erasure_says_in_numbers_what_it_does_and_gives_a_certificate(
    panel: MemberPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    shop, gold = shop_of(panel), id_of(panel, GOLD)
    deed(panel, qtbot, "forget")
    sheet = sheet_of(panel, qtbot, ForgetSheet)
    assert isinstance(sheet, ForgetSheet)
    qtbot.waitUntil(sheet.press.isEnabled, timeout=10_000)
    assert "永远删除，不能恢复" in sheet.sum.text()
    qtbot.waitUntil(lambda: bool([r for r in sheet.findChildren(FactRow) if r.isVisible()]))
    facts = {row.label.text(): row.value.text() for row in sheet.findChildren(FactRow)}
    assert facts["作废的积分"] == panel.points.number.text()
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(sheet.paper.isVisible, timeout=10_000)
    assert panel.isHidden()
    with shop.store.read() as reading:
        assert reading.members.get(gold) is None
    qtbot.mouseClick(sheet.paper, LEFT)
    save_as(panel.window(), qtbot, tmp_path / "certificate.pdf")
    sheet.shut()


def test_rules_are_set_and_what_was_erased_is_listed(manage: Manage, qtbot: QtBot) -> None:
    page = privacy(manage(), qtbot)
    page.rules.button.click()
    sheet = sheet_of(page, qtbot, AskSheet)
    assert isinstance(sheet, AskSheet)
    sheet.fields["years"].set_text("many")
    qtbot.mouseClick(sheet.do, LEFT)
    qtbot.waitUntil(sheet.told.isVisible, timeout=10_000)
    sheet.fields["years"].set_text("5")
    qtbot.mouseClick(sheet.do, LEFT)
    qtbot.waitUntil(lambda: page._held.rules.asleep_years == 5, timeout=10_000)


def test_all_who_are_asleep_are_erased_one_by_one(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    come_in(window, qtbot)
    shop = window.rooms["members"].work.hands.shop
    assert shop is not None
    with shop.store.write() as tx:
        tx.connection.execute("UPDATE members SET joined_on = joined_on - 2000")
    window.go_to("privacy")
    page = window.rooms["privacy"]
    assert isinstance(page, PrivacyPage)
    qtbot.waitUntil(lambda: page._held is not None and bool(page._held.asleep), timeout=10_000)
    asleep = len(page._held.asleep)
    assert len(page.findChildren(PanelRow, "privacy_sleeper")) == asleep
    page.asleep.button.click()
    answer(page, qtbot)
    qtbot.waitUntil(lambda: len(page._held.certificates) == asleep, timeout=10_000)
    qtbot.waitUntil(lambda: page.doing.isHidden())
    assert page._held.asleep == ()
    assert f"删除了 {asleep} 位" in page.said.text()
    records = page.findChildren(PanelRow, "privacy_record")
    assert all("保存期满" in row.accessibleName() for row in records)


def test_without_the_right_the_page_says_so(manage: Manage, qtbot: QtBot) -> None:
    page = privacy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    manager = manager_of(shop)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    change_role(shop, no=manager.no, role=Role.OFFICE, staff=manager)
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.said.text()), timeout=10_000)


def test_who_was_erased_again_after_a_restore_stands_there_with_that(
    home: Home, manage: Manage, qtbot: QtBot
) -> None:
    with home.shop() as shop:
        backup = shop.store.back_up()
        forget_member(shop, file_of(shop, GOLD).member.id, Why.ASKED, staff=manager_of(shop))
    home.command("restore", backup)
    with main.opened(home.path):
        pass
    page = privacy(manage(), qtbot)
    (record,) = page.findChildren(PanelRow, "privacy_record")
    assert "本人要求" in record.accessibleName()
    assert record.accessibleName().endswith("恢复备份以后，自动再删")
