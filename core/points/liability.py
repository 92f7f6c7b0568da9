"""未兑积分: what the shop still owes in points, by month of expiry, in points and in money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.rulebook.rulebook import Rulebook
from core.values.money import allocate, round_half_up


class PointsRate(Struct, frozen=True):
    """What points are worth: `fen` for each `points` of them."""

    fen: int
    points: int

    @classmethod
    def of(cls, rulebook: Rulebook) -> PointsRate:
        """What a customer pays with them; where points pay nothing, what a return holds back."""
        spend, returns = rulebook.points.spend, rulebook.returns
        if spend is not None:
            return cls(spend.fen, spend.per_points)
        return cls(returns.point_fen, returns.per_points)

    def worth(self, points: int) -> int:
        """In fen, rounded half up once."""
        return round_half_up(points * self.fen, self.points)


class MonthOwed(Struct, frozen=True):
    """What expires within a month (`month` is its first day; None: never)."""

    month: date | None
    points: int
    fen: int


class Liability(Struct, frozen=True):
    """What stands open: by month, and what members owe the shop.

    `points` less `debt` is the sum of all balances; `fen` is the worth of `points`, rounded once,
    and the months add up to it.
    """

    months: tuple[MonthOwed, ...]
    debt: int
    debt_fen: int
    members: int
    rate: PointsRate

    @property
    def points(self) -> int:
        """In all lots."""
        return sum(month.points for month in self.months)

    @property
    def fen(self) -> int:
        """Their worth."""
        return sum(month.fen for month in self.months)


def liability(
    by_day: Iterable[tuple[date | None, int]], *, debt: int, members: int, rate: PointsRate
) -> Liability:
    """`by_day` in order. Money is worked out of the whole, then spread: the months add up to it."""
    by_month: dict[date | None, int] = {}
    for day, owed in by_day:
        month = day and day.replace(day=1)
        by_month[month] = by_month.get(month, 0) + owed
    points = list(by_month.values())
    fen = allocate(rate.worth(sum(points)), points) if points else []
    months = (MonthOwed(*each, part) for each, part in zip(by_month.items(), fen, strict=True))
    return Liability(tuple(months), debt, rate.worth(debt), members, rate)
