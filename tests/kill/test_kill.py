"""A till killed while it sells loses no confirmed sale and tears none."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Home
from tests.kill.killing import kill_many


def test_confirmed_sales_survive_sigkill(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path, products="products.csv", members="members.csv")
    home.command("printer", f"file:{home.path / 'paper.bin'}")
    tally = kill_many(home.path, kills=36, seed=7)
    assert tally.troubles == []
    assert tally.confirmed, "no sale was confirmed before the kills: the test saw nothing"
    assert tally.resumed, "no basket stood at the counter at any kill: the test saw nothing"
