"""补打: how often each paper was printed again, when and by whom; kept for ever."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
)

from storage.columns import METADATA, Connection, Prepared, keep_for_ever

PAPER_COPIES = Table(
    "paper_copies",
    METADATA,
    Column("paper_no", String, primary_key=True),
    Column("copy_no", Integer, CheckConstraint("copy_no > 0"), primary_key=True),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)
keep_for_ever(PAPER_COPIES)

_COUNT = Prepared(select(func.count()).where(PAPER_COPIES.c.paper_no == bindparam("paper")))
_INSERT = Prepared(insert(PAPER_COPIES))


class StoredCopies:
    """Implements `core.ports.hands.Copies`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, paper_no: str, *, at_us: int, staff_no: int) -> int:
        """One copy more of a paper; which one it is, from 1."""
        row = _COUNT.one(self._connection, paper=paper_no)
        copy_no = (0 if row is None else int(row[0])) + 1
        self._connection.execute(_INSERT.sql, (paper_no, copy_no, at_us, staff_no))
        return copy_no
