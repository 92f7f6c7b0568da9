"""栏: rows fit their columns, and a wrapped name loses nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sales.receipt import copy_of
from tests.core.sales.sold import GOLDEN
from ui.devices.columns import as_text, spread
from ui.devices.profile import GB18030
from ui.devices.wrapping import wrap

RECEIPTS = Path(__file__).parents[2] / "golden" / "receipts"
WORDS = st.text(st.sampled_from("维生素C片 100mg×24粒（）·-.AB"), min_size=1, max_size=80)


def columns_of(text: str) -> int:
    """Counted anew: with a Chinese code page all but ASCII is wide."""
    return sum(1 if unicodedata.east_asian_width(s) in ("Na", "N") else 2 for s in text)


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("name", GOLDEN)
def test_receipts_are_as_they_were(name, columns):
    path = RECEIPTS / f"{name}.{columns}.txt"
    assert as_text(GOLDEN[name](), columns) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("name", GOLDEN)
def test_no_row_is_wider_than_the_paper(name, columns):
    rows = as_text(copy_of(GOLDEN[name](), 1), columns).splitlines()
    assert max(map(columns_of, rows)) == columns


@given(WORDS, st.integers(4, 48))
def test_wrapping_keeps_every_sign_and_every_limit(text, room):
    parts = wrap(text, room, GB18030.width)
    assert all(columns_of(part) <= room for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.integers(0, 100_000_000_00), st.sampled_from([32, 48]))
def test_a_figure_stands_once_at_the_right_edge(left, fen, columns):
    figure = f"{fen / 100:,.2f}"
    rows = spread(left, figure, columns, GB18030)
    with_figure = [row for row in rows if row.endswith(" " + figure)]
    assert len(with_figure) == 1
    assert columns_of(with_figure[0]) == columns
    assert all(columns_of(row) <= columns for row in rows)


def test_a_long_tier_name_gets_rows_of_its_own():
    rows = spread("会员 李*华", "尊享" * 20, 32, GB18030)
    assert "".join(rows).replace(" ", "") == "会员李*华" + "尊享" * 20
    assert all(columns_of(row) <= 32 for row in rows)


def test_a_word_is_broken_only_where_it_must_be():
    assert wrap("野山参 GIFT-BOX 礼盒", 14, GB18030.width) == ["野山参", "GIFT-BOX 礼盒"]
    assert wrap("ABCDEFGHIJ", 4, GB18030.width) == ["ABCD", "EFGH", "IJ"]
