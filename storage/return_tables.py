"""退货的表: returns, their lines and their tenders, and the sales they are exchanged for."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

from storage.columns import METADATA, day_column, keep_for_ever, uuid_column
from storage.sales import SALE_LINES, SALES, VOIDS

RETURNS = Table(
    "returns",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("sale_id", nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("no", String, nullable=False, unique=True),
    uuid_column("day_id", nullable=False),
    uuid_column("shift_id", nullable=False),
    uuid_column("member_id"),
    day_column("sold_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", String, nullable=False),
    Column("has_receipt", Boolean, nullable=False),
    Column("back_fen", Integer, nullable=False),
    Column("withheld_fen", Integer, nullable=False),
    Column("saved_fen", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("points_taken", Integer, nullable=False),
    Column("tier_before", String, nullable=False),
    Column("tier_after", String, nullable=False),
    Column("record", String, nullable=False),
    UniqueConstraint("sale_id", "number"),
    Index(
        "returns_of_member",
        "member_id",
        "sold_on",
        "spend_fen",
        sqlite_where=Column("member_id").is_not(None),
    ),
    Index("returns_of_day", "day_id", "shift_id"),
    Index("returns_of_date", "business_on"),
)

RETURN_LINES = Table(
    "return_lines",
    METADATA,
    uuid_column("return_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("quantity_milli", Integer, CheckConstraint("quantity_milli > 0"), nullable=False),
    Column("list_fen", Integer, nullable=False),
    Column("money_fen", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    sqlite_with_rowid=False,
)

RETURN_TENDERS = Table(
    "return_tenders",
    METADATA,
    uuid_column("return_id", primary_key=True),
    Column("kind", String, primary_key=True),
    Column("amount_fen", Integer, CheckConstraint("amount_fen > 0"), nullable=False),
    sqlite_with_rowid=False,
)

EXCHANGES = Table(
    "exchanges",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    uuid_column("return_id", nullable=False, unique=True),
    Column("credit_fen", Integer, CheckConstraint("credit_fen >= 0"), nullable=False),
    sqlite_with_rowid=False,
)

RETURNED_MILLI = func.coalesce(
    select(func.sum(RETURN_LINES.c.quantity_milli))
    .select_from(RETURNS.join(RETURN_LINES, RETURN_LINES.c.return_id == RETURNS.c.id))
    .where(RETURNS.c.sale_id == SALE_LINES.c.sale_id, RETURN_LINES.c.no == SALE_LINES.c.no)
    .correlate(SALE_LINES)
    .scalar_subquery(),
    0,
)
"""What came back of the sale line of the row."""

BOUGHT_LINES = (
    select(
        SALES.c.business_on,
        SALE_LINES.c.code,
        SALE_LINES.c.name,
        SALE_LINES.c.quantity_milli,
        SALE_LINES.c.payable_fen,
        RETURNED_MILLI,
    )
    .join_from(SALES, SALE_LINES, SALE_LINES.c.sale_id == SALES.c.id)
    .where(
        SALES.c.member_id == bindparam("member"),
        SALES.c.id.not_in(select(VOIDS.c.sale_id).where(VOIDS.c.member_id == bindparam("member"))),
    )
    .limit(bindparam("most"))
)
"""What a member bought and did not undo, line by line: the fields of a `Purchase`."""

for _table in (RETURNS, RETURN_LINES, RETURN_TENDERS, EXCHANGES):
    keep_for_ever(_table)
