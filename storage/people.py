"""员工: who works here."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Integer, String, Table, bindparam, insert, select

from core.trust.pins import PinTries
from core.trust.staff import Role, Staff
from storage.columns import METADATA, Connection, Prepared, uuid_column

STAFF = Table(
    "staff",
    METADATA,
    Column("no", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("pin_hash", String, nullable=False),
)

PIN_TRIES = Table(
    "pin_tries",
    METADATA,
    Column("staff_no", Integer, primary_key=True, autoincrement=False),
    Column("failures", Integer, nullable=False),
    Column("wait_until_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_ALL = Prepared(
    select(STAFF.c.id, STAFF.c.no, STAFF.c.name, STAFF.c.role, STAFF.c.pin_hash).order_by(
        STAFF.c.no
    )
)
_INSERT = Prepared(insert(STAFF))
_TRIES = Prepared(
    select(PIN_TRIES.c.failures, PIN_TRIES.c.wait_until_us).where(
        PIN_TRIES.c.staff_no == bindparam("staff_no")
    )
)
_KEEP_TRIES = Prepared(insert(PIN_TRIES).prefix_with("OR REPLACE"))


class StoredPeople:
    """Implements `core.ports.People`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Staff, ...]:
        """Everybody, by number."""
        return tuple(
            Staff(UUID(bytes=ident), no, name, Role(role), pin_hash)
            for ident, no, name, role, pin_hash in _ALL.all(self._connection)
        )

    def add(self, staff: Staff) -> None:
        """One more person."""
        row = (staff.no, staff.id.bytes, staff.name, str(staff.role), staff.pin_hash)
        self._connection.execute(_INSERT.sql, row)

    def tries(self, staff_no: int) -> PinTries:
        """How often this PIN was tried in vain."""
        row = _TRIES.one(self._connection, staff_no=staff_no)
        return PinTries() if row is None else PinTries(*row)

    def keep_tries(self, staff_no: int, tries: PinTries) -> None:
        """From now on it was tried so often."""
        _KEEP_TRIES.run(
            self._connection,
            staff_no=staff_no,
            failures=tries.failures,
            wait_until_us=tries.wait_until_us,
        )
