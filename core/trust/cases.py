"""案件: what a person should look at, why, and what was decided of it (domain.md 7).

A signal of a shop's own facts opens one, and so does head office where what tills sent does not fit
together. Whoever may decides it; nothing of what was said before is lost when it is opened again.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Case(Struct, frozen=True):
    """案件: what a person should look at; `about` is a number or an id, never a name.

    `till_id` is the till that it comes from; `closed_us` None while it is open.
    """

    id: UUID
    kind: str
    till_id: UUID
    about: str
    detail: str
    at_us: int
    closed_us: int | None = None


class Decision(StrEnum):
    """怎么处理: nothing to do, points taken back, the member frozen, or no member any more."""

    NOTHING = "nothing"
    TAKE_BACK = "take_back"
    FREEZE = "freeze"
    CANCEL = "cancel"


class StepKind(StrEnum):
    """经过: what happened to a case."""

    OPENED = "opened"
    ADDED = "added"
    NOTED = "noted"
    DECIDED = "decided"
    REOPENED = "reopened"
    CLOSED = "closed"


class CaseStep(Struct, frozen=True):
    """One thing that happened to a case; `staff_no` 0: the program itself, or head office.

    `points` are those that were taken back (above zero) or given back (below); of ADDED and OPENED
    how many pieces of evidence came.
    """

    id: UUID
    kind: StepKind
    at_us: int
    staff_no: int = 0
    approved_by: int = 0
    words: str = ""
    decision: Decision | None = None
    points: int = 0


class CaseFile(Struct, frozen=True):
    """卷宗: a case with what the store knows of it beside.

    `member_id` is whom it is about: what is written about it goes with them when they are erased.
    `points` are what its evidence is worth; `decision` what was decided last. `place` is the till
    of another store or shop that it comes from, where head office said so.
    """

    case: Case
    member_id: UUID | None = None
    staff_no: int = 0
    points: int = 0
    pieces: int = 0
    decision: Decision | None = None
    is_of_chain: bool = False
    place: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.case.closed_us is None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What may be decided: of a member of this shop everything, otherwise that it was seen."""
        is_ours = self.member_id is not None and not self.is_of_chain
        return tuple(Decision) if is_ours else (Decision.NOTHING,)
