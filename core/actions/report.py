"""报表: X as a look, Z with the close, and the papers of shifts and of cash in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.counter import require_open_day
from core.errors import NoReportYet, NoSuchReport
from core.ports import Reading, Writing
from core.sales.day import Day
from core.sales.drawer import CashMove
from core.sales.report import (
    CashierLine,
    MoveLine,
    PartnerLine,
    Report,
    ReportHeading,
    ReportInfo,
    ReportKind,
    Turn,
    WhyLine,
    copy_of_report,
    day_report,
    move_lines,
    move_report,
    shift_report,
)
from core.sales.shift import Shift
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.ident import z_no
from core.values.moment import Moment, day_and_time, time_of_day

MOST_CHOSEN = 9
"""So many Z reports have a digit each; older ones are printed by their number (`z NO`)."""


def x_report(shop: Shop, *, staff: Staff, approval: Approval | None = None) -> Report:
    """X: the open day so far; raises DayNotOpen, NotAllowed. The audit log keeps that it was seen.

    Nothing is closed by it, however often it is made.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us, approval=approval)
        day = require_open_day(tx)
        tx.audit.note(
            "takings_seen",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=day.id.hex,
            detail=noted("", staff, answers),
        )
        return _of_day(tx, day, moment, staff, ReportKind.X)


def close_report(tx: Writing, day: Day, moment: Moment, staff: Staff) -> Report:
    """Z: make and keep the report of a day, within the transaction that closed it."""
    till, number = tx.till, tx.reports.next_number()
    no = z_no(till.store_code, till.till_no, till.incarnation, number)
    report = _of_day(tx, day, moment, staff, ReportKind.Z, no)
    tx.reports.add(report, day_id=day.id, number=number)
    return report


def report_again(
    shop: Shop, no: str | None = None, *, staff: Staff, approval: Approval | None = None
) -> Report:
    """补打日结单: by its number, or the last one; raises NoReportYet, NoSuchReport, NotAllowed."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.LOOK_AT_TAKINGS, now_us=now_us, approval=approval)
        report = tx.reports.by_no(no) if no else tx.reports.last()
        if report is None:
            raise NoSuchReport(no) if no else NoReportYet()
        tx.audit.note(
            "report_reprinted",
            at_us=now_us,
            staff_no=staff.no,
            subject=report.no,
            detail=noted("", staff, answers),
        )
    return copy_of_report(report)


class ReportRow(Struct, frozen=True):
    """A Z report to choose from: its number, the day, when it was closed, what was counted."""

    no: str
    business_on: date
    at: str
    counted_fen: int


def recent_reports(
    shop: Shop, *, staff: Staff, approval: Approval | None = None
) -> tuple[ReportRow, ...]:
    """日结单: the last ones, newest first; raises NoReportYet, NotAllowed."""
    with shop.store.read() as reading:
        now_us = shop.clock.now_us()
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=now_us, approval=approval)
        rows = tuple(_rows(reading))
    if not rows:
        raise NoReportYet()
    return rows


def _rows(reading: Reading) -> Iterator[ReportRow]:
    for day in reading.days.closed(limit=MOST_CHOSEN):
        no = reading.reports.no_of(day.id)
        if no and day.closed_us is not None:
            at = time_of_day(day.closed_us, reading.till.zone)
            yield ReportRow(no, day.business_on, at, day.counted_fen or 0)


def turn_report(reading: Reading, shift: Shift, moment: Moment, staff: Staff) -> Report:
    """交接班单: of a shift that was just counted."""
    day = require_open_day(reading)
    heading = _heading(reading, ReportKind.SHIFT)
    info = _info(reading, day, moment, staff)
    moves = _moves(reading, day.id, shift.id)
    return shift_report(heading, info, _turn(reading, shift), moves)


def cash_report(reading: Reading, move: CashMove, moment: Moment, staff: Staff) -> Report:
    """The paper of cash that was just paid in or out."""
    line, why = move_lines(move, _at(reading, move.at_us))
    day = require_open_day(reading)
    heading = _heading(reading, ReportKind(line.kind))
    info = _info(reading, day, moment, staff)
    number = len(reading.shifts.moves(day.id))
    no = f"{line.kind.upper()}-{info.business_on}-{number}"
    return move_report(heading, info, line, why, no)


def _of_day(
    reading: Reading, day: Day, moment: Moment, staff: Staff, kind: ReportKind, no: str = ""
) -> Report:
    return day_report(
        _heading(reading, kind, no),
        _info(reading, day, moment, staff),
        day,
        reading.days.takings(day.id),
        turns=[_turn(reading, shift) for shift in reading.shifts.of_day(day.id)],
        moves=_moves(reading, day.id),
        cashiers=[
            CashierLine(one.staff_no, one.sales, one.taken_fen)
            for one in reading.days.cashiers(day.id)
        ],
        partners=[
            PartnerLine(one.partner, one.uses, one.amount_fen)
            for one in reading.offer_uses.partners_of_day(day.id)
        ],
    )


def _heading(reading: Reading, kind: ReportKind, no: str = "") -> ReportHeading:
    return ReportHeading(reading.till.store_name, reading.till.till_no, kind.value, no)


def _info(reading: Reading, day: Day, moment: Moment, staff: Staff) -> ReportInfo:
    return ReportInfo(day.business_on.isoformat(), _at(reading, moment.at_us), staff.no)


def _turn(reading: Reading, shift: Shift) -> Turn:
    ended = _at(reading, shift.count.at_us) if shift.count else ""
    return Turn(shift, reading.shifts.takings(shift), _at(reading, shift.opened_us), ended)


def _moves(
    reading: Reading, day_id: UUID, shift_id: UUID | None = None
) -> Iterator[MoveLine | WhyLine]:
    for move in reading.shifts.moves(day_id):
        if shift_id in (None, move.shift_id):
            yield from move_lines(move, _at(reading, move.at_us))


def _at(reading: Reading, at_us: int) -> str:
    return day_and_time(at_us, reading.till.zone)
