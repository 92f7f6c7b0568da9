"""Backups and the way back from the command line: an older self goes on under a new number."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.outside.program import HOUSE, LOGIN, Done, answers, refusal, run, sell_lines

GOOD = "6901234567823"
SOLD = [LOGIN, "open-day 0", *sell_lines(GOOD, member="800003")]
MEMBERS = str(HOUSE / "tests/stories/members.csv")


def backed_up(home: Path) -> Path:
    """The path that the command names."""
    done = run(home, "backup")
    assert done.code == 0, done.said
    path = Path(done.out.strip().rpartition("：")[2])
    assert path.is_file()
    return path


def sold_on(home: Path) -> Done:
    """Sells once more; the number it got stands in the answer."""
    done = run(home, "till", "--headless", lines=[LOGIN, "open-day 0", *sell_lines(GOOD)])
    assert done.code == 0
    assert "已结账" in done.out
    return done


def is_well(home: Path) -> bool:
    done = run(home, "verify")
    return done.code == 0 and "都对" in done.out


def test_an_older_backup_goes_on_under_a_new_number(home: Path) -> None:
    assert answers(home, *SOLD)[-1]["sale"]["no"] == "S01-T1-000001"
    older = backed_up(home)
    later = answers(home, LOGIN, *sell_lines(GOOD), *sell_lines(GOOD, member="800003"))
    assert later[-1]["sale"]["no"] == "S01-T1-000003"
    restored = run(home, "restore", str(older)).out
    assert "第 2 代" in restored and "aside" in restored
    last = answers(home, LOGIN, "receipt S01-T1-000001", *sell_lines(GOOD, member="800003"))
    assert last[1]["ok"]
    assert last[-1]["sale"]["no"] == "S01-T1.2-000001"
    assert last[-1]["sale"]["points_balance"] == 30, "15 of the first sale, and 15 of this one"
    assert is_well(home)
    assert len(list((home / "aside").rglob("store.db"))) == 1, "the other branch is kept"
    # Once more, with the same backup: never the same number again.
    assert run(home, "restore", str(older)).code == 0
    assert "S01-T1.3-000001" in sold_on(home).out
    assert is_well(home)


@pytest.mark.parametrize("first", ["till", "import"])
def test_a_store_file_put_back_by_hand_is_noticed(home: Path, first: str) -> None:
    """By whoever comes first, the till or an import; the person hears of it once."""
    answers(home, *SOLD)
    shutil.copyfile(home / "store.db", home / "copy.db")
    answers(home, LOGIN, *sell_lines(GOOD))
    shutil.copyfile(home / "copy.db", home / "store.db")
    assert "文件被换成了以前的" in run(home, "verify").out
    if first == "import":
        changed = home / "changed.csv"
        changed.write_text(Path(MEMBERS).read_text("utf-8").replace("陈明", "陈明明"), "utf-8")
        done = run(home, "import", "members", str(changed))
        assert done.code == 0
        assert "旧" in done.err
    done = sold_on(home)
    assert "S01-T1.2-000001" in done.out
    assert ("旧" in done.err) == (first == "till")
    assert is_well(home)
    assert "旧" not in run(home, "till", "--headless", lines=[LOGIN]).err


def test_a_backup_on_a_stick_and_the_recovery_file_are_enough_for_another_machine(
    home: Path, tmp_path: Path
) -> None:
    answers(home, *SOLD)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run(home, "backup", "--to", str(stick)).code == 0
    (home / "recovery.txt").rename(stick / "recovery.txt")
    shutil.rmtree(home)
    backup = next(stick.glob("*.db"))
    machine = tmp_path / "machine"
    assert "恢复文件" in refusal(run(machine, "restore", str(backup)))
    with_recovery = ("--recovery", str(stick / "recovery.txt"))
    done = run(machine, "restore", str(backup), *with_recovery)
    assert done.code == 0, done.said
    assert "aside" not in done.out, "nothing stood there before"
    assert is_well(machine), "before anything was sold there"
    assert "S01-T1.2-000001" in sold_on(machine).out
    assert is_well(machine)


def test_what_is_no_backup_changes_nothing(home: Path, tmp_path: Path) -> None:
    answers(home, *SOLD)
    before = (home / "store.db").read_bytes()
    half = tmp_path / "half.db"
    half.write_bytes(backed_up(home).read_bytes()[:40_000])
    paths = {str(home / "store.key"), str(half), str(home), MEMBERS, "/nowhere/x.db"}
    for path in paths:
        sentence = refusal(run(home, "restore", path))
        assert Path(path).name in sentence, "it names the file that was given"
    assert (home / "store.db").read_bytes() == before
    assert {path.name for path in home.glob("rest*")} == set()
    assert "S01-T1-000002" in sold_on(home).out


def test_a_place_for_the_copy_that_is_none(home: Path) -> None:
    assert "文件夹 /nowhere 不在。" in refusal(run(home, "backup", "--to", "/nowhere/backup.db"))
    assert not list(home.glob("backups/*.new"))


def test_closing_the_day_makes_a_backup_that_holds_the_day(home: Path) -> None:
    said = answers(home, *SOLD, "close-day 15.80")[-1]["say"]
    assert "备份已核对" in said
    assert run(home, "restore", str(next((home / "backups").glob("*.db")))).code == 0
    again = answers(home, LOGIN, "receipt S01-T1-000001", "day", "open-day 5")
    assert [answer["ok"] for answer in again] == [True, True, False, True]
