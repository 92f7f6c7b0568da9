"""名录的端口: the members of a chain as every till of it may know them, found by blind keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class Listed(Struct, frozen=True):
    """A member, masked; `cards` and `phones` are blind keys (`core.sync.directory`).

    `ends_on`: before that day is over no tier of theirs ends; None: none ever does.
    """

    id: UUID
    name: str
    tier: str
    is_frozen: bool = False
    cards: tuple[bytes, ...] = ()
    phones: tuple[bytes, ...] = ()
    ends_on: date | None = None


class ChainDirectory(Protocol):
    """会员名录, at the server: worked out of the readings, and kept for who looks for a key."""

    def keep(self, listed: Sequence[Listed], *, of: Collection[UUID]) -> None:
        """They stand so now; who is among `of` and not among them is not listed any more."""
        ...

    def by_key(self, key: bytes) -> tuple[UUID, ...]:
        """Who has this card or phone, by id: several may share a phone."""
        ...

    def ending(
        self, behind: tuple[date, UUID], *, before: date, at_most: int
    ) -> tuple[tuple[date, UUID], ...]:
        """Whose tier may have ended before that day: in the order of their days, and by id."""
        ...

    def ends_later(self, root_id: UUID, ends_on: date | None) -> None:
        """Somebody has looked: nothing ends before that day is over."""
        ...
