"""规则的句子: what an offer does, in one sentence made of clauses: "每满 100 元减 10 元，周三"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from core.rulebook.giving import Giving
from core.rulebook.offers import (
    AnyFor,
    BasketOffer,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Step,
    Threshold,
)
from core.rulebook.schemes import TierScheme
from core.values.quantity import format_quantity
from core.values.rate import FULL
from ui.rule_conditions import Names, limit_words, scope_words, when_words, yuan
from ui.text import discount, tr


def offer_sentence(offer: Offer, scheme: TierScheme, names: Names) -> str:
    """All that an offer says, but for its name and its dates."""
    return tr("，").join(_clauses(offer, scheme, names))


def offer_title(offer: Offer) -> str:
    """Its name; prices have none of their own."""
    if offer.name or not isinstance(offer, PriceOffer):
        return offer.name
    return tr("会员价") if offer.is_for_members else tr("特价")


def _clauses(offer: Offer, scheme: TierScheme, names: Names) -> Iterator[str]:
    yield from _does(offer, names)
    if isinstance(offer, BasketOffer):
        if offer.cap_fen is not None:
            yield tr("一单最多减 {amount} 元", amount=yuan(offer.cap_fen))
        yield from scope_words(offer.scope, names)
    yield from when_words(offer.when, scheme)
    yield from limit_words(offer.limits)
    if isinstance(offer, BasketOffer):
        if offer.group:
            yield tr("“{group}”这一组里只用一个", group=offer.group)
        if offer.is_exclusive:
            yield tr("用了它就不用别的优惠")
    if offer.priority:
        yield tr("优先级 {priority}", priority=offer.priority)


@singledispatch
def _does(offer: Offer, names: Names) -> Iterator[str]:
    raise TypeError(f"no words for {type(offer).__name__}")


@_does.register
def _price(offer: PriceOffer, _names: Names) -> Iterator[str]:
    if offer.is_for_members:
        yield tr("会员按商品上的会员价买")
    else:
        yield tr("按商品上的特价卖")
    if offer.takes_percentage:
        yield tr("会员折扣和积分倍率照算")


@_does.register
def _nth_reduced(offer: NthReduced, _names: Names) -> Iterator[str]:
    if offer.rate_bp:
        words = "每 {units} 件里最便宜的 {reduced} 件 {rate}"
        rate = discount(offer.rate_bp)
        yield tr(words, units=offer.units, reduced=offer.reduced, rate=rate)
    else:
        words = "每 {units} 件里最便宜的 {reduced} 件不要钱"
        yield tr(words, units=offer.units, reduced=offer.reduced)
    if offer.is_same_product:
        yield tr("要同一种商品")


@_does.register
def _any_for(offer: AnyFor, _names: Names) -> Iterator[str]:
    yield tr("任选 {units} 件一共 {price} 元", units=offer.units, price=yuan(offer.price_fen))


@_does.register
def _bundle(offer: Bundle, names: Names) -> Iterator[str]:
    parts = " + ".join(f"{names.of(code)} × {units}" for code, units in offer.parts)
    yield tr("{parts} 一起买 {price} 元", parts=parts, price=yuan(offer.price_fen))


@_does.register
def _percentage(offer: PercentageOffer, _names: Names) -> Iterator[str]:
    yield discount(offer.rate_bp)
    if offer.is_stackable:
        yield tr("可以和别的折扣叠加")


@_does.register
def _threshold(offer: Threshold, _names: Names) -> Iterator[str]:
    yield tr("；").join(_step(step, repeats=offer.repeats) for step in offer.steps)
    if not offer.counts_special:
        yield tr("特价和会员价的商品不算在内")


def _step(step: Step, *, repeats: bool) -> str:
    reach = _reach(step.from_fen, step.from_milli, repeats=repeats)
    off = tr("减 {off} 元", off=yuan(step.off_fen))
    return tr("{reach}{does}", reach=reach, does=off if step.off_fen else discount(step.rate_bp))


def _reach(from_fen: int, from_milli: int, *, repeats: bool) -> str:
    amount, count = yuan(from_fen), format_quantity(from_milli)
    if from_fen and from_milli:
        words = "每满 {amount} 元和 {count} 件" if repeats else "满 {amount} 元和 {count} 件"
        return tr(words, amount=amount, count=count)
    if from_milli:
        return tr("每满 {count} 件" if repeats else "满 {count} 件", count=count)
    if from_fen:
        return tr("每满 {amount} 元" if repeats else "满 {amount} 元", amount=amount)
    return tr("不论多少")


@_does.register
def _gift(offer: GiftOffer, names: Names) -> Iterator[str]:
    yield tr("；").join(
        tr(
            "{reach}{does}",
            reach=_reach(step.from_fen, step.from_milli, repeats=offer.repeats),
            does=_given(step.gives, names),
        )
        for step in offer.steps
    )
    if offer.most_units:
        yield tr("一单最多 {count} 件", count=offer.most_units)
    if not offer.counts_special:
        yield tr("特价和会员价的商品不算在内")


def _given(gives: Giving, names: Names) -> str:
    goods = names.listed(names.of(code) for code in gives.products)
    named = {"goods": goods, "units": gives.units}
    points = f"{gives.points:,}"
    if gives.price_fen and gives.points:
        words = "可加 {price} 元和 {points} 分换 {units} 件{goods}"
        return tr(words, price=yuan(gives.price_fen), points=points, **named)
    if gives.price_fen:
        return tr("可加 {price} 元换 {units} 件{goods}", price=yuan(gives.price_fen), **named)
    if gives.points:
        return tr("可用 {points} 分换 {units} 件{goods}", points=points, **named)
    return tr("送 {units} 件{goods}", **named)


@_does.register
def _coupon(offer: CouponOffer, names: Names) -> Iterator[str]:
    if offer.code:
        yield tr("凭券 {code}", code=offer.code)
    else:
        yield tr("凭发出的券码，一码用一次")
    reach = ""
    if offer.from_fen:
        reach = _reach(offer.from_fen, 0, repeats=False)
    does = tr("，").join(_coupon_does(offer, names))
    yield tr("{reach}{does}", reach=reach, does=does) if reach else does
    if offer.partner:
        yield tr("由{partner}承担", partner=offer.partner)


def _coupon_does(offer: CouponOffer, names: Names) -> Iterator[str]:
    if offer.off_fen:
        yield tr("减 {off} 元", off=yuan(offer.off_fen))
    if offer.rate_bp < FULL:
        yield discount(offer.rate_bp)
    if offer.unit_fen:
        yield tr("一件只要 {price} 元", price=yuan(offer.unit_fen))
    if offer.unit_fen == 0:
        yield tr("送一件")
    if offer.gives is not None:
        yield _given(offer.gives, names)
    if offer.multiplier_bp > FULL:
        yield tr("积分 {times} 倍", times=times(offer.multiplier_bp))
    if offer.bonus:
        yield tr("多得 {points} 分", points=f"{offer.bonus:,}")


@_does.register
def _points(offer: PointsOffer, _names: Names) -> Iterator[str]:
    if offer.multiplier_bp > FULL or not offer.bonus:
        yield tr("积分 {times} 倍", times=times(offer.multiplier_bp))
    if offer.bonus:
        yield tr("每件多送 {points} 分", points=f"{offer.bonus:,}")


def times(multiplier_bp: int) -> str:
    """1.2 of 12000."""
    return f"{multiplier_bp / FULL:g}"
