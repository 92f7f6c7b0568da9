"""扫码: one input for everything: a scan or a typed text finds its own meaning."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.actions.coupon_codes import present
from core.actions.serve import refuse_old_card, require_served
from core.catalog.barcode import Code, Label, clean, read_code
from core.catalog.product import Product
from core.errors import BadCheckDigit, BadPhone, PaymentCode, SeveralMembers, UnknownCode
from core.members.card import is_wrong_card
from core.members.member import MemberFile
from core.members.payment_code import paid_with
from core.members.phone import parse_phone
from core.members.tiers import higher, window_start
from core.ports import Reading, Suggestion
from core.pricing.basket import Basket, Presented
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.coupon_code import is_misread
from core.values.quantity import ONE


def scan(shop: Shop, basket: Basket, text: str, *, staff: Staff) -> Counter:
    """A code becomes the member of the basket, or a line in it.

    Raises MemberFrozen, MemberMerged, CardExpired and CardReplaced for who is not served today.
    Looked for in this order: card, coupon, product, label of a scale, phone; a coupon that was
    presented already is taken back. Raises BadScan for what no code can be, BadCheckDigit for a
    misread one, Coupon… for one that is worth nothing here and now, SeveralMembers for a shared
    phone, PaymentCode for what a customer pays with, UnknownCode for the rest; the basket stays as
    it was.
    """
    scanned = clean(text)
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        rulebook = reading.rulebooks.current()
        since = window_start(rulebook.scheme, moment.business_on)
        file = reading.members.file_by_card(scanned, spend_since=since)
        if file is None:
            code = read_code(scanned, rulebook.labels)
            if coupon := rulebook.coupon(scanned):
                presented = basket.with_coupon(Presented(scanned, coupon.id))
                return priced(reading, moment, presented, rulebook=rulebook)
            if (shown := present(reading, basket, scanned, rulebook, moment)) is not None:
                return priced(reading, moment, shown, rulebook=rulebook)
            fuller = _with_product(reading, basket, code)
            if fuller is not None:
                line = _changed(basket, fuller)
                return priced(reading, moment, fuller, rulebook=rulebook, changed_line=line)
            refuse_old_card(reading, scanned)
            file = _by_phone(reading, code, since)
        require_served(reading, file, moment.business_on)
        served = basket.with_member(file.member.id)
        return priced(reading, moment, served, file=file, rulebook=rulebook)


def find(shop: Shop, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """查找: members and products that a typed text could mean, best first; tiers by their names."""
    with shop.store.read() as reading:
        found = reading.suggest(text.strip(), limit=limit)
        scheme = reading.rulebooks.current().scheme
    return tuple(_with_tier(row, scheme) if row.kind == "member" else row for row in found)


def _with_tier(row: Suggestion, scheme: TierScheme) -> Suggestion:
    code = higher(scheme, row.tier, row.held_tier) if row.held_tier else row.tier
    return replace(row, tier=scheme.tier(code).name, held_tier="")


def _with_product(reading: Reading, basket: Basket, code: Code) -> Basket | None:
    product = _product(reading, code.candidates)
    if product is not None:
        return basket.add(product)
    return None if code.label is None else _with_label(reading, basket, code.label)


def _product(reading: Reading, codes: tuple[str, ...]) -> Product | None:
    found = (reading.products.by_code(code) for code in codes)
    return next((product for product in found if product is not None), None)


def _with_label(reading: Reading, basket: Basket, label: Label) -> Basket | None:
    # Shops write the article of a scale with its prefix, with zeros before it, or plainly.
    spellings = (label.rule.prefix + label.item, label.item, label.item.lstrip("0"))
    product = _product(reading, spellings)
    if product is None:
        return None
    if label.rule.holds == "weight":
        return basket.add(product, label.value)
    return basket.add(product, ONE, label_fen=label.value)


def _by_phone(reading: Reading, code: Code, since: date) -> MemberFile:
    holders = _phone_holders(reading, code.text)
    if len(holders) > 1:
        raise SeveralMembers(code.text)
    file = reading.members.file(holders[0], spend_since=since) if holders else None
    if file is not None:
        return file
    payment = paid_with(code.text)
    if payment is not None:
        raise PaymentCode(payment.value)
    if code.has_bad_check_digit or is_wrong_card(code.text) or is_misread(code.text):
        raise BadCheckDigit(code.text)
    raise UnknownCode(code.text)


def _phone_holders(reading: Reading, text: str) -> list[UUID]:
    try:
        phone = parse_phone(text)
    except BadPhone:
        return []
    return [member.id for member in reading.members.by_phone(phone)]


def _changed(before: Basket, after: Basket) -> int:
    known = {line.no: line for line in before.lines}
    return next(line.no for line in after.lines if known.get(line.no) != line)
