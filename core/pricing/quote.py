"""报价: `quote(basket, standing, rulebook, moment)`, the pure function that prices a basket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core.pricing.adjustment import Adjustment, Rejected


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A priced line: fen and thousandths; `points` are this line's share of the sale's."""

    no: int
    code: str
    quantity_milli: int
    list_fen: int
    payable_fen: int
    spend_fen: int
    points: int
    is_special: bool = False
    is_outside: bool = False


@dataclass(frozen=True)
class Quote:
    """What a basket costs and earns, line by line, and why.

    `lines` stand in order of scanning. `points` and `spend_fen` (the base of points and of tier
    spend) take the basket's tenders into account; a part not yet paid counts as earning.
    `due_fen` is what is still to pay, `change_fen` what cash overpaid.
    """

    lines: tuple[QuoteLine, ...]
    adjustments: tuple[Adjustment, ...]
    rejected: tuple[Rejected, ...]
    list_fen: int
    payable_fen: int
    points: int
    spend_fen: int
    due_fen: int
    change_fen: int
    is_proven: bool = True

    @property
    def saved_fen(self) -> int:
        """已省: list less payable."""
        return self.list_fen - self.payable_fen

    @cached_property
    def canonical(self) -> bytes:
        """The bytes that pricing the same inputs again must give."""
        raise NotImplementedError

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes: what the customer was shown."""
        raise NotImplementedError
