"""另印的单据: a gift slip of a sale, the slip of a held basket, coupons on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from core.actions.allow import allow
from core.errors import NoSuchCoupon, NoSuchHeld, NothingToReprint
from core.members.masks import mask_card, mask_name
from core.ports import Reading
from core.sales.coupon_slip import CouponSlip, make_coupon_slip
from core.sales.gift_slip import GiftSlip, items_of, make_gift_slip
from core.sales.hold_slip import HoldSlip, make_hold_slip
from core.sales.receipt import Heading, ItemLine, MemberLine
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import day_and_time


def gift_choices(shop: Shop, sale_no: str | None = None) -> tuple[str, tuple[ItemLine, ...]]:
    """The number of a sale (the last one where none is said) and what was sold in it.

    Raises NothingToReprint.
    """
    with shop.store.read() as reading:
        sale = reading.sales.by_no(sale_no) if sale_no else reading.sales.last()
    if sale is None or sale.is_voided:
        raise NothingToReprint()
    return sale.no, items_of(sale.receipt)


def gift_slip(
    shop: Shop, sale_no: str | None, chosen: Collection[int] | None = None, *, staff: Staff
) -> GiftSlip:
    """礼品小票: of the items of a sale at these places (from 0), or of all.

    Raises NotAllowed, NothingToReprint where the sale is voided or nothing was chosen.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.REPRINT, now_us=now_us)
        sale = tx.sales.by_no(sale_no) if sale_no else tx.sales.last()
        if sale is None or sale.is_voided:
            raise NothingToReprint()
        places = range(len(items_of(sale.receipt)))
        if chosen is not None and not set(chosen) & set(places):
            raise NothingToReprint()
        tx.audit.note("gift_slip_printed", at_us=now_us, staff_no=staff.no, subject=sale.no)
    return make_gift_slip(sale.receipt, chosen)


def hold_slip(shop: Shop, sale_id: UUID) -> HoldSlip:
    """挂单条: of a basket that waits; raises NoSuchHeld."""
    with shop.store.read() as reading:
        held = reading.baskets.held_one(sale_id)
        if held is None:
            raise NoSuchHeld()
        at = day_and_time(held.held_us, reading.till.zone)
        return make_hold_slip(held, _heading(reading), at)


def coupon_slips(shop: Shop, codes: Iterable[str]) -> tuple[CouponSlip, ...]:
    """优惠券: the papers of issued codes; raises NoSuchCoupon for one that nobody issued."""
    with shop.store.read() as reading:
        return tuple(coupon_slip(reading, code) for code in codes)


def coupon_slip(reading: Reading, code: str) -> CouponSlip:
    """The paper of one issued code; raises NoSuchCoupon."""
    found = reading.coupon_codes.get(code)
    offer = reading.rulebooks.current().single_use.get(found.offer) if found else None
    if found is None or offer is None:
        raise NoSuchCoupon(code)
    return make_coupon_slip(
        found.code,
        offer,
        _heading(reading),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        member=_whose(reading, found.member_id),
    )


def _whose(reading: Reading, member_id: UUID | None) -> MemberLine | None:
    """Who holds a code by now, masked; nobody where it is anybody's, or they were erased."""
    if member_id is None:
        return None
    member = reading.members.get(reading.standings.merged_into(member_id) or member_id)
    if member is None or not member.name:
        return None
    tier = reading.rulebooks.current().scheme.tier(member.tier)
    return MemberLine(mask_name(member.name), mask_card(member.card_no), tier.name)


def _heading(reading: Reading) -> Heading:
    return Heading(reading.till.store_name, reading.till.till_no)
