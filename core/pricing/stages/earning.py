"""积分: what the lines earn (domain.md 3, Earn).

The base of a line is what was really paid in money: payable less what tenders without points
paid of it; nothing for what is outside of everything. Points are floored once per sale and then
allocated to the lines by their terms of the sum. A special line takes no multiplier of the tier,
unless its offer lets it take the percentage; one with a price by hand takes none at all. Bonus
points for each whole unit are added after, to the lines that caused them. Nobody earns nothing,
but the base is known.
"""

from __future__ import annotations

from core.pricing.stages.payment import cash_share
from core.pricing.tender import TenderKind
from core.pricing.working import Working, WorkingLine
from core.values.money import allocate
from core.values.quantity import ONE
from core.values.rate import FULL


def earning(working: Working) -> None:
    """Give every line its spend and its points."""
    _note_idle_cash(working)
    for line in working.lines:
        if not line.is_outside:
            line.spend_fen = line.net_fen - line.unearning_fen
    tier = working.tier
    if tier is None or not working.lines:
        return
    terms = [line.spend_fen * multiplier_of(working, line) for line in working.lines]
    points = points_of(working, sum(terms))
    if points:
        for line, part in zip(working.lines, allocate(points, terms), strict=True):
            line.points = part
    for line in working.lines:
        line.points += bonus_of(line)


def points_of(working: Working, term: int) -> int:
    """Points of a sum of fen × multiplier, floored once."""
    policy = working.rulebook.points
    return term * policy.points // (policy.per_fen * FULL * FULL)


def bonus_of(line: WorkingLine) -> int:
    """Points that offers give to a line beside what its price earns."""
    return line.bonus * (line.quantity_milli // ONE) + line.more_points


def multiplier_of(working: Working, line: WorkingLine) -> int:
    """Tier's times offers' multiplier of a line, both in basis points; a special line has none."""
    if working.tier is None or not line.takes_percentage:
        return FULL * FULL
    return working.tier.multiplier_bp * line.multiplier_bp


def _note_idle_cash(working: Working) -> None:
    rule = working.rulebook.tender(TenderKind.CASH)
    if rule is None or rule.is_earning:
        return
    for line, part in zip(working.lines, cash_share(working), strict=True):
        line.unearning_fen += part
