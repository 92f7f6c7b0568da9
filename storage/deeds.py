"""行为 · 更正: points that moved without a sale; kept for ever."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
)

from core.points.deeds import Correction, Credited, Times
from storage.columns import METADATA, Connection, Prepared, day_column, keep_for_ever, uuid_column
from storage.member_standing import MERGED_MEMBERS

CREDITED = Table(
    "credited_behaviours",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("member_id", nullable=False),
    Column("code", String, nullable=False),
    Column("points", Integer, CheckConstraint("points > 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Index("credited_of_member", "member_id", "code", "business_on"),
)
CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("member_id", nullable=False),
    Column("points", Integer, CheckConstraint("points <> 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("words", String, nullable=False),
    Index("corrections_of_member", "member_id", "business_on"),
)
keep_for_ever(CREDITED)
keep_for_ever(CORRECTIONS, emptied="words")

_INSERT_CREDITED = Prepared(insert(CREDITED))
_INSERT_CORRECTION = Prepared(insert(CORRECTIONS))
_ONE_CREDITED = Prepared(
    select(*(column for column in CREDITED.c if column.name != "n")).where(
        CREDITED.c.id == bindparam("deed")
    )
)
_ONE_CORRECTION = Prepared(
    select(*(column for column in CORRECTIONS.c if column.name != "n")).where(
        CORRECTIONS.c.id == bindparam("deed")
    )
)
_TIMES = Prepared(
    select(
        CREDITED.c.code,
        func.sum(case((CREDITED.c.business_on == bindparam("today"), 1), else_=0)),
        func.sum(case((CREDITED.c.business_on >= bindparam("new_year"), 1), else_=0)),
        func.count(),
    )
    .where(
        or_(
            CREDITED.c.member_id == bindparam("member"),
            CREDITED.c.member_id.in_(
                select(MERGED_MEMBERS.c.member_id).where(
                    MERGED_MEMBERS.c.into_id == bindparam("member")
                )
            ),
        )
    )
    .group_by(CREDITED.c.code)
)
_CORRECTED = Prepared(
    select(func.coalesce(func.sum(func.abs(CORRECTIONS.c.points)), 0)).where(
        CORRECTIONS.c.member_id == bindparam("member"),
        CORRECTIONS.c.business_on == bindparam("today"),
        CORRECTIONS.c.staff_no == bindparam("staff"),
    )
)


class StoredDeeds:
    """Implements `core.ports.points.Deeds`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def times(self, member_id: UUID, *, today: date) -> dict[str, Times]:
        """How often the member did what, by its code; with what those did who became them."""
        rows = _TIMES.all(
            self._connection,
            member=member_id.bytes,
            today=today.toordinal(),
            new_year=date(today.year, 1, 1).toordinal(),
        )
        return {code: Times(*counts) for code, *counts in rows}

    def credit(self, credited: Credited) -> None:
        """Once more."""
        self._connection.execute(
            _INSERT_CREDITED.sql,
            (
                None,
                credited.id.bytes,
                credited.member_id.bytes,
                credited.code,
                credited.points,
                credited.at_us,
                credited.business_on.toordinal(),
                credited.staff_no,
            ),
        )

    def credited(self, deed_id: UUID) -> Credited | None:
        """What was credited under this id, if anything was."""
        row = _ONE_CREDITED.one(self._connection, deed=deed_id.bytes)
        if row is None:
            return None
        ident, member, code, points, at_us, on, staff_no = row
        day = date.fromordinal(on)
        return Credited(UUID(bytes=ident), UUID(bytes=member), code, points, at_us, day, staff_no)

    def corrected(self, member_id: UUID, staff_no: int, *, on: date) -> int:
        """Points that one person corrected of a member on a day, up and down together."""
        row = _CORRECTED.one(
            self._connection, member=member_id.bytes, today=on.toordinal(), staff=staff_no
        )
        return int(row[0]) if row else 0

    def correct(self, correction: Correction) -> None:
        """One more."""
        self._connection.execute(
            _INSERT_CORRECTION.sql,
            (
                None,
                correction.id.bytes,
                correction.member_id.bytes,
                correction.points,
                correction.at_us,
                correction.business_on.toordinal(),
                correction.staff_no,
                correction.approved_by,
                correction.words,
            ),
        )

    def correction(self, correction_id: UUID) -> Correction | None:
        """What was corrected under this id, if anything was."""
        row = _ONE_CORRECTION.one(self._connection, deed=correction_id.bytes)
        if row is None:
            return None
        ident, member, points, at_us, on, *rest = row
        day = date.fromordinal(on)
        return Correction(UUID(bytes=ident), UUID(bytes=member), points, at_us, day, *rest)
