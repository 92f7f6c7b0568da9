"""营业日: the days of this till."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Table, bindparam, insert, select, update

from core.sales.day import Day
from core.sales.takings import CashierTakings, Takings
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column

DAYS = Table(
    "days",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    day_column("business_on", nullable=False),
    Column("opened_us", Integer, nullable=False),
    Column("opened_by", Integer, nullable=False),
    Column("float_fen", Integer, nullable=False),
    Column("closed_us", Integer),
    Column("closed_by", Integer),
    Column("counted_fen", Integer),
)

_FOUND = select(*(column for column in DAYS.c if column.name != "n"))
_OPEN = Prepared(_FOUND.where(DAYS.c.closed_us.is_(None)).order_by(DAYS.c.n.desc()).limit(1))
_BY_ID = Prepared(_FOUND.where(DAYS.c.id == bindparam("id")))
_CLOSED = Prepared(
    _FOUND.where(DAYS.c.closed_by.is_not(None)).order_by(DAYS.c.n.desc()).limit(bindparam("most"))
)
_BETWEEN = Prepared(
    _FOUND.where(
        DAYS.c.business_on >= bindparam("first"), DAYS.c.business_on <= bindparam("last")
    ).order_by(DAYS.c.n.desc())
)
_INSERT = Prepared(insert(DAYS))
_CLOSE = Prepared(
    update(DAYS)
    .where(DAYS.c.id == bindparam("of"), DAYS.c.closed_us.is_(None))
    .values(
        closed_us=bindparam("closed_us"),
        closed_by=bindparam("closed_by"),
        counted_fen=bindparam("counted_fen"),
    )
)


class StoredDays:
    """Implements `core.ports.drawer.Days`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_one(self) -> Day | None:
        """The day that is open on this till."""
        return _day_of(_OPEN.one(self._connection))

    def get(self, day_id: UUID) -> Day | None:
        """The day of this id."""
        return _day_of(_BY_ID.one(self._connection, id=day_id.bytes))

    def closed(self, *, limit: int) -> tuple[Day, ...]:
        """The days that were closed last, newest first."""
        return tuple(filter(None, map(_day_of, _CLOSED.all(self._connection, most=limit))))

    def add(self, day: Day) -> None:
        """A day that opens."""
        self._connection.execute(_INSERT.sql, (None, *_row(day)))

    def close(self, day: Day) -> None:
        """The end of a day, with its count; a closed day stays as it was closed."""
        _CLOSE.run(
            self._connection,
            of=day.id.bytes,
            closed_us=day.closed_us,
            closed_by=day.closed_by,
            counted_fen=day.counted_fen,
        )

    def takings(self, day_id: UUID) -> Takings:
        """What a day took."""
        from storage.takings import takings_of_day

        return takings_of_day(self._connection, day_id.bytes)

    def cashiers(self, day_id: UUID) -> tuple[CashierTakings, ...]:
        """Who sold on a day, by number."""
        from storage.takings import cashiers_of_day

        return cashiers_of_day(self._connection, day_id.bytes)


def days_between(connection: Connection, first: date, last: date) -> tuple[Day, ...]:
    """The days with these business dates, both inclusive, the newest first."""
    rows = _BETWEEN.all(connection, first=first.toordinal(), last=last.toordinal())
    return tuple(filter(None, map(_day_of, rows)))


def _day_of(row: tuple[Any, ...] | None) -> Day | None:
    if row is None:
        return None
    ident, business_on, *rest = row
    return Day(UUID(bytes=ident), date.fromordinal(business_on), *rest)


def _row(day: Day) -> tuple[Any, ...]:
    return (
        day.id.bytes,
        day.business_on.toordinal(),
        day.opened_us,
        day.opened_by,
        day.float_fen,
        day.closed_us,
        day.closed_by,
        day.counted_fen,
    )
