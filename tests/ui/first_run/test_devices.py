"""设备, in the first run: what was found out about them holds, also for who goes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from core.errors import PrinterUnavailable
from storage.settings import load_settings
from tests.ui.first_run.conftest import Person
from ui.devices.ladder import Ladder
from ui.devices.scan_trial import Trial


def test_what_was_measured_of_the_scanner_holds(person: Person, tmp_path: Path) -> None:
    person.to_scanner(tmp_path / "recovery.txt")
    assert not person.find("first_next").isEnabled()
    for _ in range(3):
        person.step.test._on_tried(Trial("6901234567892", (12,) * 12, "tab"))
    person.on()
    assert person.at == "printer"
    assert load_settings(person.home).scan_end == "tab"
    person.key(Qt.Key.Key_Escape)
    assert person.at == "scanner"
    assert person.find("first_next").isEnabled(), "three scans are not asked for again"


def test_a_printer_that_did_not_print_is_said_before_the_question(
    person: Person, tmp_path: Path
) -> None:
    person.to_scanner(tmp_path / "recovery.txt")
    person.find("first_skip").click()
    talk, ladder = person.step._talk, person.step.ladder
    ladder.show_question(Ladder())
    talk._on_printed(talk._desk, PrinterUnavailable("no paper"))
    person.window.repaint()
    assert "no paper" in ladder.problem.text()
    assert ladder.problem.y() < ladder.title.y()
    assert person.step.again.isVisibleTo(person.step)
