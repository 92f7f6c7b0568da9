"""改价: a price by hand replaces the list price of a unit (domain.md 2, end of the stages).

The line is kept out of every other offer and of their multipliers; a discount by hand of the whole
basket still takes its share of it. Where domain.md leaves room:

- Below list, what it takes off is an adjustment from the list price, like any other.
- Above list it *is* the line's list price, since nothing was taken off: a price tag that was too
  low, a product that came without a price. List less adjustments is the payable all the same.
- What is outside of everything takes none, as it takes no discount: the actions refuse it, and a
  rulebook that was changed meanwhile leaves the line at its list price and says so.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Lost, Reason, Rejected, Stage
from core.pricing.by_hand import PriceByHand
from core.pricing.stages.list_price import at_price
from core.pricing.working import Working, WorkingLine

OFFER = "price_by_hand"


def price_by_hand(working: Working) -> None:
    """Give its price to every line that has one by hand."""
    for line in working.lines:
        if isinstance(line.by_hand, PriceByHand):
            _put(working, line, line.by_hand)


def _put(working: Working, line: WorkingLine, by_hand: PriceByHand) -> None:
    if line.is_outside:
        working.rejected.append(Rejected(OFFER, line.no, Lost.OUTSIDE, 0, by_hand.reason))
        return
    line.is_by_hand = line.is_special = True
    line.takes_percentage = False
    line.net_fen = at_price(line, by_hand.price_fen)
    line.list_fen = max(line.list_fen, line.net_fen)
    if line.net_fen < line.list_fen:
        working.adjustments.append(
            Adjustment(
                Stage.PRICE_BY_HAND,
                OFFER,
                line.no,
                line.list_fen - line.net_fen,
                Reason.PRICE_BY_HAND,
                by_hand.reason,
                by_hand.price_fen,
            )
        )
