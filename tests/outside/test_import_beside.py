"""An import beside a selling till: every sale is done at once; a stopped one leaves nothing."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.outside.program import Till, begin, refusal, run, sell_lines, selling
from tests.outside.tables import member, write_members

COUNT = 20_000
GOOD = "6901234567823"
# A sale waits for a step of the import; the rest is room for a busy machine.
PATIENCE_S = 1.5


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_members(tmp_path_factory.mktemp("many") / "members.csv", COUNT)


def wait_for(till: Till, number: int) -> None:
    """Until this member can be found: the import is in its midst."""
    card = member(number)[0]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if till.obeyed(f"find {card}")["found"]:
            return
    raise AssertionError("the import never came so far")


def test_every_sale_is_done_at_once_and_all_members_are_there(home: Path, many: Path) -> None:
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        waits = []
        while importing.poll() is None:
            began = time.monotonic()
            till.obeyed(*sell_lines(GOOD, member="800001"))
            waits.append(time.monotonic() - began)
        out, err = importing.communicate()
        assert importing.returncode == 0, out + err
        assert f"新增 {COUNT:,}" in out
        assert len(waits) > 10, "the till sold while the import ran"
        assert max(waits) < PATIENCE_S, f"the slowest of {len(waits)} sales"
        for number in (0, 7_777, COUNT - 1):
            card, _, phone = member(number)
            assert till.obeyed(f"scan {phone}")["member"]["card_no"] == card
            answer = till.obeyed(*sell_lines(GOOD, member=card))
            assert answer["sale"]["points_balance"] >= number % 977
    assert run(home, "verify").code == 0


def test_who_joins_at_the_counter_meanwhile_with_a_phone_of_the_table_is_told(
    home: Path, many: Path
) -> None:
    card, _, phone = member(COUNT - 1)
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        wait_for(till, 0)
        joined = till.obeyed(f"join {phone} 赵新来 agreed")["member"]["card_no"]
        out, err = importing.communicate()
        assert importing.returncode == 0, out + err
        assert f"新增 {COUNT:,}" in out
        assert f"{joined} 和卡 {card} 成了同一个手机" in err
        assert "几位会员" in till.refused(f"scan {phone}")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_leaves_nothing(
    home: Path, many: Path, how: signal.Signals
) -> None:
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        wait_for(till, 0)
        helping = psutil.Process(importing.pid).children(recursive=True)
        # A console sends Ctrl+C to all that run in it, a machine that shuts down SIGTERM.
        for each in [*helping, importing]:
            each.send_signal(how)
        out, err = importing.communicate(timeout=60)
        assert importing.returncode == 130, out + err
        assert "已经取消" in err
        assert "Traceback" not in err
        assert not psutil.wait_procs(helping, timeout=10)[1]
        for number in (0, 1, 5_000):
            assert till.obeyed(f"find {member(number)[0]}")["found"] == []
        assert till.obeyed(*sell_lines(GOOD))["sale"]["no"] == "S01-T1-000001"
    assert run(home, "verify").code == 0


def test_a_killed_import_is_undone_by_the_next(home: Path, many: Path, tmp_path: Path) -> None:
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        wait_for(till, 0)
        helping = psutil.Process(importing.pid).children(recursive=True)
        importing.kill()
        importing.communicate()
        assert not psutil.wait_procs(helping, timeout=10)[1]
        bought = till.obeyed(*sell_lines(GOOD, member=member(0)[0]))["sale"]
        found = run(home, "verify")
        assert (found.code, len(found.out.splitlines())) == (1, 2), "it is named, and nothing else"
        assert "有一次导入没有做完" in found.out
        few = write_members(tmp_path / "few.csv", 3)
        done = run(home, "import", "members", str(few))
        assert done.code == 0, done.said
        assert till.obeyed(f"find {member(5_000)[0]}")["found"] == []
        again = till.obeyed(*sell_lines(GOOD, member=member(0)[0]))["sale"]
        assert again["points_balance"] == bought["points_balance"] + again["points_earned"]
    assert run(home, "verify").code == 0


def test_a_killed_import_is_taken_back_by_the_next_till_that_sells_meanwhile(
    home: Path, many: Path
) -> None:
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        wait_for(till, 0)
        importing.kill()
        importing.communicate()
        till.kill()
    with selling(home) as till:
        sold = till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]
        until = time.monotonic() + 60
        while run(home, "verify").code:
            assert time.monotonic() < until, "it was never taken back"
        for number in (0, 1, 119):
            assert till.obeyed(f"find {member(number)[0]}")["found"] == []
        again = till.obeyed(*sell_lines(GOOD, member="800001"))["sale"]
        assert again["points_balance"] == sold["points_balance"] + again["points_earned"]
        done = till.end()
    assert "有一次导入正在撤回" in done.err
    assert "a killed import was taken back" in (home / "logs/till.log").read_text("utf-8")
    with selling(home) as till:
        assert "导入" not in till.end().err, "once"


def test_a_dry_run_does_not_take_what_a_killed_import_left_for_members(
    home: Path, many: Path, tmp_path: Path
) -> None:
    importing = begin(home, "import", "members", str(many))
    with selling(home) as till:
        wait_for(till, 0)
        importing.kill()
        importing.communicate()
        till.kill()
    card, name, phone = member(0)
    table = tmp_path / "members.csv"
    table.write_text(
        f"会员卡号,姓名,手机\n700001,{name},{phone}\n{card},{name},{phone}1\n", "utf-8"
    )
    done = run(home, "import", "members", str(table), "--dry-run")
    assert "1 行可以导入，1 行有错" in done.out, "the phone is nobody's"
    assert "有一次导入正在撤回" in done.err
    assert run(home, "verify").code == 0


def test_one_import_at_a_time(home: Path, many: Path) -> None:
    with selling(home) as till:
        importing = begin(home, "import", "members", str(many))
        wait_for(till, 0)
        assert "正在导入" in refusal(run(home, "import", "members", str(many)))
        till.end()
        backup = run(home, "backup").out.strip().rpartition("：")[2]
        assert "正在导入" in refusal(run(home, "restore", backup)), "nor may its store go away"
        importing.send_signal(signal.SIGINT)
        importing.communicate(timeout=60)
        assert importing.returncode == 130
