"""各台的单的端口: what the server asks of the events of one till, by their numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class TillDeeds(Protocol):
    """各台的单."""

    def lives(self, till_ids: Collection[UUID]) -> tuple[tuple[UUID, int, int], ...]:
        """Till, incarnation, and up to which number all is there; by till and incarnation."""
        ...

    def between(
        self, till_id: UUID, incarnation: int, first: int, last: int, *, most: int, from_last: bool
    ) -> tuple[tuple[int, str, bytes], ...]:
        """Number, kind and bytes of sales, voids and returns, both ends inclusive.

        At most so many, from the first on or from the last back.
        """
        ...
