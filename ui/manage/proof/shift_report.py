"""班次的报表: what each cashier's shifts come to, or shift by shift, as a table for a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from core.actions.reports import Reported
from core.actions.shift_reports import CashierSum, ShiftRow
from core.ports.insight import Findings, Heading, Kind, Value
from core.sales.shift import Shift
from core.values.moment import time_of_day
from ui.text import tr

Days = tuple[date, date]
_PEOPLE = (
    Heading("staff", Kind.WORDS),
    Heading("shifts", Kind.COUNT),
    Heading("sales", Kind.COUNT),
    Heading("taken_fen", Kind.MONEY),
    Heading("short_fen", Kind.MONEY),
    Heading("over_fen", Kind.MONEY),
    Heading("voids", Kind.COUNT),
    Heading("returns", Kind.COUNT),
    Heading("openings", Kind.COUNT),
)
_SHIFTS = (Heading("day", Kind.DAY), Heading("span", Kind.WORDS), _PEOPLE[0], *_PEOPLE[2:])


def span_of(shift: Shift, zone: tzinfo) -> str:
    """From when until when."""
    until = time_of_day(shift.count.at_us, zone) if shift.count else tr("还在班")
    return f"{time_of_day(shift.opened_us, zone)} – {until}"


def people_report(sums: Iterable[CashierSum], days: Days) -> Reported:
    """A row for each cashier."""
    rows: list[tuple[Value, ...]] = [
        (
            each.name,
            each.shifts,
            each.sales,
            each.taken_fen,
            each.short_fen,
            each.over_fen,
            each.voids,
            each.returns,
            each.openings,
        )
        for each in sums
    ]
    return Reported(Findings("shift_people", *days, _PEOPLE, tuple(rows)))


def shifts_report(
    rows: Iterable[ShiftRow], openings: Mapping[str, int], zone: tzinfo, days: Days
) -> Reported:
    """A row for each shift; what it is short or over is not known before it is counted."""
    found = tuple(_shift(row, openings, zone) for row in rows)
    # Two shifts of a day are two rows: nothing is drawn of them.
    return Reported(Findings("shift_rows", *days, _SHIFTS, found, keys=len(_SHIFTS)))


def _shift(row: ShiftRow, openings: Mapping[str, int], zone: tzinfo) -> tuple[Value, ...]:
    takings, over_fen = row.takings, row.difference_fen
    return (
        row.business_on,
        span_of(row.shift, zone),
        row.cashier,
        takings.sales,
        takings.taken_fen,
        None if over_fen is None else max(0, -over_fen),
        None if over_fen is None else max(0, over_fen),
        takings.voids,
        takings.returns,
        openings.get(row.shift.id.hex, 0),
    )
