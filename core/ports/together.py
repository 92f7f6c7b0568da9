"""同店的收银台的端口: sales of all tills as they are read of their events, and who claims what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.together import BatchSaid, Claim, ClaimKind, PartBack


class SoldThere(Struct, frozen=True):
    """A sale of some till; what it was says the event `event_id`, at this place in its chain."""

    id: UUID
    no: str
    event_id: UUID
    till_id: UUID
    member_id: UUID | None


class SoldSales(Protocol):
    """卖过的单, at the server."""

    def add(self, sales: Sequence[SoldThere]) -> None: ...

    def undone(self, sale_ids: Collection[UUID]) -> set[UUID]:
        """Those of which something came back, or that are void."""
        ...

    def get(self, sale_id: UUID) -> SoldThere | None: ...

    def by_no(self, no: str) -> tuple[SoldThere, ...]:
        """Several where copies of a till gave one number twice."""
        ...

    def event_of(self, sale: SoldThere) -> bytes:
        """The bytes of its event."""
        ...

    def void(self, sale_id: UUID) -> None: ...

    def is_void(self, sale_id: UUID) -> bool: ...

    def gone(self, sale_id: UUID) -> None:
        """Nothing of it stands any more."""
        ...

    def came_back(self, sale_id: UUID, parts: Collection[PartBack]) -> None:
        """By a return; a second time it changes nothing."""
        ...

    def parts(self, sale_id: UUID) -> tuple[PartBack, ...]:
        """All that came back of it."""
        ...

    def expired(self, lot_id: UUID) -> int:
        """Points of a lot that are past their day and gone."""
        ...

    def last_days(self, lot_ids: Collection[UUID]) -> dict[UUID, date | None]:
        """Of lots that anything is known of."""
        ...


class ChainCode(Struct, frozen=True):
    """一次券: a code of the chain, of which batch, and whether it was withdrawn."""

    code: str
    batch_id: UUID
    is_withdrawn: bool


class Codes(Protocol):
    """一次券, at the server."""

    def add(self, batch: BatchSaid) -> None: ...

    def withdraw(self, codes: Collection[str]) -> None:
        """Also those that are not heard of yet."""
        ...

    def get(self, code: str) -> ChainCode | None: ...

    def batch(self, batch_id: UUID) -> BatchSaid | None: ...

    def use(self, code: str, sale_id: UUID, no: str) -> None: ...

    def of_sale(self, sale_id: UUID) -> tuple[str, ...]: ...

    def used_by(self, code: str) -> tuple[str, ...]:
        """The numbers of the sales that used it, without those of which nothing stands."""
        ...


class Shelf(Struct, frozen=True):
    """兑换品库存: what a till had put on the shelf of a reward by this event of it."""

    till_id: UUID
    code: str
    incarnation: int
    seq: int
    units: int


class Shelves(Protocol):
    """兑换品库存, at the server."""

    def keep(self, shelf: Shelf) -> None:
        """An older one than what is there changes nothing."""
        ...

    def others(self, code: str, store_code: str, till_id: UUID) -> int:
        """What all tills of a store but this one have put there."""
        ...


class Claims(Protocol):
    """占用, at the server."""

    def lock(self, kind: ClaimKind, about: str) -> None:
        """Nobody else claims of it until the transaction ends."""
        ...

    def get(self, claim_id: UUID) -> Claim | None: ...

    def of(self, kind: ClaimKind, about: str) -> tuple[Claim, ...]:
        """Those that have not ended, the oldest first."""
        ...

    def keep(self, claim: Claim) -> None:
        """A new one, or what has changed of one."""
        ...
