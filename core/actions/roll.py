"""会员页: members found by what is typed and by conditions, masked, row by row while in sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.members.masks import mask_name, mask_phone
from core.members.member import Birthday
from core.members.segment import Segment, check_segment
from core.ports import Reading
from core.ports.roll import Filling, Matched, RollDay, RolledMember, Wanted
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import months_before

YEAR_MONTHS = 12
FIRST_ROWS = 40


class RollLine(Struct, frozen=True):
    """A member in the table: name and phone are masked, the tier by its name.

    `spent_fen` is of twelve months; None while the roll is being made.
    """

    member_id: UUID
    name: str
    phone: str
    tier: str
    points: int
    spent_fen: int | None
    last_on: date | None
    birthday: Birthday | None
    birthday_on: date | None
    is_frozen: bool = False


Lines = tuple[RollLine | None, ...]


class Found(Struct, frozen=True):
    """Who was found: how many, and the first rows; the business date they are told on."""

    matched: Matched
    lines: Lines
    today: date


def fill_roll(shop: Shop, *, staff: Staff) -> Filling:
    """Do a little of what is to be done until the roll is as the store is.

    Raises NotAllowed, StaffGone, ReportsMissing.
    """
    return shop.store.insight.roll.step(_day(shop, staff))


def find_members(shop: Shop, wanted: Wanted, *, staff: Staff) -> Found:
    """Whom the rows are from now on. Raises as `fill_roll`; BadSegment."""
    check_segment(wanted.segment)
    day = _day(shop, staff)
    matched = shop.store.insight.roll.find(wanted)
    return Found(matched, member_lines(shop, 0, FIRST_ROWS), day.today)


def member_lines(shop: Shop, at: int, most: int) -> Lines:
    """Rows of whom were found last, from a place on; None for who is gone since."""
    rows = shop.store.insight.roll.rows(at, most)
    with shop.store.read() as reading:
        scheme, at_us = reading.rulebooks.current().scheme, reading.standings.frozen_at
        return tuple(
            None if row is None else _line(row, scheme, is_frozen=at_us(row.member.id) is not None)
            for row in rows
        )


def count_segments(shop: Shop, segments: Sequence[Segment], *, staff: Staff) -> tuple[int, ...]:
    """How many members each means. Raises as `fill_roll`."""
    _day(shop, staff)
    return shop.store.insight.roll.count(segments)


def tiers_of(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Code and name of each tier, the lowest first."""
    with shop.store.read() as reading:
        return tuple((tier.code, tier.name) for tier in reading.rulebooks.current().scheme.tiers)


def _day(shop: Shop, staff: Staff) -> RollDay:
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        return _roll_day(reading, moment.business_on)


def _roll_day(reading: Reading, today: date) -> RollDay:
    """What figures depend on."""
    rulebook = reading.rulebooks.current()
    codes = tuple(tier.code for tier in rulebook.scheme.tiers)
    return RollDay(today, months_before(today, YEAR_MONTHS), codes, rulebook.leap_day)


def _line(row: RolledMember, scheme: TierScheme, *, is_frozen: bool) -> RollLine:
    member = row.member
    return RollLine(
        member.id,
        mask_name(member.name),
        mask_phone(member.phone) if member.phone else "",
        scheme.tier(row.tier).name,
        row.points,
        row.spent_fen,
        row.last_on,
        member.birthday,
        row.birthday_on,
        is_frozen,
    )
