"""积分规则: what a yuan earns and how long a lot lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.values.moment import months_after


@dataclass(frozen=True, slots=True)
class PointsPolicy:
    """`points` for each `per_fen` of money; `expiry` is "rolling" (months), "year_end", "never"."""

    points: int = 1
    per_fen: int = 100
    expiry: str = "rolling"
    months: int = 24

    def expires_on(self, earned_on: date) -> date | None:
        """Last business date on which a lot earned that day can be used; None for never."""
        if self.expiry == "never":
            return None
        if self.expiry == "year_end":
            return date(earned_on.year, 12, 31)
        return months_after(earned_on, self.months)
