"""挂单条: what a customer gets whose basket waits, with a code by which it is found again."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.pricing.basket import BasketLine
from core.sales.held import Held, held_no
from core.sales.receipt import CodeLine, Heading, Line, SaleInfo
from core.values.quantity import sold_milli


class HoldLine(Struct, frozen=True):
    """挂单: what this paper is about."""


class HeldLine(Struct, frozen=True):
    """What the basket is called, and what it came to when it was laid aside."""

    name: str
    pieces: int
    payable_fen: int


class HeldItemLine(Struct, frozen=True):
    """One product that waits."""

    name: str
    spec: str
    unit: str
    quantity_milli: int


class HoldSlip(Struct, frozen=True):
    """The lines of a hold slip."""

    sale_id: UUID
    lines: tuple[Line | HoldLine | HeldLine | HeldItemLine, ...]

    @property
    def no(self) -> str:
        """What names the paper."""
        return held_no(self.sale_id)

    @property
    def opens_drawer(self) -> bool:
        """Nothing was paid."""
        return False


def make_hold_slip(held: Held, heading: Heading, local_time: str) -> HoldSlip:
    """The slip of a basket that was laid aside; whose it is does not stand on it."""
    code = held.no
    items = [_item(line) for line in held.basket.lines]
    return HoldSlip(
        held.sale_id,
        (
            heading,
            HoldLine(),
            SaleInfo(code, local_time, held.staff_no),
            HeldLine(held.called, held.basket.pieces, held.payable_fen),
            *items,
            CodeLine(code),
        ),
    )


def _item(line: BasketLine) -> HeldItemLine:
    product = line.product
    milli = sold_milli(line.quantity_milli, line.label_fen, product.price_fen)
    return HeldItemLine(product.name, product.spec, product.unit, milli)
