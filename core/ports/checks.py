"""核对的端口: what the nightly check of a server asks of its store, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class BranchHere(Struct, frozen=True):
    """All events of a branch up to `through` are said to be here; `taken` places of them are."""

    till_id: UUID
    incarnation: int
    through: int
    taken: int


NO_BRANCH = BranchHere(UUID(int=0), 0, 0, 0)


class Checks(Protocol):
    """核对."""

    def before(self, event_ids: Collection[UUID]) -> dict[UUID, bytes]:
        """The hash of what lies right before each of these, where anything does."""
        ...

    def branches(self, behind: BranchHere, *, at_most: int) -> tuple[BranchHere, ...]:
        """By till and incarnation."""
        ...

    def roots(self, behind: UUID, *, at_most: int) -> tuple[UUID, ...]:
        """Members whom nobody became another, by id."""
        ...

    def accounts(self, root_ids: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
        """Accounts of these that are not what their transfers, or what is set aside, add up to."""
        ...

    def loose(self, root_ids: Collection[UUID]) -> tuple[UUID, ...]:
        """Those of them who have more points than their lots hold, and no till overspent them."""
        ...

    def programme(self) -> tuple[tuple[UUID, str], ...]:
        """The same of the accounts that are no member's."""
        ...
