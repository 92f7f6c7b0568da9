"""赠品收回: gifts that stay with a customer whose kept goods do not reach them any more.

Domain.md says that what may come back is data, and no more. A gift comes back with the goods it
was given for, or a manager lets it stay (`ReturnPolicy.is_gift_needed`). What is kept counts at its
list price: that never asks for a gift which the kept goods alone would have reached. Add-ons were
paid for, and stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.pricing.stages.gift import reached_givings
from core.pricing.stages.threshold import Measured
from core.rulebook.conditions import Scope
from core.rulebook.offers import BasketOffer, CouponOffer, GiftOffer
from core.rulebook.rulebook import Rulebook
from core.sales.returns import LinePart, SoldLine
from core.values.money import round_half_up
from core.values.quantity import ONE


def gifts_kept(
    lines: Sequence[SoldLine], parts: Iterable[LinePart], rulebook: Rulebook
) -> tuple[SoldLine, ...]:
    """The gifts that would stay though what is kept after these parts does not reach them.

    `rulebook` is the one that the sale was priced under.
    """
    back = {part.no: part.quantity_milli for part in parts}
    kept = {line.no: line.left_milli - back.get(line.no, 0) for line in lines}
    gifts = [line for line in lines if line.gift and kept[line.no]]
    offers = {offer.id: offer for offer in rulebook.offers if isinstance(offer, BasketOffer)}
    found: list[SoldLine] = []
    for name in dict.fromkeys(line.gift for line in gifts):
        mine = [line for line in gifts if line.gift == name]
        offer = offers.get(name)
        units = (
            0 if offer is None else _allowed(offer, _measure(offer.scope, lines, kept, rulebook))
        )
        for line in mine:
            units -= kept[line.no] // ONE
            if units < 0:
                found.append(line)
    return tuple(found)


def _allowed(offer: BasketOffer, reached: Measured) -> int:
    if isinstance(offer, GiftOffer):
        return max((giving.units for giving in reached_givings(offer, reached)), default=0)
    if isinstance(offer, CouponOffer) and offer.gives and reached.fen >= offer.from_fen:
        return offer.gives.units
    return 0


def _measure(
    scope: Scope, lines: Sequence[SoldLine], kept: dict[int, int], rulebook: Rulebook
) -> Measured:
    """What of the goods is kept; a scope of brands counts every line, whose brand nobody kept."""
    fen = milli = 0
    outside = rulebook.outside
    for line in lines:
        is_out = line.is_prescription and outside.is_prescription_outside
        is_counted = bool(scope.brands) or scope.has(line.code, line.category)
        if line.gift or is_out or line.category in outside.categories or not is_counted:
            continue
        fen += round_half_up(line.list_fen * kept[line.no], line.quantity_milli)
        milli += kept[line.no]
    return Measured(fen, milli)
