"""抽奖的端口: draws step by step; nothing of a draw is ever changed."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.trust.draw import DrawPlan


class Committed(Struct, frozen=True):
    """已承诺: a draw whose seed is kept and not shown yet."""

    plan: DrawPlan
    seed: bytes
    at_us: int
    staff_no: int


class Closed(Struct, frozen=True):
    """已封名单: who takes part with how many tickets, and where they come from, in words."""

    members: tuple[tuple[UUID, int], ...]
    source: str
    at_us: int
    staff_no: int


class Drawn(Struct, frozen=True):
    """已开奖: the word that somebody said; from now on the seed is shown."""

    word: str
    at_us: int
    staff_no: int


class Gone(Struct, frozen=True):
    """退出: one of the list who does not want to win any more, or did not come for it."""

    member_id: UUID
    at_us: int
    staff_no: int


class Given(Struct, frozen=True):
    """已领: a piece of a prize, counted from 0, was given to a member."""

    prize: int
    piece: int
    member_id: UUID
    at_us: int
    staff_no: int


class Draw(Struct, frozen=True):
    """抽奖: as far as it has come; who left and what was given in their order."""

    committed: Committed
    closed: Closed | None = None
    drawn: Drawn | None = None
    gone: tuple[Gone, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def plan(self) -> DrawPlan:
        """What was fixed first."""
        return self.committed.plan


class Draws(Protocol):
    """抽奖."""

    def last(self, *, most: int) -> tuple[Draw, ...]:
        """The newest first."""
        ...

    def get(self, draw_id: UUID) -> Draw | None: ...

    def commit(self, committed: Committed) -> None: ...

    def close(self, draw_id: UUID, closed: Closed) -> None: ...

    def draw(self, draw_id: UUID, drawn: Drawn) -> None: ...

    def let_go(self, draw_id: UUID, gone: Gone) -> None: ...

    def give(self, draw_id: UUID, given: Given) -> None: ...

    def spent(self, first: date, last: date) -> tuple[tuple[UUID, int], ...]:
        """Members with the fen that they spent between two business dates, both inclusive.

        What came back of these sales is taken off; whoever became another counts as that one.
        """
        ...
