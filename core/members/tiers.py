"""等级: which tier a member's spend reaches. Up at once, never down (domain.md 4).

A fall waits for the end of the period and is no part of a sale. Only an upgrade whose figures a
void or a return undoes is taken back at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.rulebook.schemes import TierScheme
from core.values.moment import months_after, months_before

BY_SALE = "sale"


@dataclass(frozen=True, slots=True)
class CountedSale:
    """A sale as far as it counts for a tier: its spend (fen) less what was voided or came back."""

    sale_id: UUID
    business_on: date
    spend_fen: int


@dataclass(frozen=True, slots=True)
class TierChange:
    """One change, kept with its cause ("sale", "void", "return", "merge") and its spend (fen)."""

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


def standing_since(changes: Iterable[TierChange]) -> TierChange | None:
    """The first of the upgrades by sales that stand; `changes` is all there was, in its order.

    Nothing where the tier came from elsewhere, as from a merge.
    """
    first: TierChange | None = None
    held: str | None = None
    for change in changes:
        if held is not None and change.before != held:
            first = None
        if first is None:
            first = change if change.cause == BY_SALE else None
        elif change.after == first.before:
            first = None
        held = change.after
    return first


def tier_anew(
    scheme: TierScheme, first: TierChange, sales: Iterable[CountedSale]
) -> tuple[str, date | None]:
    """The tier that a member's sales give, and the day it was reached, worked out anew.

    From what was held before the first upgrade that stands, over all sales since its own; `sales`
    is all of them in their order. The day is None where no upgrade is left.
    """
    held, reached_on, has_begun = first.before, None, False
    window: deque[CountedSale] = deque()
    spent_fen = 0
    for sale in sales:
        window.append(sale)
        spent_fen += sale.spend_fen
        start = window_start(scheme, sale.business_on)
        while window[0].business_on < start:
            spent_fen -= window.popleft().spend_fen
        has_begun = has_begun or sale.sale_id == first.sale_id
        if has_begun and (after := tier_after(scheme, held, spent_fen)) != held:
            held, reached_on = after, sale.business_on
    return held, reached_on
