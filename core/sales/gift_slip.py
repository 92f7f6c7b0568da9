"""礼品小票: what somebody else may bring back without learning what it cost."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from core.sales.receipt import CodeLine, Heading, ItemLine, Line, Receipt, SaleInfo


class GiftLine(Struct, frozen=True):
    """礼品: what this paper is about."""


class GiftItemLine(Struct, frozen=True):
    """One product without its price."""

    name: str
    spec: str
    unit: str
    quantity_milli: int


class GiftSlip(Struct, frozen=True):
    """The lines of a gift slip; it carries the number of its sale, by which it comes back."""

    sale_no: str
    lines: tuple[Line | GiftLine | GiftItemLine, ...]

    @property
    def no(self) -> str:
        """What names the paper."""
        return f"{self.sale_no}-gift"

    @property
    def opens_drawer(self) -> bool:
        """No money moves with it."""
        return False


def items_of(receipt: Receipt) -> tuple[ItemLine, ...]:
    """What was sold, in its order."""
    return tuple(line for line in receipt.lines if isinstance(line, ItemLine))


def make_gift_slip(receipt: Receipt, chosen: Collection[int] | None = None) -> GiftSlip:
    """The gift slip of a receipt: of the items at these places (from 0), or of all of them."""
    heads = [line for line in receipt.lines if isinstance(line, Heading | SaleInfo)]
    items = [
        GiftItemLine(item.name, item.spec, item.unit, item.quantity_milli)
        for at, item in enumerate(items_of(receipt))
        if chosen is None or at in chosen
    ]
    return GiftSlip(receipt.sale_no, (*heads, GiftLine(), *items, CodeLine(receipt.sale_no)))
