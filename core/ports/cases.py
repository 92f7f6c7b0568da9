"""案件的端口: the cases of a shop, and the facts that signals are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.trust.cases import CaseFile, CaseStep, Decision
from core.trust.signals import Evidence, Key, Signal, Undone


class CaseKey(Struct, frozen=True):
    """The place of a case in the list, the newest first."""

    at_us: int
    id: UUID


class Cases(Protocol):
    """案件."""

    def listed(
        self, *, is_open: bool, behind: CaseKey | None, most: int, kind: str = ""
    ) -> tuple[CaseFile, ...]:
        """Those that are open, or decided, the newest first; of one kind where it is given."""
        ...

    def count(self, *, is_open: bool) -> int: ...

    def get(self, case_id: UUID) -> CaseFile | None: ...

    def evidence(self, case_id: UUID, *, most: int) -> tuple[Evidence, ...]:
        """In the order in which it happened."""
        ...

    def steps(self, case_id: UUID) -> tuple[CaseStep, ...]:
        """In their order."""
        ...

    def step(self, step_id: UUID) -> CaseStep | None: ...

    def known(self, kind: Signal, keys: Collection[Key]) -> dict[Key, UUID]:
        """Those of them that are evidence of a case of this kind, and of which one."""
        ...

    def open_of(self, kind: Signal, about: str) -> UUID | None:
        """The open case of this kind about it."""
        ...

    def closed_among(self, case_ids: Collection[UUID]) -> set[UUID]:
        """Those of them that are decided."""
        ...

    def add(self, file: CaseFile) -> None: ...

    def add_evidence(
        self, case_id: UUID, kind: Signal, fresh: Sequence[Evidence], *, points: int
    ) -> None:
        """More of it, and what all of it is worth now."""
        ...

    def add_step(self, case_id: UUID, step: CaseStep) -> None: ...

    def close(self, case_id: UUID, decision: Decision | None, *, at_us: int) -> bool:
        """Decided; False where it is not open any more. None: by head office."""
        ...

    def reopen(self, case_id: UUID) -> bool:
        """Open again; False where it is."""
        ...

    def empty(self, member_ids: Collection[UUID]) -> tuple[UUID, ...]:
        """What people wrote goes from all cases that are about one of these, or have one of them in
        their evidence; of which head office knows no member.
        """
        ...

    def looked(self) -> date | None:
        """The last business date that signals were looked for in; None: never."""
        ...

    def keep_looked(self, on: date) -> None: ...


class SignalFacts(Protocol):
    """信号的事实: what rules are put to, straight from the tables."""

    def sold(self, on: date) -> tuple[Evidence, ...]:
        """All sales of a business date that stand."""
        ...

    def earned(self, members: Collection[UUID], *, first: date, last: date) -> tuple[Evidence, ...]:
        """Their sales with points between business dates, both inclusive, that stand."""
        ...

    def shifts(self, *, first: date, last: date) -> Mapping[int, int]:
        """How many shifts each person had, by number."""
        ...

    def undone(self, on: date) -> tuple[Undone, ...]:
        """What members brought back on a business date, voids too."""
        ...

    def redeemed(self, on: date) -> tuple[Evidence, ...]:
        """The rewards that went out on a business date, and stayed out."""
        ...

    def redeemed_by(self, members: Collection[UUID], *, since_us: int) -> tuple[Evidence, ...]:
        """Those of some members."""
        ...

    def corrections(self, *, first: date, last: date) -> tuple[Evidence, ...]:
        """By hand and alone, between business dates; what a case decided is none."""
        ...

    def sharing(self, on: date, members: Collection[UUID]) -> Iterator[tuple[Evidence, ...]]:
        """Who has one phone, or one address, with somebody who joined at the counter that day or
        is among these; the eldest first.
        """
        ...
