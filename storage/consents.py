"""同意: which words a member agreed to, when, and who asked; kept for ever."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Integer, SmallInteger, Table, insert

from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column

MEMBER_CONSENTS = Table(
    "member_consents",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("version", SmallInteger, CheckConstraint("version > 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)
keep_for_ever(MEMBER_CONSENTS)

_INSERT = Prepared(insert(MEMBER_CONSENTS))


class StoredConsents:
    """Implements `core.ports.hands.Consents`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member_id: UUID, version: int, *, at_us: int, staff_no: int) -> None:
        """This member agreed to the words of this version."""
        self._connection.execute(_INSERT.sql, (member_id.bytes, version, at_us, staff_no))
