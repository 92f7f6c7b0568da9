"""预留的端口: what a till knows of the points that are set aside for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from core.sync.own_escrow import Line, OwnEscrow


class OwnEscrows(Protocol):
    """Askings of this till, until the server was told how each of them ended."""

    def line(self) -> Line | None:
        """How the line to the chain is; None for a till without one."""
        ...

    def set_line(self, line: Line) -> None: ...

    def of_member(self, member_id: UUID) -> tuple[OwnEscrow, ...]: ...

    def all(self) -> tuple[OwnEscrow, ...]:
        """The oldest first."""
        ...

    def get(self, escrow_id: UUID) -> OwnEscrow | None: ...

    def keep(self, own: OwnEscrow) -> None:
        """A new one, or what has changed of one; what remains of it is never less than nothing."""
        ...

    def forget(self, escrow_id: UUID) -> None:
        """The server knows how it ended, or nobody can tell it any more."""
        ...

    def drop(self) -> None:
        """The chain was left."""
        ...

    def likely(self, *, since: date, least: int, limit: int) -> Sequence[tuple[UUID, int]]:
        """会来的: who bought here since a business date and has that many points, with them.

        Whoever came on most days first.
        """
        ...
