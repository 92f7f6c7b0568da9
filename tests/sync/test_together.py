"""两台一起: a receipt of one till is taken back at the other, by real programs over a real line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actions.look_at_place import Line, look_at_place
from tests.builders import Home
from tests.outside.program import selling
from tests.server.conftest import postgres as postgres
from tests.sync.test_head_office import VITAMIN, Chain, sync
from tests.sync.test_head_office import chain as chain
from tests.sync.test_head_office import utc as utc


@pytest.fixture
def tills(chain: Chain, tmp_path: Path) -> tuple[Path, Path]:
    """Of two stores, each at a cable of its own."""
    here = chain.till(tmp_path, "S01", "中山路店", chain.cables[0])
    away = chain.till(tmp_path, "S02", "北京路店", chain.cables[1])
    return here, away


def test_the_till_that_sold_it_gives_nothing_back_that_another_one_does(
    chain: Chain, tills: tuple[Path, Path]
) -> None:
    """It asks while its cable is in; while it is out it does not, and somebody is told."""
    here, away = tills
    with selling(here) as first, selling(away) as second:
        lines = (f"scan {VITAMIN}", "pay cash 200")
        asked, exchanged, unheard = (first.obeyed(*lines)["sale"]["no"] for _ in range(3))
        assert sync(here).code == 0
        for no in (asked, exchanged, unheard):
            second.obeyed(f"return {no}", "yes too_many")
        # What the other one did is not told yet by anybody but its asking.
        assert first.obeyed(f"return {asked}")["return"]["lines"][0]["returned_milli"] == 0
        assert "在别的收银台退过了" in first.refused("yes too_many")
        assert "已经全部退回" in first.say(f"return {asked}")["say"]
        first.obeyed(f"return {exchanged}", "exchange too_many", f"scan {VITAMIN}")
        assert "在别的收银台退过了" in first.refused("pay cash 0")
        first.obeyed("drop-exchange", "clear", f"return {unheard}")
        chain.cables[0].pull()
        first.obeyed("yes too_many")
        chain.cables[0].plug_in()
        assert sync(here).code == sync(away).code == 0
    cases = chain.office("cases")
    assert unheard in cases, cases
    assert asked not in cases and exchanged not in cases, cases


def test_what_one_till_of_a_store_holds_another_takes_up(chain: Chain, tmp_path: Path) -> None:
    """The line is cut after the asking: it lies at one of the two, and is sold once."""
    here = chain.till(tmp_path, "S01", "中山路店", chain.cables[0])
    there = chain.till(tmp_path / "second", "S01", "中山路店", chain.cables[1], no=2)
    with selling(here) as first, selling(there) as second:
        first.obeyed(f"scan {VITAMIN}", "hold 红衣")
        chain.cables[1].pull()
        assert "要联网" in second.say("recall-there")["say"] or not second.say("held-there")["ok"]
        chain.cables[1].plug_in()
        first.obeyed("held-there")
        (seen,) = second.obeyed("held-there")["there"]
        assert (seen["name"], seen["till"], seen["lines"]) == ("红衣", 1, 1)
        second.obeyed("recall-there")
        assert "2 号台" in first.refused("recall")
        chain.cables[1].pull()
        second.obeyed("pay cash 200")
        chain.cables[1].plug_in()
        assert sync(there).code == sync(here).code == 0
        assert first.obeyed("held")["held"] == []
        assert second.obeyed("held-there")["there"] == []
    with Home(there).shop() as shop:
        found = look_at_place(shop)
    assert [(till.till_no, till.is_here) for till in found.tills] == [(1, False), (2, True)]
    assert found.line is Line.OPEN
