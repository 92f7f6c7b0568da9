"""事件正文: of each kind of event what the readings need, checked; the rest is passed over.

Later events say more than earlier ones: what an earlier one does not say has a default here.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from core.errors import BadRecord
from core.sync.terms import BaseTold
from core.values.fields import LARGEST

B = TypeVar("B")
Points = Annotated[int, Meta(ge=0, le=LARGEST)]
SomePoints = Annotated[int, Meta(ge=1, le=LARGEST)]
Part = tuple[UUID, SomePoints]
"""A lot, and how many points it gave."""
LotTold = tuple[UUID, SomePoints, date | None]
"""A lot that was made: how many points, and its last day."""
Debt = tuple[UUID, UUID, SomePoints]
"""A transfer that was owed, the lot that paid of it, and how much."""


class Record(Struct, Generic[B], frozen=True):
    """An event as it was hashed, but for its place in the chain."""

    at_us: Annotated[int, Meta(ge=0, le=LARGEST)]
    business_on: date
    body: B


class OfMember(Struct, frozen=True):
    """What is said of one member, and no more."""

    member: UUID


class MemberJoined(Struct, frozen=True):
    """Name, phone, card and birthday stand beside it."""

    member: UUID
    tier: str


class ProfileChanged(Struct, frozen=True):
    """改资料: the values of `fields` stand beside it; of `cleared` there are none any more."""

    member: UUID
    fields: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()


class ConsentStep(Struct, frozen=True):
    """Given or withdrawn; `withdrawn_us`: given again after the withdrawal of that instant."""

    member: UUID
    withdrawn_us: int | None = None


class CardRenewed(Struct, frozen=True):
    """The card has an end."""

    member: UUID
    until: date


class MembersMerged(Struct, frozen=True):
    """Each lot that went over, and the one that it became."""

    gone: UUID
    into: UUID
    lots: tuple[tuple[UUID, UUID, SomePoints, date | None], ...]
    tier: str
    base: BaseTold | None = None


class MembersParted(Struct, frozen=True):
    """A merge is undone: each lot of `into` that went back, and the one that it became."""

    gone: UUID
    into: UUID
    lots: tuple[tuple[UUID, UUID, SomePoints, date | None], ...]
    tier: str = ""
    base: BaseTold | None = None


class MemberErased(Struct, frozen=True):
    """Erased at the till, as the server had said; `seal` is that of the server.

    `about`: ids of what this till wrote of them under another id: returns, voids, and cases that
    are about nobody but had them in their evidence.
    """

    members: tuple[UUID, ...]
    seal: str
    about: tuple[UUID, ...] = ()


class TierNow(Struct, frozen=True):
    """The tier that a member has by it: `now` where the one named is only what was granted.

    `grant` until a day, or `grants` that were taken back.
    """

    member: UUID
    tier: str
    now: str | None = None
    grant: UUID | None = None
    until: date | None = None
    grants: tuple[UUID, ...] = ()


class TierReviewed(Struct, frozen=True):
    """What the review of a tier came to at a till alone; `base` is what figures give since."""

    member: UUID
    after: str
    base: str = ""
    base_until: date | None = None
    ended: tuple[UUID, ...] = ()


class BasketTold(Struct, frozen=True):
    """Whose basket it was."""

    sale_id: UUID
    member_id: UUID | None


class StandingTold(Struct, frozen=True):
    """The tier before."""

    tier: str


class LotOfSale(Struct, frozen=True):
    """The lot of what a sale earned."""

    id: UUID
    expires_on: date | None


class SpentTold(Struct, frozen=True):
    """The points that paid; `escrow`: they had been set aside for it at the server."""

    points: SomePoints
    transfer: UUID
    lots: tuple[Part, ...]
    escrow: UUID | None = None


class RulebookTold(Struct, frozen=True):
    """What a sale was priced by, of which only the scheme of tiers is read."""

    scheme: msgspec.Raw


class SaleSettled(Struct, frozen=True):
    """A sale, as far as it moved points or a tier.

    `base`: what figures give from then on, where that changed. `cards`: those that were bought,
    each with its tier, its line and its months.
    """

    basket: BasketTold
    points: Points
    standing: StandingTold | None = None
    lot: LotOfSale | None = None
    spent: SpentTold | None = None
    tier_after: str = ""
    debts: tuple[Debt, ...] = ()
    spend_fen: Points = 0
    payable_fen: Points = 0
    base: BaseTold | None = None
    cards: tuple[tuple[UUID, str, int, int], ...] = ()
    rulebook: RulebookTold | None = None


class SaleUndone(Struct, frozen=True):
    """A void, or a return; `member` is who had the points of the sale then.

    `base`: what figures give from then on, where that changed; `cards` came back with it. Earlier
    events do not say so: they were the sale's own member's.
    """

    sale: UUID
    points: Points
    transfer: UUID | None
    lots: tuple[Part, ...]
    tier_before: str = ""
    tier_after: str = ""
    member: UUID | None = None
    points_taken: Points | None = None
    paid_points: Points = 0
    expired_points: Points = 0
    expired: Points = 0
    given_lots: tuple[LotTold, ...] = ()
    debts: tuple[Debt, ...] = ()
    spend_fen: Points = 0
    back: tuple[tuple[str, int], ...] = ()
    withheld_fen: int = 0
    base: BaseTold | None = None
    cards: tuple[UUID, ...] = ()

    @property
    def money_fen(self) -> int:
        """What came back of its money, what was held back too."""
        return sum(fen for _, fen in self.back) + self.withheld_fen

    @property
    def gone(self) -> int:
        """Points that had expired already: they count as taken back."""
        return self.expired_points + self.expired

    @property
    def taken(self) -> int:
        """Points that were taken out of the member's account."""
        if self.transfer is None:
            return 0
        least = self.points - self.paid_points if self.points_taken is None else self.points_taken
        return least - self.gone


class PointsExpired(Struct, frozen=True):
    """Each with its transfer, its member and its lot."""

    lots: tuple[tuple[UUID, UUID, UUID, SomePoints], ...]


class BehaviourCredited(Struct, frozen=True):
    """Points without a sale."""

    member: UUID
    points: SomePoints
    lot: UUID
    expires_on: date | None
    debts: tuple[Debt, ...] = ()


class PointsCorrected(Struct, frozen=True):
    """Given (above zero) or taken by hand."""

    member: UUID
    transfer: UUID
    points: Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
    expires_on: date | None = None
    lots: tuple[Part, ...] = ()
    debts: tuple[Debt, ...] = ()


class RewardRedeemed(Struct, frozen=True):
    """Its id is that of its transfer."""

    redemption: UUID
    member: UUID
    points: SomePoints
    lots: tuple[Part, ...]
    escrow: UUID | None = None


class RedemptionUndone(Struct, frozen=True):
    """The lots that the points came back in."""

    redemption: UUID
    member: UUID
    lots: tuple[LotTold, ...]
    debts: tuple[Debt, ...] = ()


class MembersImported(Struct, frozen=True):
    """`members`: id, tier, opening points (None: known before); `lots`: the ids of their lots.

    Tiers but the `lowest` are held through `tier_until`. Earlier events name no lots, and no day.
    `openings` are lots with a last day of their own, with their members: these points stand nowhere
    else.
    """

    import_id: UUID = msgspec.field(name="import")
    members: tuple[tuple[UUID, str | None, Points | None], ...] = ()
    lots: str = ""
    expires_on: date | None = None
    tier_until: date | None = None
    lowest: str = ""
    openings: tuple[tuple[UUID, UUID, SomePoints, date | None], ...] = ()


class ImportUndone(Struct, frozen=True):
    """Whom it added and who stays."""

    import_id: UUID = msgspec.field(name="import")
    kept: tuple[UUID, ...] = ()


class PersonTold(Struct, frozen=True):
    """What stands beside an import of each person."""

    card_no: str
    name: str
    phone: str = ""
    birthday: tuple[int | None, int, int, bool, bool] | None = None


def read_body(data: bytes, kind: type[B]) -> Record[B]:
    """What an event of this kind says; raises BadRecord."""
    try:
        found: Record[B] = _decoder_of(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(kind.__name__, str(error)) from None
    return found


_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}


def _decoder_of(kind: Any) -> msgspec.json.Decoder[Any]:
    if kind not in _DECODERS:
        _DECODERS[kind] = msgspec.json.Decoder(Record[kind])
    return _DECODERS[kind]
