"""积分的报表: who is to be reminded before points expire, and what stands open."""

from __future__ import annotations

from datetime import timedelta

from core.actions.allow import allow, noted
from core.points.liability import Liability, PointsRate, liability
from core.points.reminders import REMINDED_DAYS, SOON_DAYS, Reminder
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def points_owed(shop: Shop) -> Liability:
    """未兑积分: all points by month of expiry, with what members owe beside it."""
    with shop.store.read() as reading:
        debt, members = reading.expiries.debt()
        rate = PointsRate.of(reading.rulebooks.current())
        return liability(reading.expiries.owed(), debt=debt, members=members, rate=rate)


def reminders(shop: Shop, *, days: int = REMINDED_DAYS) -> tuple[Reminder, ...]:
    """到期提醒: whose points expire within so many days, the first first.

    What expires today can still be used today.
    """
    with shop.store.read() as reading:
        today = shop.moment(reading).business_on
        soon = min(days, SOON_DAYS)
        return reading.expiries.reminders(
            first=today, soon=today + timedelta(days=soon), last=today + timedelta(days=days)
        )


def reminders_in_full(
    shop: Shop, *, days: int = REMINDED_DAYS, staff: Staff, approval: Approval | None = None
) -> tuple[Reminder, ...]:
    """The same for somebody who may see names and phones; the audit says who saw how many.

    Raises NotAllowed.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.SEE_PERSONAL, now_us=now_us, approval=approval)
        detail = noted(f"reminders within {days} days", staff, answers)
        tx.audit.note("personal_seen", at_us=now_us, staff_no=staff.no, detail=detail)
    return reminders(shop, days=days)
