"""券的条件: what a coupon gives, when and for whom, in words for the one who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.rulebook.offers import CouponOffer
from core.sales.coupon_slip import CouponTerms
from core.values.money import format_money
from core.values.quantity import format_quantity
from core.values.rate import FULL
from ui.text import discount, tr


def term_words(terms: CouponTerms) -> Iterator[str]:
    """What it is worth, then its days, then what it asks for."""
    offer = terms.offer
    yield worth_words(offer)
    yield _days(terms)
    when = offer.when
    if when.from_fen and not offer.from_fen:
        yield tr("买满 {amount} 元可用", amount=format_money(when.from_fen))
    if when.from_milli:
        yield tr("买满 {count} 件可用", count=format_quantity(when.from_milli))
    if when.asks_for_member:
        yield tr("限会员本人使用")
    yield tr("只能用一次，不找零，不兑现")


def worth_words(offer: CouponOffer) -> str:
    """What it gives: so much off, a percentage, points."""
    least = format_money(offer.from_fen)
    if offer.off_fen and offer.from_fen:
        return tr("满 {least} 减 {off}", least=least, off=format_money(offer.off_fen))
    if offer.off_fen:
        return tr("减 {off} 元", off=format_money(offer.off_fen))
    if offer.rate_bp < FULL and offer.from_fen:
        return tr("满 {least}，{rate}", least=least, rate=discount(offer.rate_bp))
    if offer.rate_bp < FULL:
        return discount(offer.rate_bp)
    if offer.unit_fen == 0 or offer.gives is not None:
        return tr("送一件")
    if offer.unit_fen is not None:
        return tr("一件只要 {price} 元", price=format_money(offer.unit_fen))
    if offer.bonus:
        return tr("多得 {points} 分", points=f"{offer.bonus:,}")
    return tr("积分 {times} 倍", times=f"{offer.multiplier_bp / FULL:g}")


def _days(terms: CouponTerms) -> str:
    """The narrower of what the code and the rulebook say."""
    when = terms.offer.when
    starts = max((day for day in (terms.starts_on, when.starts_on) if day), default=None)
    ends = min((day for day in (terms.ends_on, when.ends_on) if day), default=None)
    return _between(starts, ends)


def _between(starts: date | None, ends: date | None) -> str:
    if starts and ends:
        return tr("{start} 到 {end} 可用", start=starts.isoformat(), end=ends.isoformat())
    if ends:
        return tr("用到 {end}", end=ends.isoformat())
    if starts:
        return tr("{start} 起可用", start=starts.isoformat())
    return tr("长期可用")
