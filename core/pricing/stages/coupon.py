"""优惠券: what was presented: percentages first, then amounts (domain.md 2, stage 6).

Within each kind the narrower scope (fewer eligible lines) first, then priority, then id; each on
what the former left, rounded once on its eligible sum and allocated by what the lines cost. The
minimum spend is measured after stage 5, whatever other coupons take. Where domain.md leaves room:

- A coupon for an exact product stands before the percentages: a unit of it costs what the coupon
  says, and no percentage is taken of what is not paid. It is the unit that saves most; what a unit
  costs is its share of the line, rounded.
- What a coupon lets the customer choose is given like a gift of stage 5.
- A coupon for points raises the multiplier of its lines, which a special line does not take, and
  gives its bonus once, by what the lines cost; who is no member has nothing of it. Which unit price
  earns more is decided before it.
"""

from __future__ import annotations

from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.stages.gift import give
from core.pricing.stages.threshold import take_off
from core.pricing.working import Working, WorkingLine
from core.rulebook.offers import CouponOffer
from core.values.money import allocate, round_half_up
from core.values.quantity import ONE
from core.values.rate import FULL, take


def coupon(working: Working) -> None:
    """Take the coupons whose minimum is reached."""
    if not working.on.coupons:
        return
    reached = [
        offer for offer in working.on.coupons if eligible_fen(working, offer) >= offer.from_fen
    ]
    reached.sort(key=lambda offer: (_turn(offer), len(_lines(working, offer))))
    for offer in reached:
        if offer.gives is not None:
            chosen = [line for line in working.lines if line.chosen == offer.id]
            give(working, offer, [offer.gives], chosen, Stage.COUPON)
        elif offer.is_for_points:
            _give_points(working, offer)
        elif offer.unit_fen is not None:
            _take_unit(working, offer, offer.unit_fen)
        else:
            off_fen = coupon_off(offer, eligible_fen(working, offer))
            take_off(working, offer, off_fen, Stage.COUPON, Reason.COUPON)


def coupon_off(offer: CouponOffer, fen: int) -> int:
    """Fen that a coupon takes off the sum of its lines; of an exact product the most it could."""
    off = offer.off_fen if offer.rate_bp == FULL else fen - take(fen, offer.rate_bp)
    off = fen if offer.unit_fen is not None else min(off, fen)
    return off if offer.cap_fen is None else min(off, offer.cap_fen)


def eligible_fen(working: Working, offer: CouponOffer) -> int:
    """What the lines that a coupon may touch cost now."""
    return sum(line.net_fen for line in _lines(working, offer))


def _lines(working: Working, offer: CouponOffer) -> list[WorkingLine]:
    return [line for line in working.lines if line.is_open_to(offer)]


def _turn(offer: CouponOffer) -> int:
    if offer.unit_fen is not None:
        return 0
    return 1 if offer.rate_bp < FULL else 2


def _take_unit(working: Working, offer: CouponOffer, unit_fen: int) -> None:
    best, most = None, 0
    for line in _lines(working, offer):
        if line.label_fen is not None or line.product.is_weighed or line.quantity_milli < ONE:
            continue
        off = round_half_up(line.net_fen * ONE, line.quantity_milli) - unit_fen
        if off > most:
            best, most = line, off
    if best is None:
        return
    off = min(most if offer.cap_fen is None else min(most, offer.cap_fen), best.net_fen)
    best.net_fen -= off
    working.adjustments.append(
        Adjustment(
            Stage.COUPON, offer.id, best.no, off, Reason.COUPON, offer.name, unit_price_fen=unit_fen
        )
    )


def _give_points(working: Working, offer: CouponOffer) -> None:
    lines = _lines(working, offer)
    if working.tier is None or not lines:
        return
    parts = allocate(offer.bonus, [line.net_fen for line in lines])
    for line, part in zip(lines, parts, strict=True):
        is_more = line.takes_percentage and offer.multiplier_bp > line.multiplier_bp
        if is_more:
            line.multiplier_bp = offer.multiplier_bp
        line.more_points += part
        if is_more or part:
            working.adjustments.append(
                Adjustment(Stage.COUPON, offer.id, line.no, 0, Reason.COUPON_POINTS, offer.name)
            )
