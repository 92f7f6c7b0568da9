"""等级: how one becomes 银卡 or 金卡, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from core.values.rate import FULL


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: from how much spend (fen in the window), its percentage and its multiplier."""

    code: str
    name: str
    from_fen: int
    discount_bp: int = FULL
    multiplier_bp: int = FULL


@dataclass(frozen=True, slots=True)
class TierScheme:
    """消费等级: tiers by money spent in a rolling window of months, lowest first."""

    tiers: tuple[Tier, ...]
    window_months: int = 12

    def tier(self, code: str) -> Tier:
        """The tier of this code; the lowest where the rulebook no longer knows it."""
        return next((tier for tier in self.tiers if tier.code == code), self.tiers[0])

    def named(self, text: str) -> Tier | None:
        """The tier a person means by its name or code, as in an import's 等级 column."""
        wanted = text.strip().casefold()
        matches = (t for t in self.tiers if wanted in (t.name.casefold(), t.code.casefold()))
        return next(matches, None)

    def rank(self, code: str) -> int:
        """Place in the order of tiers, 0 the lowest."""
        return self.tiers.index(self.tier(code))
