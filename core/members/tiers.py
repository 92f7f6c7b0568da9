"""等级: which tier a member's spend reaches. Up at once, never down (domain.md 4).

A fall waits for the end of the period and is no part of a sale. Only an upgrade whose figures a
void undoes is taken back at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.rulebook.schemes import TierScheme
from core.values.moment import months_after, months_before


@dataclass(frozen=True, slots=True)
class TierChange:
    """One change, kept with its cause ("sale" or "void") and the spend (fen) that it came from."""

    member_id: UUID
    cause: str
    sale_id: UUID
    day_id: UUID
    at_us: int
    business_on: date
    before: str
    after: str
    until_before: date | None
    until_after: date | None
    spend_fen: int


def window_start(scheme: TierScheme, today: date) -> date:
    """The first business date whose spend counts: exactly so many months ago is within."""
    return months_before(today, scheme.window_months)


def tier_after(scheme: TierScheme, current: str, spend_fen: int) -> str:
    """The code of the tier that a spend in the window (fen) gives; never below the current one.

    A current code that the scheme no longer knows counts as its lowest tier.
    """
    held = scheme.tier(current)
    reached = max(
        (tier for tier in scheme.tiers if tier.from_fen <= spend_fen),
        key=lambda tier: tier.from_fen,
        default=held,
    )
    return max(held, reached, key=lambda tier: scheme.rank(tier.code)).code


def holds_until(scheme: TierScheme, today: date) -> date:
    """The last business date that a tier reached or imported today is held: one full period."""
    return months_after(today, scheme.window_months)


def tier_after_all(
    scheme: TierScheme, current: str, spent_before_fen: int, spends_fen: Iterable[int]
) -> str:
    """The tier after several sales, one after another, of a member who had spent so much before."""
    for fen in spends_fen:
        spent_before_fen += fen
        current = tier_after(scheme, current, spent_before_fen)
    return current
