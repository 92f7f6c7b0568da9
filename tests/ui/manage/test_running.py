"""运行: backups tried through the window, reports by the clock, prices by file, settings found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.actions.keep_running import change_routine
from core.actions.login import login
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.shop import Shop
from core.trust.staff import Role
from core.values.routine import Every, ReportOrder, Routine
from storage.settings import load_settings
from tests.actions.test_settle import VITAMIN
from tests.builders import PIN, Home
from tests.ui.manage.test_manage import come_in
from ui.manage.listed import ListedSheet
from ui.manage.parts import PartsRoom
from ui.manage.rules.page import RulesPage
from ui.manage.running.entries import entries, found
from ui.manage.running.order_sheet import OrderSheet
from ui.manage.running.page import RunningPage
from ui.manage.section import Section
from ui.manage.window import ManageWindow
from ui.widgets.panel_row import FactRow

LEFT = Qt.MouseButton.LeftButton
Manage = Callable[[], ManageWindow]


def on_page(window: ManageWindow, qtbot: QtBot, part: str) -> RunningPage:
    come_in(window, qtbot)
    window.go_to("running")
    page = window.rooms["running"]
    assert isinstance(page, RunningPage)
    press(page, f"running_parts_{part}", qtbot)
    return page


def shop_of(page: RunningPage) -> Shop:
    """The shop that the window stands on, for somebody who works beside it."""
    shop = page.work.hands.shop
    assert shop is not None
    return shop


def press(page: RunningPage, name: str, qtbot: QtBot) -> None:
    found = page.findChild(QAbstractButton, name)
    assert found is not None, name
    qtbot.waitUntil(found.isEnabled, timeout=10_000)
    qtbot.mouseClick(found, LEFT)


def test_a_backup_is_made_and_tried_from_the_page(manage: Manage, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot, "backups")
    part = page.backups
    qtbot.waitUntil(lambda: part.last.number.text() == "没有", timeout=10_000)
    press(page, "backup_try", qtbot)
    qtbot.waitUntil(lambda: "还没有备份" in part.said.text(), timeout=10_000)
    press(page, "backup_now", qtbot)
    qtbot.waitUntil(lambda: "已核对" in part.said.text(), timeout=20_000)
    press(page, "backup_try", qtbot)
    qtbot.waitUntil(lambda: "2 笔销售" in part.said.text(), timeout=20_000)
    qtbot.waitUntil(lambda: part.drill.number.text() == "通过", timeout=10_000)
    part.last.opened.emit()
    sheet = page.window().findChild(ListedSheet)
    assert sheet is not None
    sheet.shut()


def test_the_routine_is_kept_and_what_is_typed_is_not_lost(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = on_page(manage(), qtbot, "backups")
    part = page.backups
    qtbot.waitUntil(lambda: part.kept.text() == "14", timeout=10_000)
    press(page, "backup_hour_22", qtbot)
    part.folder.set_text(str(tmp_path))
    part.kept.set_text("0")
    press(page, "backup_save", qtbot)
    assert "1 到 365" in part.kept.problem.text()
    part.kept.set_text("7")
    page.refresh()  # whoever looks meanwhile does not write over it
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)
    assert part.kept.text() == "7"
    press(page, "backup_save", qtbot)
    qtbot.waitUntil(lambda: "保存好了" in part.said.text(), timeout=10_000)
    wished = Routine(backup_hour=22, backup_folder=str(tmp_path), backups_kept=7)
    assert shop_of(page).store.keeping.routine() == wished


def test_a_folder_that_takes_nothing_is_kept_with_a_warning(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    """A stick may be out just now; a path of which nothing comes is said at once, too."""
    page = on_page(manage(), qtbot, "backups")
    part = page.backups
    qtbot.waitUntil(lambda: part.kept.text() == "14", timeout=10_000)
    (tmp_path / "file").touch()
    for place in (tmp_path / "gone", tmp_path / "file"):
        part.folder.set_text(str(place))
        press(page, "backup_save", qtbot)
        qtbot.waitUntil(lambda place=place: f"{place} 现在写不进去" in part.said.text())
        assert shop_of(page).store.keeping.routine().backup_folder == str(place)
        qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)


def test_what_somebody_else_changed_is_said(manage: Manage, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot, "backups")
    part = page.backups
    qtbot.waitUntil(lambda: part.kept.text() == "14", timeout=10_000)
    change_routine(shop_of(page), Routine(), Routine(backup_hour=3), staff=page.staff)
    part.kept.set_text("7")
    press(page, "backup_save", qtbot)
    qtbot.waitUntil(lambda: "在别处改过" in part.said.text(), timeout=10_000)
    assert part.kept.text() == "7"


def test_a_report_is_ordered_and_written_at_once(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = on_page(manage(), qtbot, "orders")
    part = page.orders
    qtbot.waitUntil(part.nothing.isVisible, timeout=10_000)
    press(page, "orders_add", qtbot)
    qtbot.waitUntil(lambda: page.window().findChild(OrderSheet) is not None, timeout=10_000)
    sheet = page.window().findChild(OrderSheet)
    assert sheet is not None
    qtbot.mouseClick(sheet.done, LEFT)
    assert "请选一个文件夹" in sheet.folder.problem.text()
    sheet.folder.set_text(str(tmp_path))
    qtbot.mouseClick(sheet.done, LEFT)
    qtbot.waitUntil(lambda: "写好了" in part.said.text(), timeout=30_000)
    assert [path.suffix for path in tmp_path.glob("每天*")] == [".xlsx"]
    qtbot.waitUntil(lambda: len(part.table.view.rows) == 1, timeout=10_000)
    part.table.choose(0)
    press(page, "orders_drop", qtbot)
    qtbot.waitUntil(part.nothing.isVisible, timeout=10_000)


def test_a_report_that_could_not_be_written_stands_on_the_page(
    manage: Manage, home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    order = ReportOrder("days", Every.DAY, "csv", str(tmp_path / "gone"))
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        change_routine(shop, Routine(), Routine(reports=(order,)), staff=staff)
    page = on_page(manage(), qtbot, "orders")
    press(page, "orders_write", qtbot)
    qtbot.waitUntil(lambda: "gone" in page.orders.said.text(), timeout=30_000)
    press(page, "running_parts_backups", qtbot)
    qtbot.waitUntil(page.backups.wrong.isVisible, timeout=10_000)


def test_prices_of_a_file_are_tried_and_then_hold(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "prices.csv"
    table.write_text(f"条码,名称,售价\n{VITAMIN},维生素C,41.00\n6901234567823,x,oops\n", "utf-8")
    page = on_page(manage(), qtbot, "prices")
    part = page.prices
    part.look_at(str(tmp_path / "nothing.csv"))
    qtbot.waitUntil(lambda: bool(part.said.text()), timeout=10_000)
    part.look_at(str(table))
    qtbot.waitUntil(part.changes.isVisible, timeout=10_000)
    assert part.changes.count.text() == "改 1，新 0，不变 0，有错 1"
    press(page, "prices_changes_more", qtbot)
    sheet = page.window().findChild(ListedSheet)
    assert sheet is not None
    sheet.shut()
    part.day.set_text("morgen")
    press(page, "prices_done", qtbot)
    assert part.day.problem.text()
    today = shop_of(page).now().business_on
    part.day.set_text(date(2020, 1, 1).isoformat())
    press(page, "prices_done", qtbot)
    qtbot.waitUntil(lambda: "已经过去" in part.said.text(), timeout=10_000)
    part.day.set_text(today.isoformat())
    press(page, "prices_done", qtbot)
    qtbot.waitUntil(lambda: "定下了：1 种商品" in part.said.text(), timeout=10_000)
    with shop_of(page).store.read() as reading:
        product = reading.products.by_code(VITAMIN)
    assert product is not None
    assert product.price_fen == 41_00


def test_machine_and_place_say_how_it_stands(manage: Manage, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot, "machine")
    words = page.machine.health.count
    qtbot.waitUntil(lambda: "看过" not in words.text() and bool(words.text()), timeout=30_000)
    assert not page.machine.print.isEnabled()
    press(page, "running_parts_place", qtbot)
    rows = page.place.store.findChildren
    qtbot.waitUntil(
        lambda: "中山路店　S01" in [r.value.text() for r in rows(FactRow)], timeout=10_000
    )


def test_a_sample_goes_to_the_printer_that_is_set(
    manage: Manage, home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    home.command("printer", f"file:{tmp_path / 'paper.bin'}")
    page = on_page(manage(), qtbot, "machine")
    press(page, "running_print", qtbot)
    qtbot.waitUntil(lambda: "送去打印" in page.machine.said.text(), timeout=20_000)
    assert (tmp_path / "paper.bin").stat().st_size > 100


@pytest.mark.parametrize(
    ("typed", "name"),
    [("锁屏", "lock_minutes"), ("bf", "backup"), ("權限", ""), ("logo", "papers")],
)
def test_a_setting_is_found_by_its_words_and_initials(typed: str, name: str) -> None:
    names = {entry.name for entry in found(entries(), typed)}
    assert name in names if name else not names


def test_a_setting_is_changed_where_it_is_found(manage: Manage, home: Home, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot, "settings")
    part = page.settings
    qtbot.keyClicks(part.sought.edit, "suoping")
    assert part.nothing.isVisible()
    part.sought.set_text("锁屏")
    assert [name for name, row in part.rows.items() if row.isVisible()] == ["lock_minutes"]
    press(page, "running_lock_minutes_4", qtbot)
    qtbot.waitUntil(lambda: "改好了" in part.said.text(), timeout=10_000)
    assert load_settings(home.path).lock_minutes == 30
    part.sought.set_text("备份")
    press(page, "go_backup", qtbot)
    assert page.shown is page.backups


def test_each_way_to_a_setting_leads_where_it_says(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = on_page(window, qtbot, "settings")
    ways = [entry for entry in entries() if entry.goes[0]]
    assert {entry.goes[0] for entry in ways} == {"running", "rules", "proof"}
    for entry in ways:
        window.go_to("running/settings")
        room, part = window.rooms[entry.goes[0]], entry.goes[1]
        press(page, f"go_{entry.name}", qtbot)
        assert window.pages.currentWidget() is room
        if isinstance(room, PartsRoom):
            assert room.choice.current() == part
        elif part:
            assert isinstance(room, RulesPage)
            qtbot.waitUntil(lambda room=room, part=part: is_in_sight(room, part), timeout=10_000)


def is_in_sight(rules: RulesPage, part: str) -> bool:
    """Whether this section begins in the upper half of what shows."""
    shown = [each for each in rules.findChildren(Section, f"rules_{part}") if each.isVisible()]
    if not shown:
        return False
    view = rules.rules.viewport()
    return 0 <= shown[0].mapTo(view, QPoint(0, 0)).y() < view.height() // 2


def test_who_lost_the_right_hears_it_and_keeps_what_was_typed(manage: Manage, qtbot: QtBot) -> None:
    page = on_page(manage(), qtbot, "backups")
    part = page.backups
    qtbot.waitUntil(lambda: part.kept.text() == "14", timeout=10_000)
    shop = shop_of(page)
    second = add_staff(shop, name="副店长", pin="864209", role=Role.MANAGER)
    change_role(shop, no=page.staff.no, role=Role.CASHIER, staff=second)
    part.kept.set_text("9")
    press(page, "backup_save", qtbot)
    qtbot.waitUntil(lambda: bool(part.said.text()), timeout=10_000)
    assert "权限" in part.said.text() or "不能" in part.said.text()
    assert part.kept.text() == "9"
