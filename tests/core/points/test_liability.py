"""未兑积分: what points are worth, by the month in which they expire; and what expires next."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.points.ledger import LotLeft, expires_next
from core.points.liability import MonthOwed, PointsRate, liability
from core.rulebook.points_policy import PointsPolicy, SpendPolicy
from core.rulebook.returns import ReturnPolicy
from tests.storage.making import a_rulebook

TODAY = date(2026, 11, 26)


def test_points_are_worth_what_they_pay_or_else_what_a_return_holds_back() -> None:
    book = replace(a_rulebook(), returns=ReturnPolicy(point_fen=2, per_points=3))
    assert PointsRate.of(book) == PointsRate(2, 3)
    paying = replace(book, points=PointsPolicy(spend=SpendPolicy(100, 50)))
    assert PointsRate.of(paying) == PointsRate(100, 50)


def test_the_worth_is_rounded_half_up_once() -> None:
    assert [PointsRate(1, 2).worth(points) for points in (2, 3, 4)] == [1, 2, 2]


def test_days_of_a_month_stand_together_and_those_without_end_apart() -> None:
    owed = [(None, 10), (date(2026, 12, 1), 100), (date(2026, 12, 31), 50), (date(2027, 1, 1), 40)]
    found = liability(owed, debt=7, members=2, rate=PointsRate(2, 1))
    assert found.months == (
        MonthOwed(None, 10, 20),
        MonthOwed(date(2026, 12, 1), 150, 300),
        MonthOwed(date(2027, 1, 1), 40, 80),
    )
    assert (found.points, found.fen, found.debt_fen) == (200, 400, 14)


def lot(no: int, left: int, expires_on: date | None) -> LotLeft:
    return LotLeft(UUID(int=no), expires_on, left, earned_on=TODAY, rulebook_version=7)


def test_what_expires_next_is_all_of_the_first_day_that_is_not_over() -> None:
    lots = [
        lot(1, 5, None),
        lot(2, 7, date(2026, 11, 25)),
        lot(3, 0, TODAY),
        lot(4, 20, date(2026, 12, 31)),
        lot(5, 30, date(2026, 12, 1)),
        lot(6, 1, date(2026, 12, 1)),
    ]
    assert expires_next(lots, TODAY) == (date(2026, 12, 1), 31)
    assert expires_next([lot(1, 9, TODAY)], TODAY) == (TODAY, 9)
    assert expires_next(lots[:3], TODAY) is None
