"""预留着的, without a screen: what the counter needs is asked for, and all else is given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions.leases import renew_leases
from core.actions.reserve import has_dropped
from core.ports.central import Uplink
from core.shop import Shop
from core.sync.escrow import Balance
from storage.signatures import Ed25519
from tests.actions.test_reserve import ALL, gold, has, token, told
from tests.actions.test_reserve import line as line
from tests.actions.test_settle import CALCIUM, GOLD
from tests.builders import PIN, obeyed
from tests.chained import PROGRAM, Line
from ui.console.till import ConsoleTill
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter


@pytest.fixture
def console(shop: Shop, line: Line, tmp_path: Path) -> Iterator[ConsoleTill]:
    """A till without a screen, somebody at it, its line in the test's hand."""
    paper = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    uplink = Uplink(lambda: line, Ed25519, PROGRAM)
    made = ConsoleTill(shop, paper, tmp_path / "receipts", lambda: uplink)
    obeyed(made, f"login {PIN}", f"scan {GOLD}", f"scan {CALCIUM}", "points 1000")
    assert has(line, gold(shop)) == Balance(ALL - 1000, 1000, 0)
    yield made
    paper.close()


@pytest.mark.parametrize("way", ["clear", "drop-member", "hold", "points none"])
def test_what_the_counter_needs_no_more_goes_back_at_once(
    shop: Shop, line: Line, console: ConsoleTill, way: str
) -> None:
    obeyed(console, way)
    assert has(line, gold(shop)) == Balance(ALL, 0, 0)


def test_without_an_answer_it_goes_back_when_there_is_one_and_nobody_hears_of_it(
    shop: Shop, line: Line, console: ConsoleTill
) -> None:
    line.faults = ["request"] * 20
    obeyed(console, "clear", "quit")
    assert has_dropped(shop)
    line.faults = []
    assert obeyed(console, "quit").say == "再见。"
    assert not has_dropped(shop)
    assert has(line, gold(shop)) == Balance(ALL, 0, 0)


def test_of_what_was_leased_it_says_how_much_there_is_and_what_a_step_is(
    shop: Shop, line: Line, console: ConsoleTill
) -> None:
    obeyed(console, "pay cash 500")
    told(shop, line)
    assert renew_leases(shop, line, token(shop, line)) == 1
    leased = has(line, gold(shop)).leased
    line.faults = ["request"] * 20
    obeyed(console, f"scan {GOLD}", f"scan {CALCIUM}", f"scan {CALCIUM}")
    said = obeyed(console, "points 250").say
    assert "用 200 分" in said and "100 分一档，零头不用" in said
    most = leased // 100 * 100
    assert f"这台留着 {leased:,} 分，这一单最多用 {most:,} 分" in said
    assert "一档" not in obeyed(console, "points 300").say
    line.faults = []


def test_who_leaves_a_basket_comes_back_to_what_is_set_aside_for_it(
    shop: Shop, line: Line, console: ConsoleTill, tmp_path: Path
) -> None:
    obeyed(console, "quit")
    again = ConsoleTill(shop, console.paper, tmp_path / "receipts", console.uplink)
    obeyed(again, f"login {PIN}", f"scan {CALCIUM}")
    assert has(line, gold(shop)) == Balance(ALL - 1000, 1000, 0)
    obeyed(again, "pay cash 500")
