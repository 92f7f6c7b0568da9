"""店长的一天: members from a table, an offer written, tried, published, used, reported, proven."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.shop import Shop
from tests.actions.test_settle import OXYGEN, settled
from tests.builders import manager_of
from tests.ui.manage.test_insight import ask, cells
from tests.ui.manage.test_manage import Manage, come_in
from tests.ui.manage.test_members import names, typed
from tests.ui.manage.test_proof import kinds
from tests.ui.manage.test_rules_draft import filled
from tests.ui.manage.test_rules_forms import kept, new
from tests.ui.manage.test_rules_past import worked_out
from tests.ui.manage.test_rules_try import scan, wait_for
from tests.ui.manage.test_tidy import imported
from tests.ui.manage.test_tidy import table as table
from ui.manage.insight.page import InsightPage
from ui.manage.members.page import MembersPage
from ui.manage.proof.page import ProofPage
from ui.manage.rules.draft import DRAFT
from ui.manage.rules.page import RulesPage
from ui.manage.rules.publish import PublishSheet
from ui.manage.rules.row import RuleRow
from ui.manage.tidy.page import TidyPage
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
NEW_CARD, NEW_NAME = "900001", "王*"


def test_from_a_table_of_members_to_the_report_of_an_offer(
    manage: Manage, qtbot: QtBot, table: Path, tmp_path: Path
) -> None:
    window = manage()
    today = come_in(window, qtbot)
    assert today.taken.text() == "1,039.00"
    shop = window._work.hands.shop
    assert shop is not None
    bring_members_in(window, qtbot, table)
    find_the_new_one(window, qtbot)
    write_an_offer_and_try_it(window, qtbot)
    publish_it(window, qtbot)
    sell_by_it(shop)
    window.go_to("today")
    qtbot.waitUntil(lambda: today.taken.text() == "1,929.00", timeout=10_000)
    assert report_of_it(window, qtbot, tmp_path / "让利.xlsx")
    prove_it(window, qtbot)


def bring_members_in(window: ManageWindow, qtbot: QtBot, table: Path) -> None:
    window.go_to("tidy")
    page = window.rooms["tidy"]
    assert isinstance(page, TidyPage)
    sheet = imported(page, qtbot, table)
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.came, timeout=20_000)
    assert sheet.came.text().startswith("导入好了：新增 2，")
    sheet.shut()


def find_the_new_one(window: ManageWindow, qtbot: QtBot) -> None:
    window.go_to("members")
    page = window.rooms["members"]
    assert isinstance(page, MembersPage)
    qtbot.waitUntil(lambda: len(names(page)) == 5, timeout=10_000)
    typed(page, qtbot, NEW_CARD, [NEW_NAME])


def write_an_offer_and_try_it(window: ManageWindow, qtbot: QtBot) -> None:
    window.go_to("rules")
    page = window.rooms["rules"]
    assert isinstance(page, RulesPage)
    qtbot.waitUntil(lambda: page.bar.begin.isVisible(), timeout=10_000)
    qtbot.mouseClick(page.bar.begin, LEFT)
    qtbot.waitUntil(lambda: page.bar.which.current() == DRAFT, timeout=10_000)
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)
    sheet = new(window, page, qtbot, "每满减")
    filled(sheet, "rule_name").set_text("开业满减")
    filled(sheet, "rule_steps_0_off_fen").set_text("11")
    assert sheet.says.text().startswith("每满 100 元减 11 元")
    kept(window, qtbot, sheet)
    qtbot.waitUntil(lambda: "开业满减" in titles(page), timeout=10_000)
    scan(qtbot, page.panel, OXYGEN)
    wait_for(qtbot, page.panel, "1,000.00", "890.00")
    worked_out(qtbot, page.past)
    assert page.past.receipts.number.text() == "1"
    assert page.past.cost.line.text().startswith("少收 110.00，")


def titles(page: RulesPage) -> list[str]:
    return [row.title.text() for row in page.findChildren(RuleRow)]


def publish_it(window: ManageWindow, qtbot: QtBot) -> None:
    page = window.rooms["rules"]
    assert isinstance(page, RulesPage)
    qtbot.waitUntil(page.bar.publish.isEnabled, timeout=10_000)
    qtbot.mouseClick(page.bar.publish, LEFT)
    qtbot.mouseClick(window.findChild(PublishSheet).done, LEFT)
    qtbot.waitUntil(lambda: page.held.text() == "第 2 版，正在使用", timeout=10_000)


def sell_by_it(shop: Shop) -> None:
    """At the till, to a member of the table."""
    sale = settled(shop, manager_of(shop), NEW_CARD, OXYGEN).sale
    assert sale.payable_fen == 890_00


def report_of_it(window: ManageWindow, qtbot: QtBot, file: Path) -> bool:
    window.go_to("insight")
    page = window.rooms["insight"]
    assert isinstance(page, InsightPage)
    qtbot.waitUntil(lambda: page._shown is not None, timeout=30_000)
    ask(page, qtbot, "given")
    (row,) = [row for row in cells(page) if "开业满减" in row]
    assert "110.00" in row and "890.00" in row
    qtbot.mouseClick(page.files["xlsx"], LEFT)
    dialog = window.findChild(QFileDialog, "save_dialog")
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(lambda: str(file) in page.said.text(), timeout=30_000)
    sheet = openpyxl.load_workbook(file).active
    return any("开业满减" in map(str, row) for row in sheet.iter_rows(values_only=True))


def prove_it(window: ManageWindow, qtbot: QtBot) -> None:
    """All of it stands in the audit log."""
    window.go_to("proof")
    page = window.rooms["proof"]
    assert isinstance(page, ProofPage)
    qtbot.waitUntil(lambda: bool(kinds(page)) and all(kinds(page)), timeout=10_000)
    said = set(kinds(page))
    assert {"发布规则册", "开始导入"} <= said, said
    qtbot.mouseClick(page.log.check, LEFT)
    qtbot.waitUntil(lambda: "一条不少" in page.log.said.text(), timeout=20_000)
