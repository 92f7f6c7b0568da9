"""检查设备: a print queue is as the system says it is, without a sheet of paper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.ports.upkeep import Check, Grade
from core.values.settings import Settings
from ui.check_words import said
from ui.devices.examine import examined_devices

NAME = "XP-80C"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="CUPS")


def looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch, *, queues: str, says: str) -> Check:
    """The finding of a printer where `lpstat` knows these queues and says this of ours."""
    told = f"if [ $1 = -e ]; then echo '{queues}'; else echo 'printer {says}'; fi"
    for name, script in (("lpstat", told), ("lp", "exit 1")):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return printer_of(folder)


def printer_of(home: Path) -> Check:
    found = examined_devices(Settings(printer=f"queue:{NAME}"), home)
    return next(check for check in found if check.what == "printer")


@pytest.mark.parametrize(
    ("queues", "says", "grade", "state"),
    [
        ("XP-80C Office", "idle", Grade.GOOD, "queue"),
        ("XP-80C Office", "disabled since Monday", Grade.BAD, "stopped"),
        ("Office", "idle", Grade.BAD, "no_queue"),
        ("", "idle", Grade.BAD, "no_queue"),
    ],
)
def test_a_queue_is_as_the_system_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    queues: str,
    says: str,
    grade: Grade,
    state: str,
) -> None:
    check = looked_at(tmp_path, monkeypatch, queues=queues, says=says)
    assert (check.grade, check.state) == (grade, state)
    assert NAME in said(check)


def test_where_the_queue_is_not_there_those_that_are_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = looked_at(tmp_path, monkeypatch, queues="Office Kitchen", says="idle")
    assert "Office、Kitchen" in said(check)


def test_a_system_without_queues_prints_on_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    check = printer_of(tmp_path)
    assert check.grade is Grade.BAD and "CUPS" in said(check)
