"""赠品 · 加价购: what an offer lets a customer choose, as data (domain.md 2, stages 5 and 6)."""

from __future__ import annotations

from msgspec import Struct


class Giving(Struct, frozen=True):
    """Of `products` (by code) `units` in all, each for `price_fen` and `points` of the member's.

    A price of 0 makes it a gift, whatever it costs in points. More than list is never asked.
    """

    products: tuple[str, ...]
    units: int = 1
    price_fen: int = 0
    points: int = 0

    @property
    def is_gift(self) -> bool:
        """Whether it is given for nothing."""
        return self.price_fen == 0


class GiftStep(Struct, frozen=True):
    """一档: reached at ≥ `from_fen`, and at `from_milli` of quantity; then `gives` may be had."""

    gives: Giving
    from_fen: int = 0
    from_milli: int = 0
