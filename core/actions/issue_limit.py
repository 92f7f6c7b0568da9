"""发券的限额: above what the rulebook lets one person issue on a day, somebody else says yes."""

from __future__ import annotations

from core.actions.allow import Second, allow, allow_second, second
from core.errors import NoSuchCoupon
from core.ports import Reading
from core.rulebook.coupons_alone import ANY_NUMBER
from core.rulebook.offers import CouponOffer
from core.sales.handout import most_worth_fen
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


def allow_issue(
    reading: Reading,
    moment: Moment,
    offer_id: str,
    count: int,
    *,
    staff: Staff,
    approval: Approval | None,
) -> tuple[CouponOffer, int, bool]:
    """The coupon, the number of whoever answers for so many more of it, and whether it takes two.

    Raises what `allow` and `allow_second` do, and NoSuchCoupon for what has no codes to issue.
    """
    offer, now_us = reading.rulebooks.current().single_use.get(offer_id), moment.at_us
    if offer is not None and _is_beyond(reading, moment, offer, count, staff):
        right = Right.ISSUE_BEYOND_LIMIT
        answers = allow_second(reading, staff, right, now_us=now_us, approval=approval)
        return offer, answers, True
    answers = allow(reading, staff, Right.ISSUE_COUPONS, now_us=now_us, approval=approval)
    if offer is None:
        raise NoSuchCoupon(offer_id)
    return offer, answers, False


def takes_second(
    reading: Reading, moment: Moment, offer: CouponOffer, count: int, staff: Staff
) -> Second:
    """Whether somebody else has to say yes, and whether there is somebody; raises StaffGone."""
    is_over = _is_beyond(reading, moment, offer, count, staff)
    return second(reading, staff, Right.ISSUE_BEYOND_LIMIT, is_above=is_over)


def _is_beyond(
    reading: Reading, moment: Moment, offer: CouponOffer, count: int, staff: Staff
) -> bool:
    """Whether so many more, with what the person issued today, are above the limit."""
    book = reading.rulebooks.current()
    if not count or book.coupons_alone == ANY_NUMBER:
        return False
    issued = reading.handouts.issued_by(staff.no, moment.business_on)
    issued[offer.id] = issued.get(offer.id, 0) + count
    known = book.coupons
    return not book.coupons_alone.has(
        (number, most_worth_fen(known[code]) if code in known else 0)
        for code, number in issued.items()
    )
