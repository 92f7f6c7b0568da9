"""今天: what a manager looks at first: takings, tickets, new members, birthdays, what expires."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from core.actions.allow import allow
from core.members.birthday import next_celebration
from core.members.member import Birthday
from core.points.reminders import SOON_DAYS, Reminder
from core.ports import Reading
from core.ports.figures import Born, Celebrating
from core.sales.trading import Trading, trading_of
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import months_before

A_WEEK = timedelta(days=7)
AHEAD_DAYS = 30
MOST_ROWS = 4
YEAR_MONTHS = 12


class Today(Struct, frozen=True):
    """The business date so far, and the same weekday a week ago until this time and in all."""

    at_us: int
    zone: tzinfo
    now: Trading
    before_by_now: Trading
    before: Trading
    points_used: int
    joined: int
    joined_this_month: int


class Birthdays(Struct, frozen=True):
    """Who celebrates today and tomorrow, and how many within 30 days, today among them."""

    today: date
    now: int
    tomorrow: int
    ahead: int
    rows: tuple[tuple[date, Celebrating], ...]


class Expiring(Struct, frozen=True):
    """Whose points expire within a week: how many members, how many points, the first of them."""

    members: int
    points: int
    rows: tuple[Reminder, ...]


def today(shop: Shop, *, staff: Staff) -> Today:
    """Raises NotAllowed for who may not look at takings."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        on, zone, figures = moment.business_on, reading.till.zone, reading.figures
        weekday = on - A_WEEK
        earlier = figures.tickets(weekday)
        until_us = moment.at_us - A_WEEK // timedelta(microseconds=1)
        return Today(
            at_us=moment.at_us,
            zone=zone,
            now=trading_of(on, figures.tickets(on), zone),
            before_by_now=trading_of(weekday, (t for t in earlier if t.at_us <= until_us), zone),
            before=trading_of(weekday, earlier, zone),
            points_used=figures.points_used(on),
            joined=figures.joined(on, on),
            joined_this_month=figures.joined(on.replace(day=1), on),
        )


def birthdays(shop: Shop) -> Birthdays:
    """生日: who celebrates today and tomorrow; within 30 days, how many."""
    with shop.store.read() as reading:
        on = shop.moment(reading).business_on
        leap_day = reading.rulebooks.current().leap_day
        days = [(next_celebration(born.birthday, on, leap_day), born) for born in _born(reading)]
        morrow = on + timedelta(days=1)
        rows: list[tuple[date, Celebrating]] = []
        for day in (on, morrow):
            some = _rows(reading, [born.birthday for at, born in days if at == day], on)
            rows.extend((day, row) for row in some)
        return Birthdays(
            on,
            _count(days, on, on),
            _count(days, morrow, morrow),
            _count(days, on, on + timedelta(days=AHEAD_DAYS)),
            tuple(rows[:MOST_ROWS]),
        )


def expiring(shop: Shop) -> Expiring:
    """快到期: whose points expire within a week, those first that expire first."""
    with shop.store.read() as reading:
        on = shop.moment(reading).business_on
        last = on + timedelta(days=SOON_DAYS)
        found = reading.expiries.reminders(first=on, soon=last, last=last)
        return Expiring(len(found), sum(row.points for row in found), found[:MOST_ROWS])


def _born(reading: Reading) -> Sequence[Born]:
    return reading.figures.born()


def _count(days: Sequence[tuple[date, Born]], first: date, last: date) -> int:
    return sum(born.members for day, born in days if first <= day <= last)


def _rows(reading: Reading, birthdays: Sequence[Birthday], on: date) -> tuple[Celebrating, ...]:
    since = months_before(on, YEAR_MONTHS)
    return reading.figures.celebrating(birthdays, since=since, most=MOST_ROWS)
