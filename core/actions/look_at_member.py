"""看完整资料: name, phone and birthday of a member in full, with a right, and noted."""

from __future__ import annotations

from uuid import UUID

from core.actions.allow import allow, noted
from core.errors import NoSuchMember
from core.members.member import Member
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def look_at_member(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Member:
    """The member as a whole; the audit says who saw which fields of whom, never what stood there.

    Raises NotAllowed, NoSuchMember.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.SEE_PERSONAL, now_us=now_us, approval=approval)
        member = tx.members.get(member_id)
        if member is None:
            raise NoSuchMember(member_id.hex)
        held = {"name": member.name, "phone": member.phone, "birthday": member.birthday}
        # of a visitor whoever looks is shown what the head office has
        fields = " ".join(name for name, value in held.items() if value or member.is_visitor)
        tx.audit.note(
            "personal_seen",
            at_us=now_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail=noted(fields, staff, answers),
        )
    return member
