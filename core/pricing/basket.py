"""购物车: what has been scanned so far; immutable, each change makes a new one.

The sale id exists from the first moment, so that a double press can never sell twice (sync.md 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from core.catalog.product import Product
from core.errors import BadQuantity, BasketFull, NoSuchLine
from core.pricing.tender import Tender
from core.values.quantity import ONE, check_quantity, format_quantity, is_whole

MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class BasketLine:
    """行: a product and how much of it. `label_fen` is the price printed by a scale, if any.

    `no` names the line within this basket, for ever: it is not reused after a removal.
    """

    no: int
    product: Product
    quantity_milli: int
    label_fen: int | None = None

    @property
    def is_joinable(self) -> bool:
        """Whole units without a label of their own are added together; weighed lines stay apart.

        So does what is sold by weight and happens to weigh a whole kilogram.
        """
        return (
            self.label_fen is None and not self.product.is_weighed and is_whole(self.quantity_milli)
        )


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines in order of scanning, the member and the tenders handed over so far."""

    sale_id: UUID
    lines: tuple[BasketLine, ...] = ()
    member_id: UUID | None = None
    tenders: tuple[Tender, ...] = ()
    next_line: int = 1

    @property
    def is_empty(self) -> bool:
        """No line scanned; a member alone makes no sale."""
        return not self.lines

    def line(self, no: int) -> BasketLine:
        """The line of this number; raises NoSuchLine."""
        for line in self.lines:
            if line.no == no:
                return line
        raise NoSuchLine(no)

    def add(
        self, product: Product, quantity_milli: int = ONE, *, label_fen: int | None = None
    ) -> Basket:
        """With more of a product: joined to a like line, or a line of its own at the end."""
        check_quantity(quantity_milli)
        fresh = BasketLine(self.next_line, product, quantity_milli, label_fen)
        if fresh.is_joinable:
            for line in self.lines:
                if line.is_joinable and line.product == product:
                    return self.with_quantity(line.no, line.quantity_milli + quantity_milli)
        if len(self.lines) >= MAX_LINES:
            raise BasketFull(MAX_LINES)
        return replace(self, lines=(*self.lines, fresh), next_line=self.next_line + 1)

    def with_quantity(self, no: int, quantity_milli: int) -> Basket:
        """With another quantity on a line; raises BadQuantity for a labelled line or bad number."""
        if self.line(no).label_fen is not None:
            raise BadQuantity(format_quantity(quantity_milli))
        check_quantity(quantity_milli)
        lines = tuple(
            replace(line, quantity_milli=quantity_milli) if line.no == no else line
            for line in self.lines
        )
        return replace(self, lines=lines)

    def without(self, no: int) -> Basket:
        """Without a line; raises NoSuchLine."""
        gone = self.line(no)
        return replace(self, lines=tuple(line for line in self.lines if line is not gone))

    def with_member(self, member_id: UUID | None) -> Basket:
        """For a member, or for nobody."""
        return replace(self, member_id=member_id)

    def with_tenders(self, tenders: tuple[Tender, ...]) -> Basket:
        """With these tenders handed over instead of the former ones."""
        return replace(self, tenders=tenders)
