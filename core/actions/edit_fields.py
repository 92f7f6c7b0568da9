"""改字段: fields of a member become others, each change is kept, and the server hears of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from core.actions.telling import tell
from core.members.birthday import birthday_text, birthday_told, is_same_day
from core.members.member import Member
from core.members.profile import BIRTHDAY, FIELDS, NAME, PHONE, WHO, FieldEdit
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.values.moment import Moment


def values_of(reading: Reading, member: Member) -> dict[str, str]:
    """All that is kept of a member by field, "" for nothing."""
    known = dict.fromkeys(FIELDS, "") | reading.profiles.of(member.id)
    return known | who_values(member)


def who_values(member: Member) -> dict[str, str]:
    """Name, phone and birthday as they are told."""
    born = "" if member.birthday is None else birthday_text(member.birthday)
    return {NAME: member.name, PHONE: member.phone or "", BIRTHDAY: born}


def edit_fields(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member: Member,
    changed: Mapping[str, str],
    *,
    staff_no: int,
) -> Member:
    """Within a transaction: these fields have these values; each is another than before.

    Another day of birth than the one that was known makes birthday benefits wait.
    """
    stored = tx.members.get(member.id)
    assert stored is not None, "nobody is edited who is not here"
    member = stored  # what was read before may be older than the tier that it has now
    before = values_of(tx, member)
    now = with_who(member, changed)
    if now != member:
        tx.mirror.rewrite(now)
    if member.birthday and now.birthday and not is_same_day(member.birthday, now.birthday):
        tx.offer_uses.edit_birthday(
            member.id, edited_on=moment.business_on, at_us=moment.at_us, staff_no=staff_no
        )
    tx.profiles.write(member.id, {f: value for f, value in changed.items() if f not in WHO})
    tx.profiles.keep_edits(member.id, edits_of(before, changed, moment, staff_no))
    private = tuple(
        Private(member.id, field, value, shop.dice.roll(SALT_BYTES))
        for field, value in sorted(changed.items())
        if value
    )
    body = {
        "member": member.id,
        "fields": [each.field for each in private],
        "cleared": sorted(field for field, value in changed.items() if not value),
        "staff_no": staff_no,
    }
    tell(shop, tx, moment, "ProfileChanged", body, private)
    return now


def edits_of(
    before: Mapping[str, str], changed: Mapping[str, str], moment: Moment, staff_no: int
) -> list[FieldEdit]:
    """What is kept of such a change."""
    return [
        FieldEdit(field, before.get(field, ""), value, moment.at_us, staff_no)
        for field, value in changed.items()
    ]


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The values of all fields that differ."""
    return {
        field: after.get(field, "")
        for field in dict.fromkeys((*before, *after))
        if before.get(field, "") != after.get(field, "")
    }


def with_who(member: Member, changed: Mapping[str, str]) -> Member:
    """The member with what of these fields is kept with the name."""
    values = who_values(member) | {field: changed[field] for field in _of_who(changed)}
    return replace(
        member,
        name=values[NAME],
        phone=values[PHONE] or None,
        birthday=birthday_told(values[BIRTHDAY]),
    )


def _of_who(changed: Iterable[str]) -> list[str]:
    return [field for field in WHO if field in changed]
