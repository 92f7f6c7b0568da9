"""会员: a person with a card, and what the counter shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Birthday:
    """生日: solar or lunar (农历), year optional; `is_leap` a leap month of the lunar calendar."""

    month: int
    day: int
    year: int | None = None
    is_lunar: bool = False
    is_leap: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """The personal record. `phone` is E.164 or None; `tier` a code of the rulebook.

    `tier_until`: a tier held (imported or just reached) stays at least until this business date.
    """

    id: UUID
    card_no: str
    name: str
    tier: str
    joined_on: date
    phone: str | None = None
    birthday: Birthday | None = None
    tier_until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What pricing needs of a member, and no more: nothing personal (sync.md 2)."""

    member_id: UUID
    tier: str


@dataclass(frozen=True, slots=True)
class MemberFile:
    """What the counter shows when a member appears.

    `points` is the balance, `spend_fen` the tier spend within the scheme's window,
    `expiring_points` what is left of the lots that expire first, on `expiring_on`.
    """

    member: Member
    points: int
    spend_fen: int = 0
    expiring_points: int = 0
    expiring_on: date | None = None

    @property
    def standing(self) -> Standing:
        """The part that pricing may see."""
        return Standing(self.member.id, self.member.tier)
