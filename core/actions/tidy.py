"""整理: who may be one person, told apart or merged; whose data is to be looked at."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.errors import NoSuchMember
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.member import Birthday
from core.members.segment import Doubt, Segment
from core.ports import Reading
from core.ports.alike import AlikePair, OnLooked, Why
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

MOST_PAIRS = 500


class AlikeOne(Struct, frozen=True):
    """One of two, masked."""

    member_id: UUID
    name: str
    phone: str
    card: str
    born: Birthday | None
    joined_on: date


class AlikeLine(Struct, frozen=True):
    """Two who may be one person, and what they have in common."""

    one: AlikeOne
    other: AlikeOne
    why: tuple[Why, ...]


class AlikeLines(Struct, frozen=True):
    """The likeliest, and how many there are in all."""

    lines: tuple[AlikeLine, ...]
    count: int


class Listed(Struct, frozen=True):
    """清单: members whose data is to be looked at, by its name for the program."""

    name: str
    conditions: Segment


def alike_members(shop: Shop, on_looked: OnLooked, *, staff: Staff) -> AlikeLines:
    """Raises NotAllowed, StaffGone, ReportsMissing, and what `on_looked` raises. On any thread."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.MERGE_MEMBERS, now_us=shop.clock.now_us())
    found = shop.store.insight.alike.find(MOST_PAIRS, on_looked)
    with shop.store.read() as reading:
        lines = [_line(reading, pair) for pair in found.pairs]
    return AlikeLines(tuple(line for line in lines if line is not None), found.count)


def tell_apart(shop: Shop, one: UUID, other: UUID, *, staff: Staff) -> None:
    """These two are not one person; nobody is asked again. Raises NotAllowed, NoSuchMember."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.MERGE_MEMBERS, now_us=now_us)
        for member_id in (one, other):
            if tx.members.get(member_id) is None:
                raise NoSuchMember(member_id.hex)
        tx.distinct.add(one, other, at_us=now_us, staff_no=staff.no)
        tx.audit.note(
            "members_told_apart",
            at_us=now_us,
            staff_no=staff.no,
            subject=one.hex,
            detail=other.hex,
        )


def lists_to_tidy(shop: Shop, *, staff: Staff) -> tuple[tuple[Listed, int], ...]:
    """What is to be looked at, each with how many; zeros until the roll can be asked."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        rules, today = reading.profiles.rules(), shop.moment(reading).business_on
    lists = [
        Listed("odd_phone", Segment(doubts=(Doubt.PHONE,))),
        Listed("odd_birthday", Segment(doubts=(Doubt.BIRTHDAY,))),
        Listed("odd_name", Segment(doubts=(Doubt.NAME,))),
        Listed("no_phone", Segment(has_phone=False)),
        Listed("no_birthday", Segment(has_birthday=False)),
        Listed("no_consent", Segment(has_agreed=False)),
    ]
    if rules.verify_months:
        lists.append(Listed("unverified", Segment(unverified_months=rules.verify_months)))
    if (before := rules.asleep_before(today)) is not None:
        last = before - timedelta(days=1)
        away = (today - last).days
        asleep = Segment(away_days=away, joined_to=last, is_visitor=False)
        lists.append(Listed("asleep", asleep))
    counts = shop.store.insight.roll.count([each.conditions for each in lists])
    return tuple(zip(lists, counts, strict=True))


def _line(reading: Reading, pair: AlikePair) -> AlikeLine | None:
    one, other = _one(reading, pair.one), _one(reading, pair.other)
    return None if one is None or other is None else AlikeLine(one, other, pair.why)


def _one(reading: Reading, member_id: UUID) -> AlikeOne | None:
    member = reading.members.get(member_id)
    if member is None:
        return None
    return AlikeOne(
        member.id,
        mask_name(member.name),
        mask_phone(member.phone) if member.phone else "",
        mask_card(member.card_no),
        member.birthday,
        member.joined_on,
    )
