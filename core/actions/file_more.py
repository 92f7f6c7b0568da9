"""档案的其余部分: fields of a member with their changes, relations, coupons, cards and merges."""

from __future__ import annotations

from datetime import date, tzinfo
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.change_profile import SEVERAL, names_of
from core.actions.edit_fields import values_of
from core.actions.undo_merge import Undoable, undoable_merges
from core.members.consent import Consent
from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.members.profile import FAMILY, REFERRER, FieldEdit, is_stale, masked, verified_on
from core.members.standing import OldCard
from core.ports import Reading
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment, local_time

REFERRED = "referred"
HELD, WAITS, USED, EXPIRED, WITHDRAWN = "held", "waits", "used", "expired", "withdrawn"


class Relation(Struct, frozen=True):
    """关系: somebody of the family, the one who brought this member, or whom this one brought."""

    member_id: UUID
    kind: str
    name: str
    card: str


class CouponKept(Struct, frozen=True):
    """A coupon of a member; `state` is one of HELD, WAITS, USED, EXPIRED, WITHDRAWN.

    `day` is its last day, or that on which it was withdrawn; `sale_no` by which it was used.
    """

    code: str
    name: str
    state: str
    day: date | None
    sale_no: str = ""


class EditKept(Struct, frozen=True):
    """A change of a field, masked: on which day, by whom ("" head office)."""

    on: date
    edit: FieldEdit
    by: str


class ConsentKept(Struct, frozen=True):
    """A step of consent, on its day."""

    on: date
    consent: Consent
    by: str


class FileMore(Struct, frozen=True):
    """Values are masked. `is_stale`: nobody went through them for the months of the shop's rule."""

    values: dict[str, str]
    is_stale: bool
    verified_on: date | None
    edits: tuple[EditKept, ...]
    relations: tuple[Relation, ...]
    coupons: tuple[CouponKept, ...]
    merges: tuple[Undoable, ...]
    consents: tuple[ConsentKept, ...]
    old_cards: tuple[OldCard, ...]
    card_until: date | None
    zone: tzinfo


def file_more(
    reading: Reading, moment: Moment, rulebook: Rulebook, member: Member, card_until: date | None
) -> FileMore:
    """Of a member as they are now."""
    values, today = values_of(reading, member), moment.business_on
    months = 0 if member.is_visitor else reading.profiles.rules().verify_months
    return FileMore(
        {field: masked(field, value) for field, value in values.items()},
        is_stale(values, member.joined_on, today, months),
        verified_on(values),
        _edits(reading, member.id),
        _relations(reading, member.id, values),
        _coupons(reading, member.id, rulebook, today),
        undoable_merges(reading, member.id, today),
        _consents(reading, member.id),
        tuple(
            replace(card, card_no=mask_card(card.card_no))
            for card in reading.standings.old_cards(member.id)
        ),
        card_until,
        reading.till.zone,
    )


def _edits(reading: Reading, member_id: UUID) -> tuple[EditKept, ...]:
    edits, zone = reading.profiles.edits(member_id), reading.till.zone
    names = names_of(reading, edits)
    return tuple(
        EditKept(
            local_time(each.at_us, zone).date(),
            replace(
                each, before=masked(each.field, each.before), after=masked(each.field, each.after)
            ),
            names.get(each.staff_no, ""),
        )
        for each in edits
    )


def _consents(reading: Reading, member_id: UUID) -> tuple[ConsentKept, ...]:
    found = []
    for step in reading.consents.steps(member_id):
        person = reading.people.get(step.staff_no)
        on = local_time(step.at_us, reading.till.zone).date()
        found.append(ConsentKept(on, step, person.name if person else ""))
    return tuple(found[::-1])


def _relations(reading: Reading, member_id: UUID, values: dict[str, str]) -> tuple[Relation, ...]:
    related: list[tuple[UUID, str]] = []
    if values[FAMILY]:
        family = reading.profiles.having(FAMILY, values[FAMILY], limit=SEVERAL)
        related += [(each, FAMILY) for each in family]
    if values[REFERRER]:
        related.append((UUID(values[REFERRER]), REFERRER))
    referred = reading.profiles.having(REFERRER, member_id.hex, limit=SEVERAL)
    related += [(each, REFERRED) for each in referred]
    found: dict[tuple[UUID, str], Relation] = {}
    for each, kind in related:
        other = reading.members.get(reading.standings.merged_into(each) or each)
        if other is None or not other.name or other.id == member_id:
            continue
        relation = Relation(other.id, kind, mask_name(other.name), mask_card(other.card_no))
        found.setdefault((other.id, kind), relation)
    return tuple(found.values())


def _coupons(
    reading: Reading, member_id: UUID, rulebook: Rulebook, today: date
) -> tuple[CouponKept, ...]:
    """What can be used stands first."""
    found = []
    for code in reading.coupon_codes.of_member(member_id):
        offer = rulebook.single_use.get(code.offer)
        day = code.ends_on
        if code.used_by:
            state = USED
        elif code.withdrawn_on is not None:
            state, day = WITHDRAWN, code.withdrawn_on
        elif code.ends_on is not None and code.ends_on < today:
            state = EXPIRED
        elif code.starts_on is not None and code.starts_on > today:
            state, day = WAITS, code.starts_on
        else:
            state = HELD
        name = code.offer if offer is None else offer.name
        found.append(CouponKept(code.code, name, state, day, code.used_by))
    return tuple(sorted(found, key=lambda each: each.state not in (HELD, WAITS)))
