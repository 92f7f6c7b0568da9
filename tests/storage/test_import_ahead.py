"""A second process gets a table ready; it tells what goes wrong, and never outlives its work."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import psutil
import pytest

from core.errors import Cancelled, NotATable, Shortfall, WrongPin
from core.members.member_table import MemberRow, read_members
from core.values.table import BadRow, TableFault
from storage import import_runs
from storage.import_ahead import RUNS_WAITING, WORTH_A_PROCESS, runs_ahead
from storage.import_runs import MemberRun, member_runs
from storage.tables import open_table
from tests.outside.tables import write_members
from tests.storage.test_sample import RULEBOOK

COUNT = 8_000
READ = partial(read_members, scheme=RULEBOOK.scheme, today=date.min)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "members.csv"
    write_members(path, COUNT, spoil=frozenset({3, 5_000}))
    assert path.stat().st_size > WORTH_A_PROCESS
    return path


def good_rows(path: Path) -> Iterator[MemberRow]:
    with open_table(path) as table:
        rows = READ(table.headings, table.rows())
        yield from (row for row in rows if not isinstance(row, BadRow))


def never() -> bool:
    return False


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if "resource_tracker" not in words(each)]


def words(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def test_its_runs_are_those_that_would_be_made_here(table: Path) -> None:
    here = list(member_runs(good_rows(table)))
    with runs_ahead(table, member_runs, READ, never) as runs:
        assert children(), "another process makes them"
        there = list(runs)
    assert [len(run.lines) for run in there] == [COUNT - 2]
    assert there == here
    assert children() == []


def small_runs(rows: Iterable[MemberRow]) -> Iterator[MemberRun]:
    """More of them than may wait; called in the second process alone."""
    import_runs.FIRST_RUN = import_runs.LARGEST_RUN = 500
    return member_runs(rows)


def test_many_runs_come_in_the_order_of_the_table(table: Path) -> None:
    with runs_ahead(table, small_runs, READ, never) as runs:
        lines = [list(run.lines) for run in runs]
    assert len(lines) > 2 * RUNS_WAITING
    assert list(chain.from_iterable(lines)) == [row.line for row in good_rows(table)]


def test_a_small_table_is_made_ready_here(tmp_path: Path) -> None:
    few = write_members(tmp_path / "few.csv", 3)
    with runs_ahead(few, member_runs, READ, never) as runs:
        assert children() == []
        assert [list(run.lines) for run in runs] == [[2, 3, 4]]


def test_what_is_wrong_with_the_file_is_raised_here(table: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(table.read_text("utf-8") + '9999,"赵', encoding="utf-8")
    with runs_ahead(broken, member_runs, READ, never) as runs, pytest.raises(NotATable) as raised:
        list(runs)
    assert (raised.value.reason, raised.value.line) == (TableFault.QUOTE, COUNT + 2)
    assert children() == []


def test_a_process_that_was_ended_is_no_end_of_the_table(table: Path) -> None:
    with runs_ahead(table, member_runs, READ, never) as runs:
        children()[0].kill()
        with pytest.raises(RuntimeError):
            list(runs)
    assert children() == []


def test_what_a_console_sends_to_all_is_heard_by_the_parent_alone(table: Path) -> None:
    with runs_ahead(table, member_runs, READ, never) as runs:
        for number in (signal.SIGINT, signal.SIGTERM):
            children()[0].send_signal(number)
        assert len(next(runs).lines) == COUNT - 2


def test_who_leaves_early_leaves_nobody_behind(table: Path) -> None:
    with runs_ahead(table, member_runs, READ, never):
        assert children()
    assert children() == []


def test_it_is_asked_to_stop_while_it_waits(table: Path) -> None:
    with runs_ahead(table, member_runs, READ, lambda: True) as runs, pytest.raises(Cancelled):
        next(runs)
    assert children() == []


KILLED = """
import os, sys
from tests.storage.test_import_ahead import READ, Path, children, member_runs, never, runs_ahead
if __name__ == "__main__":
    with runs_ahead(Path(sys.argv[1]), member_runs, READ, never) as runs:
        print(children()[0].pid, flush=True)
        os.kill(os.getpid(), 9)
"""


def test_it_dies_with_its_parent(table: Path) -> None:
    dying = subprocess.run(
        [sys.executable, "-c", KILLED, str(table)], capture_output=True, text=True, check=False
    )
    assert dying.returncode == -9, dying.stderr
    left, until = int(dying.stdout), time.monotonic() + 30
    while is_running(left):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_each_run_is_in_the_order_of_its_trees(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_runs, "FIRST_RUN", 1_500)
    monkeypatch.setattr(import_runs, "LARGEST_RUN", 4_000)
    runs = list(member_runs(good_rows(table)))
    assert [len(run.lines) for run in runs] == [1_500, 3_000, COUNT - 2 - 4_500]
    for run in runs:
        assert run.card_no == sorted(run.card_no)
        run.numbers = array("Q", range(1, len(run.lines) + 1))
        keys = list(run.take_keys())
        assert all(one < other for one, other in pairwise(keys))
        assert len(keys) >= 5 * len(run.lines)


def test_only_what_is_new_has_keys_to_be_written() -> None:
    [run] = member_runs([MemberRow("7001", "赵敏"), MemberRow("7002", "钱伟")])
    run.numbers[1] = 12
    assert {n for _, _, n in run.take_keys()} == {12}
    assert list(run.take_keys()) == []


@pytest.mark.parametrize("error", [Cancelled(), NotATable(TableFault.QUOTE, 7), WrongPin()])
def test_an_error_keeps_its_facts_on_the_way(error: Shortfall) -> None:
    error.add_note("seen there")
    came = pickle.loads(pickle.dumps(error))
    assert type(came) is type(error)
    assert came.__dict__ == error.__dict__
    assert came.args == error.args
