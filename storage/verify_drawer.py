"""核对钱箱: days and shifts fit together, and what each should hold is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from uuid import UUID

from core.sales.day import Day
from core.sales.shift import Shift
from core.sales.takings import Takings
from storage.columns import Connection
from storage.days import StoredDays
from storage.shifts import StoredShifts

_REPORTS = {
    "report_missing": (
        "SELECT hex(id) FROM days WHERE closed_us IS NOT NULL "
        "AND id IN (SELECT day_id FROM shifts) AND id NOT IN (SELECT day_id FROM reports)"
    ),
    "report_number_missing": (
        "SELECT incarnation FROM reports GROUP BY incarnation HAVING count(*) <> max(number)"
    ),
}
_DAYS = "SELECT DISTINCT day_id FROM shifts"
_SALES_OUTSIDE = (
    "SELECT no FROM sales WHERE day_id IN (SELECT day_id FROM shifts) AND NOT EXISTS ("
    "SELECT 1 FROM shifts LEFT JOIN counts ON counts.shift_id = shifts.id "
    "WHERE shifts.day_id = sales.day_id AND sales.n > shifts.after_n "
    "AND sales.n <= coalesce(counts.last_n, sales.n))"
)


def drawer_findings(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong, and where: the number of a sale or the id of a day or shift."""
    for (no,) in connection.execute(_SALES_OUTSIDE).fetchall():
        yield "sale_without_shift", str(no)
    for what, sql in _REPORTS.items():
        for (where,) in connection.execute(sql).fetchall():
            yield what, str(where)
    for (ident,) in connection.execute(_DAYS).fetchall():
        day = StoredDays(connection).get(UUID(bytes=ident))
        if day is None:
            yield "shift_without_day", ident.hex()
        else:
            yield from _day_findings(connection, day)


def _day_findings(connection: Connection, day: Day) -> Iterator[tuple[str, str]]:
    stored = StoredShifts(connection)
    shifts = stored.of_day(day.id)
    takings = [stored.takings(shift) for shift in shifts]
    if not _is_chain(day, shifts):
        yield "shifts_differ", day.id.hex
    for shift, took in zip(shifts, takings, strict=True):
        if shift.count and shift.count.expected_fen != took.expected_fen(shift.float_fen):
            yield "count_differs", shift.id.hex
    if reduce(Takings.plus, takings, Takings()) != StoredDays(connection).takings(day.id):
        yield "takings_differ", day.id.hex


def _is_chain(day: Day, shifts: tuple[Shift, ...]) -> bool:
    """Each begins with what was counted before; only the last of an open day is open."""
    last = shifts[-1]
    counted = None if last.count is None else last.count.counted_fen
    return (
        [shift.no for shift in shifts] == list(range(1, len(shifts) + 1))
        and shifts[0].float_fen == day.float_fen
        and all(
            one.count is not None and one.count.counted_fen == two.float_fen
            for one, two in pairwise(shifts)
        )
        and last.is_open == (day.closed_us is None)
        and counted == day.counted_fen
    )
