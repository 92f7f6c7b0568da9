"""最低要求: what an offer's lines have to come to at list price, before anything is on.

It is asked of the list, so that no other offer, however good, takes a basket below it; lines with
a price by hand and lines outside of everything do not count.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.pricing.working import WorkingLine
from core.rulebook.offers import BasketOffer


def is_below_minimum(offer: BasketOffer, lines: Sequence[WorkingLine]) -> bool:
    """Whether these lines, at list price, are less than an offer asks for."""
    when = offer.when
    if not when.has_minimum:
        return False
    mine = [line for line in lines if line.is_open_to(offer)]
    fen, milli = sum(line.net_fen for line in mine), sum(line.quantity_milli for line in mine)
    return fen < when.from_fen or milli < when.from_milli
