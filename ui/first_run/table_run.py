"""一张表: looked at, checked and brought in on a thread, while the screen asks how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import Struct

from core.actions.bring_in import BringIn
from core.catalog import product_table
from core.errors import Cancelled, NoGoodRows
from core.members import member_table
from core.ports.intake import Counted, Intake
from core.shop import Shop
from core.values.table import BadRow, Headings, chosen_headings, found_columns

PRODUCTS, MEMBERS = "products", "members"
MOST_KEPT = 200_000
KNOWN: dict[str, Headings] = {
    PRODUCTS: product_table.HEADINGS,
    MEMBERS: member_table.HEADINGS,
}
NEEDED = {PRODUCTS: product_table.NEEDED, MEMBERS: member_table.NEEDED}


Opening = Callable[[Path, str], AbstractContextManager[tuple[Shop, Intake]]]
"""Opens the import of a file of products or members."""


class Seen(Struct, frozen=True):
    """A table before it is read: its headings, its first row, and which column is what."""

    headings: tuple[str, ...]
    example: tuple[str, ...]
    places: dict[str, int]


class Came(Struct, frozen=True):
    """What an import came to, in rows."""

    added: int
    changed: int
    unchanged: int


class Report(Struct, frozen=True):
    """What the check came to; of the bad rows the first `MOST_KEPT` stand in full.

    `coming`: what the good ones would come to; None where that was not asked for.
    """

    good: int
    bad: int
    rows: tuple[BadRow, ...]
    shared_phones: int
    coming: Counted | None = None


class TableRun:
    """`doing`, `done` and `total` may be read by the screen at any time."""

    def __init__(self, opening: Opening, file: Path, what: str, staff_no: int = 0) -> None:
        self._opening = opening
        self._staff_no = staff_no
        self.file = file
        self.what = what
        self.doing, self.done, self.total = "", 0, 0
        self._rows: list[BadRow] = []
        self._work: BringIn | None = None
        self._is_stopped = False

    def look(self) -> Seen:
        """Headings and first row; raises FileUnreadable, NotATable, Cancelled."""
        with (
            self._opening(self.file, self.what) as (_, intake),
            intake.open_table() as table,
        ):
            headings = tuple(table.headings)
            _, example = next(table.rows(), (0, []))
        if self._is_stopped:
            raise Cancelled()
        return Seen(headings, tuple(example), found_columns(headings, KNOWN[self.what]))

    def check(self, seen: Seen, places: dict[str, int]) -> Report:
        """Every row, changing nothing; raises Cancelled."""
        with self._begun(seen, places) as work:
            work.check(work.reading(), foresees=True)
            told = tuple(self._rows)
            return Report(work.good, work.bad, told, work.taken_phones, work.coming)

    def apply(self, seen: Seen, places: dict[str, int], *, takes_good_rows: bool) -> Came | Report:
        """The good rows, where all are good or only they are asked for; else what is wrong now."""
        with self._begun(seen, places) as work:
            reading = work.reading()
            with work.intake.ahead(reading, work.should_stop) as runs:
                work.check(reading)
                if work.bad and not takes_good_rows:
                    return Report(work.good, work.bad, tuple(self._rows), work.taken_phones)
                if not work.good:
                    raise NoGoodRows()
                came = work.apply(runs)
            return Came(came.added, came.changed, came.unchanged)

    def stop(self) -> None:
        """Leave nothing of it behind."""
        self._is_stopped = True
        if self._work is not None:
            self._work.stop()

    @contextmanager
    def _begun(self, seen: Seen, places: dict[str, int]) -> Iterator[BringIn]:
        self._rows.clear()
        chosen = chosen_headings(places, KNOWN[self.what], count=len(seen.headings))
        with self._opening(self.file, self.what) as (shop, intake):
            work = self._work = BringIn(
                shop, intake, self._note, self._tell, chosen, self._staff_no
            )
            if self._is_stopped:
                work.stop()
            try:
                work.clear_the_way()
                yield work
            finally:
                self._work = None

    def _note(self, row: BadRow) -> None:
        if len(self._rows) < MOST_KEPT:
            self._rows.append(row)

    def _tell(self, doing: str, done: int, total: int) -> None:
        self.doing, self.done, self.total = doing, done, total
