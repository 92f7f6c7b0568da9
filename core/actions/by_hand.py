"""手工优惠: a price or a discount by hand: tried, given, taken back, and answered for."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, here
from core.actions.counter import Counter, priced
from core.catalog.product_table import check_price
from core.errors import (
    BadDiscount,
    DiscountTooHigh,
    EmptyBasket,
    NoSuchReason,
    NothingByHand,
    OutsideDiscount,
)
from core.ports import Reading, Writing
from core.pricing.basket import Basket
from core.pricing.by_hand import ByHand, DiscountByHand, PriceByHand
from core.pricing.given import Given, given_by_hand
from core.pricing.quote import Quote
from core.rulebook.by_hand import ByHandLimits
from core.sales.sale import Sale
from core.shop import Shop
from core.trust.rights import Approval, Right, may
from core.trust.staff import Staff
from core.values.moment import Moment
from core.values.money import MAX_FEN, format_money
from core.values.rate import FULL, format_discount


class Tried(Struct, frozen=True):
    """What the counter would be, what it takes off, and whether somebody has to approve it."""

    counter: Counter
    given: Given
    needs_approval: bool


def try_by_hand(
    shop: Shop, basket: Basket, no: int | None, by_hand: ByHand, *, staff: Staff
) -> Tried:
    """What `give_by_hand` would do, a reason and an approval apart; nothing is changed by it."""
    with shop.store.read() as reading:
        counter, given = _tried(reading, shop.moment(reading), basket, no, by_hand)
        is_within = given.is_within(counter.rulebook.by_hand)
        may_more = may(here(reading, staff), Right.DISCOUNT_BEYOND_LIMIT)
        return Tried(counter, given, not (is_within or may_more))


def give_by_hand(
    shop: Shop,
    basket: Basket,
    no: int | None,
    by_hand: ByHand,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Counter:
    """A price or discount by hand on line `no`, or a discount of the whole basket (None).

    It takes the place of what was given there before. Raises NotAllowed beyond the cashier's
    limit, StaffGone, NoSuchReason, BadDiscount, BadPrice, DiscountTooHigh, OutsideDiscount,
    NoSuchLine, EmptyBasket.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.DISCOUNT_WITHIN_LIMIT, now_us=moment.at_us)
        limits = reading.rulebooks.current().by_hand
        if by_hand.reason not in limits.reasons:
            raise NoSuchReason(limits.reasons)
        fresh = replace(by_hand, staff_no=staff.no, approved=None)
        counter, given = _tried(reading, moment, basket, no, fresh)
        if given.is_within(limits):
            return counter
        right = Right.DISCOUNT_BEYOND_LIMIT
        by = allow(reading, staff, right, now_us=moment.at_us, approval=approval)
        return replace(counter, basket=_approved(counter.basket, given, by))


def take_back_by_hand(shop: Shop, basket: Basket, no: int | None) -> Counter:
    """撤销: without what was given by hand there; raises NothingByHand, NoSuchLine."""
    by_hand = basket.discount if no is None else basket.line(no).by_hand
    if by_hand is None:
        raise NothingByHand()
    with shop.store.read() as reading:
        return priced(reading, shop.moment(reading), _with(basket, no, None), changed_line=no)


def is_unanswered(counter: Counter) -> bool:
    """Whether something that was given by hand has grown beyond what anybody answers for."""
    return bool(unanswered(counter))


def unanswered(counter: Counter) -> tuple[Given, ...]:
    """What was given by hand, and nobody answers for as it stands now."""
    given = given_by_hand(counter.basket, counter.quote)
    return tuple(each for each in given if not each.is_answered(counter.rulebook.by_hand))


def approve_by_hand(
    shop: Shop, basket: Basket, *, staff: Staff, approval: Approval | None = None
) -> Counter:
    """Answer for all that was given by hand, as it stands now; raises NotAllowed, StaffGone."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        counter = priced(reading, moment, basket)
        approved = answered(
            reading,
            basket,
            counter.quote,
            counter.rulebook.by_hand,
            staff=staff,
            now_us=moment.at_us,
            approval=approval,
        )
        return replace(counter, basket=approved)


def answered(
    reading: Reading,
    basket: Basket,
    quoted: Quote,
    limits: ByHandLimits,
    *,
    staff: Staff,
    now_us: int,
    approval: Approval | None = None,
) -> Basket:
    """The basket with somebody's answer for all that is beyond the limits; raises NotAllowed.

    Asked when the sale is settled, since a discount grows with what is added, and its share with
    what is taken away. Whoever settles and has the right answers for it.
    """
    for given in given_by_hand(basket, quoted):
        if not given.is_answered(limits):
            right = Right.DISCOUNT_BEYOND_LIMIT
            by = allow(reading, staff, right, now_us=now_us, approval=approval)
            basket = _approved(basket, given, by)
    return basket


def note_by_hand(tx: Writing, sale: Sale) -> None:
    """A row of the audit for each price and discount by hand of a sale, by whoever gave it."""
    for given in given_by_hand(sale.basket, sale.quote):
        by_hand, where = given.by_hand, "basket" if given.line is None else f"line {given.line}"
        is_price = isinstance(by_hand, PriceByHand)
        at = f" at {by_hand.price_fen}" if isinstance(by_hand, PriceByHand) else ""
        approver = by_hand.approved.staff_no if by_hand.approved else by_hand.staff_no
        by = "" if approver == by_hand.staff_no else f" approved_by {approver}"
        tx.audit.note(
            "price_by_hand" if is_price else "discount_by_hand",
            at_us=sale.moment.at_us,
            staff_no=by_hand.staff_no,
            subject=sale.no,
            detail=f"{where}{at} off {given.off_fen} of {given.of_fen} {by_hand.reason}{by}",
        )


def _tried(
    reading: Reading, moment: Moment, basket: Basket, no: int | None, by_hand: ByHand
) -> tuple[Counter, Given]:
    if basket.is_empty:
        raise EmptyBasket()
    _check(by_hand)
    counter = priced(reading, moment, _with(basket, no, by_hand), changed_line=no)
    given = next((g for g in given_by_hand(counter.basket, counter.quote) if g.line == no), None)
    if given is None:
        raise OutsideDiscount()
    if isinstance(by_hand, DiscountByHand):
        if by_hand.amount_fen > given.of_fen:
            raise DiscountTooHigh(by_hand.amount_fen, given.of_fen)
        if not given.off_fen:
            raise BadDiscount(format_discount(by_hand.rate_bp))
    return counter, given


def _check(by_hand: ByHand) -> None:
    if isinstance(by_hand, PriceByHand):
        check_price(by_hand.price_fen, format_money(by_hand.price_fen))
    elif not 0 <= by_hand.amount_fen <= MAX_FEN:
        raise BadDiscount(format_money(by_hand.amount_fen))
    elif not by_hand.amount_fen and not 0 < by_hand.rate_bp < FULL:
        is_amount = by_hand.rate_bp == FULL
        raise BadDiscount(format_money(0) if is_amount else format_discount(by_hand.rate_bp))


def _with(basket: Basket, no: int | None, by_hand: ByHand | None) -> Basket:
    if no is not None:
        return basket.with_by_hand(no, by_hand)
    if isinstance(by_hand, PriceByHand):
        raise ValueError("a basket has no price of its own")
    return basket.with_discount(by_hand)


def _approved(basket: Basket, given: Given, staff_no: int) -> Basket:
    approved = replace(given.by_hand, approved=given.approved_by(staff_no))
    return _with(basket, given.line, approved)
