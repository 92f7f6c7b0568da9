"""草稿的路: begun, changed in a form of sentences, published; the till prices by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from core.actions.counter import new_basket, reprice
from core.actions.draft_rules import begin_draft, switch_in_draft
from core.actions.login import login
from core.rulebook.parse_offers import offer_of
from core.shop import Shop
from core.trust.staff import Staff
from core.values.fields import Fields
from storage.rulebook_file import load_rulebook
from tests.actions.test_draft_rules import MARKET
from tests.builders import PIN, Home
from tests.ui.manage.test_rules import on_page, publish_wednesday
from ui.manage.ask import AskSheet
from ui.manage.rules.draft import DRAFT
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.page import RulesPage
from ui.manage.rules.publish import PlanSheet, PublishSheet
from ui.manage.rules.row import RuleRow
from ui.manage.rules.versions import DifferenceRow, VersionsSheet
from ui.manage.window import ManageWindow
from ui.widgets.field import Field
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def market_draft(home: Home) -> None:
    """A draft of the shipped rulebook of a supermarket, that has every kind of offer."""
    with home.shop() as shop:
        begin_draft(shop, staff=login(shop, PIN, name="店长"), path=str(MARKET))


def opened(window: ManageWindow, qtbot: QtBot) -> RulesPage:
    """The page with its draft in sight."""
    page = on_page(window, qtbot)
    qtbot.waitUntil(lambda: page.bar.which.isVisible(), timeout=10_000)
    qtbot.mouseClick(button(page, "rules_which_draft"), LEFT)
    assert page.bar.which.current() == DRAFT
    return page


def button(page: RulesPage, name: str) -> QAbstractButton:
    found = page.findChild(QAbstractButton, name)
    assert found is not None
    return found


def edited(window: ManageWindow, page: RulesPage, qtbot: QtBot, offer: str) -> RuleSheet:
    """The form of an offer."""
    qtbot.waitUntil(lambda: page.findChild(QAbstractButton, f"rule_{offer}_edit") is not None)
    button(page, f"rule_{offer}_edit").click()
    qtbot.waitUntil(lambda: window.findChild(RuleSheet) is not None)
    return window.findChild(RuleSheet)


def test_a_day_of_a_manager_from_a_copy_to_the_till(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    window = manage()
    page = on_page(window, qtbot)
    qtbot.waitUntil(lambda: page.bar.begin.isVisible())
    qtbot.mouseClick(page.bar.begin, LEFT)
    qtbot.waitUntil(lambda: page.findChild(QAbstractButton, "rule_special-price_off") is not None)
    assert not page.bar.publish.isEnabled()
    button(page, "rule_special-price_off").click()
    qtbot.waitUntil(lambda: page.bar.publish.isEnabled(), timeout=10_000)
    assert page.bar.chip.text() == "草稿 1 处不同"
    qtbot.mouseClick(page.bar.publish, LEFT)
    sheet = window.findChild(PublishSheet)
    qtbot.mouseClick(sheet.done, LEFT)
    qtbot.waitUntil(lambda: page.held.text() == "第 2 版，正在使用", timeout=10_000)
    qtbot.waitUntil(lambda: page.bar.begin.isVisible())
    shop = window._work.hands.shop
    assert shop is not None
    assert reprice(shop, new_basket(shop).basket).rulebook.version == 2


def filled(sheet: RuleSheet, name: str) -> Field:
    """One line of the form, by its name."""
    edit = sheet.findChild(QLineEdit, name)
    assert edit is not None, name
    field = edit.parent()
    assert isinstance(field, Field)
    return field


def test_every_offer_of_every_kind_comes_out_of_its_form_as_it_went_in(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    for offer in load_rulebook(MARKET).offers:
        sheet = edited(window, page, qtbot, offer.id)
        record = sheet.record()
        assert record is not None and offer_of(Fields(record)) == offer, offer.id
        assert sheet.done.isEnabled(), offer.id
        sheet.shut()
        qtbot.waitUntil(lambda: window.findChild(RuleSheet) is None)


def test_a_threshold_is_changed_in_its_form(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    sheet = edited(window, page, qtbot, "hundred-ten")
    filled(sheet, "rule_steps_0_off_fen").set_text("12")
    filled(sheet, "rule_cap_fen").set_text("")
    filled(sheet, "rule_when_starts_on").set_text("2026-11-28")
    press_segment(sheet, "rule_when_weekdays_5")
    press_segment(sheet, "rule_when_from_tier_2")
    said = "每满 100 元减 12 元，周六，金卡及以上，2026-11-28 起"
    assert sheet.says.text() == said
    qtbot.mouseClick(sheet.done, LEFT)

    def text() -> str:
        rows = [r for r in page.findChildren(RuleRow) if r.objectName() == "rule_hundred-ten"]
        return rows[-1].text.text() if rows else ""

    qtbot.waitUntil(lambda: text() == "每满 100 元减 12 元，周六，金卡及以上", timeout=10_000)
    qtbot.waitUntil(lambda: window.findChild(RuleSheet) is None)


def press_segment(sheet: RuleSheet, name: str) -> None:
    part = sheet.findChild(QAbstractButton, name)
    assert part is not None, name
    part.click()


def test_what_is_wrong_says_beside_it_what_to_write(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    sheet = edited(window, page, qtbot, "hundred-ten")
    for name, wrong, said in (
        ("rule_when_starts_on", "11月28日", "日期写成 2026-11-01 这样。"),
        ("rule_steps_0_from_fen", "一百", "写成 12 或 12.50 这样。"),
        ("rule_steps_0_rate_bp", "9", "金额和折扣只能写一个"),
        ("rule_name", "", "这里要写。"),
    ):
        field = filled(sheet, name)
        right = field.text()
        field.set_text(wrong)
        assert not sheet.done.isEnabled()
        assert sheet.says.role == "danger_text"
        beside = filled(sheet, "rule_steps_0_off_fen") if "rate" in name else field
        assert beside.problem.text() == said
        field.set_text(right)
        assert sheet.done.isEnabled() and not beside.problem.text()


def test_who_was_too_late_is_told_and_sees_the_draft_of_the_other(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    qtbot.waitUntil(lambda: page.findChild(QAbstractButton, "rule_eggs_off") is not None)
    shop, staff = window._work.hands.shop, page.staff
    assert isinstance(shop, Shop) and isinstance(staff, Staff)
    switch_in_draft(shop, "tissues", is_on=False, turn=1, staff=staff)
    button(page, "rule_eggs_off").click()
    qtbot.waitUntil(lambda: page.said.text().startswith("草稿在别处改过了"), timeout=10_000)
    assert page.said.isVisible()
    qtbot.waitUntil(lambda: page._draft is not None and page._draft.draft.turn == 2)


def test_a_draft_that_is_spoilt_can_be_dropped(manage: Manage, qtbot: QtBot, home: Home) -> None:
    (home.path / "rulebook_draft.json").write_text("no")
    window = manage()
    page = on_page(window, qtbot)
    qtbot.waitUntil(lambda: page.said.text().startswith("草稿文件"), timeout=10_000)
    qtbot.mouseClick(page.bar.drop, LEFT)
    asked = window.findChild(AskSheet)
    assert "找不回来" in asked.findChild(Words, "ask_says").text()
    assert (home.path / "rulebook_draft.json").exists()
    qtbot.mouseClick(asked.do, LEFT)
    qtbot.waitUntil(lambda: page.bar.begin.isVisible(), timeout=10_000)
    assert not (home.path / "rulebook_draft.json").exists()


def test_an_older_version_comes_back_as_a_draft(manage: Manage, qtbot: QtBot, home: Home) -> None:
    publish_wednesday(home)
    window = manage()
    page = on_page(window, qtbot)
    qtbot.mouseClick(page.compare, LEFT)
    sheet = window.findChild(VersionsSheet)
    sheet.list.moved.emit(1)
    qtbot.mouseClick(sheet.copy, LEFT)
    qtbot.waitUntil(lambda: page.bar.chip.text() == "草稿 1 处不同", timeout=10_000)
    assert page._draft is not None
    assert page._draft.draft.rulebook.version == 3
    assert "wednesday" not in {offer.id for offer in page._draft.draft.rulebook.offers}


def test_it_is_published_for_a_day_shown_as_planned_and_withdrawn(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    assert page._rules is not None
    today = page._rules.on
    qtbot.mouseClick(page.bar.publish, LEFT)
    sheet = window.findChild(PublishSheet)
    sheet.when.findChild(QAbstractButton, "rule_publish_when_later").click()
    for wrong, said in (("明天", "日期写成 2026-11-01 这样。"), (str(today), "要在今天以后。")):
        sheet.day.set_text(wrong)
        qtbot.mouseClick(sheet.done, LEFT)
        assert sheet.day.problem.text() == said
    day = (today + timedelta(days=3)).isoformat()
    sheet.day.set_text(day)
    assert sheet.done.text() == f"定好，{day} 起用"
    qtbot.mouseClick(sheet.done, LEFT)
    qtbot.waitUntil(lambda: page.plans.isVisible(), timeout=10_000)
    assert page.held.text() == "第 1 版，正在使用"
    qtbot.waitUntil(lambda: page.bar.begin.isVisible(), timeout=10_000)
    assert page.bar.chip.isHidden()
    button(page, f"plan_{day}_action").click()
    plan = window.findChild(PlanSheet)
    assert plan.findChildren(DifferenceRow)
    qtbot.mouseClick(plan.withdraw, LEFT)
    qtbot.waitUntil(lambda: page.plans.isHidden(), timeout=10_000)
    qtbot.waitUntil(lambda: page.bar.which.isVisible(), timeout=10_000)
