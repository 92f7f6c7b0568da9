"""等级: which tier a member's figures reach. Up at once, down at the period's end (domain.md 4).

A fall waits for the end of the period and is no part of a sale. Only an upgrade whose figures a
void or a return undoes is taken back at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.rulebook.schemes import CALENDAR, PAYABLE, SCORE, SPEND, Tier, TierScheme
from core.values.moment import months_after, months_before

BY_SALE, BY_PERIOD, KEPT = "sale", "period", "kept"
LATE = "late"
"""A fall at the period's end was undone: sales that came late would have kept the tier."""


class CountedSale(Struct, frozen=True):
    """A sale as far as it counts for a tier, less what was voided or came back.

    `spend_fen` is what the scheme counts of its money, `points` what it earned.
    """

    sale_id: UUID
    business_on: date
    spend_fen: int
    points: int = 0


class Figures(Struct, frozen=True):
    """依据: what a member did within the window.

    `purchases` are sales of which something counts still: what came back whole is none.
    """

    spend_fen: int = 0
    points: int = 0
    purchases: int = 0
    last_on: date | None = None

    def plus(self, sale: CountedSale) -> Figures:
        """With one sale more, the newest."""
        is_purchase = sale.spend_fen > 0
        return Figures(
            self.spend_fen + sale.spend_fen,
            self.points + sale.points,
            self.purchases + is_purchase,
            sale.business_on if is_purchase else self.last_on,
        )

    def joined(self, other: Figures) -> Figures:
        """Those of two members who are one from now on."""
        days = [day for day in (self.last_on, other.last_on) if day is not None]
        return Figures(
            self.spend_fen + other.spend_fen,
            self.points + other.points,
            self.purchases + other.purchases,
            max(days, default=None),
        )


class Measured(Struct, frozen=True):
    """What a change came from: the scheme's kind, its measure, and the figures behind it."""

    kind: str
    measure: int
    figures: Figures


class TierChange(Struct, frozen=True):
    """One change of the tier that figures give, kept with its cause and its figures.

    Causes: "sale", "void", "return", "merge", "part"; "period" where it fell at the period's end,
    "kept" where another period began, "late" where head office took a fall back. `measured` is None
    where it was spend alone (`spend_fen`).
    """

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
    measured: Measured | None = None


def figures_of(sales: Iterable[CountedSale]) -> Figures:
    """What these sales, in their order, come to."""
    figures = Figures()
    for sale in sales:
        figures = figures.plus(sale)
    return figures


def counted_money(scheme: TierScheme, *, spend_fen: int, payable_fen: int) -> int:
    """What of a sale's money counts: the points base, unless the rulebook counts all of it."""
    return payable_fen if scheme.counts == PAYABLE else spend_fen


def window_start(scheme: TierScheme, today: date) -> date:
    """The first business date that counts: exactly so many months ago is within."""
    if scheme.window == CALENDAR:
        return date(today.year, 1, 1)
    return months_before(today, scheme.window_months)


def review_start(scheme: TierScheme, until: date, today: date) -> date:
    """The first business date that counts for staying, for a tier held until then.

    Of calendar years it is that of the year that ended; what was bought in the days of grace
    counts beside it.
    """
    if scheme.window == CALENDAR:
        return date(min(until, today).year, 1, 1)
    return window_start(scheme, today)


def score_of(scheme: TierScheme, figures: Figures, today: date) -> int:
    """评分: recency, frequency and money together; nothing without a purchase."""
    bands, last_on = scheme.bands, figures.last_on
    if bands is None or not figures.purchases or last_on is None:
        return 0
    return (
        next((score for least, score in bands.money if figures.spend_fen >= least), 0)
        + next((score for least, score in bands.purchases if figures.purchases >= least), 0)
        + next(
            score
            for months, score in bands.recency
            if months is None or last_on >= months_before(today, months)
        )
    )


def measure(scheme: TierScheme, figures: Figures, today: date) -> int:
    """The one number by which the scheme tells its tiers apart: fen, points or score."""
    match scheme.kind:
        case "spend":
            return figures.spend_fen
        case "points":
            return figures.points
        case "score":
            return score_of(scheme, figures, today)
    return 0


def measured(scheme: TierScheme, figures: Figures, today: date) -> Measured | None:
    """What to keep beside a change; None where spend alone says it."""
    if scheme.kind == SPEND:
        return None
    return Measured(scheme.kind, measure(scheme, figures, today), figures)


def tier_reached(scheme: TierScheme, measure_now: int) -> Tier:
    """The highest tier that a figure gives."""
    reached = scheme.tiers[0]
    for tier in scheme.tiers:
        if tier.least is not None and tier.least <= measure_now:
            reached = tier
    return reached


def tier_after(scheme: TierScheme, current: str, measure_now: int) -> str:
    """The code of the tier that a figure in the window gives; never below the current one.

    A current code that the scheme no longer knows counts as its lowest tier.
    """
    held = scheme.tier(current)
    return higher(scheme, held.code, tier_reached(scheme, measure_now).code)


def higher(scheme: TierScheme, one: str, other: str) -> str:
    """The higher of two tiers, by their codes; the first where they are equal."""
    return scheme.tier(max(one, other, key=scheme.rank)).code


def holds_until(scheme: TierScheme, today: date) -> date:
    """The last business date that a tier reached or imported today is held: one full period.

    Of calendar years it is the rest of this one and the whole next one.
    """
    if scheme.window == CALENDAR:
        return date(today.year + 1, 12, 31)
    return months_after(today, scheme.window_months)


def kept_until(scheme: TierScheme, until: date, today: date) -> date:
    """The last business date of the period after one that was over at `until`, reviewed today.

    Of calendar years it is the next one: the review of January looks at the year that ended, and
    what that reached would have been held as long. A till that was shut for years is in today's.
    """
    if scheme.window == CALENDAR:
        return date(max(until.year + 1, today.year), 12, 31)
    return holds_until(scheme, today)


def standing_since(changes: Iterable[TierChange]) -> TierChange | None:
    """The first of the upgrades by sales that stand; `changes` is all there was, in its order.

    Nothing where the tier came from elsewhere, as from a merge. What a period's end decided
    stands: it is no upgrade, and what was bought before it is behind it.
    """
    first: TierChange | None = None
    held: str | None = None
    for change in changes:
        if (held is not None and change.before != held) or change.cause in (BY_PERIOD, KEPT, LATE):
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
    spent_fen = points = 0
    for sale in sales:
        window.append(sale)
        spent_fen, points = spent_fen + sale.spend_fen, points + sale.points
        start = window_start(scheme, sale.business_on)
        while window[0].business_on < start:
            gone = window.popleft()
            spent_fen, points = spent_fen - gone.spend_fen, points - gone.points
        has_begun = has_begun or sale.sale_id == first.sale_id
        if not has_begun:
            continue
        figures = Figures(spent_fen, points) if scheme.kind != SCORE else figures_of(window)
        now = measure(scheme, figures, sale.business_on)
        if (after := tier_after(scheme, held, now)) != held:
            held, reached_on = after, sale.business_on
    return held, reached_on
