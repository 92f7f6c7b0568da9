"""权限: every action that is done as somebody asks here first, within its own transaction.

Role and single rights are those that the store has now: a person who was removed, or became
something else, is that at once, however long ago they logged in.
"""

from __future__ import annotations

from enum import StrEnum

from core.errors import ApprovalSpent, NotAllowed, StaffGone
from core.ports import Reading
from core.trust.audit import NO_SECOND
from core.trust.rights import APPROVAL_LASTS_US, Approval, Right, may, require
from core.trust.staff import Staff


def allow(
    reading: Reading, staff: Staff, right: Right, *, now_us: int, approval: Approval | None = None
) -> int:
    """The number of whoever answers for it: the person, or who approved.

    Raises StaffGone for a person who was removed; NotAllowed and ApprovalSpent as `require`, and
    NotAllowed where whoever approved has lost the right since.
    """
    answers = require(here(reading, staff), right, now_us=now_us, approval=approval)
    if answers != staff.no:
        approver = reading.people.get(answers)
        if approver is None or not approver.is_active or not may(approver, right):
            raise NotAllowed(right.value)
    return answers


def allow_second(
    reading: Reading, staff: Staff, right: Right, *, now_us: int, approval: Approval | None
) -> int:
    """四只眼: the number of somebody else with the right, who answers for it by an approval.

    Where nobody else has the right, the person alone. Raises as `allow`.
    """
    others = others_with(reading, staff, right)
    if not others:
        return allow(reading, staff, right, now_us=now_us, approval=approval)
    if approval is None or approval.right is not right or approval.staff_no not in others:
        raise NotAllowed(right.value)
    if now_us - approval.at_us > APPROVAL_LASTS_US:
        raise ApprovalSpent(right.value)
    return approval.staff_no


class Second(StrEnum):
    """第二双眼: whether it takes somebody else, and whether there is somebody."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    LACKING = "lacking"


def second(reading: Reading, staff: Staff, right: Right, *, is_above: bool) -> Second:
    """Who is asked for what is above what one person does alone. Raises StaffGone."""
    if not is_above:
        return Second.NOT_NEEDED
    return Second.NEEDED if others_with(reading, staff, right) else Second.LACKING


def others_with(reading: Reading, staff: Staff, right: Right) -> frozenset[int]:
    """The numbers of all others who have a right now. Raises StaffGone."""
    person = here(reading, staff)
    return frozenset(
        who.no
        for who in reading.people.all()
        if who.no != person.no and who.is_active and may(who, right)
    )


def here(reading: Reading, staff: Staff) -> Staff:
    """The person as they are now; raises StaffGone for one who was removed."""
    now = reading.people.get(staff.no)
    if now is None or not now.is_active:
        raise StaffGone(staff.name)
    return now


def noted(detail: str, staff: Staff, answers: int, *, takes_two: bool = False) -> str:
    """The detail of an audit row, with who approved where it was not the person.

    `takes_two`: that nobody else could is noted, too.
    """
    if answers != staff.no:
        return f"{detail} approved_by {answers}".strip()
    return f"{detail} {NO_SECOND}".strip() if takes_two else detail
