"""总部下发的，在收银台: rulebooks and prices that are kept for the day from which they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from core.rulebook.rulebook import Rulebook

if TYPE_CHECKING:  # no start needs what travels
    from core.sync.feed import ProductIssued


class OwnPlan(Struct, frozen=True):
    """定好的: what the shop itself lets hold from a business day on, and who decided it."""

    begins_on: date
    rulebook: Rulebook
    staff_no: int


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

    def versions(self) -> tuple[int, ...]:
        """All that are kept, the highest first."""
        ...

    def first_on(self, version: int) -> date | None:
        """The business date of the first sale that was priced under it, None where none was."""
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

    def forget_planned(self) -> None:
        """Head office tells once more which there are; what holds goes on until it has."""
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

    def intend(self, own: OwnPlan) -> None:
        """Keep one of the shop's own, which gets its version when it begins."""
        ...

    def intended(self) -> tuple[OwnPlan, ...]:
        """Those of the shop's own, in the order they begin."""
        ...

    def own_due(self, on: date) -> OwnPlan | None:
        """The last of them that should hold on this day; not told again where it was refused."""
        ...

    def withdraw(self, first: date, last: date) -> None:
        """Those that begin on these days, both inclusive, are no more."""
        ...

    def refuse_own(self, begins_on: date, on: date) -> None:
        """It cannot hold today."""
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

    def ahead(self, code: str) -> Sequence[ProductIssued]:
        """What has not begun of a code, in the order in which it will."""
        ...

    def begin(self, code: str, on: date) -> None:
        """That is so now."""
        ...

    def forget_begun(self) -> None:
        """Nobody but this shop said what holds: a price by hand, or of an import, may follow."""
        ...

    def forget_waiting(self) -> None:
        """Head office tells once more what is to come."""
        ...

    def waiting(self) -> tuple[int, date] | None:
        """How many codes will change, and from which day the first of them."""
        ...
