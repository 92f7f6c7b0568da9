"""信号的数: read strictly, written only where they are not the usual ones; when nobody sells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import BadRecord
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.watch import USUAL, Watch
from tests.core.sales.sold import PHARMACY


def test_a_rulebook_that_says_nothing_has_the_usual_figures_and_its_old_record() -> None:
    assert PHARMACY.watch == USUAL
    assert "watch" not in record_of(PHARMACY)


def test_figures_of_ones_own_are_written_and_read() -> None:
    book = replace(PHARMACY, watch=Watch(days=60, earned_a_day=0, opens_hour=8, closes_hour=8))
    assert rulebook_of(record_of(book)) == book
    few = record_of(PHARMACY) | {"watch": {"corrected": 3}}
    assert rulebook_of(few).watch == replace(USUAL, corrected=3)


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("watch.days", {"days": 0}),
        ("watch.shifts_bp", {"shifts_bp": 10_001}),
        ("watch.closes_hour", {"closes_hour": 25}),
        ("watch.hours", {"hours": 1}),
    ],
)
def test_a_bad_figure_is_named_by_its_path(path: str, section: dict[str, object]) -> None:
    with pytest.raises(BadRecord) as refused:
        rulebook_of(record_of(PHARMACY) | {"watch": section})
    assert refused.value.path == path


def test_nobody_sells_from_closing_to_opening() -> None:
    usual = [hour for hour in range(24) if USUAL.is_closed(hour)]
    assert usual == [0, 1, 2, 3, 4, 5, 23]
    at_night = Watch(opens_hour=20, closes_hour=4)
    assert [hour for hour in range(24) if at_night.is_closed(hour)] == list(range(4, 20))


@given(st.integers(0, 23), st.integers(0, 24))
def test_the_hours_that_are_closed_are_those_between(opens: int, closes: int) -> None:
    watch = Watch(opens_hour=opens, closes_hour=closes)
    shut = sum(watch.is_closed(hour) for hour in range(24))
    assert shut == (0 if opens == closes else (opens - closes) % 24)
