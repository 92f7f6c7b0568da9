"""备注: what is written about a member, and what they bought last."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.actions.allow import allow, here, noted
from core.actions.counter import Counter
from core.actions.telling import tell
from core.errors import NoSuchMember, NoSuchNote
from core.members.member import Note
from core.members.standing import Purchase, check_note
from core.ports import Reading
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.rights import Approval, Right, may
from core.trust.staff import Staff

MOST_PURCHASES = 8


def write_note(
    shop: Shop,
    member_id: UUID,
    *,
    text: str,
    staff: Staff,
    is_urgent: bool = False,
    approval: Approval | None = None,
) -> tuple[Note, ...]:
    """One note more, and all that the person may see then.

    Raises NotAllowed, BadNote, NoSuchMember.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.WRITE_NOTE, now_us=moment.at_us, approval=approval)
        if tx.members.get(member_id) is None:
            raise NoSuchMember(member_id.hex)
        note = Note(shop.new_id(), check_note(text), is_urgent, moment.at_us, staff.no)
        tx.standings.write_note(member_id, note)
        tx.audit.note(
            "note_written",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=noted(note.id.hex, staff, answers),
        )
        body = {"member": member_id, "note": note.id, "is_urgent": is_urgent}
        private = (Private(member_id, "note", note.text, shop.dice.roll(SALT_BYTES)),)
        tell(shop, tx, moment, "NoteWritten", body, private)
        return notes_seen(tx, member_id, staff)


def erase_note(
    shop: Shop,
    member_id: UUID,
    note_id: UUID,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> tuple[Note, ...]:
    """A note that is dealt with goes; the notes that are left. Raises NotAllowed, NoSuchNote."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.WRITE_NOTE, now_us=moment.at_us, approval=approval)
        if not tx.standings.erase_note(member_id, note_id):
            raise NoSuchNote()
        tx.audit.note(
            "note_erased",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=noted(note_id.hex, staff, answers),
        )
        tell(shop, tx, moment, "NoteErased", {"member": member_id, "note": note_id})
        return notes_seen(tx, member_id, staff)


def notes_seen(reading: Reading, member_id: UUID, staff: Staff) -> tuple[Note, ...]:
    """The notes that a person may see: what they say of somebody's health is not for everybody.

    Raises StaffGone.
    """
    may_see = may(here(reading, staff), Right.SEE_HEALTH)
    return reading.standings.notes(member_id) if may_see else ()


def as_seen(shop: Shop, counter: Counter, *, staff: Staff) -> Counter:
    """The counter as a person may see it: without its member's notes, where they are not for them.

    Raises StaffGone.
    """
    file = counter.file
    if file is None or not file.notes:
        return counter
    with shop.store.read() as reading:
        notes = notes_seen(reading, file.member.id, staff)
    return counter if notes else replace(counter, file=replace(file, notes=()))


def last_purchases(shop: Shop, member_id: UUID) -> tuple[Purchase, ...]:
    """最近买过: the newest first."""
    with shop.store.read() as reading:
        return reading.purchases(member_id, limit=MOST_PURCHASES)
