"""退回的追溯码: no more packs come back than units, and all of a line that comes back whole."""

from __future__ import annotations

from core.sales.returns import LinePart, Refund, SoldLine
from core.sales.trace import SoldTrace
from core.sales.trace_back import packs_within, returned_codes

SOLD = (SoldTrace(1, "A"), SoldTrace(1, "B"), SoldTrace(1, "C"), SoldTrace(2, "D"))
LINES = tuple(
    SoldLine(no, f"69{no}", "药", "", "盒", "", False, milli, 10_00, milli, milli, milli, 0)
    for no, milli in ((1, 3000), (2, 1000))
)


def back(**milli: int) -> Refund:
    parts = (LinePart(int(no[1:]), each, each, each, each, 0) for no, each in milli.items())
    return Refund(tuple(parts))


def test_of_a_line_no_more_packs_come_back_than_units() -> None:
    assert returned_codes(SOLD, LINES, back(_1=1000), ("C", "A")) == ("C",)
    assert returned_codes(SOLD, LINES, back(_1=2000), ("C", "A", "C")) == ("A", "C")
    assert returned_codes(SOLD, LINES, back(_2=1000), ("A",)) == ("D",)


def test_a_line_that_comes_back_whole_brings_all_its_packs() -> None:
    assert returned_codes(SOLD, LINES, back(_1=3000), ()) == ("A", "B", "C")
    came = (SoldTrace(1, "A", is_returned=True), *SOLD[1:])
    assert returned_codes(came, LINES, back(_1=3000), ("A",)) == ("B", "C")


def test_who_takes_a_unit_off_again_takes_off_what_was_scanned_last() -> None:
    scanned = [SOLD[1], SOLD[3], SOLD[0]]
    assert packs_within(scanned, {1: 2000, 2: 1000}) == scanned
    assert packs_within(scanned, {1: 1000}) == [SOLD[1]]
    assert packs_within(scanned, {1: 500}) == [SOLD[1]]
    assert packs_within(scanned, {}) == []
