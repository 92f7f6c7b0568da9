"""行为积分: how often a member may, by day, year and in all; 0 is any number."""

from __future__ import annotations

import pytest

from core.points.deeds import DAY, EVER, YEAR, Times
from core.rulebook.behaviours import Behaviour

SIGN_IN = Behaviour("sign_in", "签到", 5, per_day=2, per_year=10, in_all=30)


@pytest.mark.parametrize(
    ("times", "limit"),
    [
        (Times(), None),
        (Times(day=1, year=9, ever=29), None),
        (Times(day=2, year=2, ever=2), (DAY, 2)),
        (Times(day=0, year=10, ever=10), (YEAR, 10)),
        (Times(day=0, year=0, ever=30), (EVER, 30)),
        (Times(day=3, year=99, ever=99), (DAY, 2)),
    ],
)
def test_the_first_limit_that_leaves_no_room_is_told(times, limit):
    assert times.limit_reached(SIGN_IN) == limit


def test_a_limit_of_nothing_is_none():
    often = Times(day=99, year=999, ever=9999)
    assert often.limit_reached(Behaviour("a", "建议", 5, per_day=0)) is None
