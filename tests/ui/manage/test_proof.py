"""员工与审计: the log is read, narrowed, checked and taken out; every row is in people's words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions import proof
from core.actions.login import login
from core.actions.proof import AuditLine, AuditPage, Checked
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.trust.audit import Noted
from core.trust.audit_kinds import ABOUT, Group
from core.trust.staff import Role
from core.values.moment import CHINA
from tests.builders import PIN, Home
from tests.ui.till.hands import ENTER, by_hand, press
from ui.devices.audit_files import audit_bytes
from ui.manage.pick import PickSheet
from ui.manage.proof import kinds as proof_kinds
from ui.manage.proof import log as proof_log
from ui.manage.proof.log import check_words
from ui.manage.proof.page import ProofPage
from ui.manage.proof.person import PersonSheet
from ui.manage.proof.words import cells_of
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def come_in(window: ManageWindow, qtbot: QtBot) -> ProofPage:
    """The manager's PIN; the page with its rows."""
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("proof")
    page = window.rooms["proof"]
    assert isinstance(page, ProofPage)
    qtbot.waitUntil(lambda: bool(kinds(page)) and all(kinds(page)), timeout=10_000)
    return page


def kinds(page: ProofPage) -> list[str]:
    """The column of what was done, from the newest."""
    rows = page.log.rows
    page.log.table.view.grab()
    return [cells[2].text if (cells := rows.cells(at)) else "" for at in range(len(rows))]


def test_the_log_stands_there_newest_first(manage: Manage, qtbot: QtBot) -> None:
    page = come_in(manage(), qtbot)
    seen = kinds(page)
    assert seen[0] == "登录"
    assert "收银" in seen and "开店" in seen
    assert page.log.said.text() == f"{len(seen)} 条，新的在前。"


def test_a_row_says_it_all_at_the_right(manage: Manage, qtbot: QtBot) -> None:
    page = come_in(manage(), qtbot)
    page.log.table.choose(kinds(page).index("收银"))
    said = [words.text() for words in page.log.detail.findChildren(proof_log.Said.__base__)]
    assert "39.00 元" in said
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text) for text in said)


def test_groups_days_people_kinds_and_words_narrow_it(manage: Manage, qtbot: QtBot) -> None:
    page = come_in(manage(), qtbot)
    bar = page.log.filter
    everything = kinds(page)
    qtbot.waitUntil(lambda: page.log._counts[Group.FAILED] == 0)

    def settles(expected: Callable[[list[str]], bool]) -> None:
        qtbot.waitUntil(lambda: page.log.stop.isHidden() and expected(kinds(page)), timeout=5000)

    bar.groups.set_current(Group.VOIDED.value)
    bar.changed.emit()
    settles(lambda seen: seen == [])
    assert page.log.table.view.nothing == "没有这样的记录。"
    assert not page.log.export.isEnabled()
    qtbot.mouseClick(bar.what, LEFT)
    page.window().findChild(PickSheet).list.chosen.emit("sale_settled")
    assert bar.group == "all"
    settles(lambda seen: seen == ["收银", "收银"])
    bar.text.edit.setText("000002")
    settles(lambda seen: seen == ["收银"])
    bar.text.edit.setText("")
    bar._set_what("")
    settles(lambda seen: seen == everything)
    bar.since.edit.setText("2099-01-01")
    settles(lambda seen: seen == [])
    bar.since.edit.setText("2099-01-")
    qtbot.waitUntil(lambda: "2026-11-01" in page.log.said.text())
    bar.since.edit.setText("")
    bar._set_who(2)
    settles(lambda seen: "收银" not in seen)


def test_a_whole_log_is_said_to_be_whole(manage: Manage, qtbot: QtBot) -> None:
    page = come_in(manage(), qtbot)
    qtbot.mouseClick(page.log.check, LEFT)
    qtbot.waitUntil(lambda: "一条不少" in page.log.said.text(), timeout=5000)
    assert page.log.check.isEnabled()


def test_who_leaves_in_the_middle_of_a_check_ends_it(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.mouseClick(page.log.check, LEFT)
    page.go_to("staff")
    assert page.log.check.isEnabled()
    assert page.log.stop.isHidden()
    qtbot.waitUntil(lambda: not window._work.is_busy, timeout=5000)
    assert "一条不少" not in page.log.said.text()
    page.go_to("log")
    qtbot.waitUntil(lambda: bool(kinds(page)) and all(kinds(page)), timeout=5000)


def test_a_changed_log_is_found_by_the_button(manage: Manage, qtbot: QtBot, home: Home) -> None:
    with home.shop() as shop, shop.store.write() as tx:
        tx.connection.execute("DROP TRIGGER audit_no_update")  # type: ignore[attr-defined]
        tx.connection.execute("UPDATE audit SET data = x'00' WHERE seq = 2")  # type: ignore[attr-defined]
    page = come_in(manage(), qtbot)
    assert kinds(page)[-2] == "这一条读不出来了"
    qtbot.mouseClick(page.log.check, LEFT)
    qtbot.waitUntil(lambda: "从第 2 条起对不上" in page.log.said.text(), timeout=5000)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_shown_is_taken_out(
    manage: Manage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"log{suffix}"
    monkeypatch.setattr(proof_log, "ask_where", lambda _owner, _name, then: then(str(path)))
    page = come_in(manage(), qtbot)
    seen = kinds(page)
    qtbot.mouseClick(page.log.export, LEFT)
    qtbot.waitUntil(lambda: page.log.said.text() == f"存到 {path}", timeout=10_000)
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.values]
    assert rows[0][3] == "做了什么"
    assert [row[3] for row in rows[1:]] == seen
    page.refresh()
    qtbot.waitUntil(lambda: kinds(page)[0] == "导出审计", timeout=5000)


def test_every_kind_has_words_and_only_those() -> None:
    assert set(proof_kinds._KINDS) == set(ABOUT)
    assert len(set(proof_kinds._KINDS.values())) == len(ABOUT), "two kinds are called alike"


DETAILS = {
    "sale_voided": ("3200 wrong_product", "32.00 元，商品"),
    "sale_returned": ("1200 quality late medicine", "退 12.00 元"),
    "shift_closed": ("20000 expected 20150 wrong_change", "少 1.50 元"),
    "drawer_counted": ("20000 expected 20000", "正好"),
    "price_by_hand": ("line 2 at 900 off 100 of 1000 临期", "第 2 行，改成 9.00 元，少收 1.00 元"),
    "discount_by_hand": ("basket off 100 of 1000 熟客 多年", "整单，少收 1.00 元，原来 10.00 元"),
    "points_corrected": ("-50", "−50 分"),
    "personal_seen": ("name phone", "姓名，电话"),
    "tier_granted": ("gold until 2027-01-01", "到 2027-01-01"),
    "reward_redeemed": ("mask 2 for 300", "2 件，300 分"),
    "rulebook_taken": ("version=3 from=2027-01-01", "第 3 版，从 2027-01-01 起"),
    "tiers_reviewed": ("2 of 30 fell", "30 位里 2 位降了"),
    "staff_role_changed": ("pharmacist", "药师"),
    "staff_rights_changed": ("+pay_out -sell", "给了取出现金，收走收银"),
    "locked": ("by itself", "自己锁的"),
}


@pytest.mark.parametrize("what", sorted(DETAILS))
def test_details_are_in_words(what: str) -> None:
    said, expected = DETAILS[what]
    line = AuditLine(Noted(1, what, 1, 1, "", f"{said} approved_by 2"), "王芳", "李店")
    words = cells_of(line, AuditPage((line,), {}, {}, CHINA))[4]
    assert expected in words
    assert words.endswith("李店 授权")


def test_what_takes_two_and_was_done_alone_says_so() -> None:
    line = AuditLine(Noted(1, "points_corrected", 1, 1, "", "-50 no_second"), "王芳")
    words = cells_of(line, AuditPage((line,), {}, {}, CHINA))[4]
    assert words == "−50 分，没有第二位能授权"


def test_what_cannot_be_read_in_a_detail_is_shown_as_it_stands() -> None:
    line = AuditLine(Noted(1, "sale_voided", 1, 1, "", "a lot"), "王芳")
    assert cells_of(line, AuditPage((line,), {}, {}, CHINA))[4] == "a lot"
    newer = AuditLine(Noted(1, "moon_landed", 1, 1, "", "x"), "王芳")
    assert cells_of(newer, AuditPage((newer,), {}, {}, CHINA))[2:] == (
        "这个版本还不认识的事",
        "",
        "",
    )


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    line = AuditLine(Noted(7, "store_renamed", 1, 0, "", "=1+1"))
    page = AuditPage((line,), {}, {}, CHINA)
    assert "'=1+1" in audit_bytes(page, tmp_path / "a.csv").decode("utf-8-sig")


def test_a_check_says_what_is_wrong() -> None:
    whole = Checked(9, b"", (), 9, is_done=True)
    assert "一条不少" in check_words(whole)
    assert "从第 4 条起" in check_words(Checked(9, b"", (4, 5), 9, is_done=True))
    assert "应有 9 条" in check_words(Checked(7, b"", (), 9, is_done=True, is_cut=True))


def test_people_come_change_and_go(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    page.go_to("staff")
    crew = page.crew
    qtbot.waitUntil(lambda: crew._found is not None and bool(crew._logged_in), timeout=5000)

    def column(at: int) -> list[str]:
        rows = crew.table.view.rows
        return [rows.cells(row)[at].text for row in range(len(rows))]

    assert column(1) == ["店长", "王芳"]
    assert all(column(3)), "since when"
    assert column(4)[0] and not column(4)[1], "王芳 never logged in"
    qtbot.mouseClick(crew.add, LEFT)
    sheet = page.window().findChild(PersonSheet)
    sheet.who.edit.setText("李店")
    sheet.pin.edit.setText("111111")
    qtbot.mouseClick(sheet.save, LEFT)
    assert "太容易猜" in sheet.pin.problem.text()
    sheet.pin.edit.setText("864209")
    sheet.again.edit.setText("864208")
    qtbot.mouseClick(sheet.save, LEFT)
    assert sheet.again.problem.text()
    sheet.again.edit.setText("864209")
    sheet.who.edit.setText("王芳")
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: "王芳" in sheet.said.text(), timeout=5000)
    sheet.who.edit.setText("李店")
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: column(1) == ["店长", "王芳", "李店"], timeout=5000)
    assert crew.chosen is not None and crew.chosen.name == "李店"
    qtbot.mouseClick(crew.role, LEFT)
    page.window().findChild(PickSheet).list.chosen.emit(Role.PHARMACIST)
    qtbot.waitUntil(lambda: column(2)[2] == "药师", timeout=5000)
    qtbot.mouseClick(crew.pin, LEFT)
    again = [each for each in page.window().findChildren(PersonSheet) if each.isVisible()][-1]
    again.pin.edit.setText("975310")
    again.again.edit.setText("975310")
    press(qtbot, "", ENTER)
    qtbot.waitUntil(lambda: "新 PIN" in crew.said.text(), timeout=5000)
    qtbot.mouseClick(crew.remove, LEFT)
    qtbot.waitUntil(lambda: column(6)[2] == "已停用", timeout=5000)
    qtbot.mouseClick(crew.back, LEFT)
    qtbot.waitUntil(lambda: column(6)[2] == "", timeout=5000)
    shop = window._work.hands.shop
    assert shop is not None
    assert login(shop, "975310", name="李店").role is Role.PHARMACIST


def test_the_last_manager_stays_and_a_lost_right_is_said(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    page.go_to("staff")
    crew = page.crew
    qtbot.waitUntil(lambda: crew._found is not None, timeout=5000)
    crew.table.choose(0)
    qtbot.mouseClick(crew.remove, LEFT)
    qtbot.waitUntil(lambda: crew.said.text() != "", timeout=5000)
    assert "店长" in crew.said.text()
    shop = window._work.hands.shop
    assert shop is not None
    second = add_staff(shop, name="李店", pin="864209", role=Role.MANAGER)
    change_role(shop, 1, Role.CASHIER, staff=second)
    before = crew.said.text()
    crew.table.choose(1)
    qtbot.mouseClick(crew.remove, LEFT)
    qtbot.waitUntil(lambda: crew.said.text() != before, timeout=5000)
    with shop.store.read() as reading:
        assert all(person.is_active for person in reading.people.all())


def test_shifts_come_to_what_was_sold(manage: Manage, qtbot: QtBot, tmp_path: Path) -> None:
    page = come_in(manage(), qtbot)
    page.go_to("shifts")
    shifts = page.shifts
    qtbot.waitUntil(lambda: len(shifts.people.view.rows) == 1, timeout=5000)
    cells = [cell.text for cell in shifts.people.view.rows.cells(0)]
    assert cells == ["店长", "1", "2", "1,039.00", "–", "–", "–", "–", "–"]
    shifts.by.set_current("shifts")
    shifts.by.chosen.emit("shifts")
    assert shifts.shifts.isVisible()
    row = [cell.text for cell in shifts.shifts.view.rows.cells(0)]
    assert row[1].endswith("还在班") and row[4] == "1,039.00"
    qtbot.waitUntil(shifts.keep.isEnabled, timeout=5000)
    shifts.write(tmp_path / "shifts.csv")
    qtbot.waitUntil(lambda: "shifts.csv" in shifts.said.text(), timeout=5000)
    shifts.by.set_current("people")
    shifts.write(tmp_path / "people.xlsx")
    qtbot.waitUntil(lambda: "people.xlsx" in shifts.said.text(), timeout=5000)
    (line,) = csv.DictReader((tmp_path / "shifts.csv").read_text("utf-8-sig").splitlines())
    assert line["实收"] == "1039.00" and line["少钱"] == line["多钱"] == "–"
    assert (line["收银员"], line["时间"], line["开钱箱"]) == ("店长", row[1], "0")
    sheet = load_workbook(tmp_path / "people.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["店长", 1, 2, 1039, 0, 0, 0, 0, 0]
    shifts.span.until.edit.setText("2026-")
    qtbot.waitUntil(lambda: "2026-11-01" in shifts.said.text())
    shifts.span.since.edit.setText("2001-01-01")
    shifts.span.until.edit.setText("2001-01-02")
    qtbot.waitUntil(lambda: len(shifts.people.view.rows) == 0, timeout=5000)
    assert shifts.people.view.nothing == "这些天没有开过店。"


def test_a_long_log_is_asked_for_by_pages(
    manage: Manage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    usual = proof.audit_page

    def counting(shop, seqs, *, staff):  # type: ignore[no-untyped-def]
        asked.append(len(seqs))
        return usual(shop, seqs, staff=staff)

    monkeypatch.setattr(proof, "audit_page", counting)
    page = come_in(manage(), qtbot)
    asked.clear()
    page.log._show(proof_log.AuditRows(range(1_000_000, 0, -1), page.log._ask_page))
    page.log.table.view.grab()
    qtbot.waitUntil(lambda: page.log.rows.cells(0) != ())
    assert page.log.rows.cells(0)[2].text == "这一条不见了"
    assert sum(asked) <= 200
