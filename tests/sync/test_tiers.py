"""等级复核: two tills of one store, and a server that lets tiers fall by the figures of both.

Their members were brought in 14 months ago, so that the tiers they came with are over.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.outside.program import Till, run, selling
from tests.server.conftest import postgres as postgres
from tests.server.postgres import Postgres
from tests.server.program import serving
from tests.sync.cable import cable_to
from tests.sync.test_head_office import VITAMIN, Chain, sync
from tests.sync.test_head_office import utc as utc

MONTH_NS = 30 * 24 * 3600 * 10**9
GOLD, SILVER, LATE, NORMAL = "800001", "800002", "800003", "800004"
PEOPLE = (
    "会员卡号,姓名,手机,等级\n"
    f"{GOLD},李小华,13800135678,金卡\n"
    f"{SILVER},陈明,13800130002,银卡\n"
    f"{LATE},周晚,13800130003,银卡\n"
    f"{NORMAL},王芳,13800130004,普通\n"
)
YESTERDAY = ("--zone", "Etc/GMT+12", "--day-ends", "12")
TODAY = ("--zone", "Asia/Shanghai", "--day-ends", "4")
PATIENCE_S = 30


@contextmanager
def long_ago(monkeypatch: pytest.MonkeyPatch, months: int) -> Iterator[None]:
    """The clock of the machine shows so many months of 30 days less."""
    real = time.time_ns
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: real() - months * MONTH_NS)
        yield


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as place:
        return str(place.getsockname()[1])


def buys(till: Till, card: str, *, units: int) -> None:
    till.obeyed(f"scan {card}", f"scan {VITAMIN}", f"qty {units}", "pay cash 2000")


def history(home: Path, card: str) -> str:
    return run(home, "tiers", "history", card).out


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.2)


def test_tiers_fall_at_the_server_by_what_both_tills_sold(
    postgres: Postgres,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, "utf-8")
    database, port = postgres.fresh(), free_port()
    chain = Chain(database, capsys)
    chain.office("store", "S01", "中山路店")
    named = ("--chain", "康源", "--address", "http://127.0.0.1", "--port", port)
    with ExitStack() as lines, ExitStack() as tills:
        with serving(database, *named, *YESTERDAY) as server:
            one, two = (
                lines.enter_context(cable_to(str(server.client.base_url))) for _ in range(2)
            )
            with long_ago(monkeypatch, 14):
                here = chain.home(tmp_path, "S01", "中山路店")
                assert run(here, "import", "members", str(people)).code == 0
            chain.join(here, "S01", one)
            there = chain.till(tmp_path, "S01", "中山路店", two, no=2)
            assert sync(here).code == sync(there).code == 0
            first, second = (tills.enter_context(selling(home)) for home in (here, there))
            for till in (first, second):
                buys(till, SILVER, units=15)
            assert sync(here).code == sync(there).code == 0
            assert "金卡" in first.obeyed(f"scan {GOLD}")["member"]["tier"], "nothing is over yet"
            said = run(there, "tiers", "review")
            assert "由总部统一复核" in said.out
            one.pull()
            buys(first, LATE, units=15)
            buys(first, LATE, units=15)
        with serving(database, *named, *TODAY):
            wait_until(
                lambda: sync(there).code == 0 and "银卡到期，改为普通" in history(there, LATE)
            )
            assert "金卡到期，改为普通" in history(there, GOLD)
            assert "银卡到期，达标续期" in history(there, SILVER)
            assert "期内消费 1,110.00 元" in history(there, SILVER)
            assert "等级没有变过" in history(there, NORMAL)
            assert second.obeyed(f"scan {GOLD}")["member"]["tier"] == "普通"
            second.obeyed("clear")
            assert "等级没有变过" in history(here, GOLD), "it has not heard of it"
            one.plug_in()
            homes = here, there
            wait_until(
                lambda: (
                    all(sync(home).code == 0 for home in homes)
                    and "恢复为银卡" in history(there, LATE)
                )
            )
            assert sync(here).code == 0
            assert "金卡到期，改为普通" in history(here, GOLD)
            assert second.obeyed(f"scan {LATE}")["member"]["tier"] == "银卡"
            assert first.obeyed(f"scan {LATE}")["member"]["tier"] == "银卡"
    assert chain.office("cases").strip() == "没有未结的案件。", chain.office("cases")
