"""没有用上的: why each offer of the whole basket that could have been on is not."""

from __future__ import annotations

from collections.abc import Collection

from core.pricing.adjustment import Lost, Rejected
from core.pricing.best import Choice
from core.pricing.live import On
from core.pricing.minimum import Minima
from core.pricing.offered import idle
from core.pricing.search import EARLY, LATE
from core.pricing.working import Working
from core.rulebook.offers import (
    BasketOffer,
    CouponOffer,
    Deal,
    GiftOffer,
    Offer,
    PointsOffer,
    Threshold,
)


def unused(working: Working, live: On, choice: Choice, reached: Collection[str]) -> list[Rejected]:
    """Offers without any effect; prices and the tier's percentage speak for themselves by line.

    `reached` are those from which a gift or an add-on may be chosen.
    """
    used = {made.offer for made in working.adjustments}
    told = {lost.offer for lost in working.rejected}
    stays = (o for o in live.basket_offers if o.id not in used and _is_told(o, choice))
    resting = idle(working, live)
    lost: list[Rejected] = []
    for offer in stays:
        if offer.id in told:
            continue
        if offer.id in resting:
            why = Lost.NOT_CHOSEN if offer.id in reached else Lost.NOT_REACHED
            lost.append(Rejected(offer.id, 0, why, 0, offer.name))
        else:
            lost.append(_why(working, choice, offer))
    on = {offer.id for offer in choice.on.prices}
    # A price that is on speaks for itself by line; one that the search left off does not.
    lost += [_beaten(working, choice, offer) for offer in live.prices if offer.id not in on]
    return lost


def _beaten(working: Working, choice: Choice, offer: Offer) -> Rejected:
    dearer = _with(working, choice, offer) - sum(line.net_fen for line in working.lines)
    return Rejected(offer.id, 0, Lost.OTHERS_BETTER, max(0, dearer), offer.name)


def _is_told(offer: BasketOffer, choice: Choice) -> bool:
    """What gives points is never beaten: only that its minimum is not reached is worth a word."""
    return not isinstance(offer, PointsOffer) or offer.id in choice.unreached


def _why(working: Working, choice: Choice, offer: BasketOffer) -> Rejected:
    if offer.id in choice.unreached:
        is_open = any(line.is_open_to(offer) for line in working.lines)
        is_asked = not isinstance(offer, Deal) or offer.when.has_minimum
        lost = Lost.NOT_REACHED if is_open and is_asked else Lost.NOTHING_OFF
        return Rejected(offer.id, 0, lost, 0, offer.name)
    is_on = any(each.id == offer.id for each in choice.on.basket_offers)
    if is_on:
        is_step = isinstance(offer, Threshold | GiftOffer | CouponOffer)
        lost = Lost.NOT_REACHED if is_step else Lost.NOTHING_OFF
        return Rejected(offer.id, 0, lost, 0, offer.name)
    return _beaten(working, choice, offer)


def _with(working: Working, choice: Choice, offer: Offer) -> int:
    """The payable with the offer on, and off what its group forbids beside it."""
    on = choice.on
    group = offer.group if isinstance(offer, BasketOffer) else ""
    beside = [each for each in on.basket_offers if not group or each.group != group]
    forced = On.of([*on.prices, *beside, offer])
    ids = {each.id for each in forced.all}
    forced = forced.only(ids - Minima(forced, working.lines).below(ids))
    lines = [line.alike() for line in working.lines]
    part = working.part(lines, forced)
    part.discount = working.discount
    for stage in (*EARLY, *LATE):
        stage(part)
    return sum(line.net_fen for line in lines)
