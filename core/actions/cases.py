"""案件: those of a shop are listed and looked at, each with its evidence; a note is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import tzinfo
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.changes import Changes
from core.errors import CaseGone
from core.members.masks import mask_card, mask_name
from core.members.standing import check_note
from core.ports import Reading
from core.ports.cases import CaseKey
from core.sales.receipt import Receipt
from core.shop import Shop
from core.trust.cases import CaseFile, CaseStep, StepKind
from core.trust.rights import Right, may
from core.trust.signals import Evidence, What
from core.trust.staff import Staff
from core.values.moment import Moment

PAGE = 200
MOST_EVIDENCE = 500
_ID = re.compile(r"\b[0-9a-f]{32}\b")


class CaseLine(Struct, frozen=True):
    """A case in the list; `who` is masked, or a person who works here; `is_erased`: nobody now."""

    file: CaseFile
    who: str
    card: str = ""
    is_erased: bool = False


class CaseList(Struct, frozen=True):
    """Some of the cases; `rest` is behind which place more stand, None where none do."""

    lines: tuple[CaseLine, ...]
    rest: CaseKey | None
    open: int
    decided: int
    zone: tzinfo


class EvidenceLine(Struct, frozen=True):
    """A piece of evidence with its names; the member is masked."""

    evidence: Evidence
    member: str = ""
    by: str = ""


class StepLine(Struct, frozen=True):
    """What happened to it with its names; `by` "" is the program itself."""

    step: CaseStep
    by: str = ""
    approved_by: str = ""


class CaseDetail(Struct, frozen=True):
    """A case with all of it. `points` can be taken of the member now; `may_decide`: who asks.

    `pieces` of its evidence are more than those that are listed.
    """

    line: CaseLine
    evidence: tuple[EvidenceLine, ...]
    steps: tuple[StepLine, ...]
    points: int
    is_frozen: bool
    may_decide: bool
    zone: tzinfo


class CaseNoted(Struct, frozen=True):
    """A note was written."""

    changes: Changes = Changes.CASES


def list_cases(
    shop: Shop,
    *,
    staff: Staff,
    is_open: bool = True,
    kind: str = "",
    behind: CaseKey | None = None,
) -> CaseList:
    """The newest first. Raises NotAllowed for who may not look at takings."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
    return cases_here(shop, is_open=is_open, kind=kind, behind=behind)


def cases_here(
    shop: Shop, *, is_open: bool = True, kind: str = "", behind: CaseKey | None = None
) -> CaseList:
    """The same for a command: whom they are about is masked."""
    with shop.store.read() as reading:
        found = reading.cases.listed(is_open=is_open, behind=behind, most=PAGE, kind=kind)
        last = found[-1].case if len(found) == PAGE else None
        names = _Names(reading)
        return CaseList(
            tuple(names.line(each) for each in found),
            None if last is None else CaseKey(last.at_us, last.id),
            reading.cases.count(is_open=True),
            reading.cases.count(is_open=False),
            reading.till.zone,
        )


def case_detail(shop: Shop, case_id: UUID, *, staff: Staff) -> CaseDetail:
    """One of them as it is now. Raises NotAllowed, CaseGone."""
    with shop.store.read() as reading:
        person = _allow(shop, reading, staff)
        file, names = known_case(reading, case_id), _Names(reading)
        root = root_of(reading, file)
        return CaseDetail(
            names.line(file),
            tuple(map(names.evidence, reading.cases.evidence(case_id, most=MOST_EVIDENCE))),
            tuple(map(names.step, reading.cases.steps(case_id))),
            0 if root is None else points_now(reading, root, shop.moment(reading)),
            root is not None and reading.standings.frozen_at(root) is not None,
            may(person, Right.DECIDE_CASES),
            reading.till.zone,
        )


def note_case(shop: Shop, case_id: UUID, text: str, *, step_id: UUID, staff: Staff) -> CaseNoted:
    """备注 to a case, once for each `step_id`. Raises NotAllowed, CaseGone, BadNote."""
    with shop.store.write() as tx:
        if tx.cases.step(step_id) is not None:
            return CaseNoted()
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.DECIDE_CASES, now_us=now_us)
        file = known_case(tx, case_id)
        words = words_about(tx, file, text)
        step = CaseStep(step_id, StepKind.NOTED, now_us, staff.no, words=words)
        tx.cases.add_step(file.case.id, step)
        return CaseNoted()


def paper_of(shop: Shop, evidence: Evidence, *, staff: Staff) -> Receipt | None:
    """单据 of a piece of evidence; None where it has none. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        match evidence.what:
            case What.SALE:
                sale = reading.sales.by_no(evidence.no)
                return None if sale is None else sale.receipt
            case What.RETURN:
                return reading.returns.receipt(evidence.no)
            case What.REDEMPTION:
                return reading.redemptions.slip(evidence.no)
            case What.VOID:
                voided = reading.sales.by_no(evidence.no)
                return None if voided is None else reading.voids.receipt(voided.sale_id)
        return None


def known_case(reading: Reading, case_id: UUID) -> CaseFile:
    """The case; raises CaseGone."""
    file = reading.cases.get(case_id)
    if file is None:
        raise CaseGone()
    return file


def words_about(reading: Reading, file: CaseFile, text: str) -> str:
    """What is kept of what somebody writes: of who was erased nothing. Raises BadNote."""
    about = file.member_id
    return "" if about is not None and _is_erased(reading, about) else check_note(text)


def _is_erased(reading: Reading, member_id: UUID) -> bool:
    return reading.mirror.was_erased([reading.standings.merged_into(member_id) or member_id])


def root_of(reading: Reading, file: CaseFile) -> UUID | None:
    """Who the member of a case is now; None where it is about none, or they were erased."""
    if file.member_id is None:
        return None
    root = reading.standings.merged_into(file.member_id) or file.member_id
    return None if reading.mirror.was_erased([root]) else root


def points_now(reading: Reading, member_id: UUID, moment: Moment) -> int:
    """What can be taken of them today: nothing of what has run out."""
    on = moment.business_on
    return sum(lot.left for lot in reading.ledger.lots(member_id) if lot.is_usable(on))


def left_of(steps: Iterable[CaseStep]) -> int:
    """Points that the last decision took back and that were not given back."""
    left = 0
    for step in steps:
        if step.kind in (StepKind.DECIDED, StepKind.REOPENED):
            left += step.points
    return left


def _allow(shop: Shop, reading: Reading, staff: Staff) -> Staff:
    allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
    return reading.people.get(staff.no) or staff


class _Names:
    """Who is meant, each asked for once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._staff = {person.no: person.name for person in reading.people.all()}
        self._members: dict[UUID, tuple[str, str]] = {}

    def line(self, file: CaseFile) -> CaseLine:
        if file.member_id is not None:
            name, card = self._member(file.member_id)
            is_erased = not name and _is_erased(self._reading, file.member_id)
            return CaseLine(file, name, card, is_erased)
        if file.staff_no:
            return CaseLine(file, self._by(file.staff_no))
        said = _ID.findall(f"{file.case.about} {file.case.detail}")
        named = [self._member(UUID(each))[0] for each in dict.fromkeys(said)]
        return CaseLine(file, "、".join(filter(None, named)))

    def evidence(self, each: Evidence) -> EvidenceLine:
        member = "" if each.member_id is None else self._member(each.member_id)[0]
        return EvidenceLine(each, member, self._by(each.staff_no))

    def step(self, step: CaseStep) -> StepLine:
        approver = step.approved_by if step.approved_by != step.staff_no else 0
        return StepLine(step, self._by(step.staff_no), self._by(approver))

    def _by(self, no: int) -> str:
        return self._staff.get(no, str(no)) if no else ""

    def _member(self, member_id: UUID) -> tuple[str, str]:
        if member_id not in self._members:
            member = self._reading.members.get(member_id)
            known = member is not None and member.name
            self._members[member_id] = (
                (mask_name(member.name), mask_card(member.card_no))
                if known and member
                else ("", "")
            )
        return self._members[member_id]
