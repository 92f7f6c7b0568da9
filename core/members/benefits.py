"""权益: what a member's tier gives beside prices, and how much of it is left in its period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.rulebook.schemes import Benefit


class BenefitUse(Struct, frozen=True):
    """Once that a benefit was used."""

    id: UUID
    member_id: UUID
    benefit: str
    at_us: int
    business_on: date
    staff_no: int


class BenefitLeft(Struct, frozen=True):
    """A benefit, and how often it can be used until `until`; None for one that is not counted."""

    benefit: Benefit
    left: int | None = None
    until: date | None = None


def period_start(per: str, today: date) -> date:
    """The first day of the month, the quarter or the year."""
    if per == "year":
        return date(today.year, 1, 1)
    if per == "quarter":
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return date(today.year, today.month, 1)


def period_end(per: str, today: date) -> date:
    """The last day of it."""
    start = period_start(per, today)
    months = {"month": 1, "quarter": 3, "year": 12}[per]
    index = start.year * 12 + start.month - 1 + months
    return date.fromordinal(date(index // 12, index % 12 + 1, 1).toordinal() - 1)


def benefits_left(
    benefits: Iterable[Benefit], uses: Iterable[BenefitUse], today: date
) -> tuple[BenefitLeft, ...]:
    """Each benefit with what is left of it; never below nothing, where a tier gives less now."""
    used = list(uses)
    return tuple(_left(benefit, used, today) for benefit in benefits)


def _left(benefit: Benefit, uses: list[BenefitUse], today: date) -> BenefitLeft:
    if not benefit.count:
        return BenefitLeft(benefit)
    start = period_start(benefit.per, today)
    gone = sum(use.benefit == benefit.code and use.business_on >= start for use in uses)
    return BenefitLeft(benefit, max(0, benefit.count - gone), period_end(benefit.per, today))
