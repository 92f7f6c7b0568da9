"""一天: head office issues rules, prices and a name while the cable of one till is out."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from core.actions.reprint import find_sale
from tests.builders import PIN, STORIES, Home
from tests.outside.program import Done, Till, run, selling
from tests.server.conftest import postgres as postgres
from tests.server.postgres import Postgres
from tests.server.program import serving
from tests.sync.cable import Cable, cable_to

VITAMIN = "6901234567809"
RULES = Path("resources/rulebooks/pharmacy.json")
BY = ("--by", "店长", "--by-pin", PIN)


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's day is never ahead of the stores' business day."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def chain(postgres: Postgres, capsys: pytest.CaptureFixture[str]) -> Iterator[Chain]:
    """A server with two stores, and a cable to each."""
    database = postgres.fresh()
    made = Chain(database, capsys)
    made.office("store", "S01", "中山路店")
    made.office("store", "S02", "北京路店")
    with (
        serving(database, "--chain", "康源", "--address", "http://127.0.0.1") as server,
        cable_to(str(server.client.base_url)) as first,
        cable_to(str(server.client.base_url)) as second,
    ):
        made.cables = first, second
        yield made


class Chain:
    """Its head office by its commands, and its tills."""

    def __init__(self, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.database, self._capsys = database, capsys
        self.cables: tuple[Cable, ...] = ()

    def office(self, *words: str) -> str:
        """What a command says that must succeed."""
        code = main.main(["office", *words, "--database", self.database])
        said = self._capsys.readouterr()
        assert code == 0, said.err
        return said.out

    def till(self, folder: Path, store: str, name: str, cable: Cable, *, no: int = 1) -> Path:
        """The home of a fresh till that has joined through its cable."""
        home = self.home(folder, store, name, no=no)
        self.join(home, store, cable, no=no)
        return home

    def home(self, folder: Path, store: str, name: str, *, no: int = 1) -> Path:
        """The home of a fresh till."""
        home = folder / f"{store}-{no}"
        place = ("--store-code", store, "--store", name, "--till", str(no))
        done = run(home, "setup", *place, "--manager", "店长", "--pin", PIN)
        assert done.code == 0, done.err
        assert run(home, "import", "products", str(STORIES / "products.csv")).code == 0
        return home

    def join(self, home: Path, store: str, cable: Cable, *, no: int = 1) -> None:
        """It joins through its cable."""
        joined = run(home, "chain", "join", cable.url, self.code(store, no), *BY)
        assert joined.code == 0, joined.err

    def code(self, store: str, no: int) -> str:
        """入网码 for one till."""
        found = re.search(
            r"R[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{5}", self.office("code", store, str(no))
        )
        assert found
        return found[0]


def sold(till: Till) -> int:
    """What one vitamin costs at a till."""
    sale = till.obeyed(f"scan {VITAMIN}", "pay cash 2000")["sale"]
    return int(sale["payable_fen"])


def sync(home: Path) -> Done:
    return run(home, "chain", "send")


def rules(folder: Path, version: int, off_fen: int) -> str:
    """The shipped ones, with so much off each basket."""
    record = json.loads(RULES.read_text("utf-8")) | {"version": version}
    record["offers"] = [
        {
            "kind": "threshold",
            "id": "off",
            "name": "满减",
            "steps": [{"from_fen": 100, "off_fen": off_fen}],
        }
    ]
    path = folder / f"rules{version}.json"
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return str(path)


def prices(folder: Path, price: str) -> str:
    path = folder / f"{price}.csv"
    path.write_text(f"条码,名称,售价\n{VITAMIN},维生素C咀嚼片,{price}\n", "utf-8")
    return str(path)


def test_both_tills_sell_by_what_head_office_says(chain: Chain, tmp_path: Path) -> None:
    here = chain.till(tmp_path, "S01", "中山路店", chain.cables[0])
    away = chain.till(tmp_path, "S02", "北京路店", chain.cables[1])
    with selling(here) as first, selling(away) as second:
        old = sold(first)
        assert sold(second) == old
        chain.cables[1].pull()
        chain.office("rulebook", "check", rules(tmp_path, 7, 300))
        chain.office("rulebook", "publish", rules(tmp_path, 7, 300))
        chain.office("prices", prices(tmp_path, "20.00"))
        chain.office("store", "S02", "解放路店")
        assert sync(here).code == 0
        assert sync(away).code == 2
        assert sold(first) == 17_00
        assert sold(second) == old, "it has not heard of it"
        chain.office("prices", prices(tmp_path, "18.00"), "--store", "S02")
        chain.office("rulebook", "publish", rules(tmp_path, 8, 100), "--from", "2099-01-01")
        chain.cables[1].plug_in()
        assert sync(away).code == 0
        assert sold(second) == 15_00
        said = run(away, "chain", "status").out
        assert "规则册：总部第 7 版" in said
        assert "01-01 换第 8 版" in said
        assert sync(here).code == sync(away).code == 0
        assert sold(first) == 17_00
    with Home(away).shop() as shop:
        assert find_sale(shop).receipt.lines[0].store_name == "解放路店"
    by_hand = run(here, "rulebook", "use", rules(tmp_path, 9, 500), *BY)
    assert by_hand.code == 2
    assert "统一下发" in by_hand.err
    table = run(here, "import", "products", prices(tmp_path, "1.00"))
    assert "由总部统一定" in table.said
    assert re.search(r"7\t\S+\t\S+\t现在用", chain.office("rulebooks"))
    assert "没有未结的案件" in chain.office("cases")
