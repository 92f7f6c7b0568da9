"""询价: a basket as a web shop, or a worked case, writes it: one JSON object, without a store.

A field more is one line in its reader here: `brand=fields.text("brand", "")`. The schema
(`inquiry_schema`) is learnt from these readers, so it has the field as well; its words go into
`WORDS`. What is written there must be what an event keeps, or `price_again` prices something else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.catalog.product import Product
from core.errors import BadRecord
from core.members.member import Standing
from core.pricing.basket import MAX_LINES, Basket, BasketLine, Presented
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.tender import Tender, TenderKind
from core.rulebook.rulebook import Rulebook
from core.values.fields import Fields
from core.values.moment import MICRO, Moment
from core.values.money import MAX_FEN
from core.values.quantity import MAX_MILLI, ONE, is_whole
from core.values.rate import FULL
from core.values.schema import schema_of

NOBODY = UUID(int=0)
WORDS = {
    "lines": "商品，按扫描的先后",
    "price_fen": "原价，一个单位多少分",
    "member_price_fen": "会员价，分",
    "special_price_fen": "特价，分",
    "quantity_milli": "数量，千分之一：两盒是 2000，0.375 公斤是 375",
    "label_fen": "秤打出来的价签，分",
    "offer": "选作赠品或加价购的：哪个优惠",
    "is_prescription": "处方药",
    "is_weighed": "称重",
    "member": "会员，没有就不写",
    "tier": "等级的代码",
    "points": "会员：能用的积分；整单：想用多少积分抵扣",
    "coupons": "出示的券码",
    "tenders": "已经付的，没有就不写",
    "by_hand": "手工改价（price_fen），或手工优惠（amount_fen、rate_bp）",
    "discount": "整单手工优惠",
    "at": "什么时候，门店的钟，带时差",
    "day_ends_hour": "营业日到几点为止",
}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What `quote` asks beside a rulebook."""

    basket: Basket
    standing: Standing | None
    moment: Moment


def inquiry_of(record: object, rulebook: Rulebook) -> Inquiry:
    """Read it for a rulebook; raises BadRecord with the path of the first bad value."""
    inquiry, codes = _read(Fields(record))
    lines, tier = inquiry.basket.lines, inquiry.standing and inquiry.standing.tier
    if len(lines) > MAX_LINES:
        raise BadRecord("lines", f"more than {MAX_LINES}")
    if tier and tier not in [each.code for each in rulebook.scheme.tiers]:
        raise BadRecord("member.tier", "no tier of this rulebook")
    for index, tender in enumerate(inquiry.basket.tenders):
        if rulebook.tender(tender.kind) is None:
            raise BadRecord(f"tenders[{index}].kind", "not taken by this rulebook")
    basket = inquiry.basket
    for index, code in enumerate(codes):
        coupon = rulebook.coupon(code)
        if coupon is None:
            raise BadRecord(f"coupons[{index}]", "no coupon of this rulebook")
        basket = basket.with_coupon(Presented(code, coupon.id))
    return Inquiry(basket, inquiry.standing, inquiry.moment)


def inquiry_schema() -> dict[str, Any]:
    """The JSON Schema of what `inquiry_of` reads."""
    return {"title": "询价", **schema_of(_read, words=WORDS)}


def _read(fields: Fields) -> tuple[Inquiry, tuple[str, ...]]:
    """And the codes of the coupons: what they stand for is the rulebook's matter."""
    lines = fields.items("lines", _line)
    standing = None if fields.is_null("member") else _standing(fields.inner("member"))
    basket = Basket(
        sale_id=NOBODY,
        lines=tuple(_numbered(line, no) for no, line in enumerate(lines, 1)),
        member_id=None if standing is None else standing.member_id,
        tenders=fields.items("tenders", _tender),
        next_line=len(lines) + 1,
        discount=None if fields.is_null("discount") else _discount(fields.inner("discount")),
        points=fields.whole("points", 0),
    )
    codes = fields.texts("coupons")
    moment = _moment(fields)
    fields.end()
    return Inquiry(basket, standing, moment), codes


def _line(fields: Fields) -> BasketLine:
    line = BasketLine(
        no=1,
        product=_product(fields),
        quantity_milli=fields.whole("quantity_milli", ONE, least=1, most=MAX_MILLI),
        label_fen=_fen_or_none(fields, "label_fen"),
        by_hand=None if fields.is_null("by_hand") else _by_hand(fields.inner("by_hand")),
        offer=fields.text("offer", ""),
    )
    if not is_whole(line.quantity_milli) and not line.product.is_weighed:
        raise fields.wrong("quantity_milli", "a part of a unit that is not weighed")
    fields.end()
    return line


def _product(fields: Fields) -> Product:
    code = fields.text("code", least=1)
    return Product(
        id=NOBODY,
        code=code,
        name=fields.text("name", "") or code,
        price_fen=fields.whole("price_fen", most=MAX_FEN),
        category=fields.text("category", ""),
        member_price_fen=_fen_or_none(fields, "member_price_fen"),
        special_price_fen=_fen_or_none(fields, "special_price_fen"),
        is_prescription=fields.flag("is_prescription", False),
        is_weighed=fields.flag("is_weighed", False),
    )


def _standing(fields: Fields) -> Standing:
    standing = Standing(NOBODY, fields.text("tier", least=1), fields.whole("points", 0))
    fields.end()
    return standing


def _tender(fields: Fields) -> Tender:
    kind = TenderKind(fields.text("kind", among=[kind.value for kind in TenderKind]))
    tender = Tender(kind, fields.whole("amount_fen", least=1, most=MAX_FEN))
    fields.end()
    return tender


def _moment(fields: Fields) -> Moment:
    at = fields.instant("at")
    ends_hour = fields.whole("day_ends_hour", 4, most=23)
    business_on = (at - timedelta(hours=ends_hour)).date()
    return Moment(int(at.timestamp()) * MICRO, business_on, at.hour * 60 + at.minute)


def _by_hand(fields: Fields) -> ByHand:
    if fields.is_null("price_fen"):
        return _discount(fields)
    price = PriceByHand(fields.whole("price_fen", most=MAX_FEN), fields.text("reason", ""), 0)
    fields.end()
    return price


def _discount(fields: Fields) -> DiscountByHand:
    discount = DiscountByHand(
        reason=fields.text("reason", ""),
        staff_no=0,
        amount_fen=fields.whole("amount_fen", 0, most=MAX_FEN),
        rate_bp=fields.whole("rate_bp", FULL, most=FULL),
    )
    if bool(discount.amount_fen) == (discount.rate_bp < FULL):
        raise fields.wrong("amount_fen", "either an amount or a rate")
    fields.end()
    return discount


def _numbered(line: BasketLine, no: int) -> BasketLine:
    return replace(line, no=no)


def _fen_or_none(fields: Fields, name: str) -> int | None:
    return None if fields.is_null(name) else fields.whole(name, most=MAX_FEN)
