"""优惠规则的页: what holds is read as sentences, and versions are held against each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.rulebook.conditions import Conditions
from core.rulebook.offers import PercentageOffer
from tests.builders import PIN, Home
from tests.ui.till.hands import by_hand
from ui.manage.rules.page import RulesPage
from ui.manage.rules.row import RuleRow
from ui.manage.rules.versions import DifferenceRow, VersionsSheet
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def on_page(window: ManageWindow, qtbot: QtBot) -> RulesPage:
    """The page, with what holds on it."""
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("rules")
    page = window.rooms["rules"]
    assert isinstance(page, RulesPage)
    qtbot.waitUntil(lambda: bool(page.findChildren(RuleRow)), timeout=10_000)
    return page


def publish_wednesday(home: Home) -> None:
    """A second version, with one offer more."""
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        with shop.store.read() as reading:
            book = reading.rulebooks.current()
        offer = PercentageOffer(
            id="wednesday", name="周三九折", rate_bp=9000, when=Conditions(weekdays=frozenset({3}))
        )
        after = replace(book, version=book.version + 1, offers=(*book.offers, offer))
        publish_rulebook(shop, after, staff=staff)


def test_what_holds_is_read_as_sentences(manage: Manage, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot)
    said = {row.title.text(): row.text.text() for row in page.findChildren(RuleRow)}
    assert said["会员价"] == "会员按商品上的会员价买"
    assert said["金卡"].startswith("消费满 5,000 元，95折")
    assert page.held.text() == "第 1 版，正在使用"
    assert page.compare.isHidden()


@pytest.mark.parametrize("width", [640, 1024, 1366, 1920])
def test_nothing_lies_beside_the_page(manage: Manage, qtbot: QtBot, width: int) -> None:
    window = manage()
    window.resize(width, 768)
    page = on_page(window, qtbot)

    def fits() -> bool:
        rows = page.findChildren(RuleRow)
        rights = [row.mapTo(page, row.rect().topRight()).x() for row in rows]
        return max(rights) < page.width()

    qtbot.waitUntil(fits)


def test_a_version_is_held_against_the_one_before_it(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    publish_wednesday(home)
    window = manage()
    page = on_page(window, qtbot)
    qtbot.mouseClick(page.compare, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(DifferenceRow)), timeout=10_000)
    (row,) = window.findChildren(DifferenceRow)
    assert row.accessibleName() == "新增 周三九折 9折，周三，一直有"


def test_the_one_in_use_against_itself_says_so(manage: Manage, qtbot: QtBot, home: Home) -> None:
    publish_wednesday(home)
    window = manage()
    page = on_page(window, qtbot)
    qtbot.mouseClick(page.compare, LEFT)
    sheet = window.findChild(VersionsSheet)
    qtbot.waitUntil(lambda: bool(window.findChildren(DifferenceRow)), timeout=10_000)
    sheet.against.set_current("held")
    sheet.list.moved.emit(2)
    qtbot.waitUntil(lambda: not window.findChildren(DifferenceRow))
    assert sheet.says.text() == ""
    sheet.list.moved.emit(1)
    qtbot.waitUntil(lambda: bool(window.findChildren(DifferenceRow)), timeout=10_000)
    assert "从第 1 版到第 2 版，1 处不同" in sheet.says.text()
