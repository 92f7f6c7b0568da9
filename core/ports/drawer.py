"""钱箱的端口: what the actions need to remember of days, shifts, voids and returns.

Protocols only; they belong to `core.ports.Reading`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.sales.day import Day
    from core.sales.drawer import CashMove
    from core.sales.receipt import Receipt
    from core.sales.report import Report
    from core.sales.returns import Return, SoldLine
    from core.sales.search import SaleSearch
    from core.sales.shift import Shift
    from core.sales.takings import CashierTakings, Takings
    from core.sales.void import SaleFacts, SoldRow, Void


class Days(Protocol):
    """营业日."""

    def open_one(self) -> Day | None:
        """The day that is open on this till."""
        ...

    def get(self, day_id: UUID) -> Day | None: ...

    def add(self, day: Day) -> None: ...

    def closed(self, *, limit: int) -> tuple[Day, ...]:
        """The days that were closed last, newest first."""
        ...

    def close(self, day: Day) -> None: ...

    def takings(self, day_id: UUID) -> Takings: ...

    def cashiers(self, day_id: UUID) -> tuple[CashierTakings, ...]:
        """Who sold on a day, by number."""
        ...


class Shifts(Protocol):
    """班次, and the cash that went in and out during them."""

    def open_one(self) -> Shift | None:
        """The shift that is open on this till."""
        ...

    def of_day(self, day_id: UUID) -> tuple[Shift, ...]:
        """All shifts of a day, in their order."""
        ...

    def add(self, shift: Shift) -> None:
        """A shift that opens: what is sold from now on is its."""
        ...

    def close(self, shift: Shift) -> None:
        """Keep the count of a shift; what was sold until now is its."""
        ...

    def takings(self, shift: Shift) -> Takings: ...

    def move(self, move: CashMove) -> None:
        """Keep cash that went in or out."""
        ...

    def moves(self, day_id: UUID) -> tuple[CashMove, ...]:
        """What went in and out on a day, in its order."""
        ...


class Reports(Protocol):
    """日结单: the Z reports of this till."""

    def next_number(self) -> int:
        """The next dense number of this till and incarnation, starting at 1."""
        ...

    def add(self, report: Report, *, day_id: UUID, number: int) -> None: ...

    def no_of(self, day_id: UUID) -> str:
        """The number of the report of a closed day."""
        ...

    def by_no(self, no: str) -> Report | None: ...

    def last(self) -> Report | None: ...


class Voids(Protocol):
    """作废, and what of the day's sales it has to know."""

    def facts(self, sale_id: UUID) -> SaleFacts | None:
        """What a void or a return has to know of a sale."""
        ...

    def of_day(self, day_id: UUID, *, limit: int) -> tuple[SoldRow, ...]:
        """What a day sold, newest first."""
        ...

    def receipt(self, sale_id: UUID) -> Receipt | None:
        """The paper of the void of a sale; None where it was not voided."""
        ...

    def add(self, void: Void, receipt: Receipt) -> None: ...


class Searches(Protocol):
    """找单."""

    def sales(self, search: SaleSearch) -> tuple[date, Iterator[SoldRow]]:
        """The sales that are looked for, with their goods, newest first, one after another.

        With them the day from which on these are all: later than the first day of the search where
        too many sales would have to be looked at.
        """
        ...

    def last_number(self) -> int:
        """The largest number that a sale of here may have; 0 where nothing was sold."""
        ...


class Returns(Protocol):
    """退货, and what of a sale is left to come back."""

    def lines(self, sale_id: UUID) -> tuple[SoldLine, ...]:
        """The lines of a sale with what came back of each."""
        ...

    def came_back(self, sale_id: UUID) -> dict[int, int]:
        """How much of each line of a sale came back here, also of one of another till."""
        ...

    def count(self, sale_id: UUID) -> int:
        """How many returns there were of a sale."""
        ...

    def receipt(self, no: str) -> Receipt | None:
        """The paper of a return by its number."""
        ...

    def get(self, return_id: UUID) -> tuple[UUID, str, Receipt] | None:
        """The sale, the number and the paper of a return."""
        ...

    def add(self, made: Return, receipt: Receipt) -> None: ...

    def exchange(self, return_id: UUID, sale_id: UUID, credit_fen: int) -> None:
        """换货: a return paid so much of a sale of the same transaction."""
        ...
