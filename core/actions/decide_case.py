"""结案: a case ends in a decision, which is done in the same transaction; or it is opened again.

What is decided is done by what does it otherwise: points are corrected, a member is frozen. Who has
no right to that decides nothing; above the rulebook's limit of corrections somebody else agrees.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import Second, allow, second
from core.actions.cards import freeze_by, thaw_by
from core.actions.cases import known_case, left_of, points_now, root_of, words_about
from core.actions.deeds import correct
from core.actions.telling import tell
from core.changes import Changes
from core.errors import CaseClosed, CaseDecided, CaseStillOpen, NotForThisCase, Refused
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Private
from core.trust.cases import CaseFile, CaseStep, Decision, StepKind
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment

_TAKING = (Decision.TAKE_BACK, Decision.CANCEL)
_ENDS = (StepKind.DECIDED, StepKind.CLOSED)
_FREEZING = (Decision.FREEZE, Decision.CANCEL)


class Weighed(Struct, frozen=True):
    """What a decision would do, in numbers: points taken, what the member has before and after.

    `freezes`: they are not frozen yet. `second`: whether somebody else has to agree.
    """

    decision: Decision
    points: int
    before: int
    after: int
    freezes: bool
    second: Second


class CaseSettled(Struct, frozen=True):
    """It is decided, or open again; `points` were taken (above zero) or given back (below)."""

    points: int
    changes: Changes = Changes.CASES | Changes.MEMBERS


def weigh(
    shop: Shop, case_id: UUID, decision: Decision, *, points: int | None = None, staff: Staff
) -> Weighed:
    """预览: what this would do; without `points` as many as the evidence is worth and are there.

    Raises NotAllowed, CaseGone, NotForThisCase.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.DECIDE_CASES, now_us=moment.at_us)
        file = known_case(reading, case_id)
        member = _member(reading, file, decision)
        before = 0 if member is None else points_now(reading, member, moment)
        taken = _taken(file, decision, points, before)
        alone = reading.rulebooks.current().corrections_alone
        done = 0
        if member is not None:
            done = reading.deeds.corrected(member, staff.no, on=moment.business_on)
        is_above = taken > 0 and done + taken > alone
        freezes = member is not None and reading.standings.frozen_at(member) is None
        return Weighed(
            decision,
            taken,
            before,
            before - taken,
            freezes and decision in _FREEZING,
            second(reading, staff, Right.CORRECT_BEYOND_LIMIT, is_above=is_above),
        )


def decide_case(
    shop: Shop,
    case_id: UUID,
    decision: Decision,
    *,
    reason: str,
    step_id: UUID,
    staff: Staff,
    points: int | None = None,
    approval: Approval | None = None,
) -> CaseSettled:
    """决定: done once for each `step_id`, which is made before it is said.

    `points` are those that are taken back, None as many as the evidence is worth. Raises
    NotAllowed, CaseGone, CaseDecided, CaseClosed, NotForThisCase, BadNote, BadCorrection,
    NotEnoughPoints, NoSuchMember, and then nothing was done.
    """
    with shop.store.write() as tx:
        if (done := tx.cases.step(step_id)) is not None:
            return CaseSettled(done.points)
        moment = shop.moment(tx)
        allow(tx, staff, Right.DECIDE_CASES, now_us=moment.at_us)
        file = known_case(tx, case_id)
        words = words_about(tx, file, reason)
        if not file.is_open:
            raise _over(tx, case_id)
        member = _member(tx, file, decision)
        answers, taken = staff.no, 0
        if member is not None:
            taken = _taken(file, decision, points, points_now(tx, member, moment))
            if taken or decision is Decision.TAKE_BACK:
                answers = correct(
                    shop,
                    tx,
                    moment,
                    member,
                    -taken,
                    reason=words,
                    correction_id=step_id,
                    staff=staff,
                    approval=approval,
                    takes_two=True,
                )
            if decision in _FREEZING and tx.standings.frozen_at(member) is None:
                freeze_by(shop, tx, moment, member, reason=words, staff=staff, approval=approval)
        step = CaseStep(
            step_id,
            StepKind.DECIDED,
            moment.at_us,
            staff.no,
            answers,
            words,
            decision,
            taken,
        )
        tx.cases.close(case_id, decision, at_us=moment.at_us)
        _keep(shop, tx, moment, file, step)
        return CaseSettled(taken)


def reopen_case(
    shop: Shop,
    case_id: UUID,
    *,
    reason: str,
    step_id: UUID,
    staff: Staff,
    approval: Approval | None = None,
) -> CaseSettled:
    """重开: decided wrongly. Points that were taken come back, and who was frozen by it is thawed.

    Of somebody who was erased meanwhile nothing comes back. Raises NotAllowed, CaseGone,
    CaseStillOpen, BadNote, ConsentWithdrawn.
    """
    with shop.store.write() as tx:
        if (done := tx.cases.step(step_id)) is not None:
            return CaseSettled(done.points)
        moment = shop.moment(tx)
        allow(tx, staff, Right.DECIDE_CASES, now_us=moment.at_us)
        file = known_case(tx, case_id)
        words = words_about(tx, file, reason)
        if file.is_open:
            raise CaseStillOpen()
        steps, member = tx.cases.steps(case_id), root_of(tx, file)
        answers, back = staff.no, 0
        if member is not None:
            back = left_of(steps)
            if back:
                answers = correct(
                    shop,
                    tx,
                    moment,
                    member,
                    back,
                    reason=words,
                    correction_id=step_id,
                    staff=staff,
                    approval=approval,
                    takes_two=True,
                )
            decided = [each for each in steps if each.kind is StepKind.DECIDED]
            if decided and tx.standings.frozen_at(member) == decided[-1].at_us:
                thaw_by(shop, tx, moment, member, staff=staff, approval=approval)
        step = CaseStep(
            step_id, StepKind.REOPENED, moment.at_us, staff.no, answers, words, points=-back
        )
        tx.cases.reopen(case_id)
        _keep(shop, tx, moment, file, step)
        return CaseSettled(-back)


def _member(reading: Reading, file: CaseFile, decision: Decision) -> UUID | None:
    """Whom a decision is about; raises NotForThisCase where it is about nobody any more."""
    if decision is Decision.NOTHING:
        return None
    member = root_of(reading, file)
    if member is None or decision not in file.decisions:
        raise NotForThisCase()
    return member


def _taken(file: CaseFile, decision: Decision, points: int | None, balance: int) -> int:
    """How many points go; nobody falls below zero by it."""
    if decision not in _TAKING:
        return 0
    there = max(0, balance)
    if decision is Decision.CANCEL:
        return there
    return min(file.points, there) if points is None else points


def _over(reading: Reading, case_id: UUID) -> Refused:
    """Who decided it last."""
    ends = [each for each in reading.cases.steps(case_id) if each.kind in _ENDS]
    if ends[-1].kind is StepKind.CLOSED:
        return CaseClosed()
    person = reading.people.get(ends[-1].staff_no)
    return CaseDecided("" if person is None else person.name)


def _subject(file: CaseFile) -> str:
    """Whom it is about, as the audit log has it: a member's id, a number of a person, or ""."""
    if file.member_id is not None:
        return file.member_id.hex
    return str(file.staff_no) if file.staff_no else ""


def _keep(shop: Shop, tx: Writing, moment: Moment, file: CaseFile, step: CaseStep) -> None:
    """The step, its audit row, and the fact for head office; why stands beside it."""
    case, is_decided = file.case, step.kind is StepKind.DECIDED
    tx.cases.add_step(case.id, step)
    said = [case.kind, *([step.decision.value] if step.decision else []), str(step.points)]
    if step.approved_by != step.staff_no:
        said.append(f"approved_by {step.approved_by}")
    tx.audit.note(
        "case_decided" if is_decided else "case_reopened",
        at_us=moment.at_us,
        staff_no=step.staff_no,
        subject=_subject(file),
        detail=" ".join(said),
    )
    body = {
        "case": case.id,
        "points": step.points,
        "staff_no": step.staff_no,
        "approved_by": step.approved_by,
    }
    if step.decision is not None:
        body["decision"] = step.decision.value
    subject = file.member_id or case.id
    private = (Private(subject, "words", step.words, shop.dice.roll(SALT_BYTES)),)
    tell(shop, tx, moment, "CaseDecided" if is_decided else "CaseReopened", body, private)
