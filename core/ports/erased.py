"""删过谁: kept beside the store, which may be put back to a time before somebody was erased."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.certificate import Why


class Gone(Struct, frozen=True):
    """Who was erased here, by all ids that they were known as, which say nothing of anybody."""

    members: tuple[UUID, ...]
    why: Why
    at_us: int


class ErasedBeside(Protocol):
    """删过谁, beside the store and beside its backups."""

    def known(self) -> tuple[Gone, ...]:
        """All that the key of this store has sealed, the eldest first."""
        ...

    def keep(self, gone: Gone) -> None:
        """Once. Where the disk takes nothing the next backup does it: never raises."""
        ...
