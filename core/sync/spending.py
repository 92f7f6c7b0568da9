"""用分: how a till asks its server for points to spend, and what it is answered (sync.md 6).

Every asking has an id that the till made: said twice, it is done once; said late, it is not undone.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.sync.escrow import EscrowStatus
from core.sync.session import Whole
from core.sync.told import SomePoints

MOST_LEASES = 100
ANSWER_US = 1_500_000
"""So long a customer waits for the server; then the till goes on without it."""


class PointsAsked(Struct, frozen=True):
    """So many points of a member to be set aside; `on` is the business date of the till."""

    id: UUID
    member_id: UUID
    points: SomePoints
    on: date


class PointsUsed(Struct, frozen=True):
    """The sale, or the reward, is paid: so many of those points by this transfer of the till."""

    id: UUID
    transfer_id: UUID
    points: SomePoints
    on: date
    is_reward: bool = False
    sale_id: UUID | None = None


class NotNeeded(Struct, frozen=True):
    """Nothing was spent of it, and nothing will be."""

    id: UUID
    member_id: UUID


class SetAside(Struct, frozen=True):
    """How it stands: points in all and spent of them, until when the till may spend the rest.

    And what the member has now: for anybody, and set aside for tills.
    """

    id: UUID
    status: EscrowStatus
    points: Whole
    spent: Whole
    until_us: Whole
    available: int
    pending: Whole
    leased: Whole


class LeasesAsked(Struct, frozen=True):
    """Points of members who are likely to come: as many as there are, up to what is asked."""

    leases: Annotated[tuple[PointsAsked, ...], Meta(max_length=MOST_LEASES)]


class LeasesGiven(Struct, frozen=True):
    """In the order in which they were asked; who has nothing, or is not served, has none."""

    leases: tuple[SetAside, ...]


class LeasesOver(Struct, frozen=True):
    """The till spends nothing more of these: all of it is in its events up to `through`."""

    ids: Annotated[tuple[UUID, ...], Meta(max_length=MOST_LEASES)]
    through: Whole
