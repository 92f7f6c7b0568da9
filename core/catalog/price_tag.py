"""标价签: what stands on the shelf before a product."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class PriceTag(Struct, frozen=True):
    """One tag; prices are fen of one `unit`, `on` is the business date that it was made on.

    `special_fen` is what everybody pays instead of `list_fen` that day, `member_fen` what members
    pay; None where it is not less.
    """

    code: str
    name: str
    spec: str
    unit: str
    list_fen: int
    on: date
    special_fen: int | None = None
    member_fen: int | None = None

    @property
    def price_fen(self) -> int:
        """What somebody without a card pays."""
        return self.list_fen if self.special_fen is None else self.special_fen
