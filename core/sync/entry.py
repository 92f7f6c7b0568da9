"""名录的一行: a member as every till of the chain may know them."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct


class Entry(Struct, frozen=True, array_like=True):
    """Masked; keys are those of `core.sync.directory.blind_key`."""

    id: UUID
    name: str
    tier: str
    points: int
    is_frozen: bool = False
    cards: tuple[bytes, ...] = ()
    phones: tuple[bytes, ...] = ()
