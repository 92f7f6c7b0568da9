"""用分: two tills of a store spend one member's points, by real programs over a real line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.sync.escrow import Balance
from server.program import opened_office
from tests.builders import STORIES, Home
from tests.outside.program import LOGIN, Till, run, selling
from tests.server.conftest import postgres as postgres
from tests.sync.test_head_office import RULES, Chain, sync
from tests.sync.test_head_office import chain as chain
from tests.sync.test_head_office import utc as utc

CARD, CALCIUM = "800001", "6901234567816"
ALL = 12_480


class Purse:
    """Two tills of one store whose rulebook takes points, and what the server says of a member."""

    def __init__(self, chain: Chain, folder: Path) -> None:
        self.chain = chain
        rules = json.loads(RULES.read_text("utf-8")) | {"version": 7, "offers": []}
        rules["points"]["spend"] = {"fen": 100, "per_points": 100, "most_bp": 10_000}
        path = folder / "rules.json"
        path.write_text(json.dumps(rules), "utf-8")
        chain.office("rulebook", "publish", str(path))
        self.first = chain.till(folder, "S01", "中山路店", chain.cables[0])
        self.second = chain.till(folder, "S01", "中山路店", chain.cables[1], no=2)
        done = run(self.first, "import", "members", str(STORIES / "members.csv"))
        assert done.code == 0, done.err
        self.sync()
        with Home(self.first).shop() as shop, shop.store.read() as reading:
            file = reading.members.file_by_card(CARD, spend_since=shop.now().business_on)
            assert file is not None
            self.member = file.member.id

    def sync(self) -> None:
        """Until all three know the same; the server reads beside."""
        for home in (self.first, self.second):
            done = sync(home)
            assert done.code == 0, done.err
        time.sleep(0.5)
        for home in (self.first, self.second):
            assert sync(home).code == 0

    def has(self) -> Balance:
        with opened_office(self.chain.database, None) as office, office.store.read() as look:
            assert sum(look.accounts.sums().values()) == 0
            assert not look.accounts.sums().get("overspend")
            return look.accounts.balance(self.member)


@pytest.fixture
def purse(chain: Chain, tmp_path: Path) -> Iterator[Purse]:
    made = Purse(chain, tmp_path)
    yield made
    assert chain.office("cases").strip() == "没有未结的案件。", chain.office("cases")


def goods(till: Till) -> None:
    till.obeyed(f"scan {CARD}", f"scan {CALCIUM}", f"scan {CALCIUM}")


def test_a_members_points_are_spent_once_whatever_becomes_of_tills_and_line(purse: Purse) -> None:
    with selling(purse.second) as second:
        with selling(purse.first) as first:
            goods(first)
            first.obeyed("points 10000")
            assert purse.has() == Balance(ALL - 10_000, 10_000, 0)
            first.kill()
        goods(second)
        said = second.obeyed("points 5000")
        assert "总部现在只有 2,480 分能用" in said["say"]
        second.obeyed("points 2000")
        assert purse.has().pending == 12_000
        with Till(purse.first) as first:
            first.obeyed(LOGIN)
            assert "用 10,000 分" in first.obeyed("points 10000")["say"], "it is still there"
            first.obeyed("pay cash 200")
        purse.chain.cables[1].pull()
        second.obeyed("pay cash 200")
        purse.chain.cables[1].plug_in()
        purse.sync()
        left = purse.has()
        assert ALL - 12_000 < left.points < ALL - 11_000, "what both earned is among it"
        assert left.pending == 0


def test_offline_a_till_spends_what_it_leased_and_no_more(purse: Purse) -> None:
    with selling(purse.first) as first:
        first.obeyed(f"scan {CARD}", f"scan {CALCIUM}", "pay cash 200")
        purse.sync()
        leased = purse.has().leased
        # Of the half, its part for one of two tills; with what was earned, if that is read by now.
        assert ALL // 4 <= leased <= purse.has().points // 4
        purse.chain.cables[0].pull()
        goods(first)
        assert "离线额度" in first.obeyed("points 9000")["say"]
        assert "用 3,000 分" in first.obeyed("points 3000")["say"]
        first.obeyed("pay cash 200")
        purse.chain.cables[0].plug_in()
        purse.sync()
        assert purse.has().leased == leased - 3000
        goods(first)
        whole = purse.has().points // 100 * 100
        assert first.obeyed(f"points {whole}")["ok"], "what was leased goes back first"
        assert purse.has().pending >= 9_000
        first.obeyed("points none")
        assert purse.has().pending == 0
