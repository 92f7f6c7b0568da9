"""例行: what happens by itself: backups, drills of their way back, reports into a folder.

What was missed while no program ran is made up: of backups and drills once, of reports each.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

ONE_DAY = timedelta(days=1)
HOURS = range(24)
MOST_KEPT = 365
MOST_MADE_UP = 31
REPORT_KINDS = ("xlsx", "pdf", "csv")
BACK_DAYS = (0, 30, 90, 365)


class Every(StrEnum):
    """How often a report is written."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ReportOrder(Struct, frozen=True):
    """定时报表: which report, how often, as which kind of file, and into which folder.

    It tells of the day, week or month that is over; of `back_days` until its end where they are
    not 0.
    """

    question: str
    every: Every
    kind: str
    folder: str
    back_days: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether it can be done."""
        is_known = self.kind in REPORT_KINDS and self.back_days in BACK_DAYS
        return is_known and bool(self.question and self.folder)


class Routine(Struct, frozen=True):
    """What is to happen. `backup_hour` is an hour of the shop's day, None: none by itself.

    `backup_folder` has a copy of each backup, "" for none; the newest `backups_kept` stay, there
    and in the home. `drills`: once a month a backup is tried.
    """

    backup_hour: int | None = None
    backup_folder: str = ""
    backups_kept: int = 14
    drills: bool = True
    reports: tuple[ReportOrder, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether each value is one that can be done."""
        is_hour = self.backup_hour is None or self.backup_hour in HOURS
        is_kept = 1 <= self.backups_kept <= MOST_KEPT
        return is_hour and is_kept and all(order.is_sound for order in self.reports)


def backup_is_due(hour: int | None, last: datetime | None, now: datetime) -> bool:
    """Whether that hour has struck since the last backup; all in the shop's own time."""
    if hour is None:
        return False
    struck = datetime.combine(now.date(), time(hour), now.tzinfo)
    if struck > now:
        struck -= ONE_DAY
    return last is None or last < struck


def drill_is_due(last: datetime | None, now: datetime) -> bool:
    """Whether no backup was tried this month."""
    return last is None or (last.year, last.month) < (now.year, now.month)


def periods_due(order: ReportOrder, through: date | None, today: date) -> list[tuple[date, date]]:
    """First and last days of what is to be written, oldest first.

    `through` is the last day that was written of it; a new one begins with what ended last, and of
    a long time the newest are made up.
    """
    first, last = _over(order.every, today)
    found = [(first, last)]
    while through is not None and len(found) < MOST_MADE_UP:
        first, last = _over(order.every, first)
        found.append((first, last))
    due = [span for span in reversed(found) if through is None or span[1] > through]
    return [(_since(order, *span), span[1]) for span in due]


def _over(every: Every, today: date) -> tuple[date, date]:
    """The day, the week from Monday, or the month that was over last when this day began."""
    if every is Every.DAY:
        return today - ONE_DAY, today - ONE_DAY
    begins = today.replace(day=1)
    if every is Every.WEEK:
        begins = today - timedelta(days=today.weekday())
        return begins - timedelta(days=7), begins - ONE_DAY
    last = begins - ONE_DAY
    return last.replace(day=1), last


def _since(order: ReportOrder, first: date, last: date) -> date:
    return last - timedelta(days=order.back_days - 1) if order.back_days else first
