"""券的话: what became of a coupon that was presented, as a sentence."""

from __future__ import annotations

from msgspec import Struct

from core.actions.counter import Counter
from core.pricing.adjustment import Reason
from core.pricing.basket import Basket
from core.values.money import format_money
from ui.lost_text import rejected
from ui.offer_text import nearly
from ui.text import tr


class CouponSaid(Struct, frozen=True):
    """What is said of a coupon; `is_used`: it does something, or was taken back as it was meant."""

    text: str
    is_used: bool = True


def coupon_said(before: Basket, counter: Counter, *, gifts: str) -> CouponSaid | None:
    """What a scan did with a coupon: used, taken back, or why it does nothing; None without one.

    `gifts` is what somebody types or presses to choose what the coupon gives.
    """
    was = {each.code: each for each in before.coupons}
    now = {each.code: each for each in counter.basket.coupons}
    for gone in was.keys() - now.keys():
        return CouponSaid(tr("券“{name}”收回了。", name=coupon_name(counter, was[gone].offer)))
    for new in now.keys() - was.keys():
        offer = now[new].offer
        used = _used(counter, offer, gifts)
        return CouponSaid(used) if used else CouponSaid(_why_not(counter, offer), is_used=False)
    return None


def coupon_name(counter: Counter, offer: str) -> str:
    """What the rulebook calls a coupon."""
    return next((each.name for each in counter.rulebook.offers if each.id == offer), offer)


def _used(counter: Counter, offer: str, gifts: str) -> str:
    """ "" where it does nothing."""
    name, quote = coupon_name(counter, offer), counter.quote
    made = [each for each in quote.adjustments if each.offer == offer]
    if saved := sum(each.amount_fen for each in made):
        return tr("券“{name}”用上了，省 {saved}。", name=name, saved=format_money(saved))
    if any(each.reason == Reason.COUPON_POINTS for each in made):
        return tr("券“{name}”用上了，多得积分。", name=name)
    if any(each.offer == offer and each.left for each in quote.offered):
        return tr("券“{name}”记下了，用 {gifts} 看能选什么。", name=name, gifts=gifts)
    return ""


def _why_not(counter: Counter, offer: str) -> str:
    """What is near comes first: that can still be mended."""
    quote = counter.quote
    near = [nearly(each) for each in quote.nearly if each.offer == offer]
    lost = [rejected(each, counter.rulebook) for each in quote.rejected if each.offer == offer]
    if why := next(iter((*near, *lost)), ""):
        return tr("券记下了。{why}。", why=why)
    name = coupon_name(counter, offer)
    if counter.basket.is_empty:
        return tr("券“{name}”记下了，扫了商品才知道用不用得上。", name=name)
    return tr("券“{name}”记下了，本单现在用不上它。", name=name)
