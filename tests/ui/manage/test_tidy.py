"""整理 through the window: lists open among the members, pairs are merged, a table comes in."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.errors import Cancelled
from core.trust.staff import Role
from tests.builders import Home, audit_rows, file_of, manager_of
from tests.ui.manage.test_manage import come_in
from tests.ui.manage.test_members import names
from ui.manage.members.merge import MergeSheet
from ui.manage.members.page import MembersPage
from ui.manage.tidy.bring_in import BringInSheet
from ui.manage.tidy.imported import ImportedSheet
from ui.manage.tidy.page import TidyPage
from ui.manage.window import ManageWindow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]
TABLE = """会员卡,客户姓名,联系方式,剩余积分
900001,王芳,,10
900002,李小华,13800135679,20
900003,,13700000001,5
900004,=赵,12345,5
900005,钱多,13800135678,5
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_text(TABLE, "utf-8-sig")
    return path


def tidy(window: ManageWindow, qtbot: QtBot) -> TidyPage:
    come_in(window, qtbot)
    window.go_to("tidy")
    page = window.rooms["tidy"]
    assert isinstance(page, TidyPage)
    qtbot.waitUntil(lambda: any(row.right != "0" for row in rows(page)), timeout=10_000)
    return page


def rows(page: TidyPage) -> list[object]:
    return list(page.lists.model().rows)


def imported(page: TidyPage, qtbot: QtBot, table: Path) -> BringInSheet:
    """At the report of its dry run."""
    qtbot.mouseClick(page.bring, LEFT)
    sheet = page.window().findChild(BringInSheet)
    assert isinstance(sheet, BringInSheet)
    sheet.file.file.set_text(str(table))
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.columns, timeout=10_000)
    assert sheet.columns.places == {"card_no": 0, "name": 1, "phone": 2, "points": 3}
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.report, timeout=10_000)
    return sheet


def test_a_list_opens_among_the_members(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = tidy(window, qtbot)
    found = {row.text: row.right for row in rows(page)}
    assert found["没有同意"] == "3" and found["睡着的"] == "0"
    listed = next(row.key for row in rows(page) if row.text == "没有同意")
    page.lists.chosen.emit(listed)
    members = window.rooms["members"]
    assert isinstance(members, MembersPage)
    qtbot.waitUntil(lambda: names(members) == ["王*", "李*华", "陈*"], timeout=5_000)
    assert window.pages.currentWidget() is members
    assert members.choosing.called == "没有同意"


def test_a_table_comes_in_after_a_dry_run(
    manage: Manage, home: Home, qtbot: QtBot, table: Path, tmp_path: Path
) -> None:
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    sheet = imported(page, qtbot, table)
    assert sheet.report.words.text() == "2 行可以导入，3 行有错。"
    assert sheet.report.coming.text() == "其中新增 2，更新 0，没有变化 0。"
    assert sheet.go.text() == "只导入好的 2 行"
    assert not [row for row in audit_rows(shop) if row["what"].startswith("import")]
    qtbot.mouseClick(sheet.bad, LEFT)
    dialog = page.window().findChild(QFileDialog, "save_dialog")
    bad = tmp_path / "bad.csv"
    dialog.fileSelected.emit(str(bad))
    dialog.close()
    qtbot.waitUntil(lambda: sheet.said.text().startswith("存到"), timeout=5_000)
    kept = list(csv.reader(bad.read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in kept] == ["会员卡", "900003", "900004", "900005"]
    assert kept[2][1] == "'=赵" and "12345" in kept[2][-1]
    assert sheet.family.text() == "手机已有主的 1 行也导入：一家人共用"
    sheet.family.click()
    qtbot.waitUntil(lambda: sheet.go.text() == "只导入好的 3 行", timeout=10_000)
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.came, timeout=20_000)
    assert sheet.came.text().startswith("导入好了：新增 3，")
    assert file_of(shop, "900002").points == 20
    said = [(row["what"], row["detail"]) for row in audit_rows(shop)[-2:]]
    assert said == [("import_begun", "members"), ("import_ended", "members 3 0 0")]


def test_without_a_file_it_says_what_to_do(manage: Manage, qtbot: QtBot) -> None:
    page = tidy(manage(), qtbot)
    qtbot.mouseClick(page.bring, LEFT)
    sheet = page.window().findChild(BringInSheet)
    assert isinstance(sheet, BringInSheet)
    qtbot.mouseClick(sheet.go, LEFT)
    assert sheet.file.file.problem.text().startswith("还没有选文件。")


def test_whoever_closes_the_sheet_leaves_nothing(
    manage: Manage, qtbot: QtBot, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    sheet = imported(page, qtbot, table)
    run = sheet._run
    assert run is not None
    monkeypatch.setattr(type(run), "apply", _stopped(run.__class__.apply))
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: "已取消" in sheet.said.text(), timeout=20_000)
    assert sheet.pages.currentWidget() is sheet.report
    with shop.store.read() as reading:
        assert reading.members.by_card("900001") is None
    assert audit_rows(shop)[-1]["detail"] == "members nothing"


def _stopped(apply: Callable[..., object]) -> Callable[..., object]:
    def do(run: object, *given: object, **named: object) -> object:
        run.stop()  # type: ignore[attr-defined]  # as the button does
        return apply(run, *given, **named)

    return do


def test_who_lost_the_right_brings_nothing_in(manage: Manage, qtbot: QtBot, table: Path) -> None:
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    sheet = imported(page, qtbot, table)
    manager = manager_of(shop)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    change_role(shop, no=manager.no, role=Role.CASHIER, staff=manager)
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: bool(sheet.said.text()), timeout=10_000)
    assert sheet.pages.currentWidget() is sheet.report
    with shop.store.read() as reading:
        assert reading.members.by_card("900001") is None


def test_pairs_are_told_apart_or_merged(manage: Manage, home: Home, qtbot: QtBot) -> None:
    twins = home.path.parent / "twins.csv"
    twins.write_text(
        "卡号,姓名,手机,生日\n900011,周明,,1980-05-06\n900012,周明,,1980-05-06\n"
        "900013,吴用,,1981-05-06\n900014,吴用,,1981-05-06\n",
        "utf-8",
    )
    home.command("import", "members", str(twins))
    window = manage()
    page = tidy(window, qtbot)
    assert page.current is None and page._foot.isHidden()
    qtbot.mouseClick(page.seek, LEFT)
    qtbot.waitUntil(lambda: page.count.text() == "2 对", timeout=10_000)
    assert "卡 ****0011" in page.pair.text() and "****0012" in page.pair.text()
    qtbot.mouseClick(page.apart, LEFT)
    qtbot.waitUntil(lambda: page.count.text() == "1 对", timeout=5_000)
    qtbot.mouseClick(page.merge, LEFT)
    sheet = window.findChild(MergeSheet)
    assert isinstance(sheet, MergeSheet)
    qtbot.waitUntil(sheet.press.isEnabled, timeout=5_000)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: page.count.text() == "没有像是同一位的。", timeout=5_000)
    assert page._foot.isHidden()
    qtbot.mouseClick(page.seek, LEFT)
    qtbot.waitUntil(page.seek.isEnabled, timeout=10_000)
    assert page.count.text() == "没有像是同一位的。"


def a_list(page: TidyPage, qtbot: QtBot) -> ImportedSheet:
    qtbot.mouseClick(page.past, LEFT)
    sheet = page.window().findChild(ImportedSheet)
    assert isinstance(sheet, ImportedSheet)
    return sheet


def looked_at(sheet: ImportedSheet, qtbot: QtBot) -> None:
    """At what taking back the newest one would do."""
    qtbot.waitUntil(sheet.go.isEnabled, timeout=5_000)
    assert sheet.go.text() == "撤回…"
    qtbot.mouseClick(sheet.go, LEFT)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.outlook, timeout=10_000)


def test_an_import_is_taken_back_but_for_who_bought(
    manage: Manage, home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "老系统会员.csv"
    path.write_text(
        "卡号,姓名,积分,有效期\n900001,王芳,10,2099-12-31\n900002,李小华,20,\n", "utf-8"
    )
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    home.command("import", "members", str(path))
    with shop.store.write() as tx:
        member = tx.members.by_card("900002")
        assert member is not None
        tx.standings.freeze(member.id, reason="查", at_us=1, staff_no=1)
    sheet = a_list(page, qtbot)
    looked_at(sheet, qtbot)
    assert sheet.outlook.file.text() == "会员　老系统会员.csv"
    told = "新增的会员去掉 1 位，连同带来的 10 积分；改过的会员恢复 0 位；1 个留着。"
    assert sheet.outlook.words.text() == told
    assert sheet.outlook.counts.text() == "留着的：资料后来改过 1。"
    (stay,) = sheet.outlook.rows.model().rows
    assert (stay.text, stay.sub, stay.right) == ("李*华", "资料后来改过", "****0002")
    assert file_of(shop, "900001").points == 10
    with qtbot.waitSignal(sheet.changed, timeout=10_000):
        qtbot.mouseClick(sheet.take, LEFT)
    assert sheet.came.text() == f"撤回好了。{told}"
    with shop.store.read() as reading:
        assert reading.members.by_card("900001") is None
        assert reading.members.by_card("900002") is not None
    said = [(row["what"], row["detail"]) for row in audit_rows(shop)[-2:]]
    assert said == [("import_back_begun", "members"), ("import_back_ended", "members 1 0 1")]
    qtbot.mouseClick(sheet.back, LEFT)
    qtbot.waitUntil(lambda: sheet.hint.text() == "已经撤回了。", timeout=5_000)
    assert not sheet.go.isEnabled()


def test_who_stops_taking_back_can_finish_it_there(
    manage: Manage, home: Home, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "members.csv"
    path.write_text("卡号,姓名\n" + "".join(f"91{no:04d},王芳\n" for no in range(300)), "utf-8")
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    home.command("import", "members", str(path))
    sheet = a_list(page, qtbot)
    looked_at(sheet, qtbot)
    # The button is pressed before the second of its steps.
    monkeypatch.setattr("ui.manage.tidy.imported.hearing", _pressed_after(1))
    qtbot.mouseClick(sheet.take, LEFT)
    qtbot.waitUntil(lambda: sheet.said.text().startswith("停下了。不会只撤一半"), timeout=10_000)
    qtbot.waitUntil(lambda: sheet.go.text() == "现在撤完", timeout=5_000)
    assert sheet.hint.text().startswith("撤了一半")
    monkeypatch.undo()
    with qtbot.waitSignal(sheet.changed, timeout=10_000):
        qtbot.mouseClick(sheet.go, LEFT)
    with shop.store.read() as reading:
        assert reading.members.by_card("910000") is reading.members.by_card("910299") is None
    assert audit_rows(shop)[-1]["detail"] == "members 180 0 0"


def _pressed_after(steps: int) -> Callable[..., object]:
    left = [steps]

    def hearing(*_given: object) -> Callable[[int, int], None]:
        def hear(_done: int, _whole: int) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Cancelled()

        return hear

    return hearing


def test_who_lost_the_right_takes_nothing_back(
    manage: Manage, home: Home, qtbot: QtBot, table: Path
) -> None:
    page = tidy(manage(), qtbot)
    shop = page.work.hands.shop
    assert shop is not None
    home.command("import", "members", str(table), "--good-rows-only")
    sheet = a_list(page, qtbot)
    looked_at(sheet, qtbot)
    manager = manager_of(shop)
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    change_role(shop, no=manager.no, role=Role.CASHIER, staff=manager)
    qtbot.mouseClick(sheet.take, LEFT)
    qtbot.waitUntil(lambda: "导入表格" in sheet.said.text(), timeout=10_000)
    with shop.store.read() as reading:
        assert reading.members.by_card("900001") is not None
