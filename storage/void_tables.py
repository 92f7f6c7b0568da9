"""作废的差额: what voids held back of the money for points that were gone; kept for ever."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, String, Table

from storage.columns import METADATA, keep_for_ever, uuid_column

VOID_SHORTAGES = Table(
    "void_shortages",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("withheld_fen", Integer, CheckConstraint("withheld_fen >= 0"), nullable=False),
    Column("paid_points", Integer, CheckConstraint("paid_points > 0"), nullable=False),
    sqlite_with_rowid=False,
)

VOID_WITHHELD = Table(
    "void_withheld",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("kind", String, primary_key=True),
    Column("amount_fen", Integer, CheckConstraint("amount_fen > 0"), nullable=False),
    sqlite_with_rowid=False,
)

for _table in (VOID_SHORTAGES, VOID_WITHHELD):
    keep_for_ever(_table)
