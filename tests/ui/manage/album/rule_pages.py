"""The sheets of the rulebook: forms, the test basket, the past, versions, what is published."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.actions.test_settle import OXYGEN
from tests.ui.manage.album.office import Office
from tests.ui.manage.album.pages import rules, rules_draft
from ui.manage.ask import AskSheet
from ui.manage.pick import PickSheet
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.goods import GoodsSheet
from ui.manage.rules.page import RulesPage
from ui.manage.rules.publish import PlanSheet, PublishSheet
from ui.manage.rules.receipts import ReceiptsSheet
from ui.manage.rules.sorts import SortsSheet
from ui.manage.rules.try_who import WhoSheet
from ui.manage.rules.versions import VersionsSheet
from ui.manage.rules.why import WhySheet
from ui.text import tr

OFFER = "hundred-ten"


def rules_new(at: Office) -> None:
    rules_draft(at)
    at.on(RulesPage).new.click()
    at.sheet(PickSheet)


def rules_offer(at: Office) -> None:
    rules_draft(at)
    at.press(f"rule_{OFFER}_edit")
    at.sheet(RuleSheet)


def rules_goods(at: Office) -> None:
    """What an offer is of, looked for and taken."""
    rules_draft(at)
    page = at.on(RulesPage)
    sheet = GoodsSheet(
        page.look, at.window, tr("选商品：{what}", what=tr("商品")), page.work, page.staff
    )
    sheet.begin((OXYGEN, "6900000000007"), {OXYGEN: "制氧机"})
    sheet.input.edit.setText("碳酸")
    sheet._look_up()
    at.sheet(GoodsSheet)


def rules_sorts(at: Office) -> None:
    rules_draft(at)
    names = ("保健", "处方药", "家用医疗器械及一次性卫生材料", "器械")
    SortsSheet(at.on(RulesPage).look, at.window, tr("类别"), names, names[2:]).open()
    at.sheet(SortsSheet)


def rules_section(at: Office) -> None:
    rules_draft(at)
    at.on(RulesPage)._editing.open_section("tiers", tr("会员等级"))
    at.sheet(RuleSheet)


def rules_versions(at: Office) -> None:
    rules(at)
    at.on(RulesPage)._open_versions(None)
    at.sheet(VersionsSheet)


def rules_publish(at: Office) -> None:
    rules_draft(at)
    at.on(RulesPage).bar.publish.click()
    at.sheet(PublishSheet)


def rules_publish_later(at: Office) -> None:
    rules_publish(at)
    at.press("rule_publish_when_later")


def rules_plan(at: Office) -> None:
    rules(at)
    page = at.on(RulesPage)
    assert page.shown is not None
    page._open_plan(page.shown.plans[0], page.shown)
    at.sheet(PlanSheet)


def rules_drop(at: Office) -> None:
    rules_draft(at)
    at.on(RulesPage).bar.drop.click()
    at.sheet(AskSheet)


def rules_try(at: Office) -> None:
    """A basket beside the draft."""
    rules_draft(at)
    panel = at.on(RulesPage).panel
    if panel.tried is None or not panel.sums.isVisible():
        panel.input.focus()
        QTest.keyClicks(panel.input.edit, OXYGEN)
        QTest.keyClick(panel.input.edit, Qt.Key.Key_Return)
        at.until(lambda: not panel.input.text())
    at.settle()


def rules_try_who(at: Office) -> None:
    rules_try(at)
    at.on(RulesPage).panel.who.click()
    at.sheet(WhoSheet)


def rules_try_why(at: Office) -> None:
    rules_try(at)
    at.on(RulesPage).panel._open_why()
    at.sheet(WhySheet)


def rules_past(at: Office) -> None:
    rules_draft(at)
    past = at.on(RulesPage).past
    past.go.click()
    at.until(past.results.isVisible)
    at.settle()


def rules_past_receipts(at: Office) -> None:
    rules_past(at)
    at.on(RulesPage).past._open_receipts()
    at.sheet(ReceiptsSheet)


PAGES = (
    rules_new,
    rules_offer,
    rules_goods,
    rules_sorts,
    rules_section,
    rules_versions,
    rules_publish,
    rules_publish_later,
    rules_plan,
    rules_drop,
    rules_try,
    rules_try_who,
    rules_try_why,
    rules_past,
    rules_past_receipts,
)
