"""名录的端口: members of a chain one after another, at the server."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from core.sync.snapshot import Row


class Listing(Protocol):
    """会员名录, as it stands now; by id, behind one of them, or from the first one on."""

    def count(self) -> int:
        """About how many there are."""
        ...

    def rows(self, after: UUID | None, *, most: int) -> list[Row]: ...

    def of_store(
        self, store_code: str, since: date, after: UUID | None, *, most: int
    ) -> tuple[tuple[UUID, UUID], ...]:
        """Those who joined at a store, or came to it on this day or later, and who they are now.

        And whoever was erased: a till that takes a snapshot may know them from long ago.
        """
        ...
