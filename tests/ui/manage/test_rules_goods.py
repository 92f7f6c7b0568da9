"""选商品的路: by name, category or a pasted list, many at once, into a form of a rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.actions.choose_goods import MOST, look_for_goods, sorts_of_goods
from core.actions.login import login
from tests.builders import PIN, Home
from tests.ui.manage.test_rules_draft import Manage, filled
from tests.ui.manage.test_rules_forms import begun, button_of, goods_field
from ui.manage.pick import PickSheet
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.goods import GoodsSheet
from ui.manage.rules.goods_field import SortField
from ui.manage.rules.sorts import SortsSheet
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
VITAMIN, CALCIUM, ZINC, COLD = (
    "6901234567809",
    "6901234567816",
    "6901234567854",
    "6901234567823",
)


def chooser(window: ManageWindow, sheet: RuleSheet, qtbot: QtBot, field: str) -> GoodsSheet:
    button_of(sheet, f"{field}_choose").click()
    goods = window.findChild(GoodsSheet)
    assert isinstance(goods, GoodsSheet)
    return goods


def found(goods: GoodsSheet) -> list[object]:
    return [row.key for row in goods.found.rows()]


def taken(goods: GoodsSheet) -> list[object]:
    return [row.key for row in goods.taken.rows()]


def test_many_are_chosen_by_name_by_category_and_from_a_pasted_list(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    window, sheet = begun(manage, qtbot, home, "打折")
    field = goods_field(sheet)
    field.set_text("404")
    goods = chooser(window, sheet, qtbot, "rule_scope_products")
    assert taken(goods) == ["404"]
    goods.input.edit.insert("wss")
    qtbot.waitUntil(lambda: found(goods) == [VITAMIN], timeout=10_000)
    qtbot.keyClick(goods.input.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: taken(goods) == ["404", VITAMIN], timeout=10_000)
    qtbot.waitUntil(lambda: not goods.category.isHidden(), timeout=10_000)
    goods.category.click()
    window.findChild(PickSheet).list.chosen.emit("保健")
    qtbot.waitUntil(lambda: len(found(goods)) == 3, timeout=10_000)
    goods.found.chosen.emit(VITAMIN)
    assert taken(goods) == ["404"]
    goods.all.click()
    assert set(taken(goods)) == {"404", VITAMIN, CALCIUM, ZINC}
    goods.taken.chosen.emit("404")
    QApplication.clipboard().setText(f"{COLD}\n{CALCIUM}\n999\n")
    goods.input.edit.clear()
    goods.input.edit.paste()
    qtbot.keyClick(goods.input.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: goods.said.text() == "店里没有：999", timeout=10_000)
    assert set(taken(goods)) == {VITAMIN, CALCIUM, ZINC, COLD}
    qtbot.mouseClick(goods.done, LEFT)
    assert set(field.written()) == {VITAMIN, CALCIUM, ZINC, COLD}
    qtbot.waitUntil(lambda: "感冒灵颗粒" in sheet.says.text(), timeout=10_000)
    assert field.missing.isHidden() and "维生素C咀嚼片" in field.told.toolTip()


def test_categories_are_chosen_and_one_that_is_not_there_is_told(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    window, sheet = begun(manage, qtbot, home, "打折")
    field = filled(sheet, "rule_scope_categories")
    assert isinstance(field, SortField)
    field.set_text("保键")
    qtbot.waitUntil(lambda: field.missing.text() == "店里没有：保键", timeout=10_000)
    button_of(sheet, "rule_scope_categories_choose").click()
    sorts = window.findChild(SortsSheet)
    assert isinstance(sorts, SortsSheet)
    assert sorts.list.rows()[0].key == "保键"
    for name in ("保键", "保健", "器械"):
        sorts.list.chosen.emit(name)
    qtbot.mouseClick(sorts.done, LEFT)
    assert field.text() == "保健、器械"
    assert field.missing.isHidden()
    assert "只限保健、器械" in sheet.says.text()


def test_where_one_is_wanted_the_first_that_is_pressed_is_it(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    window, sheet = begun(manage, qtbot, home, "组合价")
    goods = chooser(window, sheet, qtbot, "rule_parts_1_code")
    goods.input.edit.insert("钙片")
    qtbot.waitUntil(lambda: bool(found(goods)), timeout=10_000)
    goods.found.chosen.emit(found(goods)[0])
    assert filled(sheet, "rule_parts_1_code").text() in (CALCIUM, "6901234567830")
    assert filled(sheet, "rule_parts_0_code").text() == ""


def test_a_text_is_a_name_a_code_or_a_list_and_narrowed_as_somebody_says(home: Home) -> None:
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        assert sorts_of_goods(shop, staff=staff).categories == (
            "中药",
            "保健",
            "器械",
            "处方药",
            "非处方药",
        )
        one = look_for_goods(shop, "10086", staff=staff)
        assert [each.name for each in one.goods] == ["枸杞子（散装）"]
        both = look_for_goods(shop, f"{VITAMIN}；5 {VITAMIN}", staff=staff)
        assert (both.is_list, both.unknown) == (True, ("5",))
        assert [each.code for each in both.goods] == [VITAMIN]
        narrow = look_for_goods(shop, "口服", category="保健", staff=staff)
        assert [each.code for each in narrow.goods] == [ZINC]
        assert look_for_goods(shop, "口服", category="器械", staff=staff).goods == ()
        assert not look_for_goods(shop, "", staff=staff).goods
        assert MOST > len(look_for_goods(shop, "", category="保健", staff=staff).goods) == 3
