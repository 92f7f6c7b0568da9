"""生日窗口: which birthday benefits are open on a business date, and for which year (domain.md 5).

A window is the day, so many days around it, or the solar month of the celebration day; its ends
are inclusive. The celebration year is that of the celebration day in the birthday's own calendar,
whatever day the window opens. After the birthday was edited nothing is given for a while.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from core.members.birthday import celebrated_in
from core.members.member import Birthday, Celebration
from core.rulebook.conditions import LEAP_DAY, BirthdayWindow
from core.values.lunar import FIRST_YEAR, LAST_YEAR, lunar_year

EDIT_WAITS_DAYS = 300


def celebrations(
    birthday: Birthday | None,
    windows: Mapping[str, BirthdayWindow],
    today: date,
    *,
    edited_on: date | None = None,
    leap_day: str = LEAP_DAY,
) -> tuple[Celebration, ...]:
    """The windows, by the id of their offer, that are open today."""
    if birthday is None:
        return ()
    is_waiting = edited_on is not None and (today - edited_on).days < EDIT_WAITS_DAYS
    opened = (
        (name, open_year(birthday, window, today, leap_day)) for name, window in windows.items()
    )
    return tuple(Celebration(name, year, is_waiting) for name, year in opened if year is not None)


def open_year(
    birthday: Birthday, window: BirthdayWindow, today: date, leap_day: str = LEAP_DAY
) -> int | None:
    """The celebration year for which a window is open today, None where it is shut."""
    for year in _years(birthday, today):
        day = celebrated_in(birthday, year, leap_day)
        if window.is_month and (day.year, day.month) == (today.year, today.month):
            return year
        if not window.is_month and abs((day - today).days) <= window.days:
            return year
    return None


def _years(birthday: Birthday, today: date) -> Iterable[int]:
    """This year, the last and the next one: a window may lie across the turn of the year."""
    if not birthday.is_lunar:
        return (today.year, today.year - 1, today.year + 1)
    now = lunar_year(today)
    return [year for year in (now, now - 1, now + 1) if FIRST_YEAR <= year <= LAST_YEAR]
