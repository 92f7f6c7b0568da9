"""预留，在收银台: points that the server has set aside for this till, and what it knows of them.

What was asked is written down before it is sent, with its id: after a lost answer, or a crash, the
same is asked again, or given up, and nothing stays set aside that nobody remembers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.sync.escrow import AUTHORISED_US, LEASED_US, EscrowKind

REFUSED_US = 2 * 60 * 1_000_000
"""So long a refusal says what a member has: another till may have let go of it since."""


class OwnState(StrEnum):
    """What became of an asking.

    ASKED: no answer yet. HELD: it may be spent here. REFUSED: `points` is what there was instead.
    DROPPED: nothing more is spent of it here, and the server is still to be told.
    """

    ASKED = "asked"
    HELD = "held"
    REFUSED = "refused"
    DROPPED = "dropped"


class OwnEscrow(Struct, frozen=True):
    """One asking of this till, of its life `incarnation`; `purpose` is a sale or a redemption.

    `at_us` is the till's clock before it was first sent, `until_us` the end as the server said it.
    `used_seq` is the number of the last event that spends of it, 0 for none.
    """

    id: UUID
    kind: EscrowKind
    member_id: UUID
    purpose: UUID | None
    incarnation: int
    asked: int
    on: date
    at_us: int
    state: OwnState = OwnState.ASKED
    points: int = 0
    remaining: int = 0
    until_us: int = 0
    used_seq: int = 0

    @property
    def is_lease(self) -> bool:
        """Whether it is for whatever is spent offline."""
        return self.kind is EscrowKind.LEASED

    @property
    def end_us(self) -> int:
        """From then on nothing is spent of it, by the till's clock.

        Its time counts from before it was asked: whatever the clocks say, it ends here first.
        """
        return self.at_us + (LEASED_US if self.is_lease else AUTHORISED_US)

    def is_over(self, incarnation: int, now_us: int) -> bool:
        """Whether nothing can be spent of it any more: its time is out, or it is a copy's too."""
        return self.incarnation != incarnation or now_us >= self.end_us

    def covers(self, points: int, incarnation: int, now_us: int) -> bool:
        """Whether so many may be spent of it now."""
        is_good = self.state is OwnState.HELD and not self.is_over(incarnation, now_us)
        return is_good and points <= self.remaining


class Line(Struct, frozen=True):
    """线: whether the chain's server answers, as the till last found it."""

    is_open: bool


def covering(
    own: Iterable[OwnEscrow], purpose: UUID, points: int, *, incarnation: int, now_us: int
) -> OwnEscrow | None:
    """Of a member's: what so many points are spent out of; what was asked for just that first."""
    good = [
        each
        for each in own
        if each.covers(points, incarnation, now_us) and (each.is_lease or each.purpose == purpose)
    ]
    return min(good, key=lambda each: (each.is_lease, each.remaining), default=None)


def allowed(
    own: Iterable[OwnEscrow], line: Line, purpose: UUID | None, *, incarnation: int, now_us: int
) -> int | None:
    """Of a member's: how many could be spent at most; None where the server is to be asked.

    Without it as many as one lease has, or what was set aside for this purpose before the line
    broke; with it no more than it just said that there are.
    """
    held = [
        each.remaining
        for each in own
        if each.covers(1, incarnation, now_us) and (each.is_lease or each.purpose == purpose)
    ]
    refused = [
        each.points
        for each in own
        if each.state is OwnState.REFUSED and not each.is_lease and now_us < each.at_us + REFUSED_US
    ]
    if not line.is_open:
        return max(held, default=0)
    if not refused:
        return None
    return max([*held, *refused], default=0)


def earliest_end(own: Iterable[OwnEscrow], *, incarnation: int, now_us: int) -> int | None:
    """The first end, by the server, of what may still be spent here; None where nothing may.

    0 where an answer is still to come: then no end is known.
    """
    open_ = (OwnState.ASKED, OwnState.HELD)
    ends = [
        each.until_us
        for each in own
        if each.state in open_ and not each.is_over(incarnation, now_us)
    ]
    return min(ends, default=None)
