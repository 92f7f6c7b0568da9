"""积分台的端口: what the manager's page of points asks of a shop; read only."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.points.ledger import Cause


class ExpiringDay(Struct, frozen=True):
    """The points whose last day this is, and of how many members."""

    on: date
    members: int
    points: int


class ExpiringRow(Struct, frozen=True):
    """What one member has that expires on a day; name and phone are whole here."""

    on: date
    card_no: str
    name: str
    phone: str
    points: int
    member_id: UUID


class HolderRow(Struct, frozen=True):
    """A member and the points they have (below zero: owe); name and phone are whole here."""

    card_no: str
    name: str
    phone: str
    points: int
    member_id: UUID


class Sought(Struct, frozen=True):
    """Which transfers: of these days, both inclusive, for one of these causes (none: any), of these
    members (None: anybody's) or of this sale, from `least` to `most` points.
    """

    first: date = date.min
    last: date = date.max
    causes: tuple[Cause, ...] = ()
    members: tuple[UUID, ...] | None = None
    sale_id: UUID | None = None
    least: int = 1
    most: int = 2**62


class Key(Struct, frozen=True):
    """The place of a transfer in the ledger, the newest day first."""

    on: date
    id: UUID


class MovedRow(Struct, frozen=True):
    """流水: one transfer as its member sees it: above zero it came to them.

    `other` is whose points they were before, where two members became one. Names are whole here.
    """

    id: UUID
    on: date
    cause: Cause
    points: int
    card_no: str
    name: str
    other: str
    sale_no: str
    sale_id: UUID | None


class MovedPage(Struct, frozen=True):
    """Some of the transfers; `rest` is behind which place more may stand, None where none do."""

    rows: tuple[MovedRow, ...]
    rest: Key | None


class Audited(StrEnum):
    """核对: what is counted anew, one after the other."""

    SUM = "sum"
    BALANCES = "balances"
    LOTS = "lots"
    EXPIRY = "expiry"
    DEEDS = "deeds"
    REWARDS = "rewards"


class PointsDesk(Protocol):
    """积分台."""

    def expiring(self, first: date, last: date) -> tuple[ExpiringDay, ...]:
        """Days from one to another, both inclusive, on which points have their last day."""
        ...

    def expiring_rows(self, first: date, last: date, *, most: int) -> tuple[ExpiringRow, ...]:
        """Member by member: the first day first, of a day those who have most."""
        ...

    def holders(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who have points, those with most first."""
        ...

    def debtors(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who owe points, those who owe most first."""
        ...

    def moved(self, sought: Sought, after: Key | None, *, most: int) -> MovedPage:
        """The newest first, behind a place; a page may hold few or none though there are more."""
        ...

    def moved_one(self, transfer_id: UUID) -> MovedRow | None: ...

    def audit(self, what: Audited) -> int:
        """Count it anew: in how many places it is wrong."""
        ...
