"""持有的等级: tiers that a bought card or a person gives, for a time, above what figures give.

A card that is bought again while it holds begins where the former one ends (续卡). What is sold
and comes back ends at once; what runs out ends by the review of tiers, after the days of grace.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.rulebook.schemes import TierScheme
from core.values.moment import months_after

BY_CARD, GRANTED = "card", "granted"
RUN_OUT, TAKEN_BACK = "term", "withdrawn"


class HeldTier(Struct, frozen=True):
    """What holds beside the figures: a tier, and its last business date."""

    tier: str
    until: date
    cause: str = BY_CARD


class FallenTier(Struct, frozen=True):
    """A tier that was lost, and its last business date, until somebody was told of it."""

    tier: str
    on: date


class TierHold(Struct, frozen=True):
    """One card that was bought (`months`, its sale and line), or one grant (`until`, `reason`)."""

    id: UUID
    member_id: UUID
    tier: str
    cause: str
    at_us: int
    business_on: date
    staff_no: int
    approved_by: int
    months: int = 0
    until: date | None = None
    sale_id: UUID | None = None
    line_no: int = 0
    reason: str = ""


class HoldEnd(Struct, frozen=True):
    """How one of them ended: "term", "return", "void" or "withdrawn"."""

    hold_id: UUID
    cause: str
    at_us: int
    business_on: date
    staff_no: int


def held_now(scheme: TierScheme, holds: Iterable[TierHold]) -> HeldTier | None:
    """The highest tier of those that were not ended, and how long it holds.

    `holds` in the order in which they were given.
    """
    held = held_each(holds)
    return max(held, key=lambda each: (scheme.rank(each.tier), each.until), default=None)


def held_each(holds: Iterable[TierHold]) -> tuple[HeldTier, ...]:
    """Each tier that is held by cards, or by grants, and how long all of these hold it."""
    held: dict[tuple[str, str], HeldTier] = {}
    for hold in holds:
        until, before = hold.until, held.get((hold.tier, hold.cause))
        if until is None:
            start = hold.business_on if before is None else max(before.until, hold.business_on)
            until = months_after(start, hold.months)
        held[hold.tier, hold.cause] = HeldTier(hold.tier, until, hold.cause)
    return tuple(held.values())


def falls_on(scheme: TierScheme, until: date, cause: str) -> date:
    """The last business date before it falls: a grant ends on its day, all else after grace."""
    return until if cause == GRANTED else date.fromordinal(until.toordinal() + scheme.grace_days)
