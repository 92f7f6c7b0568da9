"""拒绝，在购物车和收款: what the rules of a sale do not allow; a person can mend each of these."""

from __future__ import annotations

from core.errors.roots import Refused


class NoSuchLine(Refused):
    """The basket has no such line."""

    no: int


class EmptyBasket(Refused):
    """Nothing to pay for."""


class BasketFull(Refused):
    """More lines or money than one sale may hold."""

    limit: int


class BadTender(Refused):
    """A tender of zero, below zero, or of a kind that is not known."""

    kind: str
    amount_fen: int


class TenderTooHigh(Refused):
    """Only cash gives change: another tender above what it may pay."""

    kind: str
    amount_fen: int
    limit_fen: int


class MoneyTaken(Refused):
    """Money was taken for the basket at the counter: it is paid in full or handed back first."""

    taken_fen: int


class HeldMoney(Refused):
    """Money was taken for a basket that is laid aside: it is paid in full or handed back first."""

    name: str
    taken_fen: int


class NotPaid(Refused):
    """The tenders do not reach the payable."""

    left_fen: int


class BadHeldName(Refused):
    """A name for a held basket that is too long or holds control characters."""

    text: str


class NoSuchHeld(Refused):
    """A held basket that is not there any more: recalled, discarded or sold."""


class TooManyHeld(Refused):
    """So many baskets are held that nobody finds one any more."""

    limit: int


class PriceChanged(Refused):
    """The quote is not the one the customer was shown; look again before taking the money."""

    payable_fen: int


class PointsPayNothing(Refused):
    """Points as money, in a shop whose rulebook takes none."""


class MemberNeeded(Refused):
    """Something that only a member can have, and nobody stands there."""


class BadPointsWish(Refused):
    """Text or number that is no number of points to pay with."""

    text: str


class NotEnoughPoints(Refused):
    """More points than a member can use today."""

    points: int
    most: int


class BadDiscount(Refused):
    """Text that is no discount: zero, below zero, no rate below ten tenths, or without effect."""

    text: str


class DiscountTooHigh(Refused):
    """More than there is to take it off."""

    amount_fen: int
    limit_fen: int


class NotOffered(Refused):
    """No gift and no add-on that is reached, or no unit of it is left to choose."""

    code: str


class GiftUnmet(Refused):
    """What was chosen as a gift or an add-on is not had so any more: it would cost its price."""

    name: str
    price_fen: int


class NoSuchOffer(Refused):
    """No offer that has to do with this basket, or none that was switched off."""

    offer: str


class NoSuchReason(Refused):
    """A price or a discount by hand without one of the rulebook's reasons."""

    reasons: tuple[str, ...]


class OutsideDiscount(Refused):
    """What takes no discount of any kind, as prescription medicines: no price by hand either."""


class NothingByHand(Refused):
    """There is no price and no discount by hand to take back."""


class NoSuchSale(Refused):
    """No sale with this number."""

    text: str


class NothingSold(Refused):
    """The sale before is asked for, and there is none yet."""


class SaleNotOfToday(Refused):
    """A sale of a day that is closed: it cannot be voided any more."""

    no: str
    business_on: str


class SaleReturned(Refused):
    """Something of the sale came back already: it cannot be voided any more."""

    no: str


class SaleIsVoid(Refused):
    """The sale is void: nothing of it can come back."""

    no: str


class NothingToReturn(Refused):
    """No line and no quantity was chosen."""


class TooMuchReturned(Refused):
    """More than is left of a line."""

    name: str
    left_milli: int


class ExchangeWaits(Refused):
    """Goods of a sale come back with this basket already; others wait for the next one."""

    no: str


class OnlyForQuality(Refused):
    """A medicine comes back for a reason of quality only."""

    name: str


class NothingToReprint(Refused):
    """There is no sale to print again."""


class CouponUsed(Refused):
    """A code that can be used once, and was."""

    code: str
    no: str


class CouponEarly(Refused):
    """A code that holds from a later day on."""

    code: str
    on: str


class CouponLate(Refused):
    """A code whose last day is over."""

    code: str
    on: str


class CouponWithdrawn(Refused):
    """A code that the shop took out of use."""

    code: str
    on: str


class NoSuchIssuedCode(Refused):
    """A text that is no code of a coupon that was ever issued here."""

    code: str


class CouponStopped(Refused):
    """A code of an offer that the rulebook of now does not have."""

    code: str


class CouponsPast(Refused):
    """Codes that could never be used: their last day is over."""

    on: str


class NobodyMeant(Refused):
    """A coupon is to be handed out to members, and there is none who would get one."""


class NoSuchHandout(Refused):
    """Nothing was handed out, or issued, under this id."""


class TooManyMeant(Refused):
    """A coupon is to be handed out to more members than at once."""

    limit: int


class CouponTwice(Refused):
    """Another code of the same offer is in the basket: a sale uses an offer once."""

    name: str


class CouponOfOther(Refused):
    """A code that belongs to another member than the one at the counter."""

    code: str


class NoSuchCoupon(Refused):
    """No coupon of the rulebook of now whose codes are issued."""

    offer: str


class BadCodeCount(Refused):
    """No code at all, or more than are issued at once."""

    count: int
    limit: int


class BadDates(Refused):
    """An end before the beginning."""

    start: str
    end: str


class TierOutstanding(Refused):
    """A rulebook without a tier that members have."""

    tier: str
    count: int


class CouponsOutstanding(Refused):
    """A rulebook without a coupon of which codes can still be used."""

    offer: str
    count: int


class NoSuchCode(Refused):
    """The member of the sale holds no such coupon."""
