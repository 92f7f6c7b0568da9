"""会员页: filtered as one types, sorted by its heads; one member's file with all that is behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from core.actions.roll import fill_roll
from core.actions.segments import keep_segment
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.members.member_table import MemberRow
from core.members.segment import Doubt
from core.members.segment import Segment as Conditions
from core.ports.roll import Filling
from core.trust.staff import Role
from tests.builders import Home, audit_rows, manager_of
from tests.storage.making import bring_members
from tests.ui.manage.test_manage import come_in
from tests.ui.till.hands import press
from ui.manage.members.conditions import ConditionsSheet
from ui.manage.members.page import MembersPage
from ui.manage.members.words import conditions_words
from ui.manage.pick import PickSheet
from ui.manage.window import ManageWindow
from ui.widgets.panel_row import PanelRow
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def members(window: ManageWindow, qtbot: QtBot) -> MembersPage:
    """The page, its roll as the store is."""
    come_in(window, qtbot)
    window.go_to("members")
    page = window.rooms["members"]
    assert isinstance(page, MembersPage)
    qtbot.waitUntil(lambda: "位" in page.count.text(), timeout=10_000)
    qtbot.waitUntil(lambda: bool(counts(page)), timeout=10_000)
    return page


def counts(page: MembersPage) -> str:
    """What the first condition says of how many there are."""
    part = page.findChild(QAbstractButton, "members_segments_all")
    return part.accessibleName().removeprefix("全部").strip() if part is not None else ""


def names(page: MembersPage) -> list[str]:
    model = page.table.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def typed(page: MembersPage, qtbot: QtBot, text: str, wanted: list[str]) -> None:
    page.search.edit.clear()
    page.search.focus()
    press(qtbot, text)
    qtbot.waitUntil(lambda: names(page) == wanted, timeout=5_000)


def test_whoever_came_last_stands_first(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    assert names(page) == ["王*", "李*华", "陈*"]
    assert page.count.text().startswith("3 位，共 ")
    assert page.place.text() == "第 1–3 位"


def test_until_the_roll_is_there_no_row_is_pressed_that_jumps_away(
    manage: Manage, qtbot: QtBot
) -> None:
    page = members(manage(), qtbot)
    whole = page._filling
    page._filling = Filling(0, 3, is_usable=False, is_done=False)
    page._fit_order()
    assert not page.table.isEnabled()
    assert page.table._head.sorted_by == ""
    page.panel.hide()
    qtbot.keyClick(page.search.edit, Qt.Key.Key_Down)
    assert page.panel.isHidden(), "nor chosen by a key"
    page._on_typed("李")
    qtbot.waitUntil(lambda: names(page) == ["李*华"], timeout=5_000)
    assert page.table.isEnabled(), "who was looked for stays where they are"
    page._on_filled(whole)
    page._on_typed("")
    qtbot.waitUntil(lambda: page.table._head.sorted_by == "last", timeout=5_000)
    assert page.table.isEnabled()


def test_what_is_typed_is_found_by_each_key(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    typed(page, qtbot, "lxh", ["李*华"])
    typed(page, qtbot, "0002", ["陈*"])
    typed(page, qtbot, "800003", ["王*"])


def test_nobody_found_is_said_with_what_to_do(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    typed(page, qtbot, "zzz", [])
    assert "没有找到“zzz”" in page.nothing.text()
    assert page.table.isHidden()
    press(qtbot, "", Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert not page.table.isHidden()


def test_a_head_sorts_and_turns_the_order_round(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    page.table.sort_asked.emit("points")
    qtbot.waitUntil(lambda: names(page)[0] == "李*华")
    page.table.sort_asked.emit("points")
    qtbot.waitUntil(lambda: names(page)[-1] == "李*华")


def test_a_condition_says_how_many_and_shows_them(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    assert counts(page) == "3"
    page.choosing.presets.set_current("high")
    page.choosing.presets.chosen.emit("high")
    qtbot.waitUntil(lambda: names(page) == ["李*华"])


def conditions(page: MembersPage, qtbot: QtBot, **filled: str) -> ConditionsSheet:
    """The sheet, filled in; Enter was pressed."""
    qtbot.mouseClick(page.choosing.more, LEFT)
    sheet = page.window().findChild(ConditionsSheet)
    assert isinstance(sheet, ConditionsSheet)
    for name, text in filled.items():
        field = sheet.findChild(QLineEdit, f"conditions_{name}")
        assert isinstance(field, QLineEdit)
        field.setText(text)
    qtbot.mouseClick(sheet.seek, LEFT)
    return sheet


def test_own_conditions_hold_all_at_once(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    conditions(page, qtbot, points_from="50", points_to="10,000", away_days="1")
    qtbot.waitUntil(lambda: names(page) == ["陈*"])
    assert page.choosing.presets.current() == "own"
    again = conditions(page, qtbot, points_from="", points_to="")
    assert again.findChild(QLineEdit, "conditions_away_days").text() == "1"
    qtbot.waitUntil(lambda: names(page) == ["李*华", "陈*"])


EVERYTHING = Conditions(
    tiers=("gold", "diamond"), points_from=1, points_to=9, spent_from=100, spent_to=900,
    away_days=1, born_within=5, joined_from=date(2020, 1, 1), joined_to=date(2026, 1, 1),
    expiring_within=9, is_frozen=False, has_phone=True, has_agreed=False, came_within=7,
    born_months=(1, 12), age_from=20, age_to=60, is_visitor=False, has_birthday=True,
    doubts=(Doubt.PHONE,), kinds=("trade",), sexes=("male",), sources=("event",),
    occupation="教师", tags=("老客",), unverified_months=6, peaks=("diamond",),
)  # fmt: skip


def test_every_condition_is_asked_in_the_sheet(manage: Manage, qtbot: QtBot) -> None:
    unset = [
        name
        for name in Conditions.__struct_fields__
        if getattr(EVERYTHING, name) == getattr(Conditions(), name)
    ]
    assert unset == ["is_born_this_month"]  # which is a button above the rows
    page = members(manage(), qtbot)
    qtbot.mouseClick(page.choosing.more, LEFT)
    sheet = page.window().findChild(ConditionsSheet)
    heard = []
    sheet.chosen.connect(heard.append)
    sheet.show_conditions(EVERYTHING)
    qtbot.mouseClick(sheet.seek, LEFT)
    assert heard == [EVERYTHING]
    assert "最高到过 钻石" in conditions_words(EVERYTHING, page.choosing.tiers)


@pytest.mark.parametrize(
    "filled", [{"points_from": "many"}, {"spent_to": "1.234"}, {"joined_from": "2026-13-01"}]
)
def test_what_is_no_condition_is_said_at_its_field(
    manage: Manage, qtbot: QtBot, filled: dict[str, str]
) -> None:
    page = members(manage(), qtbot)
    sheet = conditions(page, qtbot, **filled)
    assert sheet.isVisible()
    assert any(problem.text().startswith("请填") for problem in sheet.findChildren(Words))
    assert len(names(page)) == 3


def test_conditions_that_nobody_can_meet_stay_in_the_sheet(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    sheet = conditions(page, qtbot, points_from="2", points_to="1")
    assert sheet.isVisible()
    assert "没有会员能符合" in sheet.said.text()


def test_of_a_roll_that_another_page_made_anew_the_rows_show(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    bring_members(shop.store, [MemberRow("900777", "后来的")], moment=shop.now())
    while not fill_roll(shop, staff=page.staff).is_done:
        pass
    assert len(names(page)) == 3
    page._look_again()
    qtbot.waitUntil(lambda: len(names(page)) == 4, timeout=5_000)
    qtbot.waitUntil(lambda: counts(page) == "4", timeout=5_000)
    assert page.count.text().startswith("4 位，共 ")


def opened(page: MembersPage, qtbot: QtBot, name: str) -> None:
    page.table.choose(names(page).index(name))
    qtbot.waitUntil(lambda: page.panel.name.text() == name, timeout=5_000)


def rows(page: MembersPage) -> list[str]:
    return [row.accessibleName() for row in page.panel.findChildren(PanelRow) if row.isVisible()]


def test_a_row_opens_the_file_with_figures_and_what_is_behind(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    opened(page, qtbot, "王*")
    assert page.panel.spent.number.text() == "1,000.00"
    assert page.panel.visits.number.text() == "1"
    qtbot.waitUntil(lambda: any("1,000.00" in row for row in rows(page)))
    qtbot.mouseClick(page.panel.points.number, LEFT)
    assert page.panel.tabs.current() == "points"
    qtbot.waitUntil(lambda: any("购物" in row for row in rows(page)))
    press(qtbot, "", Qt.Key.Key_Escape)
    assert page.panel.isHidden()


def test_enter_opens_who_was_scanned_though_the_rows_come_later(
    manage: Manage, qtbot: QtBot
) -> None:
    page = members(manage(), qtbot)
    first = names(page)[0]
    page.search.focus()
    press(qtbot, "", Qt.Key.Key_Return)
    assert page.panel.isHidden(), "nobody was asked for"
    press(qtbot, "lxh", Qt.Key.Key_Return)
    assert names(page)[0] == first != "李*华"
    qtbot.waitUntil(lambda: page.panel.name.text() == "李*华", timeout=5_000)


def test_the_eye_shows_the_person_and_writes_down_who_looked(
    manage: Manage, home: Home, qtbot: QtBot
) -> None:
    page = members(manage(), qtbot)
    opened(page, qtbot, "李*华")
    qtbot.mouseClick(page.panel.eye, LEFT)
    qtbot.waitUntil(lambda: page.panel.name.text() == "李小华")
    assert "13800135678" in page.panel.about.text().replace(" ", "")
    shop = page.work.hands.shop
    assert shop is not None
    assert audit_rows(shop)[-1]["what"] == "personal_seen"
    page.panel._seen.timeout.emit()
    assert page.panel.name.text() == "李*华"


def test_a_statement_is_kept_where_somebody_wants_it(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    window = manage()
    page = members(window, qtbot)
    opened(page, qtbot, "王*")
    qtbot.mouseClick(page.panel.paper, LEFT)
    dialog = window.findChild(QFileDialog, "save_dialog")
    assert dialog is not None
    target = tmp_path / "statement.pdf"
    dialog.fileSelected.emit(str(target))
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert target.read_bytes().startswith(b"%PDF")
    dialog.close()


def test_who_loses_the_right_while_the_page_is_open_is_told(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    manager = manager_of(shop)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    change_role(shop, no=manager.no, role=Role.CASHIER, staff=manager)
    page.search.focus()
    press(qtbot, "w")
    qtbot.waitUntil(lambda: not page.said.isHidden(), timeout=5_000)
    assert len(names(page)) == 3


@pytest.mark.parametrize("width", [1366, 1024])
def test_the_file_stands_beside_the_table_or_covers_it(
    manage: Manage, qtbot: QtBot, width: int
) -> None:
    window = manage()
    window.resize(width, 768)
    page = members(window, qtbot)
    opened(page, qtbot, "李*华")
    assert page.table.isVisible() == (width == 1366)
    qtbot.mouseClick(page.panel.findChild(type(page.panel.eye), "member_close"), LEFT)
    assert page.table.isVisible()


def test_conditions_are_saved_chosen_again_and_lose_their_name(
    manage: Manage, qtbot: QtBot
) -> None:
    page = members(manage(), qtbot)
    qtbot.mouseClick(page.choosing.saved, LEFT)
    sheet = picked(page, qtbot)
    assert "还没有存下的条件" in sheet.findChild(Words, "pick_nothing").text()
    sheet.shut()
    qtbot.mouseClick(page.choosing.more, LEFT)
    asked = page.window().findChild(ConditionsSheet)
    asked.findChild(QLineEdit, "conditions_points_from").setText("10000")
    qtbot.mouseClick(asked.keep, LEFT)
    assert asked.called.problem.text() == "请起个名字。"
    asked.called.set_text("积分多的")
    qtbot.mouseClick(asked.keep, LEFT)
    qtbot.waitUntil(lambda: names(page) == ["李*华"])
    assert "积分多的" in page.findChild(QAbstractButton, "members_segments_own").text()
    page.choosing.presets.chosen.emit("all")
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    qtbot.mouseClick(page.choosing.saved, LEFT)
    sheet = picked(page, qtbot)
    saved = sheet.list.current_key()
    assert saved.name == "积分多的"
    assert sheet.list.currentIndex().data() == "积分多的 积分从 10,000 1"
    sheet.list.chosen.emit(saved)
    qtbot.waitUntil(lambda: names(page) == ["李*华"])
    qtbot.mouseClick(page.choosing.more, LEFT)
    asked = page.window().findChild(ConditionsSheet)
    assert asked.called.text() == "积分多的"
    qtbot.mouseClick(asked.drop, LEFT)
    qtbot.waitUntil(lambda: "去掉了" in asked.said.text())
    assert asked.called.text() == "积分多的"
    with page.work.hands.shop.store.read() as reading:
        assert reading.segments.all() == ()


def test_what_is_kept_under_a_taken_name_stays_in_the_sheet(manage: Manage, qtbot: QtBot) -> None:
    page = members(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    keep_segment(shop, "老客", Conditions(), staff=manager_of(shop))
    qtbot.mouseClick(page.choosing.more, LEFT)
    asked = page.window().findChild(ConditionsSheet)
    asked.called.set_text("老客")
    qtbot.mouseClick(asked.keep, LEFT)
    qtbot.waitUntil(lambda: "已经有条件叫“老客”" in asked.said.text())
    assert asked.isVisible() and asked.called.text() == "老客"


def picked(page: MembersPage, qtbot: QtBot) -> PickSheet:
    qtbot.waitUntil(lambda: page.window().findChild(PickSheet) is not None, timeout=5_000)
    found = page.window().findChild(PickSheet)
    assert isinstance(found, PickSheet)
    return found


def test_what_is_known_beside_the_name_is_asked_and_said(
    manage: Manage, home: Home, qtbot: QtBot
) -> None:
    with home.shop() as shop, shop.store.write() as tx:
        member = tx.members.by_card("800002")
        assert member is not None
        tx.profiles.write(member.id, {"sex": "male", "tags": "糖友、老客", "occupation": "教师"})
    page = members(manage(), qtbot)
    qtbot.mouseClick(page.choosing.more, LEFT)
    asked = page.window().findChild(ConditionsSheet)
    asked._codes_of["sexes"].set_many(["male"])
    for name, text in {"tags": "新客，老客", "occupation": "教"}.items():
        asked.findChild(QLineEdit, f"conditions_{name}").setText(text)
    qtbot.mouseClick(asked.seek, LEFT)
    qtbot.waitUntil(lambda: names(page) == ["陈*"])
    own = page.findChild(QAbstractButton, "members_segments_own")
    assert own.toolTip() == "男；职业有“教”；标签有 新客、老客"
    again = conditions(page, qtbot, occupation="'", tags="")
    assert again._codes_of["sexes"].all_chosen() == ("male",)
    qtbot.waitUntil(lambda: names(page) == [])
    wrong = conditions(page, qtbot, tags="很长很长很长很长很长很长很长")
    assert wrong.isVisible() and "一个标签最多" in wrong._fields["tags"].problem.text()
