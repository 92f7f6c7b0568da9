"""导入: a table of products or members on its way in: checked first, then applied.

The table is read twice: first every row is checked, also beside what the store holds; then, where
all are good or only the good ones are asked for, they are applied. A cancelled import leaves
nothing behind. What is said of it, and where, is whoever's that begins it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field

from core.actions.allow import allow
from core.catalog.product_table import read_products
from core.errors import Cancelled, PhoneTaken, TwiceInTable
from core.members.member_table import HEADINGS, read_members
from core.ports.intake import Counted, Intake, ReadRows
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.table import BadRow

_LOOK_EVERY = 100
_FORESEEN_AT_ONCE = 20_000
OnProgress = Callable[[str, int, int], object]
CHECKING, APPLYING = "checking", "applying"
_PHONE = HEADINGS["phone"][0]


def begin_import(shop: Shop, what: str, file_name: str, *, staff: Staff) -> None:
    """Somebody brings a table in; the audit says who, and which. Raises NotAllowed, StaffGone."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.IMPORT_TABLES, now_us=now_us)
        tx.audit.note(
            "import_begun", at_us=now_us, staff_no=staff.no, subject=file_name, detail=what
        )


def end_import(shop: Shop, what: str, came: Counted | None, *, staff: Staff) -> None:
    """What it came to; None where nothing of it stayed."""
    with shop.store.write() as tx:
        said = "nothing" if came is None else f"{came.added} {came.changed} {came.unchanged}"
        tx.audit.note(
            "import_ended",
            at_us=shop.clock.now_us(),
            staff_no=staff.no,
            subject=str(0 if came is None else came.added + came.changed),
            detail=f"{what} {said}",
        )


class Coming(Struct):
    """What good rows would come to, so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class BringIn(Struct):
    """One table on its way in. `stop` may be called from any thread.

    `headings` stand for those of the table, where a person chose which column is what. `progress`
    is told CHECKING or APPLYING, how much is done, and of how much. `staff_no` is who brings it in,
    0 where nobody has logged in.
    """

    shop: Shop
    intake: Intake
    on_bad: Callable[[BadRow], object]
    on_progress: OnProgress
    headings: tuple[str, ...] = ()
    staff_no: int = 0
    good: int = 0
    taken_phones: int = 0
    is_stopped: bool = False
    coming: Coming = field(default_factory=Coming)
    _bad_lines: set[int] = field(default_factory=set)

    @property
    def bad(self) -> int:
        """Rows that cannot be imported."""
        return len(self._bad_lines)

    def stop(self) -> None:
        """Whatever was begun is undone first, then `Cancelled` is raised."""
        self.is_stopped = True

    def should_stop(self) -> bool:
        """Whether somebody asked for that."""
        return self.is_stopped

    def clear_the_way(self) -> None:
        """Take back what a killed import left; raises Cancelled."""
        self.intake.undo(self.shop.now(), self.should_stop)
        self._heed()

    def reading(self) -> ReadRows:
        """What makes good and bad rows of headings and cells."""
        read: ReadRows = read_products
        if not self.intake.is_of_products:
            with self.shop.store.read() as reading:
                scheme = reading.rulebooks.current().scheme
            today, shares = self.shop.now().business_on, self.intake.shares_phones
            read = partial(read_members, scheme=scheme, today=today, shares_phones=shares)
        return partial(_read_under, self.headings, read) if self.headings else read

    def check(self, reading: ReadRows, *, foresees: bool = False) -> int:
        """How many rows are good; raises Cancelled, and what a spoilt table raises.

        Where it `foresees`, `coming` says afterwards what they would come to.
        """
        self.good, self.coming, waiting = 0, Coming(), list[Any]()
        with self.intake.open_table() as table:
            for row in self.intake.check(reading(table.headings, table.rows())):
                self._heed()
                if isinstance(row, BadRow):
                    self._note(row)
                else:
                    self.good += 1
                    if foresees:
                        waiting.append(row)
                if len(waiting) == _FORESEEN_AT_ONCE:
                    self._foresee(waiting)
                if row.line % _LOOK_EVERY == 0:
                    self.on_progress(CHECKING, *table.progress)
        self._foresee(waiting)
        return self.good

    def apply(self, runs: Iterable[Any]) -> Counted:
        """Bring the good rows in."""
        return self.intake.apply(
            runs,
            moment=self.shop.now(),
            bad=self.bad,
            staff_no=self.staff_no,
            # As they were checked: in the midst of the import the store says other things.
            leaves_out=frozenset(self._bad_lines),
            on_progress=lambda done: self.on_progress(APPLYING, done, self.good),
            should_stop=self.should_stop,
        )

    def _foresee(self, waiting: list[Any]) -> None:
        if waiting:
            more = self.intake.foresee(waiting, self.shop.now())
            self.coming.added += more.added
            self.coming.changed += more.changed
            self.coming.unchanged += more.unchanged
            waiting.clear()

    def _note(self, row: BadRow) -> None:
        self._bad_lines.add(row.line)
        is_shared = isinstance(row.error, TwiceInTable) and row.column == _PHONE
        self.taken_phones += is_shared or isinstance(row.error, PhoneTaken)
        self.on_bad(row)

    def _heed(self) -> None:
        if self.is_stopped:
            raise Cancelled()


def _read_under(
    chosen: tuple[str, ...],
    read: ReadRows,
    _headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
) -> Iterator[Any]:
    """Read with other headings than the table's; another process must be able to find this."""
    return read(chosen, rows)
