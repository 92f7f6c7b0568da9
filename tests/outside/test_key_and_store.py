"""Keys and store files that are not right: one sentence, exit code 2, and the way back works."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.builders import Home
from tests.outside.program import (
    HOUSE,
    LOGIN,
    NOBODY,
    Till,
    answers,
    refusal,
    run,
    run_process,
    sell_lines,
    selling,
)

GOOD = "6901234567823"
COMMANDS = (
    ("till", "--headless"),
    ("verify",),
    ("backup",),
    ("import", "members", str(HOUSE / "tests/stories/members.csv")),
)


def contents(home: Path) -> dict[str, bytes]:
    """What must not change where a command is refused; locks and logs may come and go."""
    kept = ("store.db", "store.key", "store.witness", "recovery.txt")
    return {name: (home / name).read_bytes() for name in kept if (home / name).exists()}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_wrong_key(home: Path, command: tuple[str, ...]) -> None:
    (home / "store.key").write_text("ab" * 32 + "\n")
    before = contents(home)
    assert "密钥打不开" in refusal(run(home, *command))
    assert contents(home) == before


@pytest.mark.parametrize("text", ["", "不是钥匙", "ab" * 31, "zz" * 32, "ab" * 4000])
def test_a_key_file_that_holds_no_key(home: Path, text: str) -> None:
    (home / "store.key").write_text(text)
    refusal(run(home, "verify"))


def test_a_missing_key_comes_back_from_the_recovery_file_and_it_sells_on(home: Path) -> None:
    with selling(home) as till:
        till.obeyed(*sell_lines(GOOD))
    (home / "store.key").unlink()
    for command in COMMANDS:
        assert "恢复文件" in refusal(run(home, *command))
    assert run(home, "recover", str(home / "recovery.txt")).code == 0
    assert answers(home, LOGIN, *sell_lines(GOOD))[-1]["sale"]["no"] == "S01-T1-000002"
    assert run(home, "verify").code == 0


def test_a_recovery_file_that_is_damaged_or_of_another_shop(home: Path, tmp_path: Path) -> None:
    other = Home.prepared(tmp_path / "other").path / "recovery.txt"
    damaged = tmp_path / "damaged.txt"
    text = (home / "recovery.txt").read_text()
    damaged.write_text(text.replace("key ", "key A", 1))
    (home / "store.key").unlink()
    for path in (other, damaged, home / "store.db", home, home / "nothing"):
        refusal(run(home, "recover", str(path)))
        assert not (home / "store.key").exists()
    assert run(home, "recover", str(home / "recovery.txt")).code == 0


def plain_sqlite(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE members (name)")
    connection.commit()
    connection.close()


SPOILT = {
    "a plain database": plain_sqlite,
    "an empty file": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("会员表\n" * 5000),
    "a picture": lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40),
    "half of it": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_store_file_that_is_not_ours(home: Path, how: str) -> None:
    """It is refused, is not touched, and a backup takes its place."""
    with selling(home) as till:
        till.obeyed(*sell_lines(GOOD), "close-day 15.80")
    (home / "store.db-wal").unlink(missing_ok=True)
    (home / "store.db-shm").unlink(missing_ok=True)
    SPOILT[how](home / "store.db")
    before = contents(home) if how != "a folder" else {}
    for command in COMMANDS:
        refusal(run(home, *command))
    assert not before or contents(home) == before
    backup = next((home / "backups").glob("*.db"))
    done = run(home, "restore", str(backup))
    assert done.code == 0, done.said
    last = answers(home, LOGIN, "open-day 0", *sell_lines(GOOD))[-1]
    assert last["sale"]["no"] == "S01-T1.2-000001"
    assert run(home, "verify").code == 0


def test_a_second_start_is_refused_and_reports_and_imports_work_beside(home: Path) -> None:
    with selling(home) as till:
        assert "另一个收银程序" in refusal(run(home, "till", "--headless", lines=[LOGIN]))
        made = run(home, "backup").out.strip().rpartition("：")[2]
        assert "另一个收银程序" in refusal(run(home, "restore", made))
        for command in COMMANDS[1:]:
            assert run(home, *command).code == 0
        assert till.obeyed(*sell_lines(GOOD))["sale"]["no"] == "S01-T1-000001"
    assert run(home, "till", "--headless", lines=[LOGIN]).code == 0


def test_homes_that_are_none(home: Path, tmp_path: Path) -> None:
    for nothing in (tmp_path / "nowhere", home / "store.db", tmp_path):
        for command in COMMANDS:
            assert "还没有店" in refusal(run(nothing, *command))
    assert not (tmp_path / "nowhere").exists()


SETUP = ("--store", "中山路店", "--manager", "店长")
BAD_SETUPS = {
    "a PIN of a row": ("--till", "1", "--pin", "123456"),
    "a PIN of letters": ("--till", "1", "--pin", "abcdef"),
    "a zone of Mars": ("--till", "1", "--pin", "246810", "--zone", "Mars/Base"),
    "a zone outside": ("--till", "1", "--pin", "246810", "--zone", "../../etc/passwd"),
    "a store code for no barcode": ("--till", "1", "--pin", "246810", "--store-code", "店1"),
    "a printer of dreams": ("--till", "1", "--pin", "246810", "--printer", "dream:1"),
    "a recovery file nowhere": ("--till", "1", "--pin", "246810", "--recovery", "/nowhere/x/y"),
}


@pytest.mark.parametrize("how", BAD_SETUPS)
def test_a_setup_that_is_refused_leaves_nothing_in_the_way(tmp_path: Path, how: str) -> None:
    home = tmp_path / "home"
    refusal(run(home, "setup", *SETUP, *BAD_SETUPS[how]))
    done = run(home, "setup", *SETUP, "--till", "1", "--pin", "246810")
    assert done.code == 0, done.said
    assert answers(home, LOGIN)[0]["ok"]


def test_a_second_setup_touches_neither_key_nor_recovery_file(home: Path, tmp_path: Path) -> None:
    before = contents(home)
    words = ("setup", *SETUP, "--till", "1", "--pin", "246810")
    assert "已经有一家店" in refusal(run(home, *words))
    assert contents(home) == before
    # Another till's recovery file is not written over either.
    theirs = str(home / "recovery.txt")
    refusal(run(tmp_path / "second", *words, "--recovery", theirs))
    assert contents(home) == before


def test_a_home_that_lost_its_store_is_not_set_up_over_its_backups(home: Path) -> None:
    assert run(home, "backup").code == 0
    (home / "store.db").unlink()
    refusal(run(home, "setup", *SETUP, "--till", "1", "--pin", "246810"))
    backup = next((home / "backups").glob("*.db"))
    assert run(home, "restore", str(backup)).code == 0
    assert answers(home, LOGIN)[0]["ok"]


def test_words_that_are_no_command(home: Path) -> None:
    for words in (("sing",), ("import", "cats", "x.csv"), ("restore",), ("till", "--loud")):
        done = run(home, *words)
        assert done.code == 2
        assert "什么都没有做。要这样写：" in done.err.splitlines()[0]
        assert "Traceback" not in done.err


@pytest.fixture
def for_nobody(home: Path) -> Path:
    """A copy where a user without rights may walk and read; only root can lend itself."""
    if shutil.which("setpriv") is None or subprocess.run(["id", "-u"], stdout=-1).stdout != b"0\n":
        pytest.skip("needs root and setpriv: rights are not asked of root")
    folder = Path(shutil.copytree(home, Path("/tmp") / f"shuke-{home.parent.name}"))
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    return folder


def test_a_folder_that_cannot_be_written(for_nobody: Path) -> None:
    lend = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    before = contents(for_nobody)
    try:
        for command in COMMANDS:
            sentence = refusal(run_process(for_nobody, *command, before=lend))
            assert "不能写入" in sentence
        inner = for_nobody / "inner"
        words = ("setup", *SETUP, "--till", "1", "--pin", "246810")
        assert "不能写入" in refusal(run_process(inner, *words, before=lend))
        assert contents(for_nobody) == before
        with Till(for_nobody) as till:
            assert till.obeyed(LOGIN, "open-day 0", *sell_lines(GOOD))["ok"]
    finally:
        shutil.rmtree(for_nobody)
