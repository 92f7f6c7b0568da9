"""Today: all that the manager's first page asks for, one after the other.

The limit is what of it grows with the members, put to the encrypted engine: a count of all
birthdays, and two of who joined.
"""

from __future__ import annotations

from benchmarks.homes import opened
from benchmarks.timing import Row, pair
from core.actions import today as todays
from core.actions.login import login

TIMES = 9
WHOLE_US = 500_000
BORN = (
    "SELECT birth_month, birth_day, birth_calendar, count(*) FROM members "
    "WHERE birth_month IS NOT NULL GROUP BY birth_month, birth_day, birth_calendar"
)

JOINED = "SELECT count(*) FROM members WHERE joined_on BETWEEN ? AND ?"


def rows(size: int) -> list[Row]:
    """Against the engine, and against half a second; `size` is the number of members."""
    with opened(size) as (shop, store):
        staff = login(shop, "246810")
        today = shop.now().business_on.toordinal()

        def ours() -> None:
            todays.today(shop, staff=staff)
            todays.waiting(shop)
            todays.birthdays(shop, staff=staff)
            todays.expiring(shop, staff=staff)

        def limit() -> None:
            with store.reader() as connection:
                connection.execute(BORN).fetchall()
                for first in (today, today - 30):
                    connection.execute(JOINED, (first, today)).fetchall()

        took, engine = pair(ours, limit, times=TIMES)
    work = f"today, all figures, {size:,} members"
    return [
        Row(20, work, engine.median_us / 1000, took.median_us / 1000, 2, "ms"),
        Row(20, f"{work}, within 500 ms", WHOLE_US / 1000, took.median_us / 1000, 1, "ms"),
    ]
