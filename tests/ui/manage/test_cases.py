"""案件页: what was found is listed, looked at and decided; today's page leads to it."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.actions.decide_case import decide_case
from core.actions.forget_member import forget_member
from core.actions.login import login
from core.actions.look_for_signals import look_for_signals
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.members.certificate import Why
from core.rulebook.watch import Watch
from core.shop import Shop
from core.trust.cases import Case, CaseFile, Decision
from core.trust.staff import Role
from tests.actions.test_settle import NORMAL, OXYGEN, settled
from tests.builders import PIN, Home, file_of
from tests.ui.manage.test_manage import Manage
from tests.ui.till.hands import by_hand
from ui.manage.cases.decide import DecideSheet, WordsSheet
from ui.manage.cases.page import CasesPage
from ui.manage.window import ManageWindow
from ui.widgets.button import Button
from ui.widgets.panel_row import PanelRow
from ui.widgets.tile import Tile

TICKETS = "S01-T1-000123 S01-T2-000456 S02-T1-000789"
LEFT = Qt.MouseButton.LeftButton
QUIET = Watch(earned_a_day=0, earned_at_one=0, opens_hour=0, closes_hour=0)
OFFICE_PIN = "314159"


@pytest.fixture
def home(home: Home) -> Home:
    """A shop in which a card earned more than once today, and that is a signal."""
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        with shop.store.read() as reading:
            now = reading.rulebooks.current()
        watch = replace(QUIET, earned_a_day=2)
        with_watch = replace(now, version=now.version + 1, watch=watch, corrections_alone=100_000)
        publish_rulebook(shop, with_watch, staff=staff)
        for _ in range(2):
            settled(shop, staff, NORMAL, OXYGEN)
        while look_for_signals(shop).is_more:
            pass
    return home


def quiet(qtbot: QtBot, page: CasesPage) -> None:
    """Everything that was asked for is answered."""
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)


def inside(window: ManageWindow, qtbot: QtBot, pin: str = PIN, name: str = "店长") -> CasesPage:
    """Who has this PIN came in."""
    tile = next(each for each in window.findChildren(Tile) if name in each.accessibleName())
    qtbot.mouseClick(tile, LEFT)
    by_hand(pin)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    page = window.rooms["cases"]
    assert isinstance(page, CasesPage)
    return page


def cases_page(window: ManageWindow, qtbot: QtBot, pin: str = PIN, name: str = "店长") -> CasesPage:
    """The page with what it found."""
    page = inside(window, qtbot, pin, name)
    window.go_to("cases")
    quiet(qtbot, page)
    return page


def listed(page: CasesPage) -> list[list[str]]:
    model = page.table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def opened(page: CasesPage, qtbot: QtBot, at: int = 0) -> None:
    page.table.choose(at)
    quiet(qtbot, page)


def shop_of(window: ManageWindow) -> Shop:
    shop = window._work.hands.shop
    assert shop is not None
    return shop


def sheet_of(window: ManageWindow, kind: type, qtbot: QtBot) -> object:
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)))
    return window.findChildren(kind)[-1]


def decide(window: ManageWindow, page: CasesPage, qtbot: QtBot, decision: Decision) -> DecideSheet:
    """The sheet with this decision and a reason."""
    qtbot.mouseClick(page.panel.decide, LEFT)
    sheet = sheet_of(window, DecideSheet, qtbot)
    assert isinstance(sheet, DecideSheet)
    sheet.choice.set_current(decision.value)
    sheet.choice.chosen.emit(decision.value)
    quiet(qtbot, page)
    sheet.reason.edit.setText("问过本人")
    return sheet


def words_of(rows: list[PanelRow]) -> list[str]:
    return [row.accessibleName() for row in rows]


def test_today_leads_to_the_cases(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = inside(window, qtbot)
    today = window.rooms["today"]
    qtbot.waitUntil(lambda: bool(today.findChildren(Button, "waits_shield_action")), timeout=10_000)
    qtbot.mouseClick(today.findChildren(Button, "waits_shield_action")[0], LEFT)
    assert window.pages.currentWidget() is page
    quiet(qtbot, page)
    assert [row[0] for row in listed(page)] == ["一张卡一天积分太多次"]


def test_of_who_was_erased_no_reason_is_asked_and_none_is_kept(
    manage: Manage, qtbot: QtBot
) -> None:
    window = manage()
    page = inside(window, qtbot)
    shop = shop_of(window)
    member = file_of(shop, NORMAL).member.id
    forget_member(shop, member, Why.ASKED, staff=login(shop, PIN, name="店长"))
    window.go_to("cases")
    quiet(qtbot, page)
    opened(page, qtbot)
    assert not page.panel.note.isVisible()
    qtbot.mouseClick(page.panel.decide, LEFT)
    sheet = sheet_of(window, DecideSheet, qtbot)
    quiet(qtbot, page)
    assert (sheet.reason.isVisible(), sheet.gone.text()) == (False, "这位会员已经删除，不留理由。")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: listed(page) == [], timeout=10_000)


def test_a_case_shows_its_evidence_masked_and_each_paper(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    (row,) = listed(page)
    assert "*" in row[1]
    opened(page, qtbot)
    pieces = page.panel.findChildren(PanelRow, "case_piece")
    assert len(pieces) == int(row[3]) > 1
    assert all("购物 S01-T1-" in words for words in words_of(pieces))
    qtbot.mouseClick(pieces[0].findChild(Button, "case_piece_action"), LEFT)
    qtbot.waitUntil(lambda: window.findChild(object, "paper_receipt") is not None)
    assert "S01-T1-" in window.findChild(object, "paper_receipt").accessibleName()


def test_points_are_taken_back_after_a_preview(manage: Manage, qtbot: QtBot, home: Home) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    opened(page, qtbot)
    worth = page.panel.points.value.text()
    sheet = decide(window, page, qtbot, Decision.TAKE_BACK)
    assert sheet.points.text() == worth.replace(",", "")
    assert sheet.press.text() == f"收回 {worth} 分"
    before = file_of(shop_of(window), NORMAL).points
    assert f"现有 {before:,} 分" in sheet.does.text()
    sheet.points.edit.setText("3")
    qtbot.waitUntil(lambda: sheet.press.text() == "收回 3 分", timeout=10_000)
    qtbot.mouseClick(sheet.press, LEFT)
    quiet(qtbot, page)
    qtbot.waitUntil(lambda: listed(page) == [], timeout=10_000)
    assert file_of(shop_of(window), NORMAL).points == before - 3
    assert page.panel.reopen.isVisible()
    assert not page.panel.decide.isVisible()
    page.choice.set_current("decided")
    page._switch()
    quiet(qtbot, page)
    assert listed(page)[0][5] == "收回积分"


def test_what_was_typed_stays_where_it_cannot_be_done(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    opened(page, qtbot)
    sheet = decide(window, page, qtbot, Decision.TAKE_BACK)
    sheet.points.edit.setText("all")
    qtbot.mouseClick(sheet.press, LEFT)
    assert sheet.points.problem.text() == "写大于 0 的整数。"
    sheet.points.edit.setText("1")
    sheet.reason.edit.setText("")
    qtbot.mouseClick(sheet.press, LEFT)
    assert sheet.reason.problem.text()
    sheet.reason.edit.setText("长" * 121)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "不能记下" in sheet.said.text(), timeout=10_000)
    assert sheet.points.text() == "1"
    assert len(listed(page)) == 1


def test_somebody_else_decides_meanwhile(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    opened(page, qtbot)
    sheet = decide(window, page, qtbot, Decision.FREEZE)
    shop, case_id = shop_of(window), page.panel.case_id
    assert case_id is not None
    other = add_staff(shop, name="周会计", pin=OFFICE_PIN, role=Role.OFFICE)
    quick = {"reason": "没有事", "step_id": shop.new_id(), "staff": other}
    page.work.act(
        decide_case, case_id, Decision.NOTHING, **quick, then=lambda _: None, failed=page.say
    )
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "周会计刚才已经结了" in sheet.said.text(), timeout=10_000)
    assert sheet.reason.text() == "问过本人"
    assert file_of(shop, NORMAL).frozen_for is None


def test_a_right_that_is_lost_is_one_sentence(manage: Manage, qtbot: QtBot, home: Home) -> None:
    with home.shop() as shop:
        add_staff(shop, name="周店长", pin=OFFICE_PIN, role=Role.MANAGER)
    window = manage()
    page = cases_page(window, qtbot, OFFICE_PIN, "周店长")
    opened(page, qtbot)
    sheet = decide(window, page, qtbot, Decision.NOTHING)
    shop = shop_of(window)
    chief = login(shop, PIN, name="店长")
    page.work.act(
        change_role,
        page.staff.no,
        Role.CASHIER,
        staff=chief,
        then=lambda _: None,
        failed=page.say,
    )
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "权限" in sheet.said.text(), timeout=10_000)
    assert sheet.reason.text() == "问过本人"
    assert len(listed(page)) == 1


def test_a_wrong_decision_is_opened_again(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    opened(page, qtbot)
    sheet = decide(window, page, qtbot, Decision.FREEZE)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: page.panel.reopen.isVisible(), timeout=10_000)
    shop = shop_of(window)
    assert file_of(shop, NORMAL).frozen_for == "问过本人"
    qtbot.mouseClick(page.panel.reopen, LEFT)
    words = sheet_of(window, WordsSheet, qtbot)
    assert isinstance(words, WordsSheet)
    words.words.edit.setText("认错人了")
    qtbot.mouseClick(words.press, LEFT)
    qtbot.waitUntil(lambda: page.panel.decide.isVisible(), timeout=10_000)
    assert file_of(shop, NORMAL).frozen_for is None
    steps = words_of(page.panel.steps.findChildren(PanelRow))
    assert any("重开" in each and "认错人了" in each for each in steps)
    assert len(listed(page)) == 1


def test_a_note_stands_in_what_happened(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    opened(page, qtbot)
    qtbot.mouseClick(page.panel.note, LEFT)
    words = sheet_of(window, WordsSheet, qtbot)
    assert isinstance(words, WordsSheet)
    words.words.edit.setText("打过电话")
    qtbot.mouseClick(words.press, LEFT)
    steps = page.panel.steps
    qtbot.waitUntil(
        lambda: any("打过电话" in each for each in words_of(steps.findChildren(PanelRow))),
        timeout=10_000,
    )


def test_a_member_who_was_erased_leaves_one_decision(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = cases_page(window, qtbot)
    shop = shop_of(window)
    with shop.store.write() as tx:
        tx.mirror.erase(file_of(shop, NORMAL).member.id)
    page.refresh()
    quiet(qtbot, page)
    assert listed(page)[0][1] == "已抹去的会员"
    opened(page, qtbot)
    qtbot.mouseClick(page.panel.decide, LEFT)
    sheet = sheet_of(window, DecideSheet, qtbot)
    assert isinstance(sheet, DecideSheet)
    assert sheet.decision is Decision.NOTHING
    assert len(sheet.choice.findChildren(QAbstractButton)) == 1


def test_ten_thousand_cases_come_as_they_scroll_into_sight(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    with home.shop() as shop, shop.store.write() as tx:
        for no in range(10_000):
            case = Case(UUID(int=no), "price", UUID(int=1), f"{no}", TICKETS, no + 1)
            tx.cases.add(CaseFile(case, is_of_chain=True, place="S01-T2"))
    page = cases_page(manage(), qtbot)
    model = page.table.model
    assert model.rowCount() == 200
    assert "10,001" in page.choice.findChildren(QAbstractButton)[0].accessibleName()
    bar = page.table.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: model.rowCount() == 400, timeout=10_000)
    opened(page, qtbot, 5)
    assert "S01-T2" in page.panel.about.text()
    assert page.panel.advice.text()
    told = page.panel.findChild(PanelRow, "case_told")
    assert told.accessibleName().endswith(TICKETS), "in full, however narrow"


def test_a_shop_without_a_case_says_what_would_be_one(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    with home.shop() as shop, shop.store.write() as tx:
        (line,) = tx.cases.listed(is_open=True, behind=None, most=2)
        tx.cases.close(line.case.id, None, at_us=1)
    page = cases_page(manage(), qtbot)
    assert "没有未结的案件" in page.nothing.text()
    assert page.table.isHidden()
