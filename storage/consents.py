"""同意: which words a member agreed to, when, who asked, and what was taken back; for ever."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    SmallInteger,
    Table,
    bindparam,
    insert,
    select,
)

from core.members.consent import Consent
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

CONSENT_CHANGES = Table(
    "consent_changes",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("is_given", Boolean, nullable=False),
    Column("version", SmallInteger, CheckConstraint("version > 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)
keep_for_ever(CONSENT_CHANGES)

_FIRST, _CHANGES = MEMBER_CONSENTS.c, CONSENT_CHANGES.c
_INSERT = Prepared(insert(MEMBER_CONSENTS))
_CHANGE = Prepared(insert(CONSENT_CHANGES))
_GIVEN = Prepared(
    select(_FIRST.version, _FIRST.at_us, _FIRST.staff_no).where(
        _FIRST.member_id == bindparam("member")
    )
)
_STEPS = Prepared(
    select(_CHANGES.is_given, _CHANGES.version, _CHANGES.at_us, _CHANGES.staff_no)
    .where(_CHANGES.member_id == bindparam("member"))
    .order_by(_CHANGES.place)
)


class StoredConsents:
    """Implements `core.ports.hands.Consents`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member_id: UUID, version: int, *, at_us: int, staff_no: int) -> None:
        """This member agreed to the words of this version."""
        self._connection.execute(_INSERT.sql, (member_id.bytes, version, at_us, staff_no))

    def change(self, member_id: UUID, step: Consent) -> None:
        """One more step, kept beside those before."""
        place = len(self.steps(member_id))
        row = (member_id.bytes, place, int(step.is_given), step.version, step.at_us, step.staff_no)
        self._connection.execute(_CHANGE.sql, row)

    def steps(self, member_id: UUID) -> tuple[Consent, ...]:
        """All steps, oldest first."""
        first = _GIVEN.all(self._connection, member=member_id.bytes)
        later = _STEPS.all(self._connection, member=member_id.bytes)
        given = tuple(Consent(True, *row) for row in first)
        return given + tuple(Consent(bool(row[0]), *row[1:]) for row in later)
