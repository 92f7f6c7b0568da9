"""`main.py doctor` says of each thing how it is and what to do, in whatever state the home is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.values.settings import Settings
from storage import doctor
from storage.keys import keep_place
from storage.settings import save_settings
from tests.outside.program import run, selling

Found = dict[str, dict[str, Any]]


def examined(home: Path, code: int | None = None) -> Found:
    done = run(home, "doctor", "--json")
    answer = json.loads(done.out)
    assert done.code == (0 if answer["ok"] else 1)
    assert code is None or done.code == code, done.out
    for check in answer["checks"]:
        assert check["say"], check
    return {check["what"]: check for check in answer["checks"]}


def is_so(found: Found, what: str, grade: str, state: str = "error") -> bool:
    return (found[what]["grade"], found[what]["state"]) == (grade, state)


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for the window is slow; one test below has it."""
    told = '{"platform": "xcb", "size": "1366 × 768", "font": "Noto", "missing": "", "rare": "𠮷"'
    done = subprocess.CompletedProcess([], 0, told + ', "draws_icons": true}\n', "")
    monkeypatch.setattr("ui.console.examine_screen.subprocess.run", lambda *_, **__: done)


def test_a_home_that_is_well(home: Path) -> None:
    found = examined(home, 0)
    assert is_so(found, "store", "good", "sound")
    assert is_so(found, "clock", "good", "fits")
    assert is_so(found, "key", "good", "in_file")
    assert is_so(found, "recovery", "look", "beside"), "it must not stay on this computer"
    assert is_so(found, "backup", "look", "none")
    assert is_so(found, "printer", "look", "none")
    assert is_so(found, "font", "look", "lacks_rare") and "𠮷" in found["font"]["say"]
    assert is_so(found, "prints", "good", "has_all")
    assert is_so(found, "crashes", "good", "none")


def test_the_recovery_file_is_looked_for_where_it_was_saved(home: Path, tmp_path: Path) -> None:
    first, moved = home / "recovery.txt", tmp_path / "documents.txt"
    first.rename(moved)
    (home / "store.recovery").unlink()
    assert is_so(examined(home), "recovery", "good", "elsewhere"), "as far as was looked"
    keep_place(home, moved)
    found = examined(home)
    assert is_so(found, "recovery", "look", "beside") and str(moved) in found["recovery"]["say"]
    moved.rename(tmp_path / "safe.txt")
    assert is_so(examined(home), "recovery", "good", "elsewhere")


def test_a_setting_up_remembers_where_the_recovery_file_went(home: Path) -> None:
    kept = (home / "store.recovery").read_text("utf-8")
    assert kept.endswith("recovery.txt") and "SHUKE" not in kept, "where, and nothing of it"


def test_the_letters_of_paper_are_looked_at(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.devices import faces as letters

    regular = letters.Font("NotoSansSC-Regular")
    monkeypatch.setattr(letters, "faces", lambda: (letters.Face(regular),) * 2)
    found = examined(home)
    assert is_so(found, "prints", "bad", "lacks") and "𠮷 (U+20BB7)" in found["prints"]["say"]
    monkeypatch.setattr(letters, "FONTS", tmp_path)
    monkeypatch.setattr(letters, "faces", lambda: (letters.Face(letters.Font("Gone")),) * 2)
    assert is_so(examined(home), "prints", "bad", "gone")


def test_beside_a_running_till_nothing_is_disturbed(home: Path) -> None:
    with selling(home) as till:
        assert is_so(examined(home), "store", "good", "running")
        till.obeyed("scan 6901234567823", "pay cash 2000")


def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    found = examined(tmp_path / "nowhere", 1)
    assert is_so(found, "store", "bad", "no_home")
    assert is_so(found, "disk", "good", "room")
    assert not (tmp_path / "nowhere").exists()


def test_a_store_that_is_broken(home: Path) -> None:
    with (home / "store.db").open("r+b") as file:
        file.seek(4096 * 3 + 100)
        file.write(bytes(200))
    found = examined(home, 1)
    assert found["store"]["grade"] == "bad"
    assert found["disk"]["grade"] == "good", "the next looks follow"


def test_a_key_that_is_gone(home: Path) -> None:
    (home / "store.key").unlink()
    found = examined(home, 1)
    assert is_so(found, "store", "bad") and is_so(found, "key", "bad")
    assert "恢复文件" in found["key"]["say"]


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_a_key_that_others_can_read(home: Path) -> None:
    (home / "store.key").chmod(0o644)
    assert is_so(examined(home, 1), "key", "bad", "readable")


def test_a_disk_that_is_full(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doctor, "free_space", lambda _: 5 << 20)
    monkeypatch.setattr(doctor.os, "fsync", full)
    found = examined(home, 1)
    assert is_so(found, "disk", "bad", "full") or found["disk"]["state"] == "error"
    assert "磁盘" in found["disk"]["say"]
    assert not list(home.glob("*.tmp"))


def test_settings_that_cannot_be_read(home: Path) -> None:
    (home / "settings.json").write_text("{")
    assert is_so(examined(home, 1), "settings", "bad")


def test_a_store_on_a_network_drive(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "mount_kind", lambda _: "fuse.sshfs")
    assert is_so(examined(home, 1), "place", "bad", "elsewhere")


def test_little_memory(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "memory", lambda: (2 << 30, 200 << 20))
    assert is_so(examined(home, 0), "memory", "look", "little")


@pytest.mark.parametrize(
    ("seconds", "grade", "state"),
    [(-300, "look", "behind"), (-3600, "bad", "behind"), (90 * 86_400, "look", "ahead")],
)
def test_a_clock_that_is_wrong(
    home: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, grade: str, state: str
) -> None:
    class Wrong(doctor.SystemClock):
        def now_us(self) -> int:
            return super().now_us() + seconds * 1_000_000

    monkeypatch.setattr(doctor, "SystemClock", Wrong)
    assert is_so(examined(home), "clock", grade, state)


def test_what_an_ended_process_left(home: Path) -> None:
    left = home / "store.reserve.new"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    found = examined(home, 0)
    assert is_so(found, "leftovers", "look", "some") and left.name in found["leftovers"]["say"]


def test_a_printer_that_answers_and_one_that_does_not(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        save_settings(home, Settings(printer=f"tcp:127.0.0.1:{port}"))
        assert is_so(examined(home), "printer", "good", "answers")
    assert is_so(examined(home, 1), "printer", "bad", "silent")
    save_settings(home, Settings(printer="serial:/dev/no-such-port"))
    assert is_so(examined(home, 1), "printer", "bad", "silent")
    save_settings(home, Settings(printer="nonsense"))
    assert is_so(examined(home, 1), "printer", "bad")


def test_a_scanner_whose_port_is_gone(home: Path) -> None:
    save_settings(home, Settings(scanners="serial:/dev/no-such-port"))
    assert is_so(examined(home, 1), "scanner", "bad", "gone")


def test_a_window_that_cannot_be_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], -6, "", "no Qt platform plugin")
    monkeypatch.setattr("ui.console.examine_screen.subprocess.run", lambda *_, **__: done)
    assert is_so(examined(home, 1), "window", "bad", "broken")


def test_it_speaks_the_language_of_the_shop(home: Path) -> None:
    save_settings(home, Settings(language="en"))
    done = run(home, "doctor")
    assert done.out.startswith("[good] Data: Opens, every page is whole")
    assert done.out.splitlines()[-1].startswith("It works")


def test_the_window_and_its_letters_are_really_looked_at(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    found = examined(home, 0)
    assert is_so(found, "window", "look", "no_screen")
    assert found["font"]["grade"] != "bad", found["font"]["say"]


def test_a_design_with_a_mistake(home: Path) -> None:
    assert is_so(examined(home), "papers", "good", "sound")
    (home / "papers").mkdir()
    (home / "papers" / "receipt.toml").write_text("[nonsense")
    found = examined(home, 0)
    assert is_so(found, "papers", "look") and "receipt.toml" in found["papers"]["say"]
