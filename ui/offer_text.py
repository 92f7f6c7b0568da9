"""优惠的字: what offers are called, what is near, and what may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.pricing.adjustment import Reason
from core.pricing.stages.gift import NeverHad
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.text import REASONS, Named, discount, says_rate, tr

if TYPE_CHECKING:
    from core.actions.gifts import Choice
    from core.pricing.nearly import Nearly


def offer_name(saving: Named) -> str:
    """What saved, without how much: 金卡 95折, 满 100 减 10, 手工优惠·老顾客."""
    match saving.reason:
        case Reason.TIER_PERCENTAGE | Reason.PERCENTAGE if not says_rate(
            saving.label, saving.rate_bp
        ):
            name = saving.label or tr("会员")
            return tr("{name} {rate}", name=name, rate=discount(saving.rate_bp))
        case Reason.PRICE_BY_HAND:
            return tr("{name}·{reason}", name=tr("改价"), reason=saving.label)
        case Reason.LINE_BY_HAND | Reason.BASKET_BY_HAND:
            return tr("{name}·{reason}", name=tr("手工优惠"), reason=saving.label)
        case Reason.CASH_ROUNDING:
            return tr("抹零")
    return saving.label or tr(REASONS.get(saving.reason, saving.reason))


def nearly(near: Nearly) -> str:
    """差一点: what is within reach, in the words of the counter."""
    if near.gives:
        return _nearly_given(near)
    gain, missing = format_money(near.gain_fen), format_money(near.missing_fen)
    if near.missing_fen:
        words = "{name}：再加折后 {missing} 元，再减 {gain} 元"
        return tr(words, name=near.label, missing=missing, gain=gain)
    count = format_quantity(near.missing_milli)
    return tr("{name}：再加 {count} 件，再减 {gain} 元", name=near.label, count=count, gain=gain)


NEVER = {
    NeverHad.WEIGHED: "称重的不作赠品，也不换购",
    NeverHad.OUTSIDE: "不参加优惠的不作赠品，也不换购",
    NeverHad.NO_GIFT: "这一类不作赠品",
}


def never_words(why: NeverHad) -> str:
    """Why a product that an offer lists is given to nobody."""
    return tr(NEVER[why])


def choice_words(choice: Choice) -> str:
    """What a gift or an add-on costs, and how many may be chosen: 赠品，还可选 1 件."""
    count = choice.left
    if not count:
        return tr("已选满")
    if choice.is_gift:
        return tr("赠品，还可选 {count} 件", count=count)
    price, points = format_money(choice.price_fen), f"{choice.points:,}"
    if choice.points and choice.price_fen:
        words = "加价购 {price} 加 {points} 分，还可选 {count} 件"
        return tr(words, price=price, points=points, count=count)
    if choice.points:
        return tr("用 {points} 分换，还可选 {count} 件", points=points, count=count)
    return tr("加价购 {price}，还可选 {count} 件", price=price, count=count)


def _nearly_given(near: Nearly) -> str:
    missing, count = format_money(near.missing_fen), format_quantity(near.missing_milli)
    if near.gives == "gift" and near.missing_fen:
        return tr("{name}：再加折后 {missing} 元，可选赠品", name=near.label, missing=missing)
    if near.gives == "gift":
        return tr("{name}：再加 {count} 件，可选赠品", name=near.label, count=count)
    if near.missing_fen:
        return tr("{name}：再加折后 {missing} 元，可加价购", name=near.label, missing=missing)
    return tr("{name}：再加 {count} 件，可加价购", name=near.label, count=count)
