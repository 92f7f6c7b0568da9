"""日课: what the server does once for each day of the chain, a page at a time."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from msgspec import Struct


class DailyRun(Struct, frozen=True):
    """How far a work of the day has come; `place` is its own affair, "" the beginning.

    `done_us`: when it ended; None while it is under way. `found`: what it came upon, in numbers.
    """

    name: str
    on: date
    place: str = ""
    done_us: int | None = None
    found: int = 0


class Daily(Protocol):
    """日课, at the server."""

    def get(self, name: str) -> DailyRun | None:
        """None where it never began. Who asks within a transaction goes on with it alone."""
        ...

    def all(self) -> tuple[DailyRun, ...]: ...

    def keep(self, run: DailyRun) -> None:
        """It begins, has come further, or has ended."""
        ...
