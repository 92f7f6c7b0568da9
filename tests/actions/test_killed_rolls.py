"""名册 whose process was killed: nobody stands in what it leaves, and the next start clears it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

import main
from core.actions.change_profile import Wish, change_profile
from core.actions.login import login
from core.shop import Shop
from storage.insight.memory import as_text, begin, rows_from
from tests.actions.test_settle import GOLD, VITAMIN, settled
from tests.actions.test_take_members import id_of
from tests.builders import PIN, Home

SECRETS = ("教师", "13800135678", "李小华")
KILLED = """
import os, signal, sys
from pathlib import Path
import main
from core.actions.login import login
from core.actions.roll import fill_roll
from storage.insight.roll import StoredRoll

run = StoredRoll._run

def run_and_die(self, text, values=()):
    run(self, text, values)
    if sys.argv[2] in text:
        os.kill(os.getpid(), signal.SIGKILL)

StoredRoll._run = run_and_die
with main.visited(Path(sys.argv[1])) as shop:
    staff = login(shop, sys.argv[3])
    while not fill_roll(shop, staff=staff).is_done:
        pass
"""


@pytest.fixture
def home(home: Home) -> Home:
    """A shop that knows something of a member, who has bought."""
    with home.shop() as shop:
        staff = login(shop, PIN)
        change_profile(shop, id_of(shop, GOLD), [Wish("occupation", "", "教师")], staff=staff)
        settled(shop, staff, GOLD, VITAMIN)
    return home


def killed_at(home: Home, step: str) -> list[Path]:
    """The folders that it leaves."""
    program = [sys.executable, "-c", KILLED, str(home.path), step, PIN]
    assert subprocess.run(program, check=False).returncode == -9
    return [*home.path.glob("insight-*")]


@pytest.mark.parametrize(
    ("step", "opened"), [("new_told SELECT", main.visited), ("new_spending AS", main.opened)]
)
def test_nobody_stands_in_it_and_it_goes(
    home: Home, step: str, opened: Callable[[Path], AbstractContextManager[Shop]]
) -> None:
    left = killed_at(home, step)
    assert bool(left) == (step == "new_spending AS"), "what somebody spent, under another number"
    old = home.path / "insight-x0_qvw2k"
    old.mkdir()
    (old / "told.csv").write_text("1,occupation,教师", "utf-8")
    alive = home.path / f"insight-{id(left)}"
    alive.write_text("a file is none of them", "utf-8")
    for folder in left:
        said = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        assert not [each for each in SECRETS if each.encode() in said]
    with opened(home.path):
        assert [*home.path.glob("insight-*")] == [alive]


def test_what_does_not_fit_into_memory_is_written_so_that_nobody_reads_it(tmp_path: Path) -> None:
    connection = begin(tmp_path)
    connection.execute("SET memory_limit = '60MB'")
    rows = "SELECT n, '李小华' || n || repeat('z', 60) AS said FROM range(900000) t(n)"
    connection.execute(f"CREATE TABLE many AS {rows}")
    spilled = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in spilled) > 1_000_000
    assert not any("李小华".encode() in path.read_bytes() for path in spilled)
    connection.close()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_rows_come_as_they_are(tmp_path: Path) -> None:
    rows = [(1, "教,师\n\"'", None), (2, " 空 ", 1), (-(2**62), "\x1e\x1f", 0)]
    connection = begin(tmp_path)
    columns = {"n": "BIGINT", "said": "VARCHAR", "yes": "BOOLEAN"}
    found = connection.execute(f"SELECT * FROM {rows_from(columns)}", [as_text(rows)]).fetchall()
    assert found == [(1, "教,师\n\"'", None), (2, " 空 ", True), (-(2**62), None, False)]
    connection.close()
