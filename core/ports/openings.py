"""期初的端口: opening lots of imports, which a card brings once into a chain."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct


class Opening(Struct, frozen=True):
    """An opening lot. `card_no` "": its import was taken back, or nobody knows the card any more.

    `taken` of it were taken out again since the card had brought one already, `times` says how
    often that was done or undone.
    """

    root_id: UUID
    lot_id: UUID
    member_id: UUID
    card_no: str
    amount: int
    expires_on: date | None
    import_id: UUID
    taken: int = 0
    times: int = 0


class Openings(Protocol):
    """期初, at the server."""

    def of(self, root_ids: Collection[UUID]) -> tuple[Opening, ...]:
        """All of these persons, those that were brought first come first."""
        ...
