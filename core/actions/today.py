"""今天: what a manager looks at first: takings, tickets, new members, birthdays, what expires.

All but what waits raises NotAllowed for who may not look at takings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.members.birthday import next_celebration
from core.points.reminders import REMINDED_DAYS, SOON_DAYS, Reminder
from core.ports import Reading
from core.ports.central import Waiting as Waits
from core.ports.figures import Born, Celebrating, JoinedRow, SoldRow
from core.ports.keeping import BACKUP, Done
from core.rulebook.rewards import Reward
from core.sales.trading import Trading, trading_of
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff, staff_label
from core.values.moment import months_before

A_WEEK = timedelta(days=7)
AHEAD_DAYS = 30
MOST_ROWS = 4
MOST_LISTED = 2000
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


class Celebration(Struct, frozen=True):
    """A member who celebrates on a day; the tier by its name."""

    on: date
    member: Celebrating
    tier_name: str


class Birthdays(Struct, frozen=True):
    """Who celebrates today and tomorrow, and how many within 30 days, today among them."""

    today: date
    now: int
    tomorrow: int
    ahead: int
    rows: tuple[Celebration, ...]


class Expiring(Struct, frozen=True):
    """Whose points expire within a week: how many members, how many points, the first of them."""

    members: int
    points: int
    rows: tuple[Reminder, ...]


class OnShelf(Struct, frozen=True):
    """A reward that is counted, and how many of it there are."""

    reward: Reward
    stock: int

    @property
    def is_low(self) -> bool:
        """兑换品快没了: somebody should get more."""
        return self.reward.is_low(self.stock)


class Waiting(Struct, frozen=True):
    """等您处理: what of a shop wants a person.

    `open_since`: a day that was opened earlier and is not closed. `coming`: version and first day
    of rulebooks that head office has issued. `unsent` records are on this machine alone, since
    `unsent_us`. `rewards` are all that are counted, those that are nearly gone first. `backup_us`
    is when the newest backup was made, `backup_trouble` why the last one was not. `cases` are open.
    """

    now_us: int
    zone: tzinfo

    open_since: date | None = None
    coming: tuple[tuple[int, date], ...] = ()
    unsent: int = 0
    kept_apart: int = 0
    unsent_us: int | None = None
    chain_name: str = ""
    rewards: tuple[OnShelf, ...] = ()
    backup_us: int | None = None
    backup_trouble: str = ""
    cases: int = 0

    @property
    def low(self) -> tuple[OnShelf, ...]:
        """Those rewards that are nearly gone."""
        return tuple(each for each in self.rewards if each.is_low)


def today(shop: Shop, *, staff: Staff) -> Today:
    """The day so far, with a week ago beside it."""
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


def sold(shop: Shop, *, staff: Staff) -> tuple[SoldRow, ...]:
    """The tickets of today, the newest first."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        names = {person.no: person.name for person in reading.people.all()}
        return tuple(
            replace(row, cashier=names.get(row.staff_no, staff_label(row.staff_no)))
            for row in reading.figures.sold(moment.business_on)
        )


def joined(shop: Shop, *, staff: Staff) -> tuple[JoinedRow, ...]:
    """Who joined this month, the newest first; at most so many as somebody reads."""
    with shop.store.read() as reading:
        on = _day_seen(shop, reading, staff)
        scheme = reading.rulebooks.current().scheme
        rows = reading.figures.joined_rows(on.replace(day=1), on, most=MOST_LISTED)
        return tuple(replace(row, tier=scheme.tier(row.tier).name) for row in rows)


def all_birthdays(shop: Shop, *, staff: Staff) -> tuple[Celebration, ...]:
    """30 天名单: who celebrates within 30 days, day by day; of a day those who spent most."""
    with shop.store.read() as reading:
        on = _day_seen(shop, reading, staff)
        by_day = _by_day(reading, on)
        days = sorted(day for day in by_day if day <= on + timedelta(days=AHEAD_DAYS))
        found: list[Celebration] = []
        for day in days:
            if len(found) < MOST_LISTED:
                most = MOST_LISTED - len(found)
                found.extend(_rows(reading, day, by_day[day], on, most=most))
        return tuple(found)


def all_expiring(shop: Shop, *, staff: Staff) -> tuple[Reminder, ...]:
    """Whose points expire within 30 days, those first that expire first."""
    with shop.store.read() as reading:
        on = _day_seen(shop, reading, staff)
        soon, last = on + timedelta(days=SOON_DAYS), on + timedelta(days=REMINDED_DAYS)
        return reading.expiries.reminders(first=on, soon=soon, last=last)[:MOST_LISTED]


def birthdays(shop: Shop, *, staff: Staff) -> Birthdays:
    """生日: who celebrates today and tomorrow; within 30 days, how many."""
    with shop.store.read() as reading:
        on = _day_seen(shop, reading, staff)
        by_day, morrow = _by_day(reading, on), on + timedelta(days=1)
        last = on + timedelta(days=AHEAD_DAYS)
        counts = {day: sum(each.members for each in born) for day, born in by_day.items()}
        rows = [
            row
            for day in (on, morrow)
            for row in _rows(reading, day, by_day.get(day, []), on, most=MOST_ROWS)
        ]
        ahead = sum(count for day, count in counts.items() if day <= last)
        now, tomorrow = counts.get(on, 0), counts.get(morrow, 0)
        return Birthdays(on, now, tomorrow, ahead, tuple(rows[:MOST_ROWS]))


def expiring(shop: Shop, *, staff: Staff) -> Expiring:
    """快到期: whose points expire within a week, those first that expire first."""
    with shop.store.read() as reading:
        on = _day_seen(shop, reading, staff)
        last = on + timedelta(days=SOON_DAYS)
        found = reading.expiries.reminders(first=on, soon=last, last=last)
        return Expiring(len(found), sum(row.points for row in found), found[:MOST_ROWS])


def waiting(shop: Shop) -> Waiting:
    """What a manager has to see to."""
    keeping = shop.store.keeping
    done = keeping.done().get(BACKUP, Done())
    kept = max((each.made_us for each in keeping.backups()), default=None)
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        on = moment.business_on
        day, link = reading.days.open_one(), reading.links.get()
        stock = reading.redemptions.stock()
        rewards = reading.rulebooks.current().rewards
        chain_name = "" if link is None else link.chain_name
        waits = reading.links.waiting() if chain_name else Waits(0, None)
        counted = sorted(
            (OnShelf(each, stock.get(each.code, 0)) for each in rewards if each.is_counted),
            key=lambda each: (not each.is_low, each.stock),
        )
        return Waiting(
            now_us=moment.at_us,
            zone=reading.till.zone,
            open_since=day.business_on if day is not None and day.business_on < on else None,
            coming=tuple(plan for plan in reading.rulebooks.planned() if plan[1] > on),
            unsent=waits.count,
            kept_apart=reading.links.quarantined() if chain_name else 0,
            unsent_us=waits.since_us,
            chain_name=chain_name,
            rewards=tuple(counted),
            backup_us=kept,
            backup_trouble=done.trouble,
            cases=reading.cases.count(is_open=True),
        )


def _day_seen(shop: Shop, reading: Reading, staff: Staff) -> date:
    """This business date, for who may look at it."""
    moment = shop.moment(reading)
    allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
    return moment.business_on


def _by_day(reading: Reading, on: date) -> dict[date, list[Born]]:
    """All birthdays by the day they are celebrated next."""
    leap_day = reading.rulebooks.current().leap_day
    found: dict[date, list[Born]] = {}
    for born in reading.figures.born():
        found.setdefault(next_celebration(born.birthday, on, leap_day), []).append(born)
    return found


def _rows(
    reading: Reading, day: date, born: Sequence[Born], on: date, *, most: int
) -> Iterator[Celebration]:
    since = months_before(on, YEAR_MONTHS)
    scheme = reading.rulebooks.current().scheme
    birthdays = [each.birthday for each in born]
    for row in reading.figures.celebrating(birthdays, since=since, most=most):
        yield Celebration(day, row, scheme.tier(row.tier).name)
