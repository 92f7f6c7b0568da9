"""积分抵扣的表: the points that sold lines were paid with, and those that came back of them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    SmallInteger,
    Table,
    bindparam,
    func,
    select,
)

from storage.columns import METADATA, keep_for_ever, uuid_column

SPENT_POINTS = Table(
    "spent_points",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("points", Integer, CheckConstraint("points >= 0"), nullable=False),
    Column("fen", Integer, CheckConstraint("fen >= 0"), nullable=False),
    sqlite_with_rowid=False,
)

RETURNED_POINTS = Table(
    "returned_points",
    METADATA,
    uuid_column("return_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("points", Integer, CheckConstraint("points >= 0"), nullable=False),
    Column("fen", Integer, CheckConstraint("fen >= 0"), nullable=False),
    sqlite_with_rowid=False,
)

SPENT_IN_SALE = (
    select(func.coalesce(func.sum(SPENT_POINTS.c.points), 0))
    .where(SPENT_POINTS.c.sale_id == bindparam("sale"))
    .scalar_subquery()
)
"""The points that were spent in a sale."""

for _table in (SPENT_POINTS, RETURNED_POINTS):
    keep_for_ever(_table)
