"""等级期限: how long a tier holds, and what head office decided at the end of its period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from msgspec import Struct

from core.members.member import BaseTier
from core.members.tiers import Figures, Measured, holds_until
from core.rulebook.schemes import TierScheme
from core.sync.session import Whole, Words


class BaseTold(Struct, frozen=True, omit_defaults=True):
    """The tier that figures give, and its last business date; None: it has none.

    Of what an earlier program told, only the day is known on which it gave the tier: `given_on`.
    """

    tier: Words
    until: date | None = None
    given_on: date | None = None

    def dated(self, scheme: TierScheme) -> BaseTier:
        """The lowest tier has no end."""
        until = self.until
        if until is None and self.given_on is not None and scheme.rank(self.tier):
            until = holds_until(scheme, self.given_on)
        return BaseTier(self.tier, until)


class ReviewTold(Struct, frozen=True, omit_defaults=True):
    """复核: what became of a tier at the end of its period, and the figures that it came from.

    `cause` is that of the change of what figures give ("period", "kept", "late"), "" where only
    cards or grants ended: those of `ended`. `fell_from`, until `fell_on`, is the tier that was lost
    by it, "" where none was; `tier` what holds since.
    """

    id: UUID
    on: date
    tier: Words
    cause: Words = ""
    before: Words = ""
    after: Words = ""
    until_before: date | None = None
    until_after: date | None = None
    spend_fen: Whole = 0
    points: Whole = 0
    purchases: Whole = 0
    last_on: date | None = None
    kind: Words = ""
    measure: Whole = 0
    ended: tuple[UUID, ...] = ()
    fell_from: Words = ""
    fell_on: date | None = None

    @property
    def measured(self) -> Measured | None:
        """The figures where spend alone does not say it."""
        if not self.kind:
            return None
        figures = Figures(self.spend_fen, self.points, self.purchases, self.last_on)
        return Measured(self.kind, self.measure, figures)


def written(told: BaseTold | ReviewTold) -> str:
    """As the value of a field of a member."""
    return msgspec.json.encode(told).decode()


def base_of(value: str | None) -> BaseTold | None:
    """What was `written`."""
    return None if not value else msgspec.json.decode(value, type=BaseTold)


def review_of(value: str | None) -> ReviewTold | None:
    """What was `written`."""
    return None if not value else msgspec.json.decode(value, type=ReviewTold)
