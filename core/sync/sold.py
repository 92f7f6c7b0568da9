"""卖过的单: what events say of a sale and of what came back of it, as far as tills ask for it."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Struct

from core.sync.fact import Event
from core.sync.together import PartBack
from core.sync.told import LotOfSale, SpentTold, read_body

SETTLED, VOIDED, CAME_BACK = "SaleSettled", "SaleVoided", "SaleReturned"


class LineSold(Struct, frozen=True):
    """A line of a basket: its number and how much of it (thousandths)."""

    no: int
    quantity_milli: int


class BasketSold(Struct, frozen=True):
    """What was sold, and to whom."""

    sale_id: UUID
    member_id: UUID | None = None
    lines: tuple[LineSold, ...] = ()


class Settled(Struct, frozen=True):
    """A sale: its number, its goods, and the lots that it made and took of."""

    basket: BasketSold
    no: str = ""
    lot: LotOfSale | None = None
    spent: SpentTold | None = None


class Voided(Struct, frozen=True):
    """All of a sale came back."""

    sale: UUID


class Returned(Struct, frozen=True):
    """Parts of a sale came back; of each line its number, how much, and what it comes to."""

    sale: UUID
    return_id: UUID = msgspec.field(name="return")
    lines: tuple[tuple[int, ...], ...] = ()

    def parts(self, till_id: UUID) -> tuple[PartBack, ...]:
        """By the till that took them."""
        return tuple(PartBack(self.return_id, till_id, no, milli) for no, milli, *_ in self.lines)


Said = Settled | Voided | Returned
_KINDS: dict[str, type[Settled | Voided | Returned]] = {
    SETTLED: Settled,
    VOIDED: Voided,
    CAME_BACK: Returned,
}


def sold_by(event: Event) -> Said | None:
    """What an event says; None of any other kind. Raises BadRecord."""
    kind = _KINDS.get(event.kind)
    return None if kind is None else read_body(event.data, kind).body
