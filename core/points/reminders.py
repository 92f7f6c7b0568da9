"""到期提醒: whose points expire soon, so that somebody tells them (domain.md 3)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

SOON_DAYS, REMINDED_DAYS = 7, 30


class Reminder(Struct, frozen=True):
    """One member: the first day on which points expire, how many do soon, and how many in all.

    Name and phone are whole here, and masked by whoever shows them without the right.
    """

    member_id: UUID
    card_no: str
    name: str
    phone: str
    expires_on: date
    soon_points: int
    points: int
