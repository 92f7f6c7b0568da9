"""询价: a basket as a web shop, or a worked case, writes it: one JSON object, without a store.

A field more is one line in its reader here: `brand=fields.text("brand", "")`. The schema
(`inquiry_schema`) is learnt from these readers, so it has the field as well; its words go into
`WORDS`. What is written there must be what an event keeps, or `price_again` prices something else.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product import Product
from core.errors import BadBirthday, BadRecord, Why
from core.members.birthday import parse_birthday
from core.members.celebrations import celebrations
from core.members.member import Birthday, Standing
from core.pricing.basket import MAX_LINES, Basket, BasketLine, Presented, SwitchedOff
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.live import tier_offer_id
from core.pricing.quote import Quote, quote
from core.pricing.standing_record import used_of
from core.pricing.tender import Tender, TenderKind
from core.pricing.used import Uses
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
    "by_hand.price_fen": "改成多少，一个单位多少分",
    "member_price_fen": "会员价，分",
    "special_price_fen": "特价，分",
    "quantity_milli": "数量，千分之一：两盒是 2000，0.375 公斤是 375",
    "label_fen": "秤打出来的价签，分",
    "offer": "选作赠品或加价购的：哪个优惠",
    "is_prescription": "处方药",
    "is_weighed": "称重",
    "member": "会员，没有就不写",
    "tier": "等级的代码",
    "joined_on": "入会的日子",
    "has_bought": "买过东西没有",
    "birthday": "生日，和柜台上一样写：1990-05-01、农历八月十五",
    "birthday_edited_on": "生日最近改过的日子",
    "off": "这一单关掉的优惠，优惠的 id",
    "uses": "用过几次：一共、今天、这位会员、会员今天、会员这次生日",
    "uses.offer": "优惠的 id",
    "store": "门店编号",
    "points": "想用多少积分抵扣",
    "member.points": "能用的积分",
    "coupons": "出示的券码",
    "tenders": "已经付的，没有就不写",
    "by_hand": "手工改价（price_fen），或手工优惠（amount_fen、rate_bp）",
    "discount": "整单手工优惠",
    "at": "什么时候，门店的钟，带时差",
    "day_ends_hour": "营业日到几点为止",
}


class Inquiry(Struct, frozen=True):
    """What `quote` asks beside a rulebook."""

    basket: Basket
    standing: Standing | None
    moment: Moment
    uses: Uses = ()

    def quoted(self, rulebook: Rulebook) -> Quote:
        """The answer."""
        return quote(self.basket, self.standing, rulebook, self.moment, self.uses)


class _Asked(Struct, frozen=True):
    """What stands there, before the rulebook is asked what it means."""

    inquiry: Inquiry
    codes: tuple[str, ...]
    birthday: Birthday | None
    birthday_edited_on: date | None


def inquiry_of(record: object, rulebook: Rulebook) -> Inquiry:
    """Read it for a rulebook; raises BadRecord with the path of the first bad value."""
    asked = _read(Fields(record))
    inquiry, standing = asked.inquiry, asked.inquiry.standing
    _check(inquiry, rulebook)
    basket = inquiry.basket
    for index, code in enumerate(asked.codes):
        # Without a store nobody knows the codes that were issued: their offer's id stands for one.
        coupon = rulebook.coupon(code) or rulebook.single_use.get(code)
        if coupon is None:
            raise BadRecord(f"coupons[{index}]", "no coupon of this rulebook")
        basket = basket.with_coupon(Presented(code, coupon.id))
    if standing is not None:
        opened = celebrations(
            asked.birthday,
            rulebook.asks.birthdays,
            inquiry.moment.business_on,
            edited_on=asked.birthday_edited_on,
            leap_day=rulebook.leap_day,
        )
        standing = replace(standing, birthdays=opened)
    return replace(inquiry, basket=basket, standing=standing)


def _check(inquiry: Inquiry, rulebook: Rulebook) -> None:
    tier = inquiry.standing.tier if inquiry.standing else ""
    if len(inquiry.basket.lines) > MAX_LINES:
        raise BadRecord("lines", Why.of("more than {most}", most=MAX_LINES))
    if tier and tier not in [each.code for each in rulebook.scheme.tiers]:
        raise BadRecord("member.tier", "no tier of this rulebook")
    _check_offers(inquiry, rulebook)
    for index, tender in enumerate(inquiry.basket.tenders):
        if rulebook.tender(tender.kind) is None:
            raise BadRecord(f"tenders[{index}].kind", "not taken by this rulebook")


def _check_offers(inquiry: Inquiry, rulebook: Rulebook) -> None:
    """Every offer that is named is one of the rulebook; a tier's percentage can be switched off."""
    known = {offer.id for offer in rulebook.offers}
    switched = known | {tier_offer_id(tier) for tier in rulebook.scheme.tiers}
    basket = inquiry.basket
    named = [(f"off[{at}]", off.offer, switched) for at, off in enumerate(basket.off)]
    named += [(f"uses[{at}].offer", used.offer, known) for at, used in enumerate(inquiry.uses)]
    named += [(f"lines[{line.no - 1}].offer", line.offer, known | {""}) for line in basket.lines]
    for path, offer, among in named:
        if offer not in among:
            raise BadRecord(path, "no offer of this rulebook")


def inquiry_schema() -> dict[str, Any]:
    """The JSON Schema of what `inquiry_of` reads."""
    return {"title": "询价", **schema_of(_read, answers={"birthday": "1990-05-01"}, words=WORDS)}


def _read(fields: Fields) -> _Asked:
    lines = fields.items("lines", _line)
    standing, birthday, edited_on = (
        (None, None, None) if fields.is_null("member") else _member(fields.inner("member"))
    )
    basket = Basket(
        sale_id=NOBODY,
        lines=tuple(replace(line, no=no) for no, line in enumerate(lines, 1)),
        member_id=None if standing is None else standing.member_id,
        tenders=fields.items("tenders", _tender),
        next_line=len(lines) + 1,
        discount=None if fields.is_null("discount") else _discount(fields.inner("discount")),
        points=fields.whole("points", 0),
        off=tuple(SwitchedOff(offer, "", 0, 0) for offer in fields.texts("off")),
    )
    codes, uses = fields.texts("coupons"), fields.items("uses", used_of)
    moment = _moment(fields)
    fields.end()
    return _Asked(Inquiry(basket, standing, moment, uses), codes, birthday, edited_on)


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
        brand=fields.text("brand", ""),
        member_price_fen=_fen_or_none(fields, "member_price_fen"),
        special_price_fen=_fen_or_none(fields, "special_price_fen"),
        is_prescription=fields.flag("is_prescription", False),
        is_weighed=fields.flag("is_weighed", False),
    )


def _member(fields: Fields) -> tuple[Standing, Birthday | None, date | None]:
    standing = Standing(
        member_id=NOBODY,
        tier=fields.text("tier", least=1),
        points=fields.whole("points", 0),
        joined_on=_day_or_none(fields, "joined_on"),
        has_bought=fields.flag("has_bought", False),
    )
    birthday = None if fields.is_null("birthday") else _birthday(fields)
    edited_on = _day_or_none(fields, "birthday_edited_on")
    fields.end()
    return standing, birthday, edited_on


def _birthday(fields: Fields) -> Birthday:
    try:
        return parse_birthday(fields.text("birthday"))
    except BadBirthday as error:
        raise fields.wrong("birthday", "no such day") from error


def _tender(fields: Fields) -> Tender:
    kind = TenderKind(fields.text("kind", among=[kind.value for kind in TenderKind]))
    tender = Tender(kind, fields.whole("amount_fen", least=1, most=MAX_FEN))
    fields.end()
    return tender


def _moment(fields: Fields) -> Moment:
    at = fields.instant("at")
    ends_hour = fields.whole("day_ends_hour", 4, most=23)
    business_on = (at - timedelta(hours=ends_hour)).date()
    minute, store = at.hour * 60 + at.minute, fields.text("store", "")
    return Moment(int(at.timestamp()) * MICRO, business_on, minute, store)


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


def _fen_or_none(fields: Fields, name: str) -> int | None:
    return None if fields.is_null(name) else fields.whole(name, most=MAX_FEN)


def _day_or_none(fields: Fields, name: str) -> date | None:
    return None if fields.is_null(name) else fields.day(name)
