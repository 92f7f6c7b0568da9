"""权益使用: each time a benefit was used, and each that was given back; kept for ever."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, insert, or_, select

from core.members.benefits import BenefitUse
from storage.columns import METADATA, Connection, Prepared, day_column, keep_for_ever, uuid_column
from storage.member_standing import MERGED_MEMBERS

BENEFIT_USES = Table(
    "benefit_uses",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("member_id", nullable=False),
    Column("benefit", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Index("benefit_uses_of_member", "member_id", "business_on"),
)

BENEFIT_RETURNS = Table(
    "benefit_returns",
    METADATA,
    uuid_column("use_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

for _table in (BENEFIT_USES, BENEFIT_RETURNS):
    keep_for_ever(_table)

_USE = Prepared(insert(BENEFIT_USES))
_RETURN = Prepared(insert(BENEFIT_RETURNS))
_MERGED = select(MERGED_MEMBERS.c.member_id).where(MERGED_MEMBERS.c.into_id == bindparam("member"))
_USED = Prepared(
    select(*(column for column in BENEFIT_USES.c if column.name != "n"))
    .outerjoin_from(BENEFIT_USES, BENEFIT_RETURNS, BENEFIT_RETURNS.c.use_id == BENEFIT_USES.c.id)
    .where(
        or_(
            BENEFIT_USES.c.member_id == bindparam("member"),
            BENEFIT_USES.c.member_id.in_(_MERGED),
        ),
        BENEFIT_USES.c.business_on >= bindparam("since"),
        BENEFIT_RETURNS.c.use_id.is_(None),
    )
    .order_by(BENEFIT_USES.c.n)
)


def benefit_uses(connection: Connection, member_id: UUID, since: date) -> tuple[BenefitUse, ...]:
    """What was used since that date and not given back, in its order; also of who was merged."""
    rows = _USED.all(connection, member=member_id.bytes, since=since.toordinal())
    return tuple(
        BenefitUse(UUID(bytes=i), UUID(bytes=m), code, at_us, date.fromordinal(on), staff_no)
        for i, m, code, at_us, on, staff_no in rows
    )


def add_benefit_use(connection: Connection, use: BenefitUse) -> None:
    """Once more."""
    on = use.business_on.toordinal()
    row = (None, use.id.bytes, use.member_id.bytes, use.benefit, use.at_us, on, use.staff_no)
    connection.execute(_USE.sql, row)


def return_benefit_use(
    connection: Connection, use_id: UUID, *, at_us: int, business_on: date, staff_no: int
) -> None:
    """It was not used after all."""
    row = (use_id.bytes, at_us, business_on.toordinal(), staff_no)
    connection.execute(_RETURN.sql, row)
