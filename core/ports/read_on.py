"""读到哪里: how far the readings have come in each life of each till."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.fact import Event


class HowFar(Struct, frozen=True):
    """All that is here of a life of a till up to `through` is read, or will never be.

    `there`: up to this number it is here. `before`: it was known before that so much is read.
    """

    till_id: UUID
    incarnation: int
    before: int
    through: int
    there: int


class ReadOn(Protocol):
    """读到哪里. `read_up_to` is the place of arrival up to which everything is read."""

    def of(self, till_ids: Collection[UUID], *, read_up_to: int) -> tuple[HowFar, ...]:
        """Each life of these tills; what is kept apart, or was passed, holds up nothing."""
        ...

    def keep(self, far: Collection[HowFar]) -> None:
        """So far they are read: nobody needs to look at what lies before again."""
        ...

    def events(self, far: HowFar, *, behind: int, until: int) -> tuple[Event, ...]:
        """Those of a life with a number behind one and up to another; nothing beside them."""
        ...
