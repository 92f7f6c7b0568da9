"""同店挂单的端口: at the server what tills hold, at a till what became of it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.held import HeldPut


class HeldRow(Struct, frozen=True):
    """挂单, at the server: whose it is, and who has taken it until when."""

    put: HeldPut
    store_code: str
    till_id: UUID
    taken_by: UUID | None = None
    taken_no: int = 0
    until_us: int = 0
    is_done: bool = False

    def is_taken(self, now_us: int) -> bool:
        """Whether somebody has it at the counter."""
        return self.taken_by is not None and not self.is_done and now_us <= self.until_us


class HeldThere(Protocol):
    """挂单, at the server."""

    def lock(self, store_code: str) -> None:
        """Nobody else changes those of this store until the transaction ends."""
        ...

    def of_store(self, store_code: str) -> tuple[HeldRow, ...]:
        """The oldest first."""
        ...

    def keep(self, row: HeldRow) -> None: ...

    def drop(self, held_id: UUID) -> None: ...

    def told(self, till_id: UUID) -> int:
        """The number of what a till told last."""
        ...

    def tell(self, till_id: UUID, no: int) -> None: ...


class Taken(Struct, frozen=True):
    """取来的: a basket that another till held, and the id of the sale that it becomes here."""

    id: UUID
    sale_id: UUID
    at_us: int


class HeldAwayHere(Protocol):
    """挂单, at a till."""

    def away(self) -> Mapping[UUID, int]:
        """Those of here that others have taken, and the numbers of their tills."""
        ...

    def set_away(self, away: Iterable[tuple[UUID, int]]) -> None: ...

    def taken(self) -> tuple[Taken, ...]: ...

    def take(self, taken: Taken) -> None: ...

    def let_go(self, held_id: UUID) -> None: ...

    def number(self, now_us: int) -> int:
        """Of what is told next: of this moment, and higher than any before where a clock stands."""
        ...

    def drop(self) -> None:
        """The chain was left: what is held here is this till's own again."""
        ...
