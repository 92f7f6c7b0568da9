"""试一单的路: goods scanned beside the draft, for a tier and an hour; both prices, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions.draft_rules import begin_draft
from core.actions.login import login
from tests.actions.test_settle import NORMAL, OXYGEN, VITAMIN
from tests.builders import PIN, Home
from tests.ui.manage.test_rules_draft import Manage, button, market_draft, opened
from ui.manage.pick import PickSheet
from ui.manage.rules.page import RulesPage
from ui.manage.rules.try_out import TryPanel
from ui.manage.rules.try_who import WhoSheet
from ui.manage.rules.why import HELD, WhySheet

LEFT = Qt.MouseButton.LeftButton


def scan(qtbot: QtBot, panel: TryPanel, code: str) -> None:
    """Typed and entered; answered when the line is empty again."""
    panel.input.focus()
    QTest.keyClicks(panel.input.edit, code)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.input.text(), timeout=10_000)


def totals(panel: TryPanel) -> tuple[str, str]:
    return panel.total.held.text(), panel.total.draft.text()


def wait_for(qtbot: QtBot, panel: TryPanel, held: str, draft: str) -> None:
    qtbot.waitUntil(lambda: totals(panel) == (held, draft), timeout=10_000)


def there(qtbot: QtBot, of: QWidget, name: str) -> QAbstractButton:
    qtbot.waitUntil(lambda: of.findChild(QAbstractButton, name) is not None, timeout=10_000)
    found = of.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_goods_for_somebody_by_both_rulebooks(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    panel = page.panel
    assert panel.isVisible() and not panel.sums.isVisible()
    scan(qtbot, panel, OXYGEN)
    wait_for(qtbot, panel, "1,000.00", "970.00")
    assert panel.saves.text() == "草稿少收 30.00"
    scan(qtbot, panel, NORMAL)
    qtbot.waitUntil(lambda: panel.who.text() == "银卡·王*", timeout=10_000)
    qtbot.mouseClick(panel.who, LEFT)
    who = window.findChild(WhoSheet)
    qtbot.mouseClick(there(qtbot, who, "try_people_gold"), LEFT)
    who.at.set_text("25:00")
    qtbot.mouseClick(who.done, LEFT)
    assert who.at.problem.text() == "时间写成 14:30 这样。"
    who.at.set_text("9:30")
    who.on.set_text("2026-12-02")
    qtbot.mouseClick(who.done, LEFT)
    # a Wednesday: 95 % for members, and 98 % of the tier; the better one, then 满 100 减 10
    wait_for(qtbot, panel, "950.00", "920.00")
    assert (panel.who.text(), panel.when.text()) == ("金卡", "2026-12-02 周三 09:30")
    qtbot.mouseClick(panel.why, LEFT)
    why = window.findChild(WhySheet)
    assert "周三会员日95折" in why.ledger._sheet.heads
    qtbot.mouseClick(there(qtbot, why, f"rule_why_which_{HELD}"), LEFT)
    assert "金卡95折" in why.ledger._sheet.heads


def test_numbers_are_stepped_goods_found_by_name_and_taken_out(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    page = opened(manage(), qtbot)
    panel = page.panel
    QTest.keyClicks(panel.input.edit, "wss")
    qtbot.waitUntil(lambda: panel._suggestions is not None and panel._suggestions.isVisible())
    assert panel._suggestions is not None
    QTest.keyClick(panel.input.edit, Qt.Key.Key_Down)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_Return)
    wait_for(qtbot, panel, "39.00", "39.00")
    qtbot.mouseClick(panel.stepper.more, LEFT)
    wait_for(qtbot, panel, "78.00", "78.00")
    scan(qtbot, panel, OXYGEN)
    wait_for(qtbot, panel, "1,078.00", "1,048.00")
    qtbot.mouseClick(there(qtbot, panel, "try_line_0"), LEFT)
    assert panel.stepper.number.text() == "2"
    qtbot.mouseClick(panel.gone, LEFT)
    wait_for(qtbot, panel, "1,000.00", "970.00")
    QTest.keyClicks(panel.input.edit, "nothing")
    QTest.keyClick(panel.input.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said.isVisible(), timeout=10_000)
    assert "nothing" in panel.said.text() and panel.input.text() == "nothing"
    qtbot.mouseClick(panel.empty, LEFT)
    qtbot.waitUntil(lambda: not panel.sums.isVisible(), timeout=10_000)


def test_a_coupon_is_presented_and_taken_back(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    panel = opened(window, qtbot).panel
    scan(qtbot, panel, VITAMIN)
    scan(qtbot, panel, VITAMIN)
    wait_for(qtbot, panel, "78.00", "78.00")
    qtbot.mouseClick(panel.coupon, LEFT)
    pick = window.findChild(PickSheet)
    assert pick.list.rows()[0].text == "欢迎券满 50 减 5"
    pick.list.chosen.emit("WELCOME5")
    wait_for(qtbot, panel, "78.00", "73.00")
    qtbot.mouseClick(there(qtbot, panel, "try_WELCOME5_action"), LEFT)
    wait_for(qtbot, panel, "78.00", "78.00")


def test_the_price_follows_the_draft(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    page = opened(manage(), qtbot)
    scan(qtbot, page.panel, OXYGEN)
    wait_for(qtbot, page.panel, "1,000.00", "970.00")
    button(page, "rule_hundred-ten_off").click()
    wait_for(qtbot, page.panel, "1,000.00", "1,000.00")
    assert page.panel.saves.text() == "草稿和现在一样"


def test_a_narrow_page_gives_it_its_own_room(manage: Manage, qtbot: QtBot, home: Home) -> None:
    with home.shop() as shop:
        begin_draft(shop, staff=login(shop, PIN, name="店长"))
    window = manage()
    window.resize(760, 560)
    page: RulesPage = opened(window, qtbot)
    assert not page.panel.isVisible()
    qtbot.mouseClick(page.bar.try_out, LEFT)
    assert page.panel.isVisible() and not page.rules.isVisible()
    qtbot.mouseClick(page.panel.fold, LEFT)
    assert page.rules.isVisible() and not page.panel.isVisible()
