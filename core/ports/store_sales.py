"""全店的销售的端口: what an office PC has of the sales of its store's tills, and how far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.catalog.product import Product
from core.sync.brought import Kept, ReturnBrought, SaleBrought, VoidBrought
from core.sync.store_sales import Life


class LifeHere(Struct, frozen=True):
    """A till in one of its lives: its events from `low` to `high` are here.

    `through` is up to which head office has them; 0: it has none, or knows of no such life.

    `n` is what it is called here. `oldest_us`: when the first of these sales was made; None where
    none is here yet.
    """

    n: int
    till_id: UUID
    incarnation: int
    till_no: int
    through: int
    heard_us: int
    is_over: bool
    low: int
    high: int
    oldest_us: int | None

    @property
    def lacks_new(self) -> bool:
        """Whether head office has more of it than is here."""
        return self.through > self.high

    @property
    def lacks_old(self) -> bool:
        """Whether what it sold earlier is not all here."""
        return self.low > 1 and self.high > 0 and self.through > 0


class Heard(Struct, frozen=True):
    """When head office told of the tills last, by which program here, and how late it is there.

    `whole_us`: when all that was new was here; None where it never was. Both by the clock of here,
    `LifeHere.heard_us` by that of head office, which is `ahead_us` ahead.
    """

    heard_us: int
    whole_us: int | None
    ahead_us: int
    program: str


class StoreSales(Protocol):
    """全店的销售."""

    def heard(self) -> Heard | None:
        """None where head office was never asked."""
        ...

    def hear(self, heard: Heard) -> None: ...

    def lives(self) -> tuple[LifeHere, ...]:
        """By till number, the newest life last."""
        ...

    def meet(self, lives: Sequence[Life]) -> None:
        """As head office has them now; of what it has no more, nothing is asked."""
        ...

    def move(self, life: LifeHere) -> None:
        """So much of it is here now."""
        ...

    def go_back(self) -> None:
        """All is gone through once more; what is here already stays as it is."""
        ...

    def known(self, event_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of them of which rows stand here."""
        ...

    def unread(self) -> int:
        """How many of them this program cannot read."""
        ...

    def add_sale(self, told: SaleBrought, products: Mapping[str, UUID]) -> None:
        """`products`: the ids of its goods here, by code; another one stands in the event."""
        ...

    def keep_goods(self, product: Product) -> None:
        """What a sale says of goods that are not here; what an earlier one said stays."""
        ...

    def add_void(self, told: VoidBrought) -> None: ...

    def add_return(self, told: ReturnBrought) -> None:
        """Under the next number where another return of the sale has its."""
        ...

    def lay_aside(self, kept: Kept) -> None:
        """It is kept and counts for nothing, until another program reads it."""
        ...
