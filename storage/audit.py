"""审计: the rows of the audit chain; the rule of it is `core.trust.audit`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, insert, text

from core.trust.audit import audit_row
from storage.columns import METADATA, Connection, Prepared, keep_for_ever
from storage.heads import AUDIT_CHAIN, ChainHead, head_of, move_head

SUBJECT = "json_extract(CAST(data AS TEXT), '$.subject')"
# What stands in no table of its own: a look-up has to say this in the same words. A row that
# somebody has spoilt is still one that can be looked over, and is found by its hash.
IS_OF_MEMBER = (
    "json_valid(CAST(data AS TEXT)) AND json_extract(CAST(data AS TEXT), '$.what') IN "
    "('member_frozen', 'member_thawed', 'card_renewed', 'members_parted', 'person_exported', "
    "'note_erased')"
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("audit_of_member", text(SUBJECT), sqlite_where=text(IS_OF_MEMBER)),
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
