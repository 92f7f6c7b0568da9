"""退还积分: in reverse order of taking, part by part, never more than was taken."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.points.give_back import GivenUntil, by_expiry, coming_back, good_until
from core.points.ledger import LotTaken

TODAY = date(2026, 11, 26)


def lot(no: int, taken: int, expires_on: date | None) -> LotTaken:
    return LotTaken(UUID(int=no), taken, date(2026, 1, 1), expires_on, 1, None)


FIRST, SECOND = lot(1, 30, date(2026, 12, 31)), lot(2, 50, None)
TAKEN = (FIRST, SECOND)


def parts(points: int, before: int) -> list[tuple[int, int]]:
    given = coming_back(TAKEN, points, before=before, on=TODAY)
    return [(each.lot.id.int, each.points) for each in given]


@pytest.mark.parametrize(
    ("points", "before", "given"),
    [
        (20, 0, [(2, 20)]),
        (50, 0, [(2, 50)]),
        (60, 0, [(2, 50), (1, 10)]),
        (30, 20, [(2, 30)]),
        (40, 20, [(2, 30), (1, 10)]),
        (30, 50, [(1, 30)]),
        (5, 75, [(1, 5)]),
        (80, 0, [(2, 50), (1, 30)]),
    ],
)
def test_what_was_taken_last_comes_back_first(
    points: int, before: int, given: list[tuple[int, int]]
) -> None:
    assert parts(points, before) == given


def test_no_more_comes_back_than_was_taken() -> None:
    with pytest.raises(ValueError, match="more than was taken"):
        parts(31, 50)


def test_a_person_is_told_once_of_each_day() -> None:
    taken = (FIRST, lot(3, 12, date(2026, 12, 31)), lot(4, 5, date(2026, 11, 30)), SECOND)
    given = coming_back(taken, 97, before=0, on=TODAY)
    assert len(given) == 4
    assert by_expiry(given) == (
        GivenUntil(5, date(2026, 11, 30)),
        GivenUntil(42, date(2026, 12, 31)),
        GivenUntil(50, None),
    )


def test_points_keep_their_last_day_and_live_30_days_more_where_it_is_over() -> None:
    assert good_until(SECOND, TODAY) is None
    assert good_until(FIRST, TODAY) == date(2026, 12, 31)
    assert good_until(replace(FIRST, expires_on=TODAY), TODAY) == TODAY
    past = replace(FIRST, expires_on=date(2026, 11, 25))
    assert good_until(past, TODAY) == date(2026, 12, 26)
