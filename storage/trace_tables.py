"""追溯码的表: which products demand codes, what was sold and came back with which; and batches."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, SmallInteger, String, Table

from storage.columns import METADATA, day_column, keep_for_ever, uuid_column

TRACE_DEMANDS = Table(
    "trace_demands",
    METADATA,
    uuid_column("product_id", primary_key=True),
    sqlite_with_rowid=False,
)

TRACE_PREFIXES = Table(
    "trace_prefixes",
    METADATA,
    Column("prefix", String, primary_key=True),
    uuid_column("product_id", nullable=False),
    sqlite_with_rowid=False,
)

SOLD_TRACES = Table(
    "sold_traces",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("line_no", SmallInteger, primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("code", String, nullable=False),
    Index("sold_traces_by_code", "code"),
    sqlite_with_rowid=False,
)

SOLD_BATCHES = Table(
    "sold_batches",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("line_no", SmallInteger, primary_key=True),
    Column("batch", String, nullable=False),
    day_column("expires_on"),
    sqlite_with_rowid=False,
)

UNTRACED_LINES = Table(
    "untraced_lines",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("line_no", SmallInteger, primary_key=True),
    Column("missing", Integer, CheckConstraint("missing > 0"), nullable=False),
    Column("reason", String, nullable=False),
    Column("answers_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

RETURNED_TRACES = Table(
    "returned_traces",
    METADATA,
    uuid_column("return_id", primary_key=True),
    Column("code", String, primary_key=True),
    uuid_column("sale_id", nullable=False),
    Index("returned_traces_by_code", "code"),
    sqlite_with_rowid=False,
)

for _table in (SOLD_TRACES, SOLD_BATCHES, UNTRACED_LINES, RETURNED_TRACES):
    keep_for_ever(_table)
