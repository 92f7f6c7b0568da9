"""合并后的资料: of two who become one, whose value of each field stays."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from core.actions.edit_fields import edit_fields, values_of
from core.actions.telling import tell
from core.members.member import Member
from core.members.profile import (
    ADDRESS,
    BETWEEN_TAGS,
    BIRTHDAY,
    EMAIL,
    KIND,
    NAME,
    OCCUPATION,
    OTHER_PHONE,
    PHONE,
    REFERRER,
    SEX,
    SOURCE,
    TAGS,
    VERIFIED,
    WECHAT,
    masked,
    tags_of,
)
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.values.moment import Moment

ALL = 100
"""Of two with many tags all are kept: whoever edits them next has to choose."""
CHOSEN = (
    NAME,
    PHONE,
    BIRTHDAY,
    KIND,
    SEX,
    OCCUPATION,
    OTHER_PHONE,
    EMAIL,
    WECHAT,
    ADDRESS,
    SOURCE,
)
"""Fields in which somebody says whose value stays."""


class FieldOfTwo(Struct, frozen=True):
    """A field in which they differ, masked; the one who stays has none where `into` is ""."""

    field: str
    gone: str
    into: str


def differing_fields(reading: Reading, gone: Member, into: Member) -> tuple[FieldOfTwo, ...]:
    """Where both have something, and not the same, or only who goes; who stays may be asked."""
    theirs, ours = values_of(reading, gone), values_of(reading, into)
    found = [field for field in CHOSEN if theirs[field] and theirs[field] != ours[field]]
    if reading.offer_uses.has_celebrated(into.id) and BIRTHDAY in found and ours[BIRTHDAY]:
        found.remove(BIRTHDAY)  # it is locked after a benefit
    return tuple(
        FieldOfTwo(field, masked(field, theirs[field]), masked(field, ours[field]))
        for field in found
    )


def take_over(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    gone: Member,
    into: Member,
    takes: Collection[str],
    *,
    staff_no: int,
) -> tuple[str, ...]:
    """What of the one who goes is kept with the one who stays: the names of these fields."""
    if gone.is_visitor or into.is_visitor:
        return ()
    theirs, ours = values_of(tx, gone), values_of(tx, into)
    may_choose = {each.field for each in differing_fields(tx, gone, into)} & {*takes}
    tags = BETWEEN_TAGS.join(tags_of(BETWEEN_TAGS.join((ours[TAGS], theirs[TAGS])), most=ALL))
    changed = {
        field: value
        for field, value in theirs.items()
        if value and value != ours[field] and (not ours[field] or field in may_choose)
    }
    changed.pop(VERIFIED, None)
    if changed.get(REFERRER) == into.id.hex:
        del changed[REFERRER]
    if tags != ours[TAGS]:
        changed[TAGS] = tags
    if PHONE in changed and ours[PHONE] and not ours[OTHER_PHONE]:
        changed[OTHER_PHONE] = ours[PHONE]
    elif PHONE not in changed and theirs[PHONE] not in ("", ours[PHONE]) and not ours[OTHER_PHONE]:
        changed[OTHER_PHONE] = theirs[PHONE]
    if changed:
        edit_fields(shop, tx, moment, into, changed, staff_no=staff_no)
    return tuple(changed)


def carry_notes(shop: Shop, tx: Writing, moment: Moment, gone: Member, into: Member) -> None:
    """备注: what was written about who goes is said of who stays, an allergy first of all."""
    said = {(note.text, note.at_us) for note in tx.standings.notes(into.id)}
    for note in tx.standings.notes(gone.id):
        if (note.text, note.at_us) in said:
            continue  # the two were one before
        copied = replace(note, id=shop.new_id())
        tx.standings.write_note(into.id, copied)
        body = {"member": into.id, "note": copied.id, "is_urgent": copied.is_urgent}
        private = (Private(into.id, "note", copied.text, shop.dice.roll(SALT_BYTES)),)
        tell(shop, tx, moment, "NoteWritten", body, private)
