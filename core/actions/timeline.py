"""会员动态: all that ever happened to one member, with whoever did it by their name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.draws import TookPart, took_part
from core.actions.member_file import RecordFile, file_since
from core.members.masks import mask_name
from core.members.member import LONG_AGO
from core.ports import Reading
from core.ports.life import LifeStep, Lived
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import OF_A_TILL, Staff, staff_label
from core.values.moment import business_date


class LifeTold(Struct, frozen=True):
    """What happened besides buying, in no order, each with its business date; and the draws.

    `people` are the names of staff by their numbers, `titles` those of benefits, coupons and
    behaviours by their codes, `merged` the masked ones of whoever became this member.
    """

    lived: tuple[Lived, ...]
    draws: tuple[TookPart, ...]
    people: dict[int, str]
    titles: dict[str, str]
    merged: dict[UUID, str]


class Timeline(Struct, frozen=True):
    """The file with all that was ever bought and moved, and what else happened."""

    file: RecordFile
    life: LifeTold
    day_ends_hour: int


def timeline(shop: Shop, member_id: UUID, *, staff: Staff) -> Timeline:
    """Of whom they are now. Raises NotAllowed, StaffGone, NoSuchMember."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        file = file_since(shop, reading, moment, member_id, LONG_AGO, staff=staff)
        life = life_told(reading, file.member_id, moment.business_on)
        return Timeline(file, life, reading.till.day_ends_hour)


def life_told(reading: Reading, member_id: UUID, today: date) -> LifeTold:
    """Of this member, and of whoever became them."""
    till = reading.till
    lived = tuple(
        replace(each, on=each.on or business_date(each.at_us, till.zone, till.day_ends_hour))
        for each in reading.life.of(member_id, today)
    )
    numbers = {each.staff_no for each in lived}
    numbers |= {note.staff_no for note in reading.standings.notes(member_id)}
    return LifeTold(
        lived,
        took_part(reading, member_id),
        _people(reading, numbers),
        _titles(reading.rulebooks.current()),
        _merged(reading, lived),
    )


def _people(reading: Reading, numbers: Iterable[int]) -> dict[int, str]:
    """An office PC knows those of other tills by their numbers alone."""
    known = {no: reading.people.get(no) for no in numbers}
    return {
        no: person.name if person is not None else staff_label(no)
        for no, person in known.items()
        if person is not None or no > OF_A_TILL
    }


def _titles(rulebook: Rulebook) -> dict[str, str]:
    """What the rulebook calls benefits, coupons of one use and behaviours, by their codes."""
    benefits = (each for tier in rulebook.scheme.tiers for each in tier.benefits)
    titles = {each.code: each.name for each in benefits}
    titles |= {each.code: each.name for each in rulebook.behaviours}
    return titles | {code: offer.name for code, offer in rulebook.single_use.items()}


def _merged(reading: Reading, lived: tuple[Lived, ...]) -> dict[UUID, str]:
    found = {}
    for each in lived:
        member = None if each.about is None else reading.members.get(each.about)
        if each.what is LifeStep.MERGED and member is not None and member.name:
            found[member.id] = mask_name(member.name)
    return found
