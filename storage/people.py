"""员工: who works here."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, String, Table, bindparam, insert, select, update

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
    Column("removed_us", Integer),
    Column("given", String, nullable=False, server_default=""),
    Column("taken", String, nullable=False, server_default=""),
)

PIN_TRIES = Table(
    "pin_tries",
    METADATA,
    Column("staff_no", Integer, primary_key=True, autoincrement=False),
    Column("failures", Integer, nullable=False),
    Column("wait_until_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_ROWS = select(STAFF)
_ALL = Prepared(_ROWS.order_by(STAFF.c.no))
_ONE = Prepared(_ROWS.where(STAFF.c.no == bindparam("no")))
_INSERT = Prepared(insert(STAFF))
_CHANGE = Prepared(
    update(STAFF)
    .where(STAFF.c.no == bindparam("which"))
    .values(
        role=bindparam("role"),
        pin_hash=bindparam("pin_hash"),
        removed_us=bindparam("removed_us"),
        given=bindparam("given"),
        taken=bindparam("taken"),
    )
)
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
        """Who works here and who did, by number."""
        return tuple(map(_staff, _ALL.all(self._connection)))

    def get(self, no: int) -> Staff | None:
        """The person of a number, also one who was removed."""
        row = _ONE.one(self._connection, no=no)
        return None if row is None else _staff(row)

    def add(self, staff: Staff) -> None:
        """One more person."""
        ident, role = staff.id.bytes, str(staff.role)
        beside = _written(staff.given), _written(staff.taken)
        row = (staff.no, ident, staff.name, role, staff.pin_hash, staff.removed_us, *beside)
        self._connection.execute(_INSERT.sql, row)

    def change(self, staff: Staff) -> None:
        """Another role, PIN or end, other single rights; number, id and name stay."""
        _CHANGE.run(
            self._connection,
            which=staff.no,
            role=str(staff.role),
            pin_hash=staff.pin_hash,
            removed_us=staff.removed_us,
            given=_written(staff.given),
            taken=_written(staff.taken),
        )

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


@lru_cache(maxsize=64)
def _staff(row: tuple[Any, ...]) -> Staff:
    no, ident, name, role, pin_hash, removed_us, *beside = row
    given, taken = (frozenset(each.split()) for each in beside)
    return Staff(UUID(bytes=ident), no, name, Role(role), pin_hash, removed_us, given, taken)


def _written(rights: frozenset[str]) -> str:
    return " ".join(sorted(rights))
