"""这次用了谁: which of the offers that are counted a priced basket uses."""

from __future__ import annotations

from collections.abc import Iterable

from core.pricing.rank import is_used_up
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import PointsOffer
from core.values.quantity import ONE
from core.values.rate import FULL


def offers_used(working: Working, counted: Iterable[str]) -> tuple[str, ...]:
    """Which of these offers the priced basket uses, by id."""
    used = {made.offer for made in working.adjustments}
    if working.tier is not None and working.on.points:
        for line in working.lines:
            used.update(_earning(working, line))
    return tuple(sorted(used.intersection(counted)))


def _earning(working: Working, line: WorkingLine) -> list[str]:
    """The first offer that gives the line its multiplier, and the one that gives its bonus.

    One that comes again goes before one that a member has so many times.
    """
    mine = [offer for offer in working.on.points if line.is_open_to(offer)]
    mine.sort(key=is_used_up)
    found: list[PointsOffer | None] = [None, None]
    if line.multiplier_bp > FULL and line.takes_percentage and line.spend_fen:
        found[0] = next((o for o in mine if o.multiplier_bp == line.multiplier_bp), None)
    if line.bonus and line.quantity_milli >= ONE:
        found[1] = next((o for o in mine if o.bonus == line.bonus), None)
    return [offer.id for offer in found if offer is not None]
