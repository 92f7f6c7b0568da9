"""扫码: one input for everything: a scan or a typed text finds its own meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.actions.coupon_codes import is_presentable, present
from core.actions.hold import held_baskets, recall
from core.actions.scan_goods import add_code, add_stray, layouts, product_of
from core.actions.serve import clean_scan, refuse_old_card, require_served
from core.catalog.barcode import Code, read_code
from core.catalog.trace import is_like_trace, is_possible_trace
from core.errors import (
    BadCheckDigit,
    BadgeScanned,
    BadPhone,
    EnrolmentScanned,
    PaperScanned,
    SeveralMeanings,
    SeveralMembers,
    StrangeStripe,
    StrayTrace,
    UnknownCode,
)
from core.members.card import is_wrong_card, may_be_issued
from core.members.member import MemberFile
from core.members.member_code import read_member_code
from core.members.phone import parse_phone
from core.members.tiers import higher, window_start
from core.ports import Reading, Suggestion
from core.pricing.basket import Basket, Presented
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import TierScheme
from core.sales.held import read_held_no
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.coupon_code import is_misread, read_enrolment
from core.values.coupon_code import read_code as read_coupon
from core.values.ident import read_paper_no
from core.values.moment import Moment
from core.values.payment_code import refuse_payment
from core.values.stripe import is_stripe, stripe_numbers

_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
CARD, COUPON, PRODUCT, PHONE = "card", "coupon", "product", "phone"
"""What a code can be that is looked up; where it is several of them a person chooses."""


class _Look(Struct):
    """What a code is looked up with; `code` is all that its digits can mean, `file` whose card."""

    reading: Reading
    basket: Basket
    rulebook: Rulebook
    moment: Moment
    text: str
    code: Code
    wanted: int | None
    file: MemberFile | None = None


_Way = Callable[[_Look], Counter]


def scan(
    shop: Shop,
    basket: Basket,
    text: str,
    *,
    staff: Staff,
    kind: str = "",
    wanted: int | None = None,
) -> Counter:
    """A code becomes the member of the basket, a line in it, or recalls a basket that was held.

    What is nothing of this till may be the card or the phone of a member of its chain.

    Its content alone says what it is: a member's code or stripe, a card, a coupon (taken back where
    it was presented already), a product in any of its codes, a label of a scale, a trace code, a
    phone, the number of a held basket. `kind` chooses where it is several things,
    `wanted` the line whose unit a trace code is for.

    Raises SeveralMeanings for a code that is, SeveralMembers for a shared phone; MemberFrozen,
    MemberMerged, CardExpired and CardReplaced for who is not served today; BadScan for what no code
    can be, BadCheckDigit for a misread one; BatchExpired, TraceTwice, TraceUnknown for goods;
    Coupon… for one that is worth nothing here and now; PaperScanned, BadgeScanned for what is not
    sold; PaymentCode, StrangeStripe and EnrolmentScanned for what must be kept nowhere; StrayTrace
    for what may be a trace code of another system, while lines lack theirs (on the line `wanted` it
    is one); UnknownCode for the rest. The basket stays as it was then.
    """
    scanned = clean_scan(text)
    if (held := read_held_no(scanned)) and not kind:
        for waiting in held_baskets(shop):
            if waiting.no == held:
                return recall(shop, basket, waiting.sale_id, staff=staff)
    try:
        return _scanned(shop, basket, scanned, staff=staff, kind=kind, wanted=wanted)
    except (UnknownCode, StrangeStripe):
        from core.actions.visitors import serve_visitor

        counter = serve_visitor(shop, basket, scanned) if not kind else None
        if counter is None:
            raise
        return counter


def _scanned(
    shop: Shop, basket: Basket, scanned: str, *, staff: Staff, kind: str, wanted: int | None
) -> Counter:
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        rulebook = reading.rulebooks.current()
        code = read_code(scanned, layouts(reading, rulebook, scanned))
        look = _Look(reading, basket, rulebook, moment, scanned, code, wanted)
        if is_stripe(scanned):
            return _by_stripe(look)
        if (card_no := read_member_code(scanned)) is not None:
            return _by_card(replace(look, text=card_no))
        ways = _ways(look)
        if kind in ways:
            return ways[kind](look)
        if len(ways) > 1:
            raise SeveralMeanings(scanned, tuple(ways))
        for way in ways.values():
            return way(look)
        return _by_stray(look, _nothing(look))


def find(shop: Shop, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """查找: members and products that a typed text could mean, best first; tiers by their names."""
    with shop.store.read() as reading:
        found = reading.suggest(text.strip(), limit=limit)
        scheme = reading.rulebooks.current().scheme
    return tuple(_with_tier(row, scheme) if row.kind == "member" else row for row in found)


def _with_tier(row: Suggestion, scheme: TierScheme) -> Suggestion:
    code = higher(scheme, row.tier, row.held_tier) if row.held_tier else row.tier
    return replace(row, tier=scheme.tier(code).name, held_tier="")


def _ways(look: _Look) -> dict[str, _Way]:
    """All that the code is here, in the order in which a person is asked."""
    reading, text = look.reading, look.text
    ways: dict[str, _Way] = {}
    look.file = reading.members.file_by_card(text, spend_since=_since(look))
    holder = None if look.file is None else look.file.member
    if holder is not None:
        ways[CARD] = _by_card
    if look.rulebook.coupon(text) is not None or is_presentable(reading, look.basket, text):
        ways[COUPON] = _by_coupon
    if product_of(reading, look.code) is not None or look.code.trace:
        ways[PRODUCT] = _by_goods
    if not ways or _MOBILE.match(text):
        others = [each for each in _phone_holders(reading, text) if not holder or each != holder.id]
        is_shared_card = holder is not None and holder.id in _phone_holders(reading, text)
        if others and not is_shared_card:
            ways[PHONE] = _by_phone
    return ways


def _by_goods(look: _Look) -> Counter:
    fuller, warned = add_code(
        look.reading, look.basket, look.code, look.rulebook, look.moment, wanted=look.wanted
    )
    trace = look.code.trace
    counter = priced(
        look.reading,
        look.moment,
        fuller,
        rulebook=look.rulebook,
        changed_line=fuller.holder(trace).no if trace else _changed(look.basket, fuller),
    )
    return replace(counter, warned=warned) if warned else counter


def _by_stray(look: _Look, nothing: Exception) -> Counter:
    """A code of a system that names no product: for the line that is `wanted`, else asked about."""
    text, basket = look.text, look.basket
    basket.check_fresh(text)
    lines = tuple(line.no for line in basket.lacking_traces())
    if type(nothing) is not UnknownCode or read_paper_no(text) or read_coupon(text):
        raise nothing
    if look.wanted in lines and is_possible_trace(text):
        assert look.wanted is not None, "among the lines"
        fuller, warned = add_stray(look.reading, basket, look.wanted, text)
        counter = priced(look.reading, look.moment, fuller, changed_line=look.wanted)
        return replace(counter, warned=warned)
    raise StrayTrace(text, lines) if lines and is_like_trace(text) else nothing


def _by_coupon(look: _Look) -> Counter:
    coupon = look.rulebook.coupon(look.text)
    if coupon is not None:
        shown = look.basket.with_coupon(Presented(look.text, coupon.id))
    else:
        found = present(look.reading, look.basket, look.text, look.rulebook, look.moment)
        assert found is not None, "a code that was issued is presented, or refused"
        shown = found
    return priced(look.reading, look.moment, shown, rulebook=look.rulebook)


def _by_card(look: _Look) -> Counter:
    file = look.file or look.reading.members.file_by_card(look.text, spend_since=_since(look))
    if file is None:
        refuse_old_card(look.reading, look.text)
        raise UnknownCode(look.text)
    return _served(look, file)


def _by_stripe(look: _Look) -> Counter:
    """Only a card of our own is read from a stripe; of every other nothing is kept or said."""
    for number in stripe_numbers(look.text):
        file = look.reading.members.file_by_card(number, spend_since=_since(look))
        if file is not None:
            return _served(look, file)
    for number in stripe_numbers(look.text):
        refuse_old_card(look.reading, number)
        refuse_payment(number)
    raise StrangeStripe()


def _by_phone(look: _Look) -> Counter:
    holders = _phone_holders(look.reading, look.text)
    if len(holders) > 1:
        raise SeveralMembers(look.text)
    file = look.reading.members.file(holders[0], spend_since=_since(look))
    assert file is not None, "the phone of nobody"
    return _served(look, file)


def _served(look: _Look, file: MemberFile) -> Counter:
    require_served(look.reading, file, look.moment.business_on)
    served = look.basket.with_member(file.member.id)
    return priced(look.reading, look.moment, served, file=file, rulebook=look.rulebook)


def _since(look: _Look) -> date:
    return window_start(look.rulebook.scheme, look.moment.business_on)


def _nothing(look: _Look) -> Exception:
    """Why a code that is nothing that goes into a basket is refused."""
    text = look.text
    refuse_old_card(look.reading, text)
    refuse_payment(text)
    if read_enrolment(text) is not None:
        return EnrolmentScanned()
    if (no := read_paper_no(text)) is not None and _is_paper(look.reading, no):
        return PaperScanned(no)
    if (staff_no := look.reading.badges.whose(text)) is not None:
        person = look.reading.people.get(staff_no)
        return BadgeScanned(person.name if person else "")
    # Twelve digits may be a UPC-A, too: whoever has a card of another till was read right.
    is_bad_goods = look.code.has_bad_check_digit and not may_be_issued(text)
    is_bad = is_bad_goods or is_wrong_card(text) or is_misread(text)
    return BadCheckDigit(text) if is_bad else UnknownCode(text)


def _is_paper(reading: Reading, no: str) -> bool:
    if reading.sales.by_no(no) is not None or reading.returns.receipt(no) is not None:
        return True
    return reading.redemptions.slip(no) is not None


def _phone_holders(reading: Reading, text: str) -> list[UUID]:
    try:
        phone = parse_phone(text)
    except BadPhone:
        return []
    return [member.id for member in reading.members.by_phone(phone)]


def _changed(before: Basket, after: Basket) -> int:
    known = {line.no: line for line in before.lines}
    return next(line.no for line in after.lines if known.get(line.no) != line)
