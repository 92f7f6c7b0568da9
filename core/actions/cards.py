"""卡: a member is frozen or thawed, a card replaced or given another end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.actions.allow import allow, noted
from core.actions.join_member import card_for
from core.actions.telling import tell
from core.errors import BadCardEnd, ConsentWithdrawn, NoSuchMember, VisitorFrozen
from core.members.consent import is_withdrawn
from core.members.masks import mask_name
from core.members.member import Member
from core.members.profile import CARD, FieldEdit
from core.members.standing import OldCard, check_note
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


def freeze_member(
    shop: Shop, member_id: UUID, *, reason: str, staff: Staff, approval: Approval | None = None
) -> Member:
    """冻结: no benefits and no points until thawed; raises NotAllowed, BadNote, NoSuchMember."""
    with shop.store.write() as tx:
        return freeze_by(
            shop, tx, shop.moment(tx), member_id, reason=reason, staff=staff, approval=approval
        )


def freeze_by(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    *,
    reason: str,
    staff: Staff,
    approval: Approval | None = None,
) -> Member:
    """The same within a transaction."""
    answers = allow(tx, staff, Right.FREEZE_MEMBER, now_us=moment.at_us, approval=approval)
    member, why = _member(tx, member_id), check_note(reason)
    tx.audit.note(
        "member_frozen",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=member_id.hex,
        detail=noted("", staff, answers),
    )
    freeze(shop, tx, moment, member_id, why=why, staff_no=staff.no)
    return member


def freeze(
    shop: Shop, tx: Writing, moment: Moment, member_id: UUID, *, why: str, staff_no: int
) -> None:
    """Freeze within a transaction, and tell of it."""
    tx.standings.freeze(member_id, reason=why, at_us=moment.at_us, staff_no=staff_no)
    private = (Private(member_id, "frozen_for", why, shop.dice.roll(SALT_BYTES)),)
    tell(shop, tx, moment, "MemberFrozen", {"member": member_id}, private)


def thaw_member(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Member:
    """解冻: as before; raises NotAllowed, NoSuchMember.

    VisitorFrozen of a member whose file is not here in full: who froze them knows why.
    ConsentWithdrawn where the member took their consent back: nobody else can give it.
    """
    with shop.store.write() as tx:
        return thaw_by(shop, tx, shop.moment(tx), member_id, staff=staff, approval=approval)


def thaw_by(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Member:
    """The same within a transaction."""
    if is_withdrawn(tx.consents.steps(member_id)):
        member = _member(tx, member_id)
        raise ConsentWithdrawn(mask_name(member.name), member.card_no)
    answers = allow(tx, staff, Right.FREEZE_MEMBER, now_us=moment.at_us, approval=approval)
    member = _member(tx, member_id)
    if member.is_visitor:
        raise VisitorFrozen(mask_name(member.name), member.card_no)
    tx.audit.note(
        "member_thawed",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=member_id.hex,
        detail=noted("", staff, answers),
    )
    thaw(shop, tx, moment, member_id)
    return member


def thaw(shop: Shop, tx: Writing, moment: Moment, member_id: UUID) -> None:
    """Thaw within a transaction, and tell of it."""
    tx.standings.thaw(member_id)
    tell(shop, tx, moment, "MemberThawed", {"member": member_id})


def renew_card(
    shop: Shop, member_id: UUID, *, until: date, staff: Staff, approval: Approval | None = None
) -> Member:
    """续期: the card holds through this business date; raises NotAllowed, BadCardEnd."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.RENEW_CARD, now_us=moment.at_us, approval=approval)
        member = _member(tx, member_id)
        if until < moment.business_on:
            raise BadCardEnd(until.isoformat())
        tx.standings.set_card_end(member_id, until)
        tx.audit.note(
            "card_renewed",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=noted(until.isoformat(), staff, answers),
        )
        tell(shop, tx, moment, "CardRenewed", {"member": member_id, "until": until})
        return member


def replace_card(
    shop: Shop,
    member_id: UUID,
    *,
    staff: Staff,
    card_no: str = "",
    approval: Approval | None = None,
) -> Member:
    """换卡: another card for a member, issued where none was scanned; the old one says so.

    Raises NotAllowed, CardTaken, PaymentCode, BadCard, BadScan, NoSuchMember.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.REPLACE_CARD, now_us=moment.at_us, approval=approval)
        member = _member(tx, member_id)
        new_no = card_for(tx, card_no)
        tx.standings.retire_card(OldCard(member.card_no, member_id, moment.business_on))
        tx.members.set_card(member_id, new_no)
        edit = FieldEdit(CARD, member.card_no, new_no, moment.at_us, staff.no)
        tx.profiles.keep_edits(member_id, (edit,))
        tx.audit.note(
            "card_replaced",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=noted("", staff, answers),
        )
        private = (Private(member_id, "card_no", new_no, shop.dice.roll(SALT_BYTES)),)
        tell(shop, tx, moment, "CardReplaced", {"member": member_id}, private)
        return _member(tx, member_id)


def _member(reading: Reading, member_id: UUID) -> Member:
    member = reading.members.get(member_id)
    if member is None:
        raise NoSuchMember(member_id.hex)
    return member
