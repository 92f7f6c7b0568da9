"""活动的端口: activities, who signed up, and what those who came bought afterwards."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.activity import Activity, Enrolled


class Counted(Struct, frozen=True):
    """An activity with how many have a place, wait, came and left."""

    activity: Activity
    seated: int = 0
    waiting: int = 0
    came: int = 0
    left: int = 0


class Bought(Struct, frozen=True):
    """What members bought within some days: tickets, those who did, and fen, returns taken off."""

    tickets: int
    members: int
    fen: int


class Activities(Protocol):
    """活动."""

    def since(self, first: date, *, most: int) -> tuple[Counted, ...]:
        """Those on this business date and later, the first one first."""
        ...

    def before(self, last: date, *, most: int) -> tuple[Counted, ...]:
        """Those on earlier business dates, the newest first."""
        ...

    def get(self, activity_id: UUID) -> Activity | None: ...

    def keep(self, activity: Activity, *, at_us: int, staff_no: int) -> None:
        """A new one, or what a known one is now."""
        ...

    def enrolled(self, activity_id: UUID) -> tuple[Enrolled, ...]:
        """Everybody who ever signed up, in their turn."""
        ...

    def of_member(self, member_id: UUID, first: date) -> dict[UUID, Enrolled]:
        """What a member, and whoever became them, signed up for on this date or later."""
        ...

    def enrol(self, enrolled: Enrolled) -> None:
        """A new one, or how it stands with a known one now."""
        ...

    def bought(self, activity_id: UUID, first: date, last: date) -> Bought:
        """What those who came bought from one business date to another, both inclusive."""
        ...
