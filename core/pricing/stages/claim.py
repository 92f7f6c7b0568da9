"""独享 · 倍率: what is settled for a line before any offer prices it.

An exclusive offer that is on has its lines for itself: they take no other offer and count for no
threshold or minimum. Of two that want a line the earlier in canonical order has it. Multipliers
are settled here too, since what earns more decides between equal prices.
"""

from __future__ import annotations

from core.pricing.live import in_order
from core.pricing.working import Working
from core.values.rate import FULL


def claim(working: Working) -> None:
    """Give exclusive offers their lines, and lines their multiplier and bonus."""
    on = working.on
    exclusive = [offer for offer in on.basket_offers if offer.is_exclusive]
    for offer in sorted(exclusive, key=in_order):
        for line in working.lines:
            if line.is_open_to(offer):
                line.owner = offer.id
    if not on.points:
        return
    for line in working.lines:
        mine = [offer for offer in on.points if line.is_open_to(offer)]
        line.multiplier_bp = max([FULL, *(offer.multiplier_bp for offer in mine)])
        line.bonus = max([0, *(offer.bonus for offer in mine)])
