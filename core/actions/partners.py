"""异业账: what partners bear of the coupons that were used."""

from __future__ import annotations

from datetime import date

from core.actions.allow import allow
from core.errors import BadDates
from core.sales.offer_use import PartnerAccount
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def partner_accounts(
    shop: Shop,
    first: date | None = None,
    last: date | None = None,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> tuple[PartnerAccount, ...]:
    """By partner, of these business dates, both within; without one that end is today.

    What was given back counts on the date that it was, below zero. Raises NotAllowed, BadDates.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us, approval=approval)
        first, last = first or moment.business_on, last or moment.business_on
        if last < first:
            raise BadDates(first.isoformat(), last.isoformat())
        return reading.offer_uses.partners(first, last)
