"""积分的端口: what the actions need of points beside the ledger itself."""

from __future__ import annotations

from datetime import date
from typing import Protocol

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
