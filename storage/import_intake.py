"""导入所需: all that an import asks of storage, about one table and one store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from msgspec import Struct

from core.values.moment import Moment
from storage.import_ahead import runs_ahead
from storage.import_check import check_members, check_products, met_on_the_way, newest
from storage.import_foresee import foresee_members, foresee_products
from storage.import_record import Imported, Source
from storage.import_runs import member_runs, product_runs
from storage.import_undo import ShouldStop
from storage.imports import import_members, import_products, undo_unfinished
from storage.store import TillStore
from storage.tables import Table, open_table

ReadRows = Callable[[Sequence[str], Iterable[tuple[int, Sequence[str]]]], Iterator[Any]]


class Intake(Struct, frozen=True):
    """`what` is "products" or "members"; `shares_phones`: a manager says that members may."""

    store: TillStore
    file: Path
    what: str
    shares_phones: bool = False

    @property
    def is_of_products(self) -> bool:
        """Whether the table has products; otherwise it has members."""
        return self.what == "products"

    def undo(self, moment: Moment, should_stop: ShouldStop) -> None:
        """Take back what a killed import left, else its rows would be taken for members."""
        undo_unfinished(self.store, moment, should_stop=should_stop)

    def open_table(self) -> AbstractContextManager[Table]:
        """The table of the file, to be read once."""
        return open_table(self.file)

    def check(self, rows: Iterable[Any]) -> Iterable[Any]:
        """The same rows; those that clash with the store have become bad ones."""
        if self.is_of_products:
            return check_products(self.store, rows)
        return check_members(self.store, rows, shares_phones=self.shares_phones)

    def foresee(self, rows: Sequence[Any], moment: Moment) -> Imported:
        """What some good rows would come to; nothing is written."""
        if self.is_of_products:
            return foresee_products(self.store, rows)
        return foresee_members(self.store, rows, moment)

    def ahead(
        self, reading: ReadRows, should_stop: ShouldStop
    ) -> AbstractContextManager[Iterable[Any]]:
        """The good rows, got ready for `apply` beside the check."""
        make_runs: Callable[[Iterable[Any]], Iterator[Any]] = (
            product_runs if self.is_of_products else member_runs
        )
        return runs_ahead(self.file, make_runs, reading, should_stop)

    def apply(self, runs: Iterable[Any], *, bad: int, staff_no: int, **how: Any) -> Imported:
        """Add and update what the runs hold: `storage.imports` says how."""
        source = Source(self.file.name, staff_no, bad)
        bring = import_products if self.is_of_products else import_members
        return bring(self.store, runs, source=source, **how)

    def newest(self) -> tuple[int, int]:
        """Whom and what the counter added last, to be asked for later."""
        return newest(self.store)

    def met(self, since: tuple[int, int]) -> Iterable[tuple[str, str]]:
        """Whom the counter added since, and who came in with the same phone or number."""
        return met_on_the_way(self.store, since, shares_phones=self.shares_phones)
