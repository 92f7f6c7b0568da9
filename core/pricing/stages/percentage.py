"""折扣: percentages of what a line costs (domain.md 2, stage 4).

The amount taken off is rounded, half up, once per line and offer. Of the percentages that do not
stack the one that takes off most is taken, among equals the first in canonical order; stackable
ones follow, each on the remainder. What the stage of unit prices made special takes none, nor does
a line with a price by hand. Where domain.md leaves room: units that filled a deal of stage 3 take
none either, since only left-over units go on; and a cap of an offer is reached line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.pricing.adjustment import Adjustment, Lost, Reason, Rejected, Stage
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import PercentageOffer
from core.values.rate import take


def percentage(working: Working) -> None:
    """Take percentages off every line that may have them and gains by it."""
    offers = working.on.percentages
    if not offers:
        return
    left_of_cap = caps_of(offers)
    for line in working.lines:
        mine = [offer for offer in offers if offer.id in line.offers]
        tier = next((offer for offer in mine if offer.tier), None)
        if line.is_outside:
            _reject(working, line, tier, Lost.OUTSIDE)
        elif line.owner:
            mine = [offer for offer in mine if offer.id == line.owner]
            _take(working, line, mine, left_of_cap)
        elif not line.takes_percentage:
            _beaten(working, line, tier)
        elif not _take(working, line, mine, left_of_cap):
            _reject(working, line, tier, Lost.NOT_LOWER)


def caps_of(offers: Iterable[PercentageOffer]) -> dict[str, int]:
    """What those with a cap may take of a whole basket."""
    return {offer.id: offer.cap_fen for offer in offers if offer.cap_fen is not None}


def percentages_off(
    fen: int, offers: Sequence[PercentageOffer], caps: dict[str, int]
) -> Iterator[tuple[PercentageOffer, int]]:
    """Which of these offers are taken of an amount, in order, and what each takes off it."""
    best, most = None, 0
    for offer in offers:
        if not offer.is_stackable:
            off = _off(offer, fen, caps)
            if off > most:
                best, most = offer, off
    if best is not None:
        yield best, most
        fen -= most
    for offer in offers:
        if offer.is_stackable and (off := _off(offer, fen, caps)):
            yield offer, off
            fen -= off


def _off(offer: PercentageOffer, fen: int, caps: dict[str, int]) -> int:
    off = fen - take(fen, offer.rate_bp)
    return min(off, caps[offer.id]) if offer.id in caps else off


def _take(
    working: Working, line: WorkingLine, offers: Sequence[PercentageOffer], caps: dict[str, int]
) -> bool:
    """Whether anything came off; the tier's percentage says on which lines it did not."""
    before = line.net_fen
    has_tier = any(offer.tier for offer in offers)
    for offer, off in percentages_off(line.net_fen - line.deal_fen, offers, caps):
        if offer.id in caps:
            caps[offer.id] -= off
        has_tier = has_tier and not offer.tier
        line.net_fen -= off
        if working.tried is not None:
            working.tried.add(offer.id)
            continue
        working.adjustments.append(
            Adjustment(
                Stage.PERCENTAGE,
                offer.id,
                line.no,
                off,
                Reason.TIER_PERCENTAGE if offer.tier else Reason.PERCENTAGE,
                offer.name,
                0,
                offer.rate_bp,
            )
        )
    if has_tier and line.net_fen < before:
        tier = next(offer for offer in offers if offer.tier)
        dearer = take(before - line.deal_fen, tier.rate_bp) + line.deal_fen - line.net_fen
        _lost(working, line, tier, Lost.OTHERS_BETTER, max(0, dearer))
    return line.net_fen < before


def _reject(working: Working, line: WorkingLine, tier: PercentageOffer | None, lost: Lost) -> None:
    if tier is not None:
        _lost(working, line, tier, lost, 0)


def _beaten(working: Working, line: WorkingLine, tier: PercentageOffer | None) -> None:
    if tier is None:
        return
    if line.is_by_hand:
        _lost(working, line, tier, Lost.BY_HAND, 0)
        return
    left = take(line.list_fen, tier.rate_bp)
    lost = Lost.NOT_LOWER if left == line.list_fen else Lost.PRICE_BETTER
    _lost(working, line, tier, lost, left - line.net_fen)


def _lost(
    working: Working, line: WorkingLine, tier: PercentageOffer, lost: Lost, dearer_fen: int
) -> None:
    if working.tried is None:
        working.rejected.append(Rejected(tier.id, line.no, lost, dearer_fen, tier.name))
