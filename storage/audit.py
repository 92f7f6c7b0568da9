"""审计: the rows of the audit chain; the rule of it is `core.trust.audit`."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, insert

from core.trust.audit import audit_row
from storage.columns import METADATA, Connection, Prepared, keep_for_ever
from storage.heads import AUDIT_CHAIN, ChainHead, head_of, move_head

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
)

keep_for_ever(AUDIT)
_INSERT = Prepared(insert(AUDIT))


class StoredAudit:
    """Implements `core.ports.Audit`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(
        self, what: str, *, at_us: int, staff_no: int, subject: str = "", detail: str = ""
    ) -> None:
        """One row more; personal values stay out of it."""
        before = head_of(self._connection, AUDIT_CHAIN)
        row = audit_row(
            before.seq + 1,
            before.hash,
            what,
            at_us=at_us,
            staff_no=staff_no,
            subject=subject,
            detail=detail,
        )
        self._connection.execute(_INSERT.sql, (row.seq, row.prev, row.hash, row.data))
        move_head(self._connection, AUDIT_CHAIN, before, ChainHead(row.seq, row.hash, at_us))
