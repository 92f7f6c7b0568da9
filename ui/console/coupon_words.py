"""券的回答: what became of a coupon that was presented, as a sentence and as a record."""

from __future__ import annotations

from typing import Any

from core.actions.counter import Counter
from core.pricing.adjustment import Lost, Reason, Rejected
from core.pricing.basket import Basket
from core.rulebook.offers import CouponOffer
from core.values.money import format_money
from ui.offer_text import nearly
from ui.text import rejected, tr


def coupon_said(before: Basket, counter: Counter) -> str:
    """What a scan did with a coupon: used, taken back, or why it does nothing; "" without one."""
    was = {each.code: each for each in before.coupons}
    now = {each.code: each for each in counter.basket.coupons}
    for gone in was.keys() - now.keys():
        return tr("券“{name}”收回了。", name=_name(counter, was[gone].offer))
    for new in now.keys() - was.keys():
        return _presented(counter, now[new].offer)
    return ""


def coupon_records(counter: Counter) -> list[dict[str, Any]]:
    """The coupons that were presented; `is_used` where one does something for this basket."""
    used = {made.offer for made in counter.quote.adjustments}
    return [
        {
            "code": each.code,
            "offer": each.offer,
            "name": _name(counter, each.offer),
            "is_used": each.offer in used,
        }
        for each in counter.basket.coupons
    ]


def _presented(counter: Counter, offer: str) -> str:
    name, quote = _name(counter, offer), counter.quote
    made = [each for each in quote.adjustments if each.offer == offer]
    saved = sum(each.amount_fen for each in made)
    if saved:
        return tr("券“{name}”用上了，省 {saved}。", name=name, saved=format_money(saved))
    if any(each.reason == Reason.COUPON_POINTS for each in made):
        return tr("券“{name}”用上了，多得积分。", name=name)
    if any(each.offer == offer and each.left for each in quote.offered):
        return tr("券“{name}”记下了，输入 gifts 看能选什么。", name=name)
    if counter.basket.member_id is None and _is_for_members(counter, offer):
        why = rejected(Rejected(offer, 0, Lost.MEMBERS_ONLY, label=name))
        return tr("券记下了。{why}。", why=why)
    if counter.basket.is_empty:
        return tr("券“{name}”记下了，扫了商品才知道用不用得上。", name=name)
    windows = counter.rulebook.asks.birthdays
    near = [nearly(each) for each in quote.nearly if each.offer == offer]
    lost = [rejected(each, windows) for each in quote.rejected if each.offer == offer]
    if why := next(iter((*near, *lost)), ""):
        return tr("券记下了。{why}。", why=why)
    return tr("券“{name}”记下了，本单现在用不上它。", name=name)


def _is_for_members(counter: Counter, offer: str) -> bool:
    asked = next((each for each in counter.rulebook.offers if each.id == offer), None)
    return isinstance(asked, CouponOffer) and asked.asks_for_member


def _name(counter: Counter, offer: str) -> str:
    return next((each.name for each in counter.rulebook.offers if each.id == offer), offer)
