"""下发: rulebooks and prices with the day from which they hold, at head office and at a till."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from core.rulebook.rulebook import Rulebook
from core.sync.feed import ProductIssued


class Rulebooks(Protocol):
    """规则册, at a till: its own, and those of head office with the day each of them begins."""

    def current(self) -> Rulebook: ...

    def get(self, version: int) -> Rulebook:
        """The version that a sale was priced under."""
        ...

    def find(self, version: int) -> Rulebook | None: ...

    def newest(self) -> int:
        """The highest version that is kept, whether it holds or not."""
        ...

    def add(self, rulebook: Rulebook) -> None:
        """It holds from now on."""
        ...

    def plan(self, rulebook: Rulebook, begins_on: date) -> None:
        """One of head office is kept, and begins on that day; what holds now goes on."""
        ...

    def planned(self) -> tuple[tuple[int, date], ...]:
        """Version and beginning of each that came from head office, in the order they begin."""
        ...

    def due(self, on: date) -> int | None:
        """The version that should hold on this day and does not; None where all is well.

        One that was refused on the same day is not told again.
        """
        ...

    def hold(self, version: int) -> None:
        """It is the current one from now on."""
        ...

    def refuse(self, version: int, on: date) -> None:
        """It cannot hold today."""
        ...


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


class Plans(Protocol):
    """总部的价, at a till: what holds of its products by head office, and what will."""

    def keep(self, code: str, plans: Sequence[ProductIssued]) -> None:
        """Instead of all that was known of this code."""
        ...

    def due(self, on: date, *, limit: int) -> tuple[str, ...]:
        """Codes of which something should hold on this day, and does not."""
        ...

    def of(self, code: str, on: date) -> ProductIssued | None:
        """What holds on a day."""
        ...

    def begin(self, code: str, on: date) -> None:
        """That is so now."""
        ...

    def waiting(self) -> tuple[int, date] | None:
        """How many codes will change, and from which day the first of them."""
        ...
