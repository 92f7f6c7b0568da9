"""加入连锁 · 恢复, in the first run: by real codes, over a line that fails as it is told."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

import main
from core.actions.enrol_till import make_enrolment, revoke
from core.actions.head_office import all_tills
from core.actions.sync import look_at_link
from core.ports.central import Uplink
from core.sync.invitation import write_invitation
from core.sync.session import OFFICE
from core.values.first_run import CHAIN, RESTORE
from storage.home import visit_home
from storage.machine import SystemClock
from storage.signatures import Ed25519
from tests.chained import PROGRAM, URL, Line, an_office
from tests.ui.first_run.conftest import PIN, Person
from ui.widgets.words import Words


@pytest.fixture
def line(person: Person, tmp_path: Path) -> Iterator[Line]:
    """What the wizard speaks with in place of the network."""
    office = an_office(tmp_path, SystemClock())
    made = Line(office)
    person.close()
    person.always = {"uplink": lambda: Uplink(lambda: made, Ed25519, PROGRAM)}
    person.again()
    yield made
    person.close()
    office.store.close()  # type: ignore[attr-defined]


def invitation(line: Line, till_no: int = 3, **way: object) -> str:
    return write_invitation(URL, make_enrolment(line.office, "S01", till_no, **way))  # type: ignore[arg-type]


def told(person: Person) -> str:
    """The facts that the head office said."""
    QApplication.processEvents()
    names = ("first_told_chain_value", "first_told_store_value", "first_told_till_value")
    found = [person.step.findChild(Words, name) for name in names]
    return " ".join(each.text() for each in found if each is not None and each.isVisible())


def of_chain(person: Person) -> str:
    """What the step says of it now: what it said before may not be gone yet."""
    QApplication.processEvents()
    found = person.step.findChildren(QWidget, "first_chain")
    return " ".join(each.accessibleName() for each in found if each.isVisible())


def scan(person: Person, text: str) -> None:
    person.window.wizard.take_scan(text)
    person.rest()


def to_recovery(person: Person, folder: Path) -> None:
    person.on()
    person.say_manager()
    assert person.at == "recovery"
    person.type("first_recovery", str(folder / "way-back.txt"))


def linked(home: Path) -> str:
    with main.visited(home) as shop:
        found = look_at_link(shop)
    return "" if found is None else found.chain_name


def test_a_till_joins_by_one_scan_and_is_which_the_head_office_says(
    person: Person, line: Line, tmp_path: Path
) -> None:
    person.choose(CHAIN)
    scan(person, invitation(line))
    assert told(person) == "康宁连锁 中山路店（S01） 3"
    to_recovery(person, tmp_path)
    person.on()
    assert "康宁连锁" in of_chain(person)
    with visit_home(person.home) as found, found.store.read() as reading:
        till = reading.till
    assert (till.store_name, till.store_code, till.till_no) == ("中山路店", "S01", 3)
    assert linked(person.home) == "康宁连锁"
    assert [(each.id, each.till_no) for each in all_tills(line.office)] == [(till.id, 3)]


def test_a_zone_that_there_is_not_is_said_beside_it(person: Person, line: Line) -> None:
    person.choose(CHAIN)
    scan(person, invitation(line))
    person.type("first_zone", "Asia/Nowhere")
    person.on()
    assert person.at == "chain"
    assert "Asia/Shanghai" in person.reads("first_zone_problem")
    person.type("first_zone", "Asia/Urumqi")
    person.on()
    assert person.at == "manager"
    assert person.course.run.zone == "Asia/Urumqi"


def test_whoever_scans_it_before_they_choose_has_chosen(person: Person, line: Line) -> None:
    person.on()
    person.window.wizard.take_scan("6905120012039")
    assert person.at == "way"
    scan(person, invitation(line))
    assert person.at == "chain" and told(person) == "康宁连锁 中山路店（S01） 3"


def test_a_code_is_never_written_down_and_is_asked_for_again(
    person: Person, line: Line, tmp_path: Path
) -> None:
    person.choose(CHAIN)
    text = invitation(line)
    scan(person, text)
    to_recovery(person, tmp_path)
    person.close()
    kept = (person.home / "first_run.json").read_text("utf-8")
    assert text.partition("#")[2] not in kept and PIN not in kept
    person.again()
    assert person.at == "chain"
    assert person.course.run.manager == "李店长"
    scan(person, text)
    person.on()
    assert person.at == "manager"


def test_what_does_not_join_is_said_and_nothing_is_lost(person: Person, line: Line) -> None:
    person.choose(CHAIN)
    for text, words in (
        ("6905120012039", "不是入网码"),
        (f"{URL}#R000-0000-00000", "不是完整的入网码"),
        (f"{URL}#R000-0000-00008", "没有这个入网码"),
        (invitation(line, 0, kind=OFFICE), "给后台电脑的"),
    ):
        scan(person, text)
        assert words in person.reads("first_invitation_problem"), text
        assert person.at == "chain" and not told(person)
    line.faults = ["request"]
    text = invitation(line)
    scan(person, text)
    assert "没有问到总部" in person.reads("first_invitation_problem")
    assert person.step.code.text() == text
    person.on()
    person.on()
    assert person.at == "manager"
    person.key(Qt.Key.Key_Escape)
    assert told(person), "what was told stays"
    person.step.code.set_text(text[:-1])
    assert not told(person), "of another code it is not true"
    person.key(Qt.Key.Key_Escape)
    person.find("first_way_new").click()
    person.on()
    assert person.step.store.text() == "中山路店"


def test_nobody_has_to_wait_for_the_head_office(person: Person, line: Line) -> None:
    may_answer = threading.Event()
    line.on_the_way = lambda: may_answer.wait(20)
    person.choose(CHAIN)
    text = invitation(line)
    person.window.wizard.take_scan(text)
    assert person.window.wizard.is_busy
    assert not person.find("first_next").isEnabled()
    person.key(Qt.Key.Key_Escape)
    assert not person.window.wizard.is_busy and person.at == "chain"
    may_answer.set()
    person.rest()
    assert not told(person) and person.step.code.text() == text
    person.on()
    assert told(person)


def test_a_shop_that_could_not_join_stands_and_joins_again(
    person: Person, line: Line, tmp_path: Path
) -> None:
    person.choose(CHAIN)
    scan(person, invitation(line))
    to_recovery(person, tmp_path)
    line.faults = ["answer"]
    person.on()
    assert person.course.run.is_prepared
    assert "没有问到总部" in of_chain(person)
    person.find("first_join_again").click()
    person.rest()
    assert "入了“康宁连锁”的网" in of_chain(person)
    assert linked(person.home) == "康宁连锁"
    person.again()
    assert person.course.run.is_joined


def test_a_shop_that_never_joined_says_so_at_the_end(
    person: Person, line: Line, tmp_path: Path
) -> None:
    person.choose(CHAIN)
    scan(person, invitation(line))
    to_recovery(person, tmp_path)
    line.faults = ["request"]
    person.on()
    person.on()
    for _ in range(3):
        person.find("first_skip").click()
    person.find("first_goods_empty").click()
    person.on()
    assert "还没有入网" in person.find("first_fact_chain").value.text()
    person.enter()
    assert person.window.is_founded


def test_a_new_machine_takes_the_place_of_a_broken_one(
    person: Person, line: Line, tmp_path: Path
) -> None:
    person.choose(CHAIN)
    scan(person, invitation(line))
    to_recovery(person, tmp_path)
    person.on()
    person.close()
    shutil.move(person.home, tmp_path / "broken")
    (tmp_path / "way-back.txt").unlink()
    person.again()
    person.choose(CHAIN)
    scan(person, invitation(line, replaces=True))
    assert person.step.findChild(QObject, "first_told_replaces_value") is not None
    to_recovery(person, tmp_path)
    person.on()
    assert linked(person.home) == "康宁连锁"
    old, new = all_tills(line.office)
    assert old.revoked_us is not None and new.revoked_us is None
    with main.visited(person.home) as shop, shop.store.read() as reading:
        assert reading.till.incarnation == 2, "its receipts have numbers of their own"
    revoke(line.office, new.id)


def test_a_backup_and_its_recovery_file_make_the_same_till_again(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.to_recovery(tmp_path / "way-back.txt")
    person.on()
    person.close()
    assert main.main(["backup", "--home", str(person.home), "--to", str(tmp_path / "b.db")]) == 0
    shutil.move(person.home, tmp_path / "broken")
    stick = tmp_path / "stick"
    stick.mkdir()
    for name in ("shuke-20260101T000000Z.db", "shuke-20261101T000000Z.db", "my-recovery.txt"):
        (stick / name).write_bytes(b"")
    monkeypatch.setattr("ui.first_run.restore_step.sticks", lambda: [("stick", stick)])
    person.again()
    person.choose(RESTORE)
    assert person.step.backup.text() == str(stick / "shuke-20261101T000000Z.db")
    assert person.step.recovery.text() == str(stick / "my-recovery.txt")
    person.type("first_backup", str(tmp_path / "nowhere.db"))
    person.on()
    assert "nowhere.db" in person.reads("first_backup_problem")
    person.type("first_backup", str(tmp_path / "b.db"))
    person.type("first_way_back", str(tmp_path / "b.db"))
    person.on()
    assert person.reads("first_backup_problem") and not person.course.run.is_prepared
    person.type("first_way_back", str(tmp_path / "way-back.txt"))
    person.on()
    assert "中山路店 1 号台" in person.reads("first_restored")
    with visit_home(person.home) as found, found.store.read() as reading:
        assert [each.name for each in reading.people.all()] == ["李店长"]
        assert reading.till.incarnation == 2
    person.on()
    assert person.at == "scanner"
    for _ in range(3):
        person.find("first_skip").click()
    assert person.at == "ready"
    person.enter()
    assert person.window.is_founded
