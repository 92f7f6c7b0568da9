"""积分规则: what a yuan earns, how long a lot lives, and what points are worth as money."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.rulebook.conditions import EVERYTHING, Scope
from core.values.moment import months_after
from core.values.rate import FULL


class SpendPolicy(Struct, frozen=True):
    """积分抵扣: `fen` for each step of `per_points`; whole steps, so that no point is swallowed.

    They pay at most `most_bp` of what a sale comes to, and goods within `scope` only; never what
    is outside of everything. Fewer than `least_points` are not taken.
    """

    fen: int
    per_points: int
    most_bp: int = FULL
    least_points: int = 0
    scope: Scope = EVERYTHING

    def taken(self, chosen: int, most: int) -> int:
        """Of so many points that were chosen those that are taken, where `most` make sense."""
        points = min(chosen, most) // self.per_points * self.per_points
        return points if points >= self.least_points else 0

    def worth_fen(self, points: int) -> int:
        """What whole steps of points pay."""
        return points // self.per_points * self.fen


class PointsPolicy(Struct, frozen=True):
    """`points` for each `per_fen` of money; `expiry` is "rolling" (months), "year_end", "never".

    Without `spend` points pay nothing.
    """

    points: int = 1
    per_fen: int = 100
    expiry: str = "rolling"
    months: int = 24
    spend: SpendPolicy | None = None

    def expires_on(self, earned_on: date) -> date | None:
        """Last business date on which a lot earned that day can be used; None for never."""
        if self.expiry == "never":
            return None
        if self.expiry == "year_end":
            return date(earned_on.year, 12, 31)
        return months_after(earned_on, self.months)
