"""开店 · 日结: a day opens with a float and closes with a count and a verified backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import keep_up, require_open_day
from core.actions.shift import check_count, close_shift, open_shift, takings_record
from core.actions.telling import tell
from core.changes import Changes
from core.errors import DayOpenAlready, OfficeSellsNothing, Unavailable, UnlikelyFloat
from core.ports import OnProgress, unheard
from core.sales.day import MOST_LIKELY_FLOAT_FEN, Day
from core.sales.explanation import Explanation
from core.sales.shift import Shift
from core.sales.takings import Takings
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import time_of_day

if TYPE_CHECKING:
    from core.actions.expire_points import Expired
    from core.actions.review_tiers import Reviewed
    from core.sales.report import Report


MOST_A_DAY = 20
"""Nobody opens and closes a till so often on one day."""


class LastClose(Struct, frozen=True):
    """上次日结: the day that was closed last, and when, in the store's time.

    `today` counts how often the business date of now was closed already.
    """

    day: Day
    at: str
    today: int


class DayOpened(Struct, frozen=True):
    """The day that is open now, and its first shift.

    `expired` is what the first step of the expiry took, `reviewed` what that of the tiers did;
    where they are not done, whoever opened the day goes on with `expire_points`, `review_tiers`.
    """

    day: Day
    shift: Shift
    expired: Expired
    reviewed: Reviewed
    changes: Changes = Changes.DAY | Changes.MEMBERS


class DayClosed(Struct, frozen=True):
    """How a day ended, its last shift with the count, and its Z report; `shifts` are all of it.

    `backup` says where the verified backup lies; `trouble` why there is none.
    """

    day: Day
    takings: Takings
    shift: Shift
    report: Report
    backup: str = ""
    trouble: Unavailable | None = None
    shifts: tuple[Shift, ...] = ()
    changes: Changes = Changes.DAY

    @property
    def difference_fen(self) -> int:
        """What was counted less what the whole day should have left: short as its shifts were."""
        counted = self.shift.count.counted_fen if self.shift.count else 0
        return counted - self.takings.expected_fen(self.day.float_fen)

    @property
    def unlike(self) -> tuple[Shift, ...]:
        """The shifts whose count was not what it should be."""
        return tuple(each for each in self.shifts if each.count and each.count.difference_fen)


def open_day(
    shop: Shop,
    *,
    float_fen: int,
    staff: Staff,
    is_sure: bool = False,
    approval: Approval | None = None,
) -> DayOpened:
    """开店: with so much cash in the drawer; the first shift is the one who opens.

    Raises DayOpenAlready, OfficeSellsNothing, NotAllowed, BadMoney below zero; UnlikelyFloat for an
    amount that was hardly meant, unless the person `is_sure`.
    """
    from core.actions.expire_points import expire_some
    from core.actions.office_prices import begin_prices
    from core.actions.review_tiers import review_some

    check_count(float_fen)
    keep_up(shop)
    while begin_prices(shop):
        pass
    with shop.store.write() as tx:
        allow(tx, staff, Right.OPEN_DAY, now_us=shop.clock.now_us(), approval=approval)
        if not tx.till.till_no:
            raise OfficeSellsNothing()
        open_one = tx.days.open_one()
        if open_one is not None:
            raise DayOpenAlready(open_one.business_on.isoformat())
        if float_fen > MOST_LIKELY_FLOAT_FEN and not is_sure:
            raise UnlikelyFloat(float_fen)
        moment = shop.moment(tx)
        day = Day(shop.new_id(), moment.business_on, moment.at_us, staff.no, float_fen)
        tx.days.add(day)
        tx.audit.note("day_opened", at_us=moment.at_us, staff_no=staff.no, detail=str(float_fen))
        body = {"day": day.id, "float_fen": float_fen, "staff_no": staff.no}
        tell(shop, tx, moment, "DayOpened", body)
        shift = open_shift(shop, tx, moment, day_id=day.id, no=1, staff=staff, float_fen=float_fen)
        expired = expire_some(shop, tx, moment, staff_no=staff.no)
        reviewed = review_some(shop, tx, moment, staff_no=staff.no)
    return DayOpened(day, shift, expired, reviewed)


def day_now(shop: Shop) -> Day | None:
    """The open day, or None."""
    with shop.store.read() as reading:
        return reading.days.open_one()


def last_close(shop: Shop) -> LastClose | None:
    """上次日结: what the next one who opens should know; None before the first."""
    with shop.store.read() as reading:
        today = shop.moment(reading).business_on
        closed = reading.days.closed(limit=MOST_A_DAY)
        if not closed or closed[0].closed_us is None:
            return None
        at = time_of_day(closed[0].closed_us, reading.till.zone)
        of_today = sum(day.business_on == today for day in closed)
        return LastClose(closed[0], at, of_today)


def close_day(
    shop: Shop,
    *,
    counted_fen: int,
    staff: Staff,
    explanation: Explanation | None = None,
    approval: Approval | None = None,
    on_progress: OnProgress = unheard,
) -> DayClosed:
    """日结: with the cash that was counted, which ends the open shift; then a verified backup.

    Raises DayNotOpen, BadMoney, NotAllowed; MoneyTaken, HeldMoney where a basket was paid in part;
    DifferenceUnexplained, ReasonNeeded, BadWords where the drawer does not hold what it should.
    A backup that fails does not reopen the day: the outcome says what is missing. `on_progress`
    hears how far it is.
    """
    # A till takes scans before anybody asks for a report.
    from core.actions.report import close_report

    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.CLOSE_DAY, now_us=now_us, approval=approval)
        day = require_open_day(tx)
        moment = shop.moment(tx)
        shift, _ = close_shift(
            shop,
            tx,
            moment,
            counted_fen=counted_fen,
            staff=staff,
            answers=answers,
            explanation=explanation,
        )
        takings = tx.days.takings(day.id)
        closed = replace(day, closed_us=moment.at_us, closed_by=staff.no, counted_fen=counted_fen)
        tx.days.close(closed)
        tx.audit.note("day_closed", at_us=moment.at_us, staff_no=staff.no, detail=str(counted_fen))
        body = {
            "day": day.id,
            "staff_no": staff.no,
            **takings_record(takings),
            "expected_fen": takings.expected_fen(day.float_fen),
            "counted_fen": counted_fen,
        }
        tell(shop, tx, moment, "DayClosed", body)
        report = close_report(tx, closed, moment, staff)
        shifts = tx.shifts.of_day(day.id)
    outcome = DayClosed(closed, takings, shift, report, shifts=shifts)
    try:
        return replace(outcome, backup=shop.store.back_up(on_progress))
    except Unavailable as trouble:
        return replace(outcome, trouble=trouble)
