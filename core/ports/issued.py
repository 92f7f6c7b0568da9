"""下发: rulebooks and prices with the day from which they hold, at head office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from core.sync.feed import ProductIssued


class IssuedRulebook(Struct, frozen=True):
    """下发的规则册: a version of head office, as JSON, and the day from which it holds."""

    version: int
    begins_on: date
    record: bytes
    issued_us: int


class IssuedRulebooks(Protocol):
    """下发的规则册, at the server."""

    def begins(self) -> tuple[tuple[int, date], ...]:
        """Each version with its day, in that order; of the same day the higher version last."""
        ...

    def some(self, versions: Collection[int]) -> tuple[IssuedRulebook, ...]: ...

    def keep(self, issued: IssuedRulebook) -> None:
        """A new one, or another day for one."""
        ...


class StorePrice(Struct, frozen=True):
    """下发的商品: what holds of a code from a day on, in all stores or ("S01") in one."""

    code: str
    store_code: str
    product: ProductIssued
    issued_us: int


class IssuedProducts(Protocol):
    """下发的商品, at the server."""

    def of(self, codes: Collection[str]) -> dict[str, list[StorePrice]]:
        """All that was ever issued of these codes, in the order in which it was issued."""
        ...

    def keep(self, prices: Sequence[StorePrice]) -> None:
        """New ones, in the place of those of the same code, store and day."""
        ...
