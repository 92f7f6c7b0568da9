"""竞争: pricing where offers of the whole basket compete; loaded with the first such rulebook.

A rulebook of prices and tiers alone asks nothing of this: its lines are priced one by one, and a
start of the till pays for no search that it does not need (speed.md 6 and 10).
"""

from __future__ import annotations

from msgspec import Struct

from core.pricing.best import choose
from core.pricing.live import On
from core.pricing.minimum import is_below_minimum
from core.pricing.nearly import Nearly, nearly
from core.pricing.offered import (
    Offered,
    affordable,
    idle,
    offered_coupons,
    offered_gifts,
    short_fen,
)
from core.pricing.search import EARLY, LATE
from core.pricing.stages.coupon import coupon
from core.pricing.stages.packing import Packings
from core.pricing.stages.shelf import all_units
from core.pricing.unused import unused
from core.pricing.working import Working


class Contest(Struct, frozen=True):
    """What is known of the choice beside the prices themselves (`Quote` has the same fields)."""

    is_proven: bool
    gap_fen: int
    nearly: tuple[Nearly, ...]
    offered: tuple[Offered, ...]


def contest(working: Working, live: On) -> Contest:
    """Choose the offers and price the basket with them, up to stage 6."""
    working.packings = Packings(units=all_units(working.lines))
    choice = choose(working, live.only({offer.id for offer in live.all} - idle(working, live)))
    working.on = choice.on
    for line in working.lines:
        line.restart()
    for stage in EARLY:
        stage(working)
    near = nearly(working, live)
    reaching = [gift for gift in live.gifts if not is_below_minimum(gift, working.lines)]
    offered = [*offered_gifts(working, reaching)]
    for stage in LATE:
        if stage is coupon:
            offered += offered_coupons(working, live.coupons)
        stage(working)
    reached = {each.offer for each in offered}
    working.rejected += unused(working, live, choice, reached)
    held = tuple(affordable(working, offered))
    short = short_fen(working, live)
    return Contest(choice.is_proven and not short, choice.gap_fen + short, near, held)
