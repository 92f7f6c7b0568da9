"""会员档案: it is edited, two who edit one decide, and what is done with a member stands in it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.actions.attend import come
from core.actions.cards import freeze_member, thaw_member
from core.actions.change_profile import Wish, change_profile
from core.actions.deeds import correct_points
from core.actions.merge_members import merge_members
from core.actions.notes import write_note
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.shop import Shop
from core.trust.staff import Role
from tests.actions.test_activities import planned
from tests.actions.test_deeds import SIGN_IN, with_rules
from tests.actions.test_settle import VITAMIN, settled
from tests.builders import file_of, manager_of
from tests.ui.manage.test_manage import come_in
from ui.manage.ask import AskSheet
from ui.manage.members.edit import EditSheet
from ui.manage.members.find import FindSheet
from ui.manage.members.merge import MergeSheet
from ui.manage.members.page import MembersPage
from ui.manage.members.panel import MemberPanel
from ui.manage.members.timeline_part import TimelinePart
from ui.manage.paper import PaperSheet
from ui.manage.pick import PickSheet
from ui.manage.window import ManageWindow
from ui.widgets.banner import Banner
from ui.widgets.panel_row import PanelRow
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
GOLD, SILVER = "800001", "800002"


def shop_of(panel: MemberPanel) -> Shop:
    shop = panel._work.hands.shop
    assert shop is not None
    return shop


def id_of(panel: MemberPanel, card: str) -> UUID:
    return file_of(shop_of(panel), card).member.id


@pytest.fixture
def panel(manage: Manage, qtbot: QtBot) -> MemberPanel:
    """The file of 李小华."""
    window = manage()
    come_in(window, qtbot)
    window.go_to("members")
    panel = window.rooms["members"].findChild(MemberPanel)
    assert panel is not None
    panel.show()
    panel.open(id_of(panel, GOLD))
    qtbot.waitUntil(lambda: panel.name.text() == "李*华", timeout=10_000)
    return panel


def sheet_of(panel: QWidget, qtbot: QtBot, kind: type[Sheet]) -> Sheet:
    """The one of this kind that is open."""

    def found() -> list[Sheet]:
        return [each for each in panel.window().findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
    return found()[-1]


def editing(panel: MemberPanel, qtbot: QtBot) -> EditSheet:
    qtbot.mouseClick(panel.edit, LEFT)
    sheet = sheet_of(panel, qtbot, EditSheet)
    assert isinstance(sheet, EditSheet)
    return sheet


def saved(panel: MemberPanel, qtbot: QtBot, sheet: EditSheet) -> None:
    with qtbot.waitSignal(sheet.done, timeout=10_000):
        qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: not panel._work.is_busy, timeout=10_000)


def rows(panel: MemberPanel, tab: str, qtbot: QtBot) -> list[str]:
    panel._go_to(tab)

    def shown() -> list[str]:
        return [row.accessibleName() for row in panel.findChildren(PanelRow) if row.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()


def deed(panel: MemberPanel, qtbot: QtBot, key: str) -> None:
    """Chosen from the list of what can be done."""
    qtbot.mouseClick(panel.more, LEFT)
    pick = sheet_of(panel, qtbot, PickSheet)
    assert isinstance(pick, PickSheet)
    pick.list.chosen.emit(key)


def answer(panel: QWidget, qtbot: QtBot, **texts: str) -> AskSheet:
    sheet = sheet_of(panel, qtbot, AskSheet)
    assert isinstance(sheet, AskSheet)
    for name, text in texts.items():
        sheet.findChild(QLineEdit, f"ask_{name}").setText(text)
    qtbot.mouseClick(sheet.do, LEFT)
    return sheet


def test_what_they_did_without_buying_gets_its_points_once(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    shop = shop_of(panel)
    with_rules(shop, manager_of(shop), behaviours=(SIGN_IN,))
    before = file_of(shop, GOLD).points
    for said in ("今天 0 次，今年 0 次", "今天已记"):
        deed(panel, qtbot, "behaviour")

        def chance(said: str = said) -> list[PickSheet]:
            sheets = panel.window().findChildren(PickSheet)
            return [each for each in sheets if said in [row.sub for row in each.list.rows()]]

        qtbot.waitUntil(lambda: bool(chance()), timeout=10_000)
        chance()[0].list.chosen.emit("sign-in")
        qtbot.waitUntil(lambda: not panel._work.is_busy, timeout=10_000)
    assert file_of(shop, GOLD).points == before + 5
    qtbot.waitUntil(lambda: "签到" in panel.said.text(), timeout=10_000)


def test_a_rulebook_without_behaviours_says_so(panel: MemberPanel, qtbot: QtBot) -> None:
    deed(panel, qtbot, "behaviour")

    def said() -> list[str]:
        return [each.text() for each in panel.window().findChildren(Words, "pick_nothing")]

    qtbot.waitUntil(lambda: any("还没有行为积分" in words for words in said()), timeout=10_000)


def test_what_is_edited_stands_in_the_file_with_what_it_was(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    sheet = editing(panel, qtbot)
    sheet.fields["occupation"].set_text("教师")
    sheet.codes["sex"].set_current("female")
    sheet.calendar.set_current("lunar")
    sheet.birthday.set_text("1988-08-15")
    saved(panel, qtbot, sheet)
    said = rows(panel, "profile", qtbot)
    assert any("职业" in row and "教师" in row for row in said)
    assert any("性别：— → 女" in row and "店长" in row for row in said)
    assert any("农历八月十五" in row for row in said)
    assert any("改资料" in row for row in rows(panel, "timeline", qtbot))
    born = file_of(shop_of(panel), GOLD).member.birthday
    assert (born.month, born.day, born.is_lunar) == (8, 15, True)


def test_what_cannot_be_taken_is_said_at_its_field_and_stays(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    sheet = editing(panel, qtbot)
    sheet.fields["email"].set_text("li.example.cn")
    qtbot.mouseClick(sheet.save, LEFT)
    assert "li.example.cn" in sheet.fields["email"].problem.text()
    assert sheet.fields["email"].text() == "li.example.cn"
    sheet.fields["email"].set_text("")
    sheet.birthday.set_text("02-31")
    qtbot.mouseClick(sheet.save, LEFT)
    assert not sheet.birthday.problem.isHidden()


@pytest.mark.parametrize(("whose", "left"), [("mine", "医生"), ("theirs", "教师")])
def test_of_two_who_edit_one_the_second_decides(
    panel: MemberPanel, qtbot: QtBot, whose: str, left: str
) -> None:
    sheet = editing(panel, qtbot)
    sheet.fields["occupation"].set_text("医生")
    sheet.fields["wechat"].set_text("li-1")
    shop, gold = shop_of(panel), id_of(panel, GOLD)
    wishes = [Wish("occupation", "", "教师"), Wish("tags", "", "老客")]
    change_profile(shop, gold, wishes, staff=manager_of(shop))
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: "occupation" in sheet._contested, timeout=10_000)
    assert "还没有保存" in sheet.told.text()
    sheet._contested["occupation"].set_current(whose)
    saved(panel, qtbot, sheet)
    with shop.store.read() as reading:
        known = reading.profiles.of(gold)
    assert (known["occupation"], known["wechat"], known["tags"]) == (left, "li-1", "老客")


def test_a_phone_of_another_is_shared_on_a_word(panel: MemberPanel, qtbot: QtBot) -> None:
    shop = shop_of(panel)
    phone = file_of(shop, SILVER).member.phone or ""
    sheet = editing(panel, qtbot)
    sheet.fields["phone"].set_text(phone.removeprefix("+86"))
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(sheet.share.isVisible, timeout=10_000)
    with qtbot.waitSignal(sheet.done, timeout=10_000):
        qtbot.mouseClick(sheet.share, LEFT)
    assert file_of(shop, GOLD).member.phone == phone


def test_old_data_is_said_and_one_press_makes_it_young(panel: MemberPanel, qtbot: QtBot) -> None:
    gold = id_of(panel, GOLD)
    with shop_of(panel).store.write() as tx:
        tx.profiles.write(gold, {"verified": "2020-01-01"})
    panel.open(gold)
    qtbot.waitUntil(lambda: panel.findChild(Banner, "member_stale") is not None, timeout=10_000)
    panel.findChild(Banner, "member_stale").answered.emit("verify")
    qtbot.waitUntil(lambda: not panel._file.more.is_stale, timeout=10_000)
    qtbot.waitUntil(lambda: panel.findChild(Banner, "member_stale") is None, timeout=10_000)


def test_a_note_a_freeze_and_a_thaw_from_the_file(panel: MemberPanel, qtbot: QtBot) -> None:
    deed(panel, qtbot, "note")
    answer(panel, qtbot, text="喜欢靠窗")
    qtbot.waitUntil(lambda: bool(panel._file.notes), timeout=10_000)
    deed(panel, qtbot, "freeze")
    sheet = answer(panel, qtbot, reason="")
    qtbot.waitUntil(sheet.told.isVisible, timeout=10_000)
    sheet.fields["reason"].set_text("卡丢了")
    qtbot.mouseClick(sheet.do, LEFT)
    qtbot.waitUntil(lambda: panel._file.frozen_for == "卡丢了", timeout=10_000)
    deed(panel, qtbot, "thaw")
    qtbot.waitUntil(lambda: panel._file.frozen_for is None, timeout=10_000)
    assert any("喜欢靠窗" in row for row in rows(panel, "timeline", qtbot))


def test_what_points_were_given_for_stands_among_what_happened(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    shop, gold = shop_of(panel), id_of(panel, GOLD)
    ident, staff = shop.new_id(), manager_of(shop)
    correct_points(shop, gold, 50, reason="补积分", correction_id=ident, staff=staff)
    panel.open(gold)
    qtbot.waitUntil(lambda: any(each.points == 50 for each in panel._file.moved), timeout=10_000)
    assert any("+50" in row for row in rows(panel, "timeline", qtbot))


def test_whatever_happened_leads_to_what_it_is_about(panel: MemberPanel, qtbot: QtBot) -> None:
    shop = shop_of(panel)
    staff, gold = manager_of(shop), id_of(panel, GOLD)
    settled(shop, staff, GOLD, VITAMIN)
    come(shop, planned(shop, staff).id, gold, staff=staff)
    freeze_member(shop, gold, reason="卡被冒用", staff=staff)
    thaw_member(shop, gold, staff=staff)
    write_note(shop, gold, text="青霉素过敏", staff=staff)
    panel._go_to("timeline")
    part = panel.findChildren(TimelinePart)[-1]

    def shown() -> dict[str, PanelRow]:
        found = part.findChildren(PanelRow, "timeline_row")
        return {row.accessibleName(): row for row in found if row.isVisible()}

    def opened(words: str) -> None:
        next(row for name, row in shown().items() if words in name).acted.emit()

    qtbot.waitUntil(lambda: len(shown()) > 6, timeout=10_000)
    told = "\n".join(shown())
    assert all(each in told for each in ("冻结", "卡被冒用", "解冻", "备注：青霉素过敏", "入会"))
    assert told.count(staff.name) >= 4
    part.kinds.set_current("service")
    part.kinds.chosen.emit("service")
    qtbot.waitUntil(lambda: len(shown()) == 2)
    part.kinds.set_current("all")
    part.kinds.chosen.emit("all")
    qtbot.waitUntil(lambda: len(shown()) > 2)
    opened("维生素")
    qtbot.waitUntil(lambda: bool(panel.window().findChildren(PaperSheet)), timeout=10_000)
    panel.window().findChildren(PaperSheet)[0].shut()
    opened("养生沙龙")
    window = panel.window()
    assert isinstance(window, ManageWindow)
    activities = window.rooms["activities"]
    qtbot.waitUntil(lambda: activities.one.isVisible(), timeout=10_000)


def test_who_is_frozen_is_marked_in_the_list(panel: MemberPanel, qtbot: QtBot) -> None:
    shop = shop_of(panel)
    freeze_member(shop, id_of(panel, GOLD), reason="卡被冒用", staff=manager_of(shop))
    window = panel.window()
    assert isinstance(window, ManageWindow)
    page = window.rooms["members"]
    assert isinstance(page, MembersPage)
    page.refresh()

    def names() -> list[str]:
        rows = page._rows
        return [rows.cells(at)[0].text for at in range(len(rows))] if rows else []

    qtbot.waitUntil(lambda: "李*华，冻结" in names(), timeout=10_000)
    assert "陈*" in names()


def test_consent_is_taken_back_and_given_again_in_the_office(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    shop, gold = shop_of(panel), id_of(panel, GOLD)
    assert any("这里没有问过" in row for row in rows(panel, "profile", qtbot))
    deed(panel, qtbot, "disagree")
    answer(panel, qtbot)
    qtbot.waitUntil(lambda: panel._file.frozen_for == "顾客撤回了同意", timeout=10_000)
    assert any("撤回了第 1 版" in row for row in rows(panel, "profile", qtbot))
    deed(panel, qtbot, "agree")
    answer(panel, qtbot)
    qtbot.waitUntil(lambda: panel._file.frozen_for is None, timeout=10_000)
    with shop.store.read() as reading:
        assert [step.is_given for step in reading.consents.steps(gold)] == [False, True]


def test_a_card_is_replaced_and_a_tier_granted(panel: MemberPanel, qtbot: QtBot) -> None:
    gold = id_of(panel, GOLD)
    deed(panel, qtbot, "replace")
    answer(panel, qtbot, card_no="")
    qtbot.waitUntil(lambda: bool(panel._file.more.old_cards), timeout=10_000)
    assert any("旧卡" in row and "****0001" in row for row in rows(panel, "coupons", qtbot))
    deed(panel, qtbot, "grant")
    sheet = answer(panel, qtbot, until="明年", reason="老客")
    qtbot.waitUntil(sheet.told.isVisible, timeout=10_000)
    sheet.fields["until"].set_text("2028-01-01")
    qtbot.mouseClick(sheet.do, LEFT)
    qtbot.waitUntil(lambda: any(s.cause == "granted" for s in panel._file.steps), timeout=10_000)
    deed(panel, qtbot, "withdraw")
    answer(panel, qtbot)
    qtbot.waitUntil(
        lambda: any(s.cause == "granted_withdrawn" for s in panel._file.steps), timeout=10_000
    )
    assert panel.member_id == gold


def test_family_is_found_added_and_opened(panel: MemberPanel, qtbot: QtBot) -> None:
    deed(panel, qtbot, "family")
    find = sheet_of(panel, qtbot, FindSheet)
    assert isinstance(find, FindSheet)
    find.who.set_text(SILVER)
    qtbot.waitUntil(lambda: bool(find.list.rows()), timeout=10_000)
    find.list.chosen.emit(find.list.rows()[0].key)
    qtbot.waitUntil(lambda: bool(panel._file.more.relations), timeout=10_000)
    assert any("陈*" in row and "家人" in row for row in rows(panel, "profile", qtbot))
    row = panel.findChild(PanelRow, "member_relation")
    row.acted.emit()
    qtbot.waitUntil(lambda: panel.name.text() == "陈*", timeout=10_000)


def test_a_merge_is_begun_and_undone_in_the_file(panel: MemberPanel, qtbot: QtBot) -> None:
    shop = shop_of(panel)
    deed(panel, qtbot, "merge")
    find = sheet_of(panel, qtbot, FindSheet)
    assert isinstance(find, FindSheet)
    find.chosen.emit(id_of(panel, SILVER))
    find.shut()
    merge = sheet_of(panel, qtbot, MergeSheet)
    merge.shut()
    points = file_of(shop, SILVER).points
    merge_members(shop, SILVER, GOLD, staff=manager_of(shop))
    panel.open(id_of(panel, GOLD))
    qtbot.waitUntil(lambda: bool(panel._file.more.merges), timeout=10_000)
    panel._go_to("profile")
    row = panel.findChild(PanelRow, "member_merge")
    row.acted.emit()
    sheet = sheet_of(panel, qtbot, AskSheet)
    assert f"{points:,} 分退回" in sheet.findChild(type(panel.name), "ask_says").text()
    answer(panel, qtbot)
    qtbot.waitUntil(lambda: not panel._file.more.merges, timeout=10_000)
    assert file_of(shop, SILVER).points == points


def test_a_right_that_is_lost_meanwhile_is_one_sentence_and_nothing_typed_is_lost(
    panel: MemberPanel, qtbot: QtBot
) -> None:
    sheet = editing(panel, qtbot)
    sheet.fields["occupation"].set_text("教师")
    shop = shop_of(panel)
    manager = manager_of(shop)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    change_role(shop, no=manager.no, role=Role.CASHIER, staff=manager)
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(sheet._override.isVisible, timeout=10_000)
    sheet._override.give_up()
    assert sheet.fields["occupation"].text() == "教师"
    assert sheet.save.isEnabled()
