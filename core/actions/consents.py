"""同意: what a member agreed to, taken back and given again.

Whoever takes it back is frozen at once: no points, no benefits, nothing of theirs is looked at. Who
gives it again is served as before.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.cards import freeze, thaw
from core.actions.telling import tell
from core.errors import ConsentMissing, NoSuchMember
from core.members.consent import CONSENT, Consent, check_consent, is_withdrawn
from core.members.standing import check_note
from core.ports import Writing
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


class ConsentStep(Struct, frozen=True):
    """One step, and the name of who asked."""

    consent: Consent
    asked_by: str


def consent_steps(shop: Shop, member_id: UUID) -> tuple[ConsentStep, ...]:
    """All steps of a member, oldest first; none where nobody was asked here."""
    with shop.store.read() as reading:
        found = []
        for each in reading.consents.steps(member_id):
            person = reading.people.get(each.staff_no)
            found.append(ConsentStep(each, person.name if person else ""))
        return tuple(found)


def withdraw_consent(
    shop: Shop, member_id: UUID, *, reason: str, staff: Staff, approval: Approval | None = None
) -> None:
    """撤回同意: the member is frozen from now on, for this reason in words.

    Who is frozen already stays so for the reason before: agreeing again must not thaw them. It may
    be the first step of somebody whom nobody asked here.
    Raises NotAllowed, NoSuchMember, BadNote; ConsentMissing for who took it back already.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.JOIN_MEMBER, now_us=moment.at_us, approval=approval)
        steps, why = _steps(tx, member_id), check_note(reason)
        if is_withdrawn(steps):
            raise ConsentMissing()
        version = steps[-1].version if steps else CONSENT
        step = Consent(False, version, moment.at_us, staff.no)
        tx.consents.change(member_id, step)
        _tell(shop, tx, moment, member_id, step, detail=noted(str(version), staff, answers))
        if tx.standings.frozen_at(member_id) is None:
            freeze(shop, tx, moment, member_id, why=why, staff_no=staff.no)


def give_consent(
    shop: Shop, member_id: UUID, version: int, *, staff: Staff, approval: Approval | None = None
) -> None:
    """同意: asked of a member who took it back, or whom nobody asked here, and given.

    Who was frozen by taking it back is not any more; who was frozen for anything else still is.
    Agreeing to the same words once more is no step.
    Raises NotAllowed, NoSuchMember, ConsentMissing for other words than ours.
    """
    check_consent(version)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.JOIN_MEMBER, now_us=moment.at_us, approval=approval)
        steps = _steps(tx, member_id)
        if steps and steps[-1].is_given and steps[-1].version == version:
            return
        step = Consent(True, version, moment.at_us, staff.no)
        if steps:
            tx.consents.change(member_id, step)
        else:
            tx.consents.add(member_id, version, at_us=step.at_us, staff_no=step.staff_no)
        answered = steps[-1].at_us if is_withdrawn(steps) else None
        detail = noted(str(version), staff, answers)
        _tell(shop, tx, moment, member_id, step, detail=detail, answered=answered)
        if is_withdrawn(steps) and tx.standings.frozen_at(member_id) == steps[-1].at_us:
            thaw(shop, tx, moment, member_id)


def _steps(tx: Writing, member_id: UUID) -> tuple[Consent, ...]:
    if tx.members.get(member_id) is None:
        raise NoSuchMember(member_id.hex)
    return tx.consents.steps(member_id)


def _tell(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    member_id: UUID,
    step: Consent,
    *,
    detail: str,
    answered: int | None = None,
) -> None:
    """Note who did it, and let the server know; `answered` is the withdrawal that was known.

    Without it another till's withdrawal would stand for ever: the most restrictive wins.
    """
    what, fact = ("given", "ConsentGiven") if step.is_given else ("withdrawn", "ConsentWithdrawn")
    tx.audit.note(
        f"consent_{what}",
        at_us=step.at_us,
        staff_no=step.staff_no,
        subject=member_id.hex,
        detail=detail,
    )
    body = {"member": member_id, "consent": step.version, "staff_no": step.staff_no}
    if answered is not None:
        body["withdrawn_us"] = answered
    tell(shop, tx, moment, fact, body)
