"""优惠券: what was presented: percentages first, then amounts (domain.md 2, stage 6).

Within each kind the narrower scope (fewer eligible lines) first, then priority, then id; each on
what the former left, rounded once on its eligible sum and allocated by what the lines cost. The
minimum spend is measured after stage 5, whatever other coupons take.
"""

from __future__ import annotations

from core.pricing.adjustment import Reason, Stage
from core.pricing.stages.threshold import take_off
from core.pricing.working import Working
from core.rulebook.offers import CouponOffer
from core.values.rate import FULL, take


def coupon(working: Working) -> None:
    """Take the coupons whose minimum is reached."""
    if not working.on.coupons:
        return
    sums = [(offer, *_eligible(working, offer)) for offer in working.on.coupons]
    valid = [(offer, lines) for offer, lines, fen in sums if fen >= offer.from_fen]
    valid.sort(key=lambda each: (each[0].rate_bp == FULL, each[1]))
    for offer, _ in valid:
        _, fen = _eligible(working, offer)
        take_off(working, offer, coupon_off(offer, fen), Stage.COUPON, Reason.COUPON)


def coupon_off(offer: CouponOffer, fen: int) -> int:
    """Fen that a coupon takes off the sum of its lines."""
    off = offer.off_fen if offer.rate_bp == FULL else fen - take(fen, offer.rate_bp)
    off = min(off, fen)
    return off if offer.cap_fen is None else min(off, offer.cap_fen)


def _eligible(working: Working, offer: CouponOffer) -> tuple[int, int]:
    """How many lines a coupon may touch, and what they cost now."""
    nets = [line.net_fen for line in working.lines if line.is_open_to(offer)]
    return len(nets), sum(nets)
