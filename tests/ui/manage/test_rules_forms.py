"""规则的表单的路: new offers, ladders, copies, sections, collisions, and two who edit at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.actions.draft_rules import change_offer
from core.rulebook.offers import Threshold
from core.rulebook.parse_offers import offer_of, offer_record
from core.shop import Shop
from core.values.fields import Fields
from tests.builders import Home
from tests.ui.manage.test_rules_draft import (
    Manage,
    button,
    edited,
    filled,
    market_draft,
    opened,
)
from ui.manage.pick import PickSheet
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.goods_field import GoodsField
from ui.manage.rules.page import RulesPage
from ui.manage.rules.row import RuleRow
from ui.manage.window import ManageWindow
from ui.rule_new import kinds

LEFT = Qt.MouseButton.LeftButton
GOODS = {"rule_parts_0_code": "6901234567809", "rule_parts_1_code": "6901234567816"}
FREE, GIVES = "rule_steps_0_products", "rule_gives_products"


def new(window: ManageWindow, page: RulesPage, qtbot: QtBot, title: str) -> RuleSheet:
    """The form of a fresh offer of this kind."""
    qtbot.mouseClick(page.new, LEFT)
    pick = window.findChild(PickSheet)
    (n,) = [n for n, kind in enumerate(kinds()) if kind.title == title]
    pick.list.chosen.emit(n)
    qtbot.waitUntil(lambda: window.findChild(PickSheet) is None)
    return window.findChild(RuleSheet)


def begun(manage: Manage, qtbot: QtBot, home: Home, title: str) -> tuple[ManageWindow, RuleSheet]:
    """The same in the draft of a supermarket, in a window of its own."""
    market_draft(home)
    window = manage()
    return window, new(window, opened(window, qtbot), qtbot, title)


def goods_field(sheet: RuleSheet) -> GoodsField:
    """For which goods an offer is."""
    field = filled(sheet, "rule_scope_products")
    assert isinstance(field, GoodsField)
    return field


def kept(window: ManageWindow, qtbot: QtBot, sheet: RuleSheet) -> None:
    qtbot.mouseClick(sheet.done, LEFT)
    qtbot.waitUntil(lambda: window.findChild(RuleSheet) is None, timeout=10_000)


def titles(page: RulesPage) -> list[str]:
    return [row.title.text() for row in page.findChildren(RuleRow)]


def test_every_kind_begins_with_an_example_that_can_be_kept(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    for kind in kinds():
        sheet = new(window, page, qtbot, kind.title)
        for name, code in (GOODS if "parts" in kind.record else {}).items():
            assert not sheet.done.isEnabled()
            filled(sheet, name).set_text(code)
        steps = kind.record.get("steps", [{}])
        free = FREE if "products" in steps[0] else GIVES if "gives" in kind.record else ""
        if free:
            assert filled(sheet, free).problem.text() == "这里要写。"
            filled(sheet, free).set_text("6901234567809")
        assert sheet.done.isEnabled(), (kind.title, sheet.says.text())
        sheet.shut()
        qtbot.waitUntil(lambda: window.findChild(RuleSheet) is None)


def test_a_ladder_is_written_named_and_copied(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    sheet = new(window, page, qtbot, "满减阶梯")
    filled(sheet, "rule_name").set_text("年货满减")
    button_of(sheet, "rule_add_steps").click()
    filled(sheet, "rule_steps_2_from_fen").set_text("500")
    filled(sheet, "rule_steps_2_off_fen").set_text("八十")
    assert filled(sheet, "rule_steps_2_off_fen").problem.text() == "写成 12 或 12.50 这样。"
    filled(sheet, "rule_steps_2_off_fen").set_text("80")
    button_of(sheet, "rule_less_steps_0").click()
    filled(sheet, "rule_scope_categories").set_text("保健、零食")
    said = "满 200 元减 25 元；满 500 元减 80 元，只限保健、零食，一直有"
    assert sheet.says.text() == said
    assert "和“满 100 减 10”天天一起：两个会一起用" in sheet.collides.text()
    kept(window, qtbot, sheet)
    qtbot.waitUntil(lambda: "年货满减" in titles(page), timeout=10_000)
    (row,) = [row for row in page.findChildren(RuleRow) if row.title.text() == "年货满减"]
    row.findChild(QAbstractButton, f"{row.objectName()}_copy").click()
    copy = window.findChild(RuleSheet)
    kept(window, qtbot, copy)
    qtbot.waitUntil(lambda: "年货满减（照抄）" in titles(page), timeout=10_000)


def button_of(sheet: RuleSheet, name: str) -> QAbstractButton:
    found = [b for b in sheet.findChildren(QAbstractButton, name) if b.isVisibleTo(sheet)]
    assert found, name
    return found[-1]


def test_goods_are_named_and_those_that_are_not_there_are_told(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    _, sheet = begun(manage, qtbot, home, "打折")
    field = goods_field(sheet)
    field.set_text("6901234567809 404")
    qtbot.waitUntil(lambda: "维生素C咀嚼片" in sheet.says.text(), timeout=10_000)
    qtbot.waitUntil(lambda: field.missing.text() == "店里没有：404", timeout=10_000)
    assert field.told.text() == "维生素C咀嚼片"
    assert not field.missing.isHidden()


def test_sections_have_forms_of_their_own(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    for name, fill, said in (
        ("points", {"rule_points_per_fen": "2"}, "每 2 元得 1 分"),
        ("tiers", {"rule_scheme_tiers_1_name": "白银卡"}, "白银卡：消费满 2,000 元"),
        ("returns", {"rule_returns_days": "15"}, "15 天内收银员可以退"),
        ("by_hand", {"rule_by_hand_line_bp": "12"}, "收银员最多让 12%"),
        ("outside", {"rule_outside_categories": "香烟"}, "香烟"),
    ):
        button(page, f"rules_{name}_more").click()
        sheet = window.findChild(RuleSheet)
        for blank, text in fill.items():
            filled(sheet, blank).set_text(text)
        assert said in sheet.says.text(), name
        kept(window, qtbot, sheet)
        qtbot.waitUntil(
            lambda said=said: any(
                said.split("：")[-1] in row.text.text() for row in page.findChildren(RuleRow)
            ),
            timeout=10_000,
        )
    assert page._draft is not None
    book = page._draft.draft.rulebook
    assert (book.points.per_fen, book.returns.days) == (200, 15)


def test_points_that_pay_nothing_and_a_tier_more(manage: Manage, qtbot: QtBot, home: Home) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    button(page, "rules_points_more").click()
    sheet = window.findChild(RuleSheet)
    for blank in ("rule_points_spend_per_points", "rule_points_spend_fen"):
        filled(sheet, blank).set_text("")
    kept(window, qtbot, sheet)
    qtbot.waitUntil(lambda: page._draft is not None and page._draft.draft.turn == 2)
    button(page, "rules_tiers_more").click()
    sheet = window.findChild(RuleSheet)
    button_of(sheet, "rule_add_scheme_tiers").click()
    filled(sheet, "rule_scheme_tiers_3_name").set_text("钻石卡")
    filled(sheet, "rule_scheme_tiers_3_from_fen").set_text("100")
    assert filled(sheet, "rule_scheme_tiers_3_from_fen").problem.text() == "要高于下一个等级"
    filled(sheet, "rule_scheme_tiers_3_from_fen").set_text("20000")
    filled(sheet, "rule_scheme_tiers_3_discount_bp").set_text("95")
    kept(window, qtbot, sheet)
    qtbot.waitUntil(lambda: page._draft is not None and page._draft.draft.turn == 3)
    assert page._draft is not None
    book = page._draft.draft.rulebook
    assert book.points.spend is None
    assert (book.scheme.tiers[-1].name, book.scheme.tiers[-1].least) == ("钻石卡", 20_000_00)


def test_who_saves_second_is_told_and_loses_nothing(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    market_draft(home)
    window = manage()
    page = opened(window, qtbot)
    sheet = edited(window, page, qtbot, "hundred-ten")
    filled(sheet, "rule_steps_0_off_fen").set_text("12")
    shop = window._work.hands.shop
    assert isinstance(shop, Shop) and page._draft is not None
    offers = page._draft.draft.rulebook.offers
    record = offer_record(next(each for each in offers if each.id == "hundred-ten"))
    other = {**record, "steps": [{"from_fen": 100_00, "off_fen": 8_00}]}
    change_offer(shop, other, turn=1, staff=page.staff)
    qtbot.mouseClick(sheet.done, LEFT)
    qtbot.waitUntil(lambda: sheet.said.isVisible(), timeout=10_000)
    assert sheet.said.text().startswith("别人刚改过这一条，现在是：每满 100 元减 8 元")
    assert filled(sheet, "rule_steps_0_off_fen").text() == "12"
    kept(window, qtbot, sheet)
    qtbot.waitUntil(lambda: page._draft is not None and page._draft.draft.turn == 3)
    assert page._draft is not None
    offers = page._draft.draft.rulebook.offers
    after = next(each for each in offers if each.id == "hundred-ten")
    assert isinstance(after, Threshold) and after.steps[0].off_fen == 12_00
    assert offer_of(Fields(offer_record(after))) == after
