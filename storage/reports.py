"""日结单: Z reports as they were printed, one a day; kept for ever."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)

from core.sales.report import Report
from core.sales.report_record import report_of, report_record
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column

REPORTS = Table(
    "reports",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("day_id", nullable=False, unique=True),
    Column("no", String, nullable=False, unique=True),
    Column("incarnation", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("record", String, nullable=False),
    UniqueConstraint("incarnation", "number"),
)

keep_for_ever(REPORTS)
_INSERT = Prepared(insert(REPORTS))
_BY_NO = Prepared(select(REPORTS.c.record).where(REPORTS.c.no == bindparam("no")))
_LAST = Prepared(select(REPORTS.c.record).order_by(REPORTS.c.n.desc()).limit(1))
_OF_DAY = Prepared(select(REPORTS.c.no).where(REPORTS.c.day_id == bindparam("day")))
_LAST_NUMBER = Prepared(
    select(func.max(REPORTS.c.number)).where(REPORTS.c.incarnation == bindparam("incarnation"))
)


class StoredReports:
    """Implements `core.ports.drawer.Reports`."""

    __slots__ = ("_connection", "_incarnation")

    def __init__(self, connection: Connection, incarnation: int) -> None:
        self._connection = connection
        self._incarnation = incarnation

    def next_number(self) -> int:
        """The next dense number of this till and incarnation, from 1 on."""
        row = _LAST_NUMBER.one(self._connection, incarnation=self._incarnation)
        return (row[0] or 0 if row else 0) + 1

    def add(self, report: Report, *, day_id: UUID, number: int) -> None:
        """Keep the report of a day."""
        record = json.dumps(report_record(report), ensure_ascii=False, separators=(",", ":"))
        row = (None, day_id.bytes, report.no, self._incarnation, number, record)
        self._connection.execute(_INSERT.sql, row)

    def no_of(self, day_id: UUID) -> str:
        """The number of the report of a closed day."""
        row = _OF_DAY.one(self._connection, day=day_id.bytes)
        return str(row[0]) if row else ""

    def by_no(self, no: str) -> Report | None:
        """The report of this number."""
        return _report(_BY_NO.one(self._connection, no=no))

    def last(self) -> Report | None:
        """That of the day that was closed last."""
        return _report(_LAST.one(self._connection))


def _report(row: tuple[Any, ...] | None) -> Report | None:
    return None if row is None else report_of(json.loads(row[0]))
