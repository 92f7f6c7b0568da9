"""交接班: the leaving cashier counts the drawer, the next one begins with what was counted.

Whoever may not look at takings counts blind: the till tells the difference only once a count was
told to it, and each count that was told is in the audit log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, noted
from core.actions.counter import require_open_day, require_open_shift
from core.actions.telling import tell, words_of
from core.changes import Changes
from core.errors import BadMoney, DifferenceUnexplained, HeldMoney, MoneyTaken, Refused
from core.ports import Reading, Writing
from core.sales.day import Day
from core.sales.explanation import FOR_DIFFERENCE, Explanation, check_explanation
from core.sales.held import refuse_held_money
from core.sales.shift import Count, Shift
from core.sales.takings import Takings
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment, time_of_day
from core.values.money import format_money

if TYPE_CHECKING:
    from core.sales.report import Report


class DrawerNow(Struct, frozen=True):
    """Whose turn it is at the drawer, without a figure that a blind count must not see.

    `cashier` is the name of whoever opened the shift; `since` the store's time of that; `waits` why
    the shift cannot end yet, None where it can.
    """

    day: Day
    shift: Shift
    cashier: str
    since: str
    waits: Refused | None = None


class TakingsNow(Struct, frozen=True):
    """营业数: what the open day and its open shift took so far."""

    drawer: DrawerNow
    of_day: Takings
    of_shift: Takings

    @property
    def day(self) -> Day:
        """The open day."""
        return self.drawer.day

    @property
    def shift(self) -> Shift:
        """The open shift."""
        return self.drawer.shift

    @property
    def expected_fen(self) -> int:
        """The cash that should be in the drawer just now."""
        return self.of_shift.expected_fen(self.shift.float_fen)


class ShiftChanged(Struct, frozen=True):
    """`left` ended with its count, `begun` began with it; `report` is the paper of it."""

    left: Shift
    takings: Takings
    begun: Shift
    report: Report
    changes: Changes = Changes.DAY


def drawer_now(shop: Shop) -> DrawerNow:
    """Whose turn it is; raises DayNotOpen."""
    with shop.store.read() as reading:
        return _drawer(reading)


def takings_now(shop: Shop, *, staff: Staff, approval: Approval | None = None) -> TakingsNow:
    """A look at what was taken so far; raises DayNotOpen, NotAllowed."""
    with shop.store.read() as reading:
        now_us = shop.clock.now_us()
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=now_us, approval=approval)
        now = _drawer(reading)
        of_day = reading.days.takings(now.day.id)
        return TakingsNow(now, of_day, reading.shifts.takings(now.shift))


def _drawer(reading: Reading) -> DrawerNow:
    shift = require_open_shift(reading)
    cashier = reading.people.get(shift.opened_by)
    return DrawerNow(
        day=require_open_day(reading),
        shift=shift,
        cashier=cashier.name if cashier else "",
        since=time_of_day(shift.opened_us, reading.till.zone),
        waits=_unsettled(reading),
    )


def _unsettled(reading: Reading) -> Refused | None:
    """Money of a basket that is no sale yet: it lies in the drawer, and counts to no shift."""
    left = reading.baskets.open_one()
    if left is not None and left.taken_fen and reading.sales.get(left.sale_id) is None:
        return MoneyTaken(left.taken_fen)
    try:
        refuse_held_money(reading.baskets.held())
    except HeldMoney as held:
        return held
    return None


def _require_settled(reading: Reading) -> None:
    waits = _unsettled(reading)
    if waits is not None:
        raise waits


def count_drawer(shop: Shop, *, counted_fen: int, staff: Staff) -> int:
    """Tell the till what was counted; it tells the difference (fen): counted less expected.

    Raises DayNotOpen, NotAllowed, BadMoney, and MoneyTaken or HeldMoney as `change_shift`. Nothing
    is closed; the audit log keeps each count.
    """
    check_count(counted_fen)
    with shop.store.write() as tx:
        allow(tx, staff, Right.CHANGE_SHIFT, now_us=shop.clock.now_us())
        shift = require_open_shift(tx)
        _require_settled(tx)
        expected_fen = tx.shifts.takings(shift).expected_fen(shift.float_fen)
        tx.audit.note(
            "drawer_counted",
            at_us=shop.clock.now_us(),
            staff_no=staff.no,
            subject=shift.id.hex,
            detail=f"{counted_fen} expected {expected_fen}",
        )
    return counted_fen - expected_fen


def change_shift(
    shop: Shop,
    *,
    counted_fen: int,
    staff: Staff,
    to: Staff,
    explanation: Explanation | None = None,
    approval: Approval | None = None,
) -> ShiftChanged:
    """交接班: close the open shift with a count and begin the next one of `to` with it.

    Raises DayNotOpen, BadMoney, NotAllowed; MoneyTaken where the basket at the counter was paid in
    part, HeldMoney where a held one was; DifferenceUnexplained, ReasonNeeded or BadWords where the
    drawer does not hold what it should.
    """
    # A till takes scans before anybody asks for a report.
    from core.actions.report import turn_report

    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.CHANGE_SHIFT, now_us=moment.at_us, approval=approval)
        allow(tx, to, Right.SELL, now_us=moment.at_us)
        left, takings = close_shift(
            shop,
            tx,
            moment,
            counted_fen=counted_fen,
            staff=staff,
            answers=answers,
            explanation=explanation,
        )
        report = turn_report(tx, left, moment, staff)
        begun = open_shift(
            shop, tx, moment, day_id=left.day_id, no=left.no + 1, staff=to, float_fen=counted_fen
        )
    return ShiftChanged(left, takings, begun, report)


def open_shift(
    shop: Shop, tx: Writing, moment: Moment, *, day_id: UUID, no: int, staff: Staff, float_fen: int
) -> Shift:
    """Begin a shift within a transaction that saw to it that no other is open."""
    shift = Shift(shop.new_id(), day_id, no, moment.at_us, staff.no, float_fen)
    tx.shifts.add(shift)
    tx.audit.note(
        "shift_opened",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=shift.id.hex,
        detail=str(float_fen),
    )
    body = {
        "shift": shift.id,
        "day": day_id,
        "no": no,
        "staff_no": staff.no,
        "float_fen": float_fen,
    }
    tell(shop, tx, moment, "ShiftOpened", body)
    return shift


def close_shift(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    *,
    counted_fen: int,
    staff: Staff,
    answers: int,
    explanation: Explanation | None,
) -> tuple[Shift, Takings]:
    """End the open shift within a transaction; the raised errors are those of `change_shift`."""
    check_count(counted_fen)
    shift = require_open_shift(tx)
    _require_settled(tx)
    takings = tx.shifts.takings(shift)
    expected_fen = takings.expected_fen(shift.float_fen)
    told = _explained(counted_fen - expected_fen, explanation)
    count = Count(moment.at_us, staff.no, counted_fen, expected_fen, told)
    closed = replace(shift, count=count)
    tx.shifts.close(closed)
    reason = told.reason.value if told else ""
    tx.audit.note(
        "shift_closed",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=shift.id.hex,
        detail=noted(f"{counted_fen} expected {expected_fen} {reason}".strip(), staff, answers),
    )
    body = {
        "shift": shift.id,
        "staff_no": staff.no,
        **takings_record(takings),
        "float_fen": shift.float_fen,
        "expected_fen": expected_fen,
        "counted_fen": counted_fen,
        "reason": reason,
    }
    tell(shop, tx, moment, "ShiftClosed", body, words_of(shop, shift.id, told))
    return closed, takings


def takings_record(takings: Takings) -> dict[str, object]:
    """The figures as they stand in facts."""
    return {
        "sales": takings.sales,
        "voids": takings.voids,
        "returns": takings.returns,
        "tenders": [list(pair) for pair in takings.tenders],
        "paid_in_fen": takings.paid_in_fen,
        "paid_out_fen": takings.paid_out_fen,
    }


def check_count(counted_fen: int) -> None:
    """Raises BadMoney below zero."""
    if counted_fen < 0:
        raise BadMoney(format_money(counted_fen))


def _explained(difference_fen: int, explanation: Explanation | None) -> Explanation | None:
    """A difference needs its reason; where there is none, what was chosen before is dropped."""
    if difference_fen == 0:
        return None
    if explanation is None:
        raise DifferenceUnexplained(difference_fen)
    return check_explanation(explanation, FOR_DIFFERENCE)
