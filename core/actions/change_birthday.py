"""改生日: a birthday is entered or corrected; birthday benefits wait afterwards (domain.md 5)."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.edit_fields import differing, edits_of, who_values
from core.actions.telling import tell
from core.errors import NoSuchMember
from core.members.birthday import birthday_text, is_same_day
from core.members.member import Birthday, Member
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def change_birthday(
    shop: Shop,
    member_id: UUID,
    birthday: Birthday,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Member:
    """The member with another birthday.

    After the first birthday benefit only a manager may. Another day than the one that was known
    makes birthday benefits wait; a first one, or a year that was missing, does not. Raises
    NotAllowed, NoSuchMember.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        member = tx.members.get(member_id)
        if member is None:
            raise NoSuchMember(member_id.hex)
        has_had = tx.offer_uses.has_celebrated(member_id)
        right = Right.CHANGE_BIRTHDAY_AFTER_BENEFIT if has_had else Right.CHANGE_BIRTHDAY
        answers = allow(tx, staff, right, now_us=moment.at_us, approval=approval)
        if birthday == member.birthday:
            return member
        tx.members.set_birthday(member_id, birthday)
        is_edit = member.birthday is not None and not is_same_day(member.birthday, birthday)
        if is_edit:
            tx.offer_uses.edit_birthday(
                member_id, edited_on=moment.business_on, at_us=moment.at_us, staff_no=staff.no
            )
        tx.audit.note(
            "birthday_changed" if is_edit else "birthday_entered",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=noted("", staff, answers),
        )
        known = who_values(member)
        now = who_values(replace(member, birthday=birthday))
        edits = edits_of(known, differing(known, now), moment, staff.no)
        tx.profiles.keep_edits(member_id, edits)
        salt = shop.dice.roll(SALT_BYTES)
        private = (Private(member_id, "birthday", birthday_text(birthday), salt),)
        body = {"member": member_id, "is_edit": is_edit, "staff_no": staff.no}
        tell(shop, tx, moment, "BirthdayChanged", body, private)
    return replace(member, birthday=birthday)
