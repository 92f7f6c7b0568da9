"""生平的端口: what happened to one member besides buying, straight from the tables; read only."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class LifeStep(StrEnum):
    """What happened; those from `FROZEN` on are read in the audit log of this till."""

    ACTIVITY = "activity"
    BENEFIT = "benefit"
    BENEFIT_BACK = "benefit_back"
    COUPON = "coupon"
    COUPON_USED = "coupon_used"
    COUPON_BACK = "coupon_back"
    COUPON_WITHDRAWN = "coupon_withdrawn"
    COUPON_EXPIRED = "coupon_expired"
    BEHAVIOUR = "behaviour"
    CORRECTED = "corrected"
    REDEEMED = "redeemed"
    REDEMPTION_BACK = "redemption_back"
    MERGED = "merged"
    FROZEN = "member_frozen"
    THAWED = "member_thawed"
    CARD_RENEWED = "card_renewed"
    PARTED = "members_parted"
    EXPORTED = "person_exported"
    NOTE_ERASED = "note_erased"


class Lived(Struct, frozen=True):
    """One of them; `on` is its business date, None where only the moment is kept.

    `about` is what it is about, by its id; `name` and `detail` say it by the words and the codes
    that are kept. `points` moved by it, or are how many coupons there were.
    """

    what: LifeStep
    at_us: int
    on: date | None
    staff_no: int
    about: UUID | None = None
    name: str = ""
    detail: str = ""
    points: int = 0


class Life(Protocol):
    """生平, of members and of whoever became them."""

    def of(self, member_id: UUID, today: date) -> tuple[Lived, ...]:
        """In no order."""
        ...

    def draws(self, member_id: UUID) -> tuple[UUID, ...]:
        """Draws on whose list they are."""
        ...

    def cases(self, member_id: UUID) -> tuple[UUID, ...]:
        """Cases that are about them, or have them in their evidence; the newest first."""
        ...
