"""一次券: codes that can be used once: issued, presented, and looked at again at the payment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import noted
from core.actions.issue_limit import allow_issue
from core.actions.serve import member_of_card
from core.actions.telling import tell
from core.errors import (
    BadCodeCount,
    BadDates,
    CouponAsksLine,
    CouponOfOther,
    CouponsPast,
    CouponStopped,
    CouponTwice,
)
from core.ports import Reading, Writing
from core.pricing.basket import Basket, Presented
from core.pricing.quote import Quote
from core.rulebook.offers import CouponOffer
from core.rulebook.rulebook import Rulebook
from core.sales.coupon_code import Batch, CouponCode, check_usable
from core.sales.offer_use import codes_used
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.coupon_code import RANDOM_BYTES, make_code, read_code
from core.values.moment import Moment

MOST_AT_ONCE = 10_000


class Issued(Struct, frozen=True):
    """Codes that are there from now on, and their offer; `is_repeat`: they were before.

    `lacks_second`: so many take two people, and there was nobody else.
    """

    offer: CouponOffer
    batch: Batch
    is_repeat: bool = False
    lacks_second: bool = False


def single_use_coupons(shop: Shop) -> tuple[CouponOffer, ...]:
    """The coupons whose codes can be issued now, as the rulebook has them."""
    with shop.store.read() as reading:
        return tuple(reading.rulebooks.current().single_use.values())


def issue_coupons(
    shop: Shop,
    offer_id: str,
    count: int,
    *,
    batch_id: UUID,
    staff: Staff,
    card_no: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    approval: Approval | None = None,
) -> Issued:
    """发券: so many new codes of a coupon offer, for anybody or for the member of a card.

    `batch_id` is made before it is said, so that the same wish twice issues once. Above what the
    rulebook lets one person issue on a day somebody else approves it. Raises NotAllowed,
    NoSuchCoupon for what is no coupon of issued codes, BadCodeCount, BadDates,
    CouponsPast, NoSuchMember, CardReplaced.
    """
    if not 0 < count <= MOST_AT_ONCE:
        raise BadCodeCount(count, MOST_AT_ONCE)
    if starts_on and ends_on and ends_on < starts_on:
        raise BadDates(starts_on.isoformat(), ends_on.isoformat())
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        known = tx.coupon_codes.batch(batch_id)
        more = 0 if known is not None else count
        offer, answers, takes_two = allow_issue(
            tx, moment, offer_id, more, staff=staff, approval=approval
        )
        if known is not None:
            return Issued(offer, known, is_repeat=True)
        if ends_on is not None and ends_on < moment.business_on:
            raise CouponsPast(ends_on.isoformat())
        member = member_of_card(tx, card_no) if card_no else None
        batch = Batch(
            id=batch_id,
            offer=offer.id,
            codes=new_codes(shop, count),
            member_id=member.id if member else None,
            starts_on=starts_on,
            ends_on=ends_on,
            at_us=moment.at_us,
            business_on=moment.business_on,
            staff_no=staff.no,
        )
        hand_out(shop, tx, moment, batch)
        said = noted(f"{offer.id} {count}", staff, answers, takes_two=takes_two)
        tx.audit.note(
            "coupons_issued",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=batch.id.hex,
            detail=said,
        )
    return Issued(offer, batch, lacks_second=takes_two and answers == staff.no)


def new_codes(shop: Shop, count: int) -> tuple[str, ...]:
    """So many codes that nobody can guess."""
    return tuple(make_code(shop.dice.roll(RANDOM_BYTES)) for _ in range(count))


def hand_out(shop: Shop, tx: Writing, moment: Moment, batch: Batch) -> None:
    """Keep new codes, and tell of them."""
    tx.coupon_codes.add(batch)
    body = {
        "batch": batch.id,
        "offer": batch.offer,
        "codes": list(batch.codes),
        "member": batch.member_id,
        "starts_on": batch.starts_on,
        "ends_on": batch.ends_on,
        "staff_no": batch.staff_no,
    }
    tell(shop, tx, moment, "CouponsIssued", body)


def present(
    reading: Reading, basket: Basket, text: str, rulebook: Rulebook, moment: Moment
) -> Basket | None:
    """The basket with a code presented, or without it where it was; None for what is no code.

    Raises CouponUsed, CouponWithdrawn, CouponEarly, CouponLate, CouponStopped, CouponTwice,
    CouponOfOther.
    """
    code = read_code(text)
    if code is None:
        return None
    before = next((each for each in basket.coupons if each.code == code), None)
    if before is not None:
        return basket.with_coupon(before)
    found = reading.coupon_codes.get(code)
    if found is None:
        return None
    check_usable(found, moment.business_on)
    offer = rulebook.single_use.get(found.offer)
    if offer is None:
        raise CouponStopped(code)
    if any(each.offer == offer.id for each in basket.coupons):
        raise CouponTwice(offer.name)
    whose = found.member_id
    if whose is not None:
        whose = reading.standings.merged_into(whose) or whose
        if basket.member_id not in (None, whose):
            raise CouponOfOther(code)
    return basket.with_coupon(Presented(code, offer.id, whose))


def is_presentable(reading: Reading, basket: Basket, text: str) -> bool:
    """Whether a text is a code that was issued, whatever becomes of it when it is presented."""
    code = read_code(text)
    if code is None:
        return False
    is_there = any(each.code == code for each in basket.coupons)
    return is_there or reading.coupon_codes.get(code) is not None


def check_codes(
    reading: Reading,
    basket: Basket,
    quoted: Quote,
    rulebook: Rulebook,
    today: date,
    now_us: int,
) -> None:
    """Asked when the sale is settled: another basket may have used a code meanwhile.

    Raises CouponUsed, CouponWithdrawn, CouponEarly, CouponLate; CouponAsksLine for one that the
    server has not given to this sale, and that is of no till of this store.
    """
    for code in codes_used(basket, quoted, rulebook).values():
        found = reading.coupon_codes.get(code)
        assert found is not None, "a code was presented that nobody issued"
        check_usable(found, today)
        if not _is_ours(reading, found, basket.sale_id, now_us):
            raise CouponAsksLine(code)


def _is_ours(reading: Reading, found: CouponCode, sale_id: UUID, now_us: int) -> bool:
    """Whether it may be used: a code of this store also without a line (sync.md 7).

    Where the chain was left, there is nobody to ask any more.
    """
    link = reading.links.get()
    if link is None or not link.chain_name:
        return True
    store = reading.elsewhere.batch_store(found.batch_id)
    if store is None or store == reading.till.store_code:
        return True
    claims = reading.elsewhere.code_claims()
    given = (each.until_us for each in claims if (each.code, each.sale_id) == (found.code, sale_id))
    return next(given, 0) > now_us
