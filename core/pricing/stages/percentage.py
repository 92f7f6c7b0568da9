"""折扣: the tier's percentage of what a line costs (domain.md 2, stage 4).

The amount taken off is rounded, half up, once per line. What the stage of unit prices made
special takes none, and neither does a line with a price by hand. The other percentages (birthday,
category, member day) join here.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Lost, Reason, Rejected, Stage
from core.pricing.working import Working, WorkingLine
from core.rulebook.schemes import Tier
from core.values.rate import FULL, take


def percentage(working: Working) -> None:
    """Take the tier's percentage off every line that may have it and gains by it."""
    tier = working.tier
    if tier is None or tier.discount_bp == FULL:
        return
    for line in working.lines:
        if line.is_outside:
            working.rejected.append(_lost(tier, line, Lost.OUTSIDE, 0))
            continue
        if not line.takes_percentage:
            working.rejected.append(_beaten(tier, line))
            continue
        left = take(line.net_fen, tier.discount_bp)
        if left == line.net_fen:
            working.rejected.append(_lost(tier, line, Lost.NOT_LOWER, 0))
            continue
        working.adjustments.append(
            Adjustment(
                Stage.PERCENTAGE,
                offer_id(tier),
                line.no,
                line.net_fen - left,
                Reason.TIER_PERCENTAGE,
                tier.name,
                0,
                tier.discount_bp,
            )
        )
        line.net_fen = left


def offer_id(tier: Tier) -> str:
    """What a tier's percentage is called among offers."""
    return f"tier:{tier.code}"


def _beaten(tier: Tier, line: WorkingLine) -> Rejected:
    if line.is_by_hand:
        return _lost(tier, line, Lost.BY_HAND, 0)
    left = take(line.list_fen, tier.discount_bp)
    lost = Lost.NOT_LOWER if left == line.list_fen else Lost.PRICE_BETTER
    return _lost(tier, line, lost, left - line.net_fen)


def _lost(tier: Tier, line: WorkingLine, lost: Lost, dearer_fen: int) -> Rejected:
    return Rejected(offer_id(tier), line.no, lost, dearer_fen, tier.name)
