"""改资料: what is kept of a member is changed in the office; of two who do, the second decides.

Whoever saves says what they saw: where a field has become another meanwhile, nothing is written,
and they are told what, from what, by whom and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, here, noted
from core.actions.edit_fields import edit_fields, values_of
from core.changes import Changes
from core.errors import NoSuchMember, OfOneself, PhoneTaken, VisitorFile
from core.members.masks import mask_name
from core.members.member import Member
from core.members.profile import (
    BIRTHDAY,
    FAMILY,
    PHONE,
    REFERRER,
    VERIFIED,
    FieldEdit,
    check_field,
)
from core.ports import Reading, Writing
from core.shop import Shop
from core.trust.rights import Approval, Right, may
from core.trust.staff import Staff

SEVERAL = 50


class Wish(Struct, frozen=True):
    """A field becomes `value`; `seen` is what stood there for whoever wishes it."""

    field: str
    seen: str
    value: str


class Profile(Struct, frozen=True):
    """All of it, in full; `zone` is the store's.

    `has_celebrated`: a birthday benefit was had, so that others wait after a change of the
    birthday; `is_locked`: whoever looks may not change it alone.
    """

    member_id: UUID
    today: date
    values: dict[str, str]
    zone: tzinfo
    is_locked: bool = False
    has_celebrated: bool = False


class ProfileSaved(Struct, frozen=True):
    """How it is now; nothing was saved where something became another `meanwhile`."""

    values: dict[str, str]
    meanwhile: tuple[FieldEdit, ...] = ()
    people: dict[int, str] = {}
    changes: Changes = Changes.MEMBERS


def open_profile(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Profile:
    """To be changed: in full, and noted as looked at. Raises NotAllowed, NoSuchMember, VisitorFile.

    `approval` is for looking; who may not change it is told before anything is typed.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.EDIT_MEMBER, now_us=moment.at_us, approval=approval)
        answers = allow(tx, staff, Right.SEE_PERSONAL, now_us=moment.at_us, approval=approval)
        member = file_of(tx, member_id)
        values = values_of(tx, member)
        fields = " ".join(sorted(field for field, value in values.items() if value))
        tx.audit.note(
            "personal_seen",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail=noted(fields, staff, answers),
        )
        has_had = tx.offer_uses.has_celebrated(member.id)
        return Profile(
            member.id,
            moment.business_on,
            values,
            tx.till.zone,
            has_had and not may(here(tx, staff), Right.CHANGE_BIRTHDAY_AFTER_BENEFIT),
            has_had,
        )


def change_profile(
    shop: Shop,
    member_id: UUID,
    wishes: Iterable[Wish],
    *,
    staff: Staff,
    shares_phone: bool = False,
    approval: Approval | None = None,
) -> ProfileSaved:
    """Each wish is done, or none of them.

    `shares_phone`: a person has looked, and the phone is a family's. Raises NotAllowed,
    NoSuchMember, VisitorFile, PhoneTaken, OfOneself, and what `check_field` does.
    """
    checked = [Wish(wish.field, wish.seen, check_field(wish.field, wish.value)) for wish in wishes]
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.EDIT_MEMBER, now_us=moment.at_us, approval=approval)
        member = file_of(tx, member_id)
        now = values_of(tx, member)
        meanwhile = _meanwhile(tx.profiles.edits(member.id), now, checked)
        if meanwhile:
            return ProfileSaved(now, meanwhile, names_of(tx, meanwhile))
        changed = {wish.field: wish.value for wish in checked if now[wish.field] != wish.value}
        if not changed:
            return ProfileSaved(now)
        _check(tx, member, changed, shares_phone=shares_phone)
        if BIRTHDAY in changed:
            has_had = tx.offer_uses.has_celebrated(member.id)
            right = Right.CHANGE_BIRTHDAY_AFTER_BENEFIT if has_had else Right.CHANGE_BIRTHDAY
            answers = allow(tx, staff, right, now_us=moment.at_us, approval=approval)
        edit_fields(shop, tx, moment, member, changed, staff_no=staff.no)
        tx.audit.note(
            "member_edited",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail=noted(" ".join(sorted(changed)), staff, answers),
        )
        return ProfileSaved(now | changed)


def verify_profile(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> ProfileSaved:
    """已核对: somebody went through all of it with the member today. Raises as `change_profile`."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.EDIT_MEMBER, now_us=moment.at_us, approval=approval)
        today = moment.business_on.isoformat()
        seen = values_of(reading, file_of(reading, member_id))[VERIFIED]
    wish = Wish(VERIFIED, seen, today)
    return change_profile(shop, member_id, (wish,), staff=staff, approval=approval)


def join_family(
    shop: Shop, member_id: UUID, other_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> None:
    """家人: the other one belongs to the family of this member from now on.

    Raises NotAllowed, NoSuchMember, VisitorFile, OfOneself.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.EDIT_MEMBER, now_us=moment.at_us, approval=approval)
        members = file_of(tx, member_id), file_of(tx, other_id)
        if members[0].id == members[1].id:
            raise OfOneself()
        family = values_of(tx, members[0])[FAMILY] or shop.new_id().hex
        for member in members:
            if values_of(tx, member)[FAMILY] == family:
                continue
            edit_fields(shop, tx, moment, member, {FAMILY: family}, staff_no=staff.no)
            tx.audit.note(
                "member_edited",
                at_us=moment.at_us,
                staff_no=staff.no,
                subject=member.id.hex,
                detail=noted(FAMILY, staff, answers),
            )


def file_of(reading: Reading, member_id: UUID) -> Member:
    """Who they are now, with a file of their own here; raises NoSuchMember, VisitorFile."""
    member = reading.members.get(reading.standings.merged_into(member_id) or member_id)
    if member is None or not member.name:
        raise NoSuchMember(member_id.hex)
    if member.is_visitor:
        raise VisitorFile(member.name)
    return member


def names_of(reading: Reading, edits: Iterable[FieldEdit]) -> dict[int, str]:
    """Of who made these changes, by their number."""
    people = {no: reading.people.get(no) for no in {each.staff_no for each in edits}}
    return {no: person.name for no, person in people.items() if person is not None}


def _meanwhile(
    edits: tuple[FieldEdit, ...], now: Mapping[str, str], wishes: Iterable[Wish]
) -> tuple[FieldEdit, ...]:
    """What became another than was seen, and is not what is wished."""
    found = []
    for wish in wishes:
        value = now[wish.field]
        if value in (wish.seen, wish.value):
            continue
        last = next((each for each in edits if each.field == wish.field), None)
        at_us, staff_no = (0, 0) if last is None else (last.at_us, last.staff_no)
        found.append(FieldEdit(wish.field, wish.seen, value, at_us, staff_no))
    return tuple(found)


def _check(tx: Writing, member: Member, changed: Mapping[str, str], *, shares_phone: bool) -> None:
    if changed.get(REFERRER) == member.id.hex:
        raise OfOneself()
    if not changed.get(PHONE) or shares_phone:
        return
    others = [each for each in tx.members.by_phone(changed[PHONE]) if each.id != member.id]
    if others:
        first = others[0]
        raise PhoneTaken(first.id.hex, mask_name(first.name), first.card_no)
