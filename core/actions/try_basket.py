"""试一单: a basket made up beside a draft, priced by it and by what holds; writes nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.asked import Told, ask
from core.actions.counter import Counter, member_file
from core.actions.scan_goods import layouts, product_of
from core.catalog.barcode import read_code
from core.errors import BadPhone, NoDraft, SeveralMembers, UnknownCode
from core.members.masks import mask_name
from core.members.member import Celebration, MemberFile, Standing
from core.members.phone import parse_phone
from core.ports import Reading
from core.pricing.basket import Basket, Presented
from core.pricing.quote import quote
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.coupon_code import read_code as read_coupon
from core.values.moment import Moment
from core.values.quantity import ONE

MEMBER, PRODUCT, COUPON = "member", "product", "coupon"
MADE_UP = UUID(int=0)
"""Whoever is tried out, and the sale that is none."""


class SampleLine(Struct, frozen=True):
    """Goods of the basket by their code; `offer` is what they are chosen from, "" simply bought."""

    code: str
    quantity_milli: int = ONE
    offer: str = ""


class Sample(Struct, frozen=True):
    """What is tried: goods, for whom, with which coupons, and when.

    `member_id`: somebody the shop knows, else `tier`: anybody of that tier, else nobody.
    `is_birthday`: as if every birthday window were open. `coupons` are codes that are presented,
    or ids of coupons. `on` and `minute` are of the store's clock, None for now.
    """

    lines: tuple[SampleLine, ...] = ()
    member_id: UUID | None = None
    tier: str = ""
    is_birthday: bool = False
    coupons: tuple[str, ...] = ()
    on: date | None = None
    minute: int | None = None

    def added(self, code: str, quantity_milli: int = ONE, offer: str = "") -> Sample:
        """With more of a product."""
        lines, found = list(self.lines), False
        for at, line in enumerate(lines):
            if (line.code, line.offer) == (code, offer):
                more = line.quantity_milli + quantity_milli
                lines[at], found = replace(line, quantity_milli=more), True
        if not found:
            lines.append(SampleLine(code, quantity_milli, offer))
        return replace(self, lines=tuple(lines))

    def changed(self, at: int, quantity_milli: int) -> Sample:
        """With another quantity of a line; 0 takes it away."""
        lines = list(self.lines)
        lines[at] = replace(lines[at], quantity_milli=quantity_milli)
        return replace(self, lines=tuple(line for line in lines if line.quantity_milli > 0))


class Tried(Struct, frozen=True):
    """The same basket by what holds and by the draft. `who` is the member, masked, "" for none."""

    held: Counter
    draft: Counter
    who: str = ""


class Meant(Struct, frozen=True):
    """What a code is: of a member the id and the masked name, of goods and coupons the code."""

    kind: str
    key: str
    name: str
    quantity_milli: int = ONE


def try_basket(shop: Shop, sample: Sample, *, staff: Staff) -> Tried:
    """It takes the right to look at takings; raises NotAllowed, NoDraft, DraftBroken."""
    with shop.store.read() as reading:
        now = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=now.at_us)
        draft = shop.store.draft.load()
        if draft is None:
            raise NoDraft()
        minute = now.minute if sample.minute is None else sample.minute
        then = replace(now, business_on=sample.on or now.business_on, minute=minute)
        held = _priced(reading, sample, reading.rulebooks.current(), then)
        tried = _priced(reading, sample, draft.rulebook, then)
        who = "" if tried.file is None else mask_name(tried.file.member.name)
        return Tried(held, tried, who)


def what_is_meant(shop: Shop, text: str, *, staff: Staff) -> Meant:
    """A card or a phone, a coupon, a product; raises NotAllowed, UnknownCode, SeveralMembers."""
    with shop.store.read() as reading:
        now = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=now.at_us)
        held, draft = reading.rulebooks.current(), shop.store.draft.load()
        file = reading.members.file_by_card(text, spend_since=now.business_on)
        if file is not None:
            return _member(file)
        for book in (draft.rulebook if draft else held, held):
            coupon = _coupon(reading, text, book)
            if coupon is not None:
                return Meant(COUPON, text, book.coupons[coupon.offer].name)
        code = read_code(text, layouts(reading, held, text))
        product = product_of(reading, code)
        if product is not None:
            is_weight = code.label is not None and code.label.rule.holds == "weight"
            milli = code.label.value if code.label is not None and is_weight else ONE
            return Meant(PRODUCT, product.code, product.name, milli)
        return _by_phone(reading, text, now)


def _by_phone(reading: Reading, text: str, now: Moment) -> Meant:
    try:
        holders = reading.members.by_phone(parse_phone(text))
    except BadPhone as bad:
        raise UnknownCode(text) from bad
    if len(holders) > 1:
        raise SeveralMembers(text)
    for holder in holders:
        file = reading.members.file(holder.id, spend_since=now.business_on)
        if file is not None:
            return _member(file)
    raise UnknownCode(text)


def _member(file: MemberFile) -> Meant:
    return Meant(MEMBER, file.member.id.hex, mask_name(file.member.name))


def _coupon(reading: Reading, text: str, book: Rulebook) -> Presented | None:
    """A coupon by its code, one of its codes, or its id."""
    if text in book.coupons:
        return Presented(text, text)
    if (everybodys := book.coupon(text)) is not None:
        return Presented(text, everybodys.id)
    code = read_coupon(text)
    issued = None if code is None else reading.coupon_codes.get(code)
    if code is None or issued is None or issued.offer not in book.coupons:
        return None
    return Presented(code, issued.offer, issued.member_id)


def _priced(reading: Reading, sample: Sample, book: Rulebook, moment: Moment) -> Counter:
    basket = _basket(reading, sample, book)
    file = None
    if sample.member_id is not None:
        file = member_file(reading, sample.member_id, book, moment)
    told = _as_told(ask(reading, basket, file, book, moment), sample, book, moment)
    return Counter(
        basket=basket,
        quote=quote(basket, told.standing, book, moment, told.uses),
        file=file,
        tier=book.scheme.tier(told.standing.tier) if told.standing else None,
        rulebook=book,
        business_on=moment.business_on,
    )


def _basket(reading: Reading, sample: Sample, book: Rulebook) -> Basket:
    """What an offer gives that this rulebook does not have is simply bought."""
    offers = {offer.id for offer in book.offers}
    basket = Basket(sale_id=MADE_UP, member_id=sample.member_id)
    for line in sample.lines:
        product = reading.products.by_code(line.code)
        if product is not None:
            chosen = line.offer if line.offer in offers else ""
            basket = basket.add(product, line.quantity_milli, offer=chosen)
    coupons = (_coupon(reading, text, book) for text in sample.coupons)
    return replace(basket, coupons=tuple(each for each in coupons if each is not None))


def _as_told(told: Told, sample: Sample, book: Rulebook, moment: Moment) -> Told:
    """With somebody made up, or whose birthday is made up."""
    standing = told.standing
    if standing is None and (sample.tier or sample.is_birthday):
        tier = book.scheme.tier(sample.tier).code
        standing = Standing(MADE_UP, tier, has_bought=True)
    if standing is not None and sample.is_birthday:
        year = moment.business_on.year
        birthdays = tuple(Celebration(offer, year) for offer in book.asks.birthdays)
        standing = replace(standing, birthdays=birthdays)
    return Told(standing, told.uses)
