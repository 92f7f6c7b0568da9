"""营业日: days of this till, and what they took."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Table, bindparam, func, insert, select, update

from core.sales.day import Day, DayFigures
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column
from storage.sales import SALES, TENDERS

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

_OPEN = Prepared(
    select(*(column for column in DAYS.c if column.name != "n"))
    .where(DAYS.c.closed_us.is_(None))
    .order_by(DAYS.c.n.desc())
    .limit(1)
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
_COUNT = Prepared(
    select(func.count(), func.coalesce(func.sum(SALES.c.change_fen), 0)).where(
        SALES.c.day_id == bindparam("day")
    )
)
_TAKEN = Prepared(
    select(TENDERS.c.kind, func.sum(TENDERS.c.amount_fen))
    .join_from(SALES, TENDERS, TENDERS.c.sale_id == SALES.c.id)
    .where(SALES.c.day_id == bindparam("day"))
    .group_by(TENDERS.c.kind)
    .order_by(TENDERS.c.kind)
)


class StoredDays:
    """Implements `core.ports.Days`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_one(self) -> Day | None:
        """The day that is open on this till."""
        row = _OPEN.one(self._connection)
        if row is None:
            return None
        ident, business_on, *rest = row
        return Day(UUID(bytes=ident), date.fromordinal(business_on), *rest)

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

    def figures(self, day_id: UUID) -> DayFigures:
        """Sales and tenders of a day in fen; cash is net of change."""
        row = _COUNT.one(self._connection, day=day_id.bytes)
        count, change_fen = row if row else (0, 0)
        taken = dict(_TAKEN.all(self._connection, day=day_id.bytes))
        if change_fen:
            taken["cash"] = taken.get("cash", 0) - change_fen
        return DayFigures(count, tuple(sorted(taken.items())))


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
