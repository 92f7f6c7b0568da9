"""A setting up that was killed is begun anew by the next one; a shop never is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import main
from storage import machine
from storage.begun import end_begun, is_begun, note_begun, note_key
from storage.first_run import take_up, waits_for_first_run
from storage.home import check_recovery
from tests.outside.cut_off import setup_words
from tests.outside.program import HOUSE, LOGIN, run

NO_SHOP = "里还没有店"


@pytest.fixture(autouse=True)
def no_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ROOM_FOR_RESERVE", 1 << 62)


def set_up(folder: Path) -> str:
    """What it said where it was refused."""
    *words, _, home = setup_words(folder)
    done = run(Path(home), *words)
    return done.err if done.code else ""


def check_whole(folder: Path) -> None:
    """A shop with its manager, its way back and nothing of its making."""
    home = folder / "home"
    with main.visited(home) as shop, shop.store.read() as reading:
        assert [each.name for each in reading.people.all()] == ["店长"]
    check_recovery(home, folder / "recovery.txt")
    assert not is_begun(home)
    assert (home / "settings.json").exists()
    assert not waits_for_first_run(home)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="each kill is of a fork: Windows has none, on macOS it is unsafe",
)
def test_whatever_was_cut_off_is_begun_anew(tmp_path: Path) -> None:
    driver = [sys.executable, "-m", "tests.outside.cut_off", str(tmp_path)]
    done = subprocess.run(driver, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cut, whole = [], []
    for folder in sorted(tmp_path.iterdir()):
        said = run(folder / "home", "staff", "list")
        (whole if said.code == 0 else cut).append(folder)
        assert said.code == 0 or NO_SHOP in said.err, (folder.name, said.err)
    assert len(cut) > 12 and len(whole) >= 2, "the last is whole, and one before its mark went"
    for at, folder in enumerate(cut):
        assert waits_for_first_run(folder / "home"), folder.name
        if at % 4 == 1:  # the window clears away what the command would
            assert not take_up(folder / "home").is_prepared
            assert not (folder / "recovery.txt").exists()
        assert set_up(folder) == "", folder.name
        check_whole(folder)
    for folder in whole:
        assert "已经有一家店" in set_up(folder)
        check_whole(folder)
    assert run(cut[-1] / "home", "till", "--headless", lines=[LOGIN]).out.startswith("店长")


def test_a_shop_is_never_begun_anew(tmp_path: Path) -> None:
    assert set_up(tmp_path) == ""
    home = tmp_path / "home"
    before = (home / "store.db").read_bytes()
    note_key(home)  # it was killed at its very end
    assert "已经有一家店" in set_up(tmp_path)
    key = home / "store.key"
    hidden = key.rename(tmp_path / "key")
    assert "已经有一家店" in set_up(tmp_path)
    assert "找不到" in run(home, "staff", "list").err, "a lost key is not a shop that never was"
    hidden.rename(key)
    check = run(home, "staff", "list")
    assert check.code == 0 and not is_begun(home)
    assert (home / "store.db").read_bytes() == before
    check_whole(tmp_path)


def test_a_setting_up_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert set_up(tmp_path) == ""
    with main.opened(home):
        note_begun(home)
        assert "已经有一家店" in set_up(tmp_path)
        end_begun(home)
    check_whole(tmp_path)


def test_a_backup_comes_back_over_what_was_cut_off(tmp_path: Path) -> None:
    shop, half = tmp_path / "shop", tmp_path / "half"
    for folder in (shop, half):
        folder.mkdir()
        assert set_up(folder) == ""
    assert run(shop / "home", "backup").code == 0
    backup = next((shop / "home" / "backups").glob("shuke-*.db"))
    note_begun(half / "home")  # as if its key had never been kept
    way_back = ("--recovery", str(shop / "recovery.txt"))
    assert run(half / "home", "restore", str(backup), *way_back).code == 0
    assert not is_begun(half / "home")
    assert run(half / "home", "staff", "list").code == 0
