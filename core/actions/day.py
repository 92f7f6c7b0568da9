"""开店 · 日结: a day opens with a float and closes with a count and a verified backup."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.actions.allow import allow
from core.actions.counter import require_open_day
from core.changes import Changes
from core.errors import BadMoney, DayOpenAlready, Unavailable
from core.pricing.tender import TenderKind
from core.sales.day import Day, DayFigures
from core.shop import Shop
from core.sync.fact import Fact
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.money import format_money


@dataclass(frozen=True, slots=True)
class DayOpened:
    """The day that is open now."""

    day: Day
    changes: Changes = Changes.DAY


@dataclass(frozen=True, slots=True)
class DayClosed:
    """How a day ended: fen. `difference_fen` is counted − expected cash.

    `backup` says where the verified backup lies; `trouble` why there is none.
    """

    day: Day
    figures: DayFigures
    expected_fen: int
    difference_fen: int
    backup: str = ""
    trouble: Unavailable | None = None
    changes: Changes = Changes.DAY


def open_day(shop: Shop, *, float_fen: int, staff: Staff) -> DayOpened:
    """开店: with so much cash in the drawer; raises DayOpenAlready, BadMoney below zero."""
    if float_fen < 0:
        raise BadMoney(format_money(float_fen))
    with shop.store.write() as tx:
        allow(tx, staff, Right.OPEN_DAY, now_us=shop.clock.now_us())
        open_one = tx.days.open_one()
        if open_one is not None:
            raise DayOpenAlready(open_one.business_on.isoformat())
        moment = shop.moment(tx)
        day = Day(shop.new_id(), moment.business_on, moment.at_us, staff.no, float_fen)
        tx.days.add(day)
        tx.audit.note("day_opened", at_us=moment.at_us, staff_no=staff.no, detail=str(float_fen))
        body = {"day": day.id, "float_fen": float_fen, "staff_no": staff.no}
        tx.outbox.append(Fact(shop.new_id(), "DayOpened", moment.at_us, moment.business_on, body))
    return DayOpened(day)


def day_now(shop: Shop) -> Day | None:
    """The open day, or None."""
    with shop.store.read() as reading:
        return reading.days.open_one()


def day_figures(shop: Shop) -> tuple[Day, DayFigures, int]:
    """A look at the open day: its figures and the cash (fen) that should be in the drawer."""
    with shop.store.read() as reading:
        day = require_open_day(reading)
        figures = reading.days.figures(day.id)
        return day, figures, day.float_fen + figures.tender(TenderKind.CASH)


def close_day(shop: Shop, *, counted_fen: int, staff: Staff) -> DayClosed:
    """日结: with the cash that was counted; then a verified backup. Raises DayNotOpen, BadMoney.

    A backup that fails does not reopen the day: the outcome says what is missing.
    """
    if counted_fen < 0:
        raise BadMoney(format_money(counted_fen))
    with shop.store.write() as tx:
        allow(tx, staff, Right.CLOSE_DAY, now_us=shop.clock.now_us())
        day = require_open_day(tx)
        moment = shop.moment(tx)
        figures = tx.days.figures(day.id)
        expected = day.float_fen + figures.tender(TenderKind.CASH)
        closed = replace(day, closed_us=moment.at_us, closed_by=staff.no, counted_fen=counted_fen)
        tx.days.close(closed)
        tx.audit.note("day_closed", at_us=moment.at_us, staff_no=staff.no, detail=str(counted_fen))
        body = {
            "day": day.id,
            "staff_no": staff.no,
            "sales": figures.sales,
            "tenders": [list(pair) for pair in figures.tenders],
            "expected_fen": expected,
            "counted_fen": counted_fen,
        }
        tx.outbox.append(Fact(shop.new_id(), "DayClosed", moment.at_us, moment.business_on, body))
    outcome = DayClosed(closed, figures, expected, counted_fen - expected)
    try:
        return replace(outcome, backup=shop.store.back_up())
    except Unavailable as trouble:
        return replace(outcome, trouble=trouble)
