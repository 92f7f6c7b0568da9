"""第一次使用: the way from an empty folder to a shop, walked with keys through the real wizard."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

import main
from core.errors import DiskFull
from core.values.first_run import NEW, FirstRun
from storage.first_run import keep_first_run, waits_for_first_run
from storage.home import check_recovery, visit_home
from storage.rulebook_file import load_rulebook
from storage.settings import load_settings
from tests.ui.first_run.conftest import PIN, Person

TABLE = "货品码,叫法,售价\n6905120012039,维生素C,39.00\n1234567890123,坏的,1\n690,甲,abc\n"


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "recovery.txt"


@pytest.fixture(autouse=True)
def _stick(recovery: Path) -> None:
    recovery.parent.mkdir()


def draft(home: Path) -> dict[str, object]:
    return json.loads((home / "first_run.json").read_text("utf-8"))


def people(home: Path) -> list[str]:
    with visit_home(home) as found, found.store.read() as reading:
        return [each.name for each in reading.people.all()]


def goods(home: Path) -> list[str]:
    with visit_home(home) as found, found.store.read() as reading:
        found_names = [reading.products.by_code(code) for code in ("6905120012039", "690")]
    return [each.name for each in found_names if each is not None]


def test_the_whole_way_makes_a_shop_that_opens(person: Person, recovery: Path) -> None:
    assert person.at == "language"
    person.enter()
    assert person.at == "way"
    person.enter()
    person.type("first_store_name", "中山路店")
    person.enter()
    assert person.at == "manager"
    person.type("first_manager", "李店长")
    person.enter()
    person.type("first_pin", PIN)
    person.enter()
    person.type("first_pin_again", PIN)
    person.enter()
    person.type("first_recovery", str(recovery))
    person.enter()
    check_recovery(person.home, recovery)
    assert people(person.home) == ["李店长"]
    person.enter()
    assert person.at == "scanner"
    for _ in ("scanner", "printer", "display"):
        person.find("first_skip").click()
    person.find("first_goods_empty").click()
    person.on()
    assert person.at == "ready"
    assert "中山路店 1 号台" in person.find("first_fact_store").value.text()
    person.enter()
    assert person.window.is_founded
    assert not waits_for_first_run(person.home)
    with main.opened(person.home) as shop, shop.store.read() as reading:
        usual = load_rulebook(main.HOUSE / "resources/rulebooks/pharmacy.json")
        assert reading.rulebooks.current().scheme == usual.scheme


def test_the_kind_of_shop_chooses_its_rulebook(person: Person, recovery: Path) -> None:
    person.choose(NEW)
    person.type("first_store_name", "衣店")
    person.step.kinds.set_current("fashion")
    person.on()
    person.say_manager()
    person.type("first_recovery", str(recovery))
    person.on()
    with visit_home(person.home) as found, found.store.read() as reading:
        shipped = load_rulebook(main.HOUSE / "resources/rulebooks/fashion.toml")
        assert reading.rulebooks.current().name == shipped.name


@pytest.mark.parametrize(
    ("pin", "again", "line", "words"),
    [
        ("123456", "123456", "first_pin", "太容易猜"),
        ("111111", "111111", "first_pin", "太容易猜"),
        (PIN, "246811", "first_pin_again", "不一样"),
    ],
)
def test_a_weak_or_mistyped_pin_goes_no_further(
    person: Person, pin: str, again: str, line: str, words: str
) -> None:
    person.to_manager()
    person.say_manager(pin, again)
    assert person.at == "manager"
    assert words in person.reads(f"{line}_problem")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("first_store_name", ""),
        ("first_store_code", "S 1"),
        ("first_till_no", "0"),
        ("first_till_no", "一"),
        ("first_zone", "Asia/Nowhere"),
    ],
)
def test_a_wrong_line_says_why(person: Person, line: str, text: str) -> None:
    person.choose(NEW)
    person.type("first_store_name", "中山路店")
    person.type(line, text)
    person.on()
    assert person.at == "store"
    assert person.reads(f"{line}_problem")


# Closed half-way


def test_closed_half_way_it_goes_on_there_with_what_was_typed(person: Person) -> None:
    person.choose(NEW)
    person.type("first_store_name", "中山路店")
    person.type("first_till_no", "3")
    person.close()
    person.again()
    assert person.at == "store"
    assert person.step.store.text() == "中山路店"
    assert person.step.till.text() == "3"


def test_a_pin_is_never_written_down(person: Person, recovery: Path) -> None:
    person.to_recovery(recovery)
    person.close()
    assert PIN not in (person.home / "first_run.json").read_text("utf-8")
    person.again()
    assert person.at == "manager", "the PIN is asked for again"
    assert person.step.person.text() == "李店长"
    person.say_manager()
    assert person.step.place.text() == str(recovery)


def test_once_there_is_a_shop_it_goes_on_behind_it(person: Person, recovery: Path) -> None:
    person.to_recovery(recovery)
    person.window.wizard.take_scan("6901234567892")
    person.enter()
    assert not person.window.findChildren(QObject, "first_problem")
    person.on()
    person.close()
    assert waits_for_first_run(person.home)
    person.again()
    assert person.at == "scanner"
    person.key(Qt.Key.Key_Escape)
    assert person.at == "scanner", "nothing that was made is unmade"


def test_a_shop_whose_word_was_not_written_is_found_again(person: Person, recovery: Path) -> None:
    person.to_recovery(recovery)
    person.course.keep()
    before = draft(person.home)
    person.on()
    (person.home / "first_run.json").write_text(json.dumps(before), "utf-8")
    person.again()
    assert person.course.run.is_prepared
    assert person.at == "scanner"


def test_another_language_is_spoken_at_once_and_at_the_counter(
    person: Person, recovery: Path
) -> None:
    person.find("first_language_en").click()
    person._qtbot.waitUntil(lambda: person.step.accessibleName() == "Which language?")
    person.to_goods(recovery)
    person.find("first_goods_empty").click()
    person.on()
    person.on()
    assert load_settings(person.home).language == "en"


# What may go wrong


def test_a_full_disk_makes_nothing_and_says_so(person: Person, recovery: Path) -> None:
    def full(*_words: object) -> None:
        raise DiskFull()

    person.to_manager()
    person.close()
    person.again(prepare=full)
    person.say_manager()
    person.type("first_recovery", str(recovery))
    person.on()
    assert person.at == "recovery"
    assert "磁盘满了" in person.reads("first_recovery_problem")
    assert not recovery.exists()


def test_a_disk_without_room_for_a_shop_makes_nothing(person: Person, recovery: Path) -> None:
    person.close()
    person.home.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(person.home)]
    if os.getuid() or subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("a disk of its own needs a mount, and that needs root")
    try:
        person.again()
        person.to_recovery(recovery)
        person.on()
        assert "磁盘满了" in person.reads("first_recovery_problem")
        assert not recovery.exists()
        assert not (person.home / "store.db").exists()
        assert draft(person.home)["store_name"] == "中山路店"
        assert person.find("first_next").isEnabled(), "it can be done again"
    finally:
        person.close()
        subprocess.run(["umount", "-l", str(person.home)], check=True)


def test_a_full_disk_keeps_the_step_until_there_is_room(person: Person) -> None:
    def full(*_words: object) -> None:
        raise DiskFull()

    person.close()
    person.again(keep=full)
    person.on()
    assert person.at == "language"
    assert "磁盘满了" in person.reads("first_problem")


def test_a_recovery_file_of_another_till_is_never_written_over(
    person: Person, recovery: Path
) -> None:
    recovery.write_text("another till's way back", "utf-8")
    person.to_recovery(recovery)
    person.on()
    assert "已经有了" in person.reads("first_recovery_problem")
    assert recovery.read_text("utf-8") == "another till's way back"
    assert not (person.home / "store.db").exists()


def test_a_folder_that_is_not_there_is_said(person: Person, tmp_path: Path) -> None:
    person.to_recovery(tmp_path / "nowhere" / "recovery.txt")
    person.on()
    assert "nowhere" in person.reads("first_recovery_problem")
    assert not (person.home / "store.db").exists()


def test_a_home_that_was_a_shop_makes_no_other(tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "shuke-20260101T000000Z.db").write_bytes(b"")
    assert not waits_for_first_run(tmp_path)
    keep_first_run(tmp_path, FirstRun(step="ready", is_prepared=True))
    assert not waits_for_first_run(tmp_path), "the way was left on its last page"
    (tmp_path / "store.db").write_bytes(b"")
    assert waits_for_first_run(tmp_path)


def test_a_start_of_a_shop_loads_nothing_of_the_way_to_it(person: Person, recovery: Path) -> None:
    person.to_goods(recovery)
    (person.home / "first_run.json").unlink()
    asked = (
        "import sys, main; from pathlib import Path; "
        f"assert main._is_founded(Path({str(person.home)!r}), ''); "
        "sys.exit(any('first_run' in name for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", asked], cwd=main.HOUSE, check=False).returncode == 0
    )


# Scans


def test_a_scan_lands_nowhere_but_in_the_test(person: Person) -> None:
    person.choose(NEW)
    person.type("first_store_name", "中山路店")
    line = person.step.store.edit
    line.setFocus()
    at_ms = 10**9
    for sign in "6901234567892\r":
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
            event.setTimestamp(at_ms)
            QApplication.sendEvent(QApplication.focusWidget(), event)
            at_ms += 2
    assert line.text() == "中山路店"
    assert line.hasFocus(), "its Enter goes nowhere either"
    assert "没有收" in person.reads("first_problem"), "a quick hand learns of it"
    person.enter()
    assert person.at == "manager", "what was said stands in nobody's way"


def test_enter_goes_to_what_is_lacking_and_then_on(person: Person) -> None:
    person.choose(NEW)
    for name in ("first_store_name", "first_till_no"):
        person.type(name, "")
    person.find("first_store_code").setFocus()
    for name, text in (("first_store_name", "中山路店"), ("first_till_no", "2")):
        person.enter()
        line = person.find(name)
        assert line.hasFocus(), name
        line.setText(text)
    person.enter()
    assert person.at == "manager"
    assert (person.course.run.store_code, person.course.run.till_no) == ("S01", "2")


def test_a_display_that_cannot_be_used_is_said(person: Person, recovery: Path) -> None:
    person.to_scanner(recovery)
    for _ in ("scanner", "printer"):
        person.find("first_skip").click()
    person.type("display_link", "https://" + "x" * 400)
    person.on()
    assert person.at == "display"
    assert "客显" in person.reads("display_link_problem")
    person.type("display_link", "https://example.com")
    person.type("display_pole", "COM4:0")
    person.on()
    assert person.at == "display"
    assert "COM4:9600" in person.reads("display_pole_problem")
    person.type("display_pole", "COM4:19200")
    person.find("display_second").click()
    person.on()
    kept = load_settings(person.home)
    assert (kept.display, kept.display_link) == ("second", "https://example.com")
    assert kept.pole == "serial:COM4:19200"


# Goods and members


def test_a_table_with_other_headings_is_matched_by_hand(
    person: Person, recovery: Path, tmp_path: Path
) -> None:
    table = tmp_path / "goods.csv"
    table.write_text(TABLE, "utf-8")
    person.to_goods(recovery)
    person.open_table(table)
    assert person.step.columns.missing == ["code", "name"]
    assert not person.find("first_next").isEnabled()
    for column in (1, 2):
        person.enter()
        for _ in range(column):
            person.key(Qt.Key.Key_Down)
        person.enter()
        person.key(Qt.Key.Key_Down)
    assert person.step.columns.places == {"code": 0, "name": 1, "price": 2}
    person.key(Qt.Key.Key_F9)
    person.rest()
    assert person.reads("first_report") == "1 行可以导入，2 行有错。"
    assert [row.key for row in person.step.report.rows.rows()] == [3, 4]
    assert goods(person.home) == [], "a check changes nothing"
    person.key(Qt.Key.Key_F9)
    person.rest()
    assert goods(person.home) == ["维生素C"]
    person.again()
    assert person.course.run.products == 1, "whoever was killed there is told the truth"


def test_a_spoilt_table_is_said_and_changes_nothing(
    person: Person, recovery: Path, tmp_path: Path
) -> None:
    table = tmp_path / "goods.xlsx"
    table.write_bytes(b"PK\x03\x04 but no workbook")
    person.to_goods(recovery)
    person.open_table(table)
    assert "不能导入" in person.reads("first_table_problem")
    assert goods(person.home) == []


def test_the_demo_data_fit_the_shop(person: Person, recovery: Path) -> None:
    person.to_goods(recovery)
    person.find("first_goods_demo").click()
    person.on()
    person._qtbot.waitUntil(lambda: person.course.run.members > 0, timeout=30_000)
    person.rest()
    assert person.course.run.products > 50
    person.on()
    assert person.at == "ready"
