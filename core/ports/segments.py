"""存下的客群的端口, and who is known not to be the same person."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from core.members.segment import SavedSegment


class Segments(Protocol):
    """存下的客群: conditions with a name."""

    def all(self) -> tuple[SavedSegment, ...]:
        """In the order in which they were made."""
        ...

    def get(self, segment_id: UUID) -> SavedSegment | None: ...

    def keep(self, saved: SavedSegment, *, at_us: int, staff_no: int) -> None:
        """New, or in the place of what had this id."""
        ...

    def remove(self, segment_id: UUID) -> None: ...


class Distinct(Protocol):
    """不是同一个人: pairs that a person looked at and told apart."""

    def add(self, one: UUID, other: UUID, *, at_us: int, staff_no: int) -> None:
        """In whichever order; once more changes nothing."""
        ...

    def remove(self, one: UUID, other: UUID) -> None:
        """They may be the same after all."""
        ...
