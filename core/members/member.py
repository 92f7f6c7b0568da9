"""会员: a person with a card, and what the counter shows of them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from core.members.held_tiers import FallenTier, HeldTier
from core.members.tiers import Figures

LONG_AGO = date(1900, 1, 1)
"""When somebody joined whom another store knows: no offer for new members is theirs here."""


class Birthday(Struct, frozen=True):
    """生日: solar or lunar (农历), year optional; `is_leap` a leap month of the lunar calendar."""

    month: int
    day: int
    year: int | None = None
    is_lunar: bool = False
    is_leap: bool = False


class Member(Struct, frozen=True):
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

    @property
    def is_visitor(self) -> bool:
        """别店会员: masked, with what the chain tells of them; their own store knows more."""
        return self.joined_on == LONG_AGO


class Celebration(Struct, frozen=True):
    """生日窗口开着: that an offer's birthday window is open, and for which celebration year.

    The year is that of the birthday's own calendar. `is_waiting`: the birthday was edited too
    short a time ago. When the birthday is, nobody can tell from it.
    """

    offer: str
    year: int
    is_waiting: bool = False


class Standing(Struct, frozen=True):
    """What pricing needs of a member, and no more: nothing personal (sync.md 2).

    `points` is what they can spend today. The rest is known only where an offer of the rulebook
    asks for it: when the member joined, whether they bought anything that stands, and which
    birthday windows are open.
    """

    member_id: UUID
    tier: str
    points: int = 0
    joined_on: date | None = None
    has_bought: bool = False
    birthdays: tuple[Celebration, ...] = ()


class Note(Struct, frozen=True):
    """备注: what somebody wrote about a member; an urgent one is said the moment they appear."""

    id: UUID
    text: str
    is_urgent: bool
    at_us: int
    staff_no: int


class BaseTier(Struct, frozen=True):
    """The tier that figures give, below a card or a grant, and how long it is held at least."""

    tier: str
    until: date | None = None


class MemberFile(Struct, frozen=True):
    """What the counter shows when a member appears.

    `points` is the balance, `lapsed_points` of them lie in lots that expired before today and are
    not taken out yet, `spend_fen` the tier spend within the scheme's window,
    `expiring_points` what is left of the lots that expire first, on `expiring_on`. `frozen_for` is
    the reason where the member is frozen, `merged_into` who they are now where they were merged,
    `card_until` the last business date of a card that has an end. `held` is the tier that a bought
    card or a grant gives, `fallen` one that was lost and not told yet. `counted` is None where
    `spend_fen` is all that counts, `base` where `member.tier` is the one that figures give.
    `allowed` is how many points the chain lets this till spend, None where nobody limits it.
    `told_us` is when the server of the chain said last how they stand, `told_at` the same on the
    clock of the store, for a visitor.
    """

    member: Member
    points: int
    spend_fen: int = 0
    expiring_points: int = 0
    expiring_on: date | None = None
    frozen_for: str | None = None
    merged_into: UUID | None = None
    card_until: date | None = None
    notes: tuple[Note, ...] = ()
    lapsed_points: int = 0
    held: HeldTier | None = None
    fallen: FallenTier | None = None
    counted: Figures | None = None
    base: BaseTier | None = None
    allowed: int | None = None
    told_us: int | None = None
    told_at: datetime | None = None

    @property
    def spendable(self) -> int:
        """Points that can be spent today, here; none while there is a debt."""
        here = max(0, self.points - self.lapsed_points)
        return here if self.allowed is None else min(here, self.allowed)

    @property
    def figures(self) -> Figures:
        """What counts for the tier, by the scheme."""
        return self.counted or Figures(spend_fen=self.spend_fen)

    @property
    def base_tier(self) -> BaseTier:
        """What the figures alone give."""
        return self.base or BaseTier(self.member.tier, self.member.tier_until)

    @property
    def standing(self) -> Standing:
        """The part that pricing may see."""
        return Standing(self.member.id, self.member.tier, self.spendable)
