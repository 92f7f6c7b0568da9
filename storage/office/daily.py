"""日课: how far the works of the day have come."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, String, Table, bindparam, select

from core.ports.daily import DailyRun
from storage.office.rows import keep
from storage.office.tables import OFFICE

DAILY = Table(
    "daily",
    OFFICE,
    Column("name", String, primary_key=True),
    Column("on_day", BigInteger, nullable=False),
    Column("place", String, nullable=False),
    Column("done_us", BigInteger),
    Column("found", BigInteger, nullable=False),
)

_ALL = select(DAILY).order_by(DAILY.c.name)
_GET = select(DAILY).where(DAILY.c.name == bindparam("of"))
_OWN = _GET.with_for_update()


class StoredDaily:
    """Implements `core.ports.daily.Daily`."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._get = _OWN if writes else _GET

    def get(self, name: str) -> DailyRun | None:
        row = self._connection.execute(self._get, {"of": name}).one_or_none()
        return _run(row) if row else None

    def all(self) -> tuple[DailyRun, ...]:
        return tuple(map(_run, self._connection.execute(_ALL)))

    def keep(self, run: DailyRun) -> None:
        row = {
            "name": run.name,
            "on_day": run.on.toordinal(),
            "place": run.place,
            "done_us": run.done_us,
            "found": run.found,
        }
        keep(self._connection, DAILY, row)


def _run(row: Any) -> DailyRun:
    name, day, place, done_us, found = row
    return DailyRun(name, date.fromordinal(day), place, done_us, found)
