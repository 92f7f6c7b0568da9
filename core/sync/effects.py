"""读数: what one event of a till says of members and points, as sets and sums.

Whatever order events come in, and however often, the same is read of them: transfers, lots and
allocations are known by their ids, fields and consent by when they were said, merges by their two
ends. Only the server's own decisions, points that were set aside, stand outside (`escrow`).
"""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from msgspec import Struct, field

from core.members.held_tiers import HoldEnd, TierHold
from core.points.ledger import Allocation, Transfer
from core.sync.erasure import Erasure

NAME, PHONE, BIRTHDAY, CARD = "name", "phone", "birthday", "card_no"
CARD_UNTIL, FROZEN, TIER = "card_until", "frozen_for", "tier"
TIER_BASE, TIER_REVIEW = "tier_base", "tier_review"
"""What figures give, and what head office decided of it last (`core.sync.terms`)."""
LATEST_US = 60 * 1_000_000
"""A till's clock is believed up to a minute beyond the arrival (sync.md 5)."""


class Joined(Struct, frozen=True):
    """Somebody became a member by this event: at the counter of a till, or by an import."""

    event_id: UUID
    member_id: UUID
    till_id: UUID
    at_us: int
    on: date
    import_id: UUID | None = None


class Visited(Struct, frozen=True):
    """来店: a member stood at the counter of a till, or was brought in by it, on that day."""

    member_id: UUID
    till_id: UUID
    on: date


class Wrote(Struct, frozen=True):
    """A field of a member got this value, by an event in this place; None: it has none any more."""

    member_id: UUID
    field: str
    value: str | None
    at_us: int
    incarnation: int
    seq: int
    event_id: UUID
    import_id: UUID | None = None


class ConsentTold(Struct, frozen=True):
    """A step of a member's consent, at its place in the chain of a till.

    `answered` is the instant of the withdrawal that somebody knew who gave it again.
    """

    event_id: UUID
    member_id: UUID
    is_given: bool
    at_us: int
    till_id: UUID
    incarnation: int
    seq: int
    answered: int | None = None


class Alias(Struct, frozen=True):
    """合并: the first is the second from then on; facts keep their ids (sync.md 5)."""

    gone_id: UUID
    into_id: UUID
    at_us: int
    event_id: UUID | None = None
    undone_us: int | None = None


class Parted(Struct, frozen=True):
    """分开: the two of a merge are two again, from then on."""

    gone_id: UUID
    into_id: UUID
    at_us: int


class Counted(Struct, frozen=True):
    """A sale, as far as it counts for its member's tier."""

    sale_id: UUID
    member_id: UUID
    on: date
    spend_fen: int
    payable_fen: int
    points: int


class Uncounted(Struct, frozen=True):
    """What a return takes of that; of a void nothing is left."""

    event_id: UUID
    sale_id: UUID
    spend_fen: int
    payable_fen: int
    points: int
    is_void: bool
    member_id: UUID | None = None


class LotMade(Struct, frozen=True):
    """A lot of points; `expires_on` None: never."""

    id: UUID
    member_id: UUID
    amount: int
    expires_on: date | None


class SchemeSold(Struct, frozen=True):
    """The scheme of tiers, as JSON, that a till sold by at that time."""

    at_us: int
    record: bytes


class Used(Struct, frozen=True):
    """A transfer that spends what was set aside for the till under `escrow_id`."""

    escrow_id: UUID
    transfer: Transfer
    till_id: UUID


class ImportUndone(Struct, frozen=True):
    """An import was taken back; only these of whom it added stay."""

    import_id: UUID
    kept: tuple[UUID, ...]


class WordsGone(Struct, frozen=True):
    """What people wrote under this id at a till goes: it was about somebody who was erased."""

    till_id: UUID
    about_id: UUID


class Effects(Struct):
    """What events say, one after another."""

    joined: list[Joined] = field(default_factory=list)
    visited: list[Visited] = field(default_factory=list)
    wrote: list[Wrote] = field(default_factory=list)
    consents: list[ConsentTold] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    parted: list[Parted] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    uncounted: list[Uncounted] = field(default_factory=list)
    holds: list[TierHold] = field(default_factory=list)
    hold_ends: list[HoldEnd] = field(default_factory=list)
    schemes: list[SchemeSold] = field(default_factory=list)
    lots: list[LotMade] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    undone: list[ImportUndone] = field(default_factory=list)
    erased: list[Erasure] = field(default_factory=list)
    emptied: list[WordsGone] = field(default_factory=list)

    def add(self, other: Effects) -> None:
        """What another one says, too, behind it."""
        for name in self.__struct_fields__:
            getattr(self, name).extend(getattr(other, name))

    @property
    def named(self) -> set[UUID]:
        """Every member of whom something is said."""
        told = (self.joined, self.visited, self.wrote, self.consents, self.lots, self.holds)
        named = {each.member_id for several in told for each in several}
        transfers = [*self.transfers, *(each.transfer for each in self.used)]
        accounts = (account for each in transfers for account in (each.debit, each.credit))
        named |= {account.member_id for account in accounts if account.member_id is not None}
        named |= {member for each in self.erased for member in each.members}
        named |= {each.member_id for each in self.uncounted if each.member_id is not None}
        named |= {m for each in self.parted for m in (each.gone_id, each.into_id)}
        return named | {m for each in self.aliases for m in (each.gone_id, each.into_id)}


def derived_id(*of: UUID | str) -> UUID:
    """The id of what follows from these: the same wherever and whenever it is worked out."""
    told = b"".join(each.bytes if isinstance(each, UUID) else each.encode() for each in of)
    return UUID(bytes=hashlib.sha256(told).digest()[:16])
