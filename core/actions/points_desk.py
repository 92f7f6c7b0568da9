"""积分台: what a manager looks at of all members' points.

All of it raises NotAllowed for who may not look at takings.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from core.actions.allow import allow
from core.actions.points_report import points_owed
from core.points.liability import Liability, PointsRate
from core.ports.points_desk import ExpiringDay, ExpiringRow, HolderRow
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

MOST_LISTED = 2000


class Owed(Struct, frozen=True):
    """未兑积分 of a business date."""

    on: date
    owed: Liability


class Ahead(Struct, frozen=True):
    """快到期: day by day what expires from today on; `fen` is what all of it is worth.

    `days` are those on which something does.
    """

    first: date
    last: date
    days: tuple[ExpiringDay, ...]
    points: int
    fen: int


def owed(shop: Shop, *, staff: Staff) -> Owed:
    """未兑积分: what stands open now."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
    return Owed(shop.now().business_on, points_owed(shop))


def expiring_within(shop: Shop, days: int, *, staff: Staff) -> Ahead:
    """到期预览: what expires within so many days, today (1) among them."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        first = shop.moment(reading).business_on
        last = first + timedelta(days=days - 1)
        found = reading.points_desk.expiring(first, last)
        points = sum(day.points for day in found)
        rate = PointsRate.of(reading.rulebooks.current())
        return Ahead(first, last, found, points, rate.worth(points))


def expiring_rows(shop: Shop, first: date, last: date, *, staff: Staff) -> tuple[ExpiringRow, ...]:
    """Whose points these are; at most so many as somebody reads."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return reading.points_desk.expiring_rows(first, last, most=MOST_LISTED)


def never_expiring_rows(shop: Shop, *, staff: Staff) -> tuple[ExpiringRow, ...]:
    """Who has points that never expire."""
    return expiring_rows(shop, date.max, date.max, staff=staff)


def holders(shop: Shop, *, staff: Staff) -> tuple[HolderRow, ...]:
    """Who has points, those with most first; at most so many as somebody reads."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return reading.points_desk.holders(most=MOST_LISTED)


def debtors(shop: Shop, *, staff: Staff) -> tuple[HolderRow, ...]:
    """Who owes points, those who owe most first."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return reading.points_desk.debtors(most=MOST_LISTED)
