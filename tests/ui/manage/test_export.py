"""导出会员: what the file holds, who has to say yes, and that what was stopped leaves nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.actions.consents import withdraw_consent
from core.actions.export_members import ALONE, ExportLine, ExportWish, MemberColumn, export_members
from core.actions.merge_members import merge_members
from core.actions.roll import fill_roll
from core.actions.set_up import add_staff
from core.actions.staff import change_rights
from core.errors import (
    BadReportFile,
    Cancelled,
    NobodyToExport,
    NotAllowed,
    RollNotReady,
    TooManyMembers,
)
from core.members.masks import mask_card, mask_name
from core.members.member import Birthday
from core.members.profile import KIND, REFERRER, SEX, SOURCE, TAGS
from core.members.segment import Segment
from core.ports.roll import Sort, Wanted
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.builders import Home, audit_rows, file_of, manager_of
from tests.ui.manage.test_members import members, names
from ui.manage.members import export_file
from ui.manage.members.export import ExportSheet
from ui.manage.members.export_file import write_members
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
LINE = ExportLine(
    "=cmd()", "13800135678", "+800001", "金卡", -5, 1_234_56, date(2026, 3, 5),
    Birthday(3, 5, 1988), date(2027, 3, 5), None, "", "female", "friend", "王五 800009",
    "=老客、糖友", has_agreed=False,
)  # fmt: skip
EVERY = tuple(MemberColumn)
SOME = ExportWish(Wanted(), (MemberColumn.NAME, MemberColumn.POINTS))


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def unheard(_done: int, _whole: int) -> None:
    return


def test_a_table_program_takes_no_cell_for_a_formula(tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        other = replace(LINE, name='<李>&"华"')
        write_members(tmp_path / f"out.{kind}", EVERY, 2, iter([LINE, other]), unheard)
    rows = table(tmp_path / "out.csv")
    assert rows[0][:3] == ["姓名", "手机", "卡号"]
    assert rows[1] == [
        "'=cmd()", "13800135678", "'+800001", "金卡", "-5", "1234.56", "2026-03-05",
        "1988-03-05", "2027-03-05", "", "个人", "女", "朋友介绍", "王五 800009", "'=老客、糖友",
        "撤回了",
    ]  # fmt: skip
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    found = [cell.value for cell in sheet[2]]
    assert found[:6] == ["'=cmd()", "13800135678", "'+800001", "金卡", -5, 1234.56]
    assert found[-3:] == ["王五 800009", "'=老客、糖友", "撤回了"]
    assert sheet.cell(2, 6).number_format == "#,##0.00"
    assert str(sheet.cell(2, 7).value) == "2026-03-05 00:00:00"
    assert sheet.cell(3, 1).value == '<李>&"华"'
    assert sheet.cell(1, 1).font.bold


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_broken_off_leaves_the_file_that_was_there(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"out.{kind}"
    path.write_text("before")

    def stop(done: int, _whole: int) -> None:
        if done:
            raise Cancelled()

    with pytest.raises(Cancelled):
        write_members(path, EVERY, 900, iter([LINE] * 900), stop)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_other_kinds_and_more_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadReportFile):
        write_members(tmp_path / "out.doc", EVERY, 1, iter([LINE]), unheard)
    with pytest.raises(TooManyMembers):
        write_members(tmp_path / "out.xlsx", EVERY, 2**21, iter([LINE]), unheard)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def shop(home: Home) -> Shop:
    with home.shop() as opened:
        yield opened


@pytest.fixture
def boss(shop: Shop) -> Staff:
    staff = manager_of(shop)
    with pytest.raises(RollNotReady):
        export_members(shop, SOME, lambda members, lines: None, staff=staff)
    while not fill_roll(shop, staff=staff).is_done:
        pass
    return staff


def test_the_audit_says_who_took_how_many_and_what(shop: Shop, boss: Staff) -> None:
    found = export_members(shop, SOME, lambda members, lines: (members, list(lines)), staff=boss)
    assert found[0] == 3
    assert {line.name for line in found[1]} == {"王*", "李*华", "陈*"}
    assert all(line.born is None and "*" in line.card for line in found[1])
    row = audit_rows(shop)[-1]
    assert (row["what"], row["subject"], row["staff_no"]) == ("members_exported", "3", boss.no)
    assert row["detail"] == "masked name,points {}"
    whole = ExportWish(Wanted("lxh", Segment(has_phone=True)), EVERY, is_whole=True)
    lines = export_members(shop, whole, lambda members, lines: list(lines), staff=boss)
    assert [(line.name, line.phone) for line in lines] == [("李小华", "13800135678")]
    detail = audit_rows(shop)[-1]["detail"]
    assert detail.startswith("whole ") and detail.endswith('{"has_phone":true} searched')


PROFILE = {KIND: "trade", SEX: "male", SOURCE: "event", TAGS: "老客、糖友"}


def test_what_is_kept_of_a_member_is_exported_by_who_may_see_it(shop: Shop, boss: Staff) -> None:
    member, gone = (file_of(shop, card).member.id for card in (SILVER, NORMAL))
    with shop.store.write() as tx:
        tx.profiles.write(member, PROFILE | {REFERRER: gone.hex})
    merge_members(shop, NORMAL, GOLD, staff=boss)
    withdraw_consent(shop, member, reason="不要了", staff=boss)
    while not fill_roll(shop, staff=boss).is_done:
        pass

    def lines(staff: Staff, *columns: MemberColumn, is_whole: bool = False) -> list[ExportLine]:
        wish = ExportWish(Wanted(sort=Sort.JOINED, is_down=False), columns, is_whole=is_whole)
        found = export_members(shop, wish, lambda _members, rows: list(rows), staff=staff)
        return [line for line in found if line.card in (SILVER, mask_card(SILVER))]

    (line,) = lines(boss, *EVERY)
    assert (line.kind, line.sex, line.source) == ("trade", "male", "event")
    assert line.tags == "老客、糖友" and line.has_agreed is False
    now = file_of(shop, GOLD).member
    assert line.referrer == f"{mask_name(now.name)} {mask_card(GOLD)}"
    (whole,) = lines(boss, MemberColumn.REFERRER, is_whole=True)
    assert whole.referrer == f"{now.name} {GOLD}"
    (short,) = lines(boss, MemberColumn.NAME)
    assert (short.kind, short.referrer, short.has_agreed) == ("", "", None)
    clerk = add_staff(shop, name="赵会计", pin="975318", role=Role.OFFICE)
    change_rights(shop, clerk.no, {Right.SEE_HEALTH: False}, staff=boss)
    (seen,) = lines(clerk, *EVERY)
    assert seen == replace(line, tags="")


def test_above_a_hundred_somebody_else_says_yes(
    shop: Shop, boss: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.actions.export_members.ALONE", 2)
    export_members(shop, SOME, lambda members, lines: None, staff=boss)
    assert audit_rows(shop)[-1]["detail"] == "masked name,points {} no_second"
    other = add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    before = len(audit_rows(shop))
    with pytest.raises(NotAllowed):
        export_members(shop, SOME, lambda members, lines: None, staff=boss)
    for who in (boss, other):
        said = Approval(Right.EXPORT_MEMBERS, who.no, shop.clock.now_us())
        if who is boss:
            with pytest.raises(NotAllowed):
                export_members(shop, SOME, lambda m, lines: None, staff=boss, approval=said)
            assert len(audit_rows(shop)) == before
        else:
            export_members(shop, SOME, lambda m, lines: None, staff=boss, approval=said)
    assert audit_rows(shop)[-1]["detail"].endswith(f"approved_by {other.no}")
    assert ALONE == 100


def test_who_may_not_takes_nothing(shop: Shop, boss: Staff) -> None:
    cashier = add_staff(shop, name="收银", pin="975318", role=Role.CASHIER)
    with pytest.raises(NotAllowed):
        export_members(shop, SOME, lambda members, lines: None, staff=cashier)
    with pytest.raises(NobodyToExport):
        nobody = ExportWish(Wanted(segment=Segment(points_from=10**9)), EVERY)
        export_members(shop, nobody, lambda members, lines: None, staff=boss)


def test_what_was_stopped_is_written_down_too(shop: Shop, boss: Staff) -> None:
    def stop(_members: int, _lines: object) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        export_members(shop, SOME, stop, staff=boss)
    rows = audit_rows(shop)[-2:]
    assert [row["what"] for row in rows] == ["members_exported", "export_stopped"]
    assert rows[-1]["detail"] == "cancelled"


def opened(window: ManageWindow, qtbot: QtBot) -> ExportSheet:
    page = members(window, qtbot)
    qtbot.mouseClick(page.export, LEFT)
    sheet = window.findChild(ExportSheet)
    assert isinstance(sheet, ExportSheet)
    return sheet


def chosen(window: ManageWindow, path: Path) -> None:
    dialog = window.findChild(QFileDialog, "save_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_the_list_is_exported_through_the_window(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    window = manage()
    sheet = opened(window, qtbot)
    assert sheet.go.text() == "导出 3 位"
    sheet.columns[MemberColumn.TIER].setChecked(False)
    qtbot.mouseClick(sheet.go, LEFT)
    path = tmp_path / "members.csv"
    chosen(window, path)
    qtbot.waitUntil(lambda: sheet.said.text().startswith("存到"), timeout=10_000)
    rows = table(path)
    assert [row[0] for row in rows[1:]] == ["王*", "李*华", "陈*"]
    assert "等级" not in rows[0]
    for tile in sheet.columns.values():
        tile.setChecked(False)
    assert not sheet.go.isEnabled()


def test_somebody_else_is_asked_in_the_window(
    manage: Manage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.actions.export_members.ALONE", 2)
    monkeypatch.setattr("ui.manage.members.export.ALONE", 2)
    window = manage()
    page = members(window, qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    qtbot.mouseClick(page.export, LEFT)
    alone = window.findChild(ExportSheet)
    qtbot.waitUntil(lambda: "没有第二位能授权" in alone.about.text(), timeout=5_000)
    alone.give_up()
    qtbot.waitUntil(lambda: window.findChild(ExportSheet) is None, timeout=5_000)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    qtbot.mouseClick(page.export, LEFT)
    sheet = window.findChild(ExportSheet)
    qtbot.waitUntil(lambda: "要另一位有权限的人授权" in sheet.about.text(), timeout=5_000)
    qtbot.mouseClick(sheet.go, LEFT)
    path = tmp_path / "members.csv"
    chosen(window, path)
    qtbot.waitUntil(lambda: sheet._override.isVisible(), timeout=10_000)
    assert not path.exists()
    sheet._override.answered.emit("老板", "864209")
    qtbot.waitUntil(lambda: sheet.said.text().startswith("存到"), timeout=10_000)
    assert path.exists()


def test_cancelled_in_the_window_leaves_no_file(
    manage: Manage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = manage()
    sheet = opened(window, qtbot)
    plain = export_file._told

    is_pressed = Event()

    def waiting(*given: Any) -> Any:
        is_pressed.wait(10)
        return plain(*given)

    monkeypatch.setattr(export_file, "_told", waiting)
    sheet._begin(tmp_path / "members.xlsx", None)
    qtbot.waitUntil(sheet.stop.isVisible)
    qtbot.mouseClick(sheet.stop, LEFT)
    is_pressed.set()
    qtbot.waitUntil(lambda: sheet.said.text().startswith("已取消"), timeout=10_000)
    assert list(tmp_path.glob("members*")) == []
    assert sheet.go.isEnabled() and sheet.stop.isHidden()
    assert len(names(window.rooms["members"])) == 3  # type: ignore[arg-type]  # the page of members
