"""退还积分 in words: of lots that are good until the same day a person hears once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.points.give_back import Given
from core.points.ledger import LotTaken
from ui.given_text import given_record, given_words
from ui.till.void_state import given_effects

SOON = date(2026, 12, 31)


def given(no: int, points: int, until: date | None) -> Given:
    return Given(LotTaken(UUID(int=no), points, date(2026, 1, 1), until, 1), points, until)


GIVEN = (given(1, 32, SOON), given(2, 12, SOON), given(3, 50, None), given(4, 456, SOON))


def test_on_paper_and_screen_and_in_records_once_for_each_day() -> None:
    assert given_words(GIVEN) == ["退还积分 500，可用到 2026-12-31", "退还积分 50，不过期"]
    assert given_record(GIVEN) == [
        {"points": 500, "expires_on": "2026-12-31"},
        {"points": 50, "expires_on": None},
    ]
    assert [(row.line, row.amount) for row in given_effects(GIVEN)] == [
        ("可用到 2026-12-31", "+500"),
        ("不过期", "+50"),
    ]
