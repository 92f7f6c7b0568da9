"""例行: when a backup, a drill or a report is due, also after days in which nobody was there."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.values.moment import CHINA
from core.values.routine import (
    MOST_MADE_UP,
    Every,
    ReportOrder,
    Routine,
    backup_is_due,
    drill_is_due,
    periods_due,
)

FRIDAY = date(2026, 11, 27)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=CHINA)


def order(every: Every, back_days: int = 0) -> ReportOrder:
    return ReportOrder("days", every, "xlsx", "/tmp", back_days)


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, at(27, 1), True),
        (at(26, 22), at(27, 21), False),
        (at(26, 22), at(27, 22), True),
        (at(27, 22), at(27, 23), False),
        (at(20, 22), at(27, 3), True),
        # made by hand before the hour: the hour has its own
        (at(27, 9), at(27, 22), True),
    ],
)
def test_a_backup_is_due_once_its_hour_has_struck(
    last: datetime | None, now: datetime, *, is_due: bool
) -> None:
    assert backup_is_due(22, last, now) is is_due


def test_without_an_hour_no_backup_is_due() -> None:
    assert not backup_is_due(None, None, at(27, 22))


def test_a_drill_is_due_once_a_month() -> None:
    assert drill_is_due(None, at(1, 0))
    assert drill_is_due(datetime(2026, 10, 31, 23, tzinfo=CHINA), at(1, 0))
    assert not drill_is_due(at(1, 0), at(30, 23))


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        (Every.DAY, date(2026, 11, 26), date(2026, 11, 26)),
        (Every.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Every.MONTH, date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_new_order_begins_with_what_ended_last(every: Every, first: date, last: date) -> None:
    assert periods_due(order(every), None, FRIDAY) == [(first, last)]
    assert periods_due(order(every), last, FRIDAY) == []


def test_missed_reports_are_made_up_in_their_order() -> None:
    days = periods_due(order(Every.DAY), date(2026, 11, 23), FRIDAY)
    assert [last.day for _, last in days] == [24, 25, 26]
    weeks = periods_due(order(Every.WEEK), date(2026, 11, 1), FRIDAY)
    assert [first.day for first, _ in weeks] == [2, 9, 16]
    assert len(periods_due(order(Every.DAY), date(2020, 1, 1), FRIDAY)) == MOST_MADE_UP


def test_an_order_may_tell_of_more_days_than_its_own() -> None:
    [(first, last)] = periods_due(order(Every.WEEK, 30), None, FRIDAY)
    assert ((last - first).days, last) == (29, date(2026, 11, 22))


@pytest.mark.parametrize(
    "routine",
    [
        Routine(backup_hour=24),
        Routine(backups_kept=0),
        Routine(reports=(ReportOrder("days", Every.DAY, "docx", "/tmp"),)),
        Routine(reports=(ReportOrder("days", Every.DAY, "pdf", ""),)),
    ],
)
def test_what_cannot_be_done_is_not_sound(routine: Routine) -> None:
    assert not routine.is_sound
    assert Routine().is_sound
