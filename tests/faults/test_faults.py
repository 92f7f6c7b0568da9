"""A sample of what `python -m tests.faults` does in full: no fault loses or makes up a sale."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.builders import Home
from tests.faults.failing import Tally, all_faults, count_calls, fail_once

SAMPLE = 53


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is of Linux")
def test_no_failing_call_loses_or_makes_up_a_sale(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    counts, tally = count_calls(home.path), Tally()
    assert counts["pwrite64"] > 20 and counts["fsync"] > 2, "strace saw no writing"
    for fault in all_faults(counts, every=SAMPLE):
        fail_once(home.path, fault, tally)
    assert tally.troubles == []
    assert tally.refused, "no fault was noticed: the test saw nothing"
    assert tally.sold == 2 * tally.faults
