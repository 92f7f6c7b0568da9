"""机器好不好: what the machine lacks, so that a person hears of it before a sale does."""

from __future__ import annotations

from core.ports import Health
from core.shop import Shop


def look_at_machine(shop: Shop) -> Health:
    """Room on the disk, and how far the clock lies behind; raises Unavailable."""
    return shop.machine.health()
