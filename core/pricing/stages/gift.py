"""满额赠礼 · 加价购: what was chosen costs nothing, or its add-on price (domain.md 2, stage 5).

Reached at ≥ on the eligible lines after stage 4. A chosen line is goods that leave the shop: it
stands at its list price, and an adjustment takes that down to 0 or to the price of the offer. It
takes no other offer and counts for none, neither does it count for its own. Where domain.md leaves
room:

- Where its offer is not reached any more, or gives less of it, the rest stays at its list price
  without any offer, and the quote names the line (`Quote.unmet`): the customer gave no consent to
  that price, so a sale with such a line is refused until somebody takes it out or says that it is
  bought, which makes it a line like any other.
- Of one offer's steps that are reached the one that saves most holds; its units go to the lines
  that save most, among equals the earlier.
- A price by hand makes it a line that is bought; a discount by hand may be given on it.
- What costs points is had by a member who has them, before any are spent as money. Of the offers
  that are on the earlier have them first; where they do not suffice for all, the rest is unmet.
- What is outside of everything, is weighed, or is never a gift by the rulebook is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec.structs import replace

from core.catalog.product import Product
from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.stages.threshold import Measured, measure, times_full
from core.pricing.working import Working, WorkingLine, is_outside
from core.rulebook.giving import Giving
from core.rulebook.offers import BasketOffer, GiftOffer
from core.rulebook.rulebook import Outside
from core.values.quantity import ONE

Share = tuple[WorkingLine, int]


def gift(working: Working) -> None:
    """Give what was chosen from the offers that are on."""
    for offer in working.on.gifts:
        chosen = [line for line in working.lines if line.chosen == offer.id]
        if chosen:
            reached = reached_givings(offer, measure(offer, working.lines))
            give(working, offer, reached, chosen, Stage.THRESHOLD)


def reached_givings(offer: GiftOffer, reached: Measured) -> list[Giving]:
    """What each step that is reached lets the customer choose, with as many units as it gives."""
    return list(_reached(offer, reached))


def _reached(offer: GiftOffer, reached: Measured) -> Iterator[Giving]:
    for step in offer.steps:
        if reached.fen < step.from_fen or reached.milli < step.from_milli:
            continue
        times = times_full(step, reached) if offer.repeats else 1
        gives = step.gives
        units = gives.units * times
        if offer.most_units:
            units = min(units, offer.most_units)
        yield replace(gives, units=units)


def give(
    working: Working,
    offer: BasketOffer,
    givings: Sequence[Giving],
    chosen: Sequence[WorkingLine],
    stage: Stage,
) -> None:
    """Let the best of these hold for the lines that were chosen from an offer."""
    held = [_affordable(working, each) for each in givings]
    giving, best, _ = _best(held, chosen, working.rulebook.outside)
    if giving is None:
        return
    for line, units in best:
        line.granted_milli = units * ONE
        line.spent_points = units * giving.points
        line.is_special = True
        off_fen = _saved(giving, line) * units
        if off_fen or giving.points:
            line.net_fen -= off_fen
            is_free = giving.is_gift and not giving.points
            reason = Reason.GIFT if is_free else Reason.ADD_ON
            working.adjustments.append(
                Adjustment(stage, offer.id, line.no, off_fen, reason, offer.name, giving.price_fen)
            )


def _affordable(working: Working, giving: Giving) -> Giving:
    if not giving.points:
        return giving
    return replace(giving, units=min(giving.units, working.points_left // giving.points))


def most_given(givings: Sequence[Giving], chosen: Sequence[WorkingLine], outside: Outside) -> int:
    """Fen that the best of these takes off the lines that were chosen."""
    return max(0, _best(givings, chosen, outside)[2])


def _best(
    givings: Sequence[Giving], chosen: Sequence[WorkingLine], outside: Outside
) -> tuple[Giving | None, list[Share], int]:
    best: list[Share] = []
    most, giving = -1, None
    for each in givings:
        shares = _shares(each, chosen, outside)
        saved = sum(_saved(each, line) * units for line, units in shares)
        if shares and saved > most:
            best, most, giving = shares, saved, each
    return giving, best, most


def gift_value(adjustments: Iterable[Adjustment]) -> int:
    """Fen that gifts and add-ons cost less than their list price."""
    reasons = (Reason.GIFT, Reason.ADD_ON)
    return sum(made.amount_fen for made in adjustments if made.reason in reasons)


class NeverHad(StrEnum):
    """Why a product is neither a gift nor an add-on, whatever an offer lists."""

    WEIGHED = "weighed"
    OUTSIDE = "outside"
    NO_GIFT = "no_gift"


def never_had(product: Product, *, is_gift: bool, outside: Outside) -> NeverHad | None:
    """Why a product may not be had so at all, free or at a price; None where it may."""
    if product.is_weighed:
        return NeverHad.WEIGHED
    if is_outside(product, outside):
        return NeverHad.OUTSIDE
    is_kept = product.is_prescription or product.category in outside.never_gifts
    return NeverHad.NO_GIFT if is_gift and is_kept else None


def _is_had(giving: Giving, line: WorkingLine, outside: Outside) -> bool:
    if line.is_by_hand or line.label_fen is not None or line.code not in giving.products:
        return False
    return never_had(line.product, is_gift=giving.is_gift, outside=outside) is None


def _shares(giving: Giving, chosen: Sequence[WorkingLine], outside: Outside) -> list[Share]:
    """How many units of each line are given, those that save most first."""
    left, shares = giving.units, list[Share]()
    lines = [line for line in chosen if _is_had(giving, line, outside)]
    for line in sorted(lines, key=lambda line: -_saved(giving, line)):
        units = min(left, line.quantity_milli // ONE)
        if units:
            shares.append((line, units))
            left -= units
    return shares


def _saved(giving: Giving, line: WorkingLine) -> int:
    """Fen that a unit costs less."""
    return max(0, line.product.price_fen - giving.price_fen)
