"""关优惠: an offer that a basket does without, for a reason; and on again."""

from __future__ import annotations

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.errors import NoSuchOffer, NoSuchReason
from core.ports import Writing
from core.pricing.adjustment import Lost
from core.pricing.basket import Basket, SwitchedOff
from core.sales.sale import Sale
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def switch_off(
    shop: Shop,
    basket: Basket,
    offer: str,
    reason: str,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Counter:
    """关掉: this basket does without the offer; a customer who wants to keep a coupon, say.

    It takes the right to sell, and where the rulebook says so an approval. Raises NotAllowed,
    NoSuchReason, NoSuchOffer for what has nothing to do with this basket.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        limits = reading.rulebooks.current().by_hand
        answers_no = staff.no
        if not limits.is_switching_free:
            right = Right.DISCOUNT_BEYOND_LIMIT
            answers_no = allow(reading, staff, right, now_us=moment.at_us, approval=approval)
        if reason not in limits.reasons:
            raise NoSuchReason(limits.reasons)
        off = SwitchedOff(offer, reason, staff.no, answers_no)
        counter = priced(reading, moment, basket.without_offer(off))
        lost = {each.offer for each in counter.quote.rejected if each.lost is Lost.SWITCHED_OFF}
        if offer not in lost:
            raise NoSuchOffer(offer)
        return counter


def switch_on(shop: Shop, basket: Basket, offer: str, *, staff: Staff) -> Counter:
    """再打开: the offer counts again; raises NoSuchOffer where it was not switched off."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        with_it = basket.with_offer(offer)
        if with_it == basket:
            raise NoSuchOffer(offer)
        return priced(reading, moment, with_it)


def note_switched_off(tx: Writing, sale: Sale) -> None:
    """A row of the audit for each offer that a sale did without."""
    for off in sale.basket.off:
        by = "" if off.answers_no == off.staff_no else f" approved_by {off.answers_no}"
        tx.audit.note(
            "offer_off",
            at_us=sale.moment.at_us,
            staff_no=off.staff_no,
            subject=sale.no,
            detail=f"{off.offer} {off.reason}{by}",
        )
