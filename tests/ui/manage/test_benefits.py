"""券与兑换: a coupon is handed out in the window, followed, printed, exported and taken back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions import handouts
from core.actions.counter import new_basket
from core.actions.coupon_rounds import follow_coupons, round_codes
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.actions.set_up import add_staff
from core.actions.slips import coupon_slips
from core.errors import CouponsPast
from core.members.masks import mask_card, mask_name
from core.rulebook.coupons_alone import CouponsAlone
from core.sales.handout import CodeState
from core.shop import Shop
from core.trust.staff import Role, Staff
from storage.handouts import StoredHandouts
from tests.actions.test_coupon_codes import CINEMA, FIVE, sold
from tests.actions.test_offer_uses import rules
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN
from tests.builders import PIN, Home
from tests.ui.devices.printed_codes import pages_of, read_codes, text_of
from tests.ui.manage.test_manage import Manage, listed
from tests.ui.till.hands import by_hand
from ui.manage.benefits.issue import IssueSheet
from ui.manage.benefits.page import BenefitsPage
from ui.manage.benefits.round import RoundSheet
from ui.manage.benefits.whom import CARDS, NOBODY
from ui.manage.window import ManageWindow
from ui.widgets.button import Button
from ui.widgets.tile import Tile

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(home: Home) -> Home:
    """With a coupon of the shop's own and one of a partner."""
    with home.shop() as shop:
        rules(shop, login(shop, PIN, name="店长"), FIVE, CINEMA)
    return home


def benefits(window: ManageWindow, qtbot: QtBot) -> BenefitsPage:
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("benefits")
    page = window.rooms["benefits"]
    assert isinstance(page, BenefitsPage)
    qtbot.waitUntil(lambda: page.coupons.kinds.count.text() == "2 种", timeout=10_000)
    return page


def issue_sheet(window: ManageWindow, page: BenefitsPage, qtbot: QtBot) -> IssueSheet:
    button = page.findChild(Button, "coupon_kind_five_action")
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: window.findChild(IssueSheet) is not None)
    sheet = window.findChild(IssueSheet)
    qtbot.waitUntil(lambda: "位会员" in sheet.shown.text(), timeout=10_000)
    return sheet


def round_sheet(window: ManageWindow, page: BenefitsPage, qtbot: QtBot) -> RoundSheet:
    page.coupons.table.choose(0)
    return window.findChild(RoundSheet)


def shop_of(window: ManageWindow) -> tuple[Shop, Staff]:
    shop = window._work.hands.shop
    assert shop is not None
    with shop.store.read() as reading:
        return shop, reading.people.all()[0]


def cell(page: BenefitsPage, at: int) -> str:
    return str(page.coupons.table.model.index(0, at).data())


def test_a_coupon_goes_to_a_group_of_members(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = benefits(window, qtbot)
    sheet = issue_sheet(window, page, qtbot)
    assert sheet.shown.text() == "3 位会员会得到，最多值 15.00 元"
    sheet.called.edit.clear()
    qtbot.keyClicks(sheet.called.edit, "Back 2026")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "发好了，3 位" in sheet.said.text(), timeout=10_000)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: page.coupons.table.model.rowCount() == 1, timeout=10_000)
    assert [cell(page, at) for at in (1, 2, 3, 4)] == ["五元券", "Back 2026", "3", "3"]
    again = issue_sheet(window, page, qtbot)
    qtbot.waitUntil(lambda: "3 位手里还有没用的" in again.left_out.text(), timeout=10_000)
    assert not again.press.isEnabled()
    qtbot.mouseClick(again.whom.again, LEFT)
    qtbot.waitUntil(lambda: again.press.isEnabled(), timeout=10_000)


def test_a_list_of_cards_says_whom_nobody_knows(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    cards = tmp_path / "老会员.txt"
    cards.write_text(f"{NORMAL}\n{SILVER}\n777\n", "utf-8")
    window = manage()
    sheet = issue_sheet(window, benefits(window, qtbot), qtbot)
    sheet.whom.kind.set_current(CARDS)
    sheet.whom.kind.chosen.emit(CARDS)
    sheet.whom.take_list(str(cards))
    qtbot.waitUntil(lambda: sheet.shown.text().startswith("2 位"), timeout=10_000)
    assert sheet.left_out.text() == "1 个卡号没有会员：777"
    assert sheet.called.text() == "老会员"
    sheet.whom.take_list(str(tmp_path / "nothing.txt"))
    assert "nothing.txt" in sheet.said.text()


def test_codes_for_anybody_and_a_day_that_is_none(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = benefits(window, qtbot)
    sheet = issue_sheet(window, page, qtbot)
    sheet.whom.kind.set_current(NOBODY)
    sheet.whom.kind.chosen.emit(NOBODY)
    sheet.count.set_text("12")
    sheet.until.set_text("明天")
    qtbot.mouseClick(sheet.press, LEFT)
    assert sheet.until.problem.text()
    sheet.until.set_text("")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "发好了 12 张" in sheet.said.text(), timeout=10_000)
    sheet.shut()
    qtbot.waitUntil(lambda: page.coupons.table.model.rowCount() == 1, timeout=10_000)
    assert cell(page, 2) == "不记名"


def test_who_stops_keeps_what_was_given(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handouts, "AT_ONCE", 1)
    window = manage()
    page = benefits(window, qtbot)
    sheet = issue_sheet(window, page, qtbot)
    qtbot.mouseClick(sheet.press, LEFT)
    sheet.give_up()
    qtbot.waitUntil(lambda: "停下了" in sheet.said.text(), timeout=10_000)
    assert sheet.isVisible()
    shop, staff = shop_of(window)
    ((_, found),) = follow_coupons(shop, staff=staff).rounds
    assert found.is_stopped and found.count + found.waiting == 3 and found.waiting


def test_what_has_begun_stays_for_whom_it_was_begun(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a step fails another press goes on with it: it is for nobody else by then."""

    def fails(*_given: object) -> frozenset[UUID]:
        raise CouponsPast("2026-01-01")

    window = manage()
    sheet = issue_sheet(window, benefits(window, qtbot), qtbot)
    with monkeypatch.context() as patch:
        patch.setattr(StoredHandouts, "waiting", fails)
        qtbot.mouseClick(sheet.press, LEFT)
        qtbot.waitUntil(lambda: sheet.press.isVisible() and bool(sheet.said.text()), timeout=10_000)
    assert not sheet.whom.isEnabled()
    assert not sheet.called.isEnabled()
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "发好了，3 位" in sheet.said.text(), timeout=10_000)


def test_every_figure_opens_its_codes(manage: Manage, qtbot: QtBot, home: Home) -> None:
    ident = a_round(home)
    window = manage()
    page = benefits(window, qtbot)
    qtbot.waitUntil(lambda: page.coupons.table.model.rowCount() == 1, timeout=10_000)
    assert [cell(page, at) for at in (3, 4, 5)] == ["3", "2", "1"]
    sheet = round_sheet(window, page, qtbot)
    assert sheet.figures["turnover"].number.text() == cell(page, 8) != "0.00"
    qtbot.mouseClick(sheet.figures["used"].number, LEFT)
    ((_, card, name, state, _, sale, taken),) = listed(window, qtbot)
    assert ("*" in card, "*" in name, state) == (True, True, "用了")
    assert taken == cell(page, 8)
    shop, staff = shop_of(window)
    (used,) = round_codes(shop, ident, state=CodeState.USED, staff=staff)
    assert sale == used.sale_no


def test_a_round_is_printed_exported_and_taken_back(
    manage: Manage, qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    ident = a_round(home)
    window = manage()
    page = benefits(window, qtbot)
    qtbot.waitUntil(lambda: page.coupons.table.model.rowCount() == 1, timeout=10_000)
    sheet = round_sheet(window, page, qtbot)
    shop, staff = shop_of(window)
    held = [each.code for each in round_codes(shop, ident, state=CodeState.HELD, staff=staff)]
    paper, table = tmp_path / "券.pdf", tmp_path / "券.xlsx"
    sheet.write_pages(coupon_slips(shop, held), paper)
    qtbot.waitUntil(lambda: sheet.said.text().endswith("券.pdf"), timeout=10_000)
    [leaf] = pages_of(paper.read_bytes())
    assert sorted(text for text, _ in read_codes(leaf, 300)) == sorted(held)
    said = text_of(leaf)
    assert "五元券" in said
    for each in round_codes(shop, ident, state=CodeState.HELD, staff=staff):
        assert mask_name(each.member_name) in said and mask_card(each.card_no) in said
        assert each.member_name not in said
    sheet.write_table(round_codes(shop, ident, staff=staff), table)
    qtbot.waitUntil(lambda: sheet.said.text().endswith("券.xlsx"), timeout=10_000)
    rows = list(load_workbook(table).active.iter_rows(values_only=True))
    assert len(rows) == 4 and {row[4] for row in rows[1:]} == {"没用", "用了"}
    qtbot.mouseClick(sheet.back, LEFT)
    assert "再按一次" in sheet.said.text()
    qtbot.mouseClick(sheet.back, LEFT)
    qtbot.waitUntil(lambda: sheet.said.text().startswith("收回了 3 张"), timeout=10_000)


def test_a_right_that_is_lost_is_said_and_nothing_is_lost(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    sheet = issue_sheet(window, benefits(window, qtbot), qtbot)
    sheet.called.edit.clear()
    qtbot.keyClicks(sheet.called.edit, "half")
    shop, staff = shop_of(window)
    with shop.store.write() as tx:
        tx.people.change(Staff(staff.id, staff.no, staff.name, Role.CASHIER, staff.pin_hash))
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: bool(sheet.said.text()), timeout=10_000)
    assert sheet.called.text() == "half"
    assert sheet.press.isVisible()


def a_round(home: Home) -> UUID:
    """Three members have a coupon, one of them used it."""
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        meant = handouts.meant_by_cards(shop, "five", (NORMAL, SILVER, GOLD), staff=staff)
        ident = shop.new_id()
        handouts.begin_handout(
            shop, "five", meant.members, title="老会员", handout_id=ident, staff=staff
        )
        handouts.hand_out_more(shop, ident, staff=staff)
        code = round_codes(shop, ident, staff=staff)[0]
        sold(shop, staff, code.card_no, VITAMIN, code.code)
        return ident


def test_above_the_limit_somebody_else_is_asked_in_the_window(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = benefits(window, qtbot)
    shop, boss = shop_of(window)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    now = new_basket(shop).rulebook
    after = replace(now, version=now.version + 1, coupons_alone=CouponsAlone(coupons=2))
    publish_rulebook(shop, after, staff=boss)
    sheet = issue_sheet(window, page, qtbot)
    qtbot.waitUntil(lambda: "这么多要另一位授权" in sheet.shown.text(), timeout=10_000)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: sheet._override.isVisible(), timeout=10_000)
    names = [tile.accessibleName() for tile in sheet._override.findChildren(Tile)]
    assert len(names) == 1 and "老板" in names[0]
    sheet._override.give_up()
    assert sheet.press.isEnabled() and not sheet.stop.isVisible()
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: sheet._override.isVisible(), timeout=10_000)
    sheet._override.answered.emit("老板", "864209")
    qtbot.waitUntil(lambda: "发好了，3 位" in sheet.said.text(), timeout=10_000)
    sheet.shut()
    qtbot.waitUntil(lambda: page.coupons.table.model.rowCount() == 1, timeout=10_000)
    sheet = issue_sheet(window, page, qtbot)
    sheet.whom.kind.set_current(NOBODY)
    sheet.whom.kind.chosen.emit(NOBODY)
    sheet.count.set_text("4")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: sheet._override.isVisible(), timeout=10_000)
    sheet._override.answered.emit("老板", "864209")
    qtbot.waitUntil(lambda: "发好了 4 张" in sheet.said.text(), timeout=10_000)
