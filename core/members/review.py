"""复核: what becomes of a tier whose period is over, and of cards and grants past their day.

One and the same rule for a single store's till and for head office of a chain (domain.md 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from core.members.held_tiers import HeldTier, TierHold, falls_on, held_now
from core.members.member import BaseTier
from core.members.tiers import (
    BY_PERIOD,
    BY_SALE,
    KEPT,
    CountedSale,
    Figures,
    Measured,
    figures_of,
    kept_until,
    measure,
    measured,
    tier_reached,
)
from core.rulebook.schemes import TierScheme


class Decision(Struct, frozen=True):
    """`cause` is KEPT or BY_PERIOD; `reached` what the figures alone would give."""

    cause: str
    after: str
    until: date | None
    figures: Figures
    measured: Measured | None
    reached: str


def is_over(scheme: TierScheme, base: BaseTier, today: date) -> bool:
    """Whether its period and the days of grace are over."""
    return base.until is not None and falls_on(scheme, base.until, BY_SALE) < today


def decide(
    scheme: TierScheme, base: BaseTier, sales: Iterable[CountedSale], today: date
) -> Decision:
    """What the figures of these sales, from `review_start` on, make of a tier that is over."""
    figures = figures_of(sales)
    reached = tier_reached(scheme, measure(scheme, figures, today)).code
    is_kept = scheme.rank(reached) >= scheme.rank(base.tier)
    after = base.tier if is_kept else reached
    return Decision(
        KEPT if is_kept else BY_PERIOD,
        after,
        next_end(scheme, after, base.until or today, today),
        figures,
        measured(scheme, figures, today),
        reached,
    )


def next_end(scheme: TierScheme, tier: str, until: date, today: date) -> date | None:
    """Another full period; the lowest tier has none."""
    return kept_until(scheme, until, today) if scheme.rank(tier) else None


def run_out(
    scheme: TierScheme, holds: Sequence[TierHold], today: date
) -> tuple[HeldTier | None, tuple[TierHold, ...]]:
    """What holds without the cards and grants that are past their day, and which those are."""
    held, ended = held_now(scheme, holds), list[TierHold]()
    while held is not None and falls_on(scheme, held.until, held.cause) < today:
        lost = held.tier, held.cause
        ended += (hold for hold in holds if (hold.tier, hold.cause) == lost)
        holds = [hold for hold in holds if (hold.tier, hold.cause) != lost]
        held = held_now(scheme, holds)
    return held, tuple(ended)
