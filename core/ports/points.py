"""积分的端口: what the actions need of points beside the ledger itself."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from core.points.deeds import Correction, Credited, Times
from core.points.expire import ExpiryRun, PastLot, Place
from core.points.reminders import Reminder


class Expiries(Protocol):
    """到期: how far the expiry has come, and what will expire."""

    def place(self) -> Place:
        """How far the last run came."""
        ...

    def past(self, after: Place, *, before: date, at_most: int) -> tuple[PastLot, ...]:
        """The lots behind a place whose last day is before that date, used up ones too."""
        ...

    def keep(self, run: ExpiryRun) -> None: ...

    def reminders(self, *, first: date, soon: date, last: date) -> tuple[Reminder, ...]:
        """Whose points expire from `first` to `last`; of them, how many until `soon`."""
        ...

    def owed(self) -> tuple[tuple[date | None, int], ...]:
        """What all lots hold, by their last day; None for those that never expire, at the end."""
        ...

    def debt(self) -> tuple[int, int]:
        """What members owe in all, and how many members have points."""
        ...


class Deeds(Protocol):
    """行为 · 更正: what moved points without a sale."""

    def times(self, member_id: UUID, *, today: date) -> dict[str, Times]:
        """How often the member did what, by its code; with what those did who became them."""
        ...

    def credit(self, credited: Credited) -> None: ...

    def corrected(self, member_id: UUID, staff_no: int, *, on: date) -> int:
        """Points that one person corrected of a member on a day, up and down together."""
        ...

    def correct(self, correction: Correction) -> None: ...
