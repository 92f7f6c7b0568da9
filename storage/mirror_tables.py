"""对齐的表: what the server said of members, and what this till calls otherwise."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Table

from storage.columns import METADATA, uuid_column

CONFIRMED = Table(
    "confirmed_members",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("available", Integer, nullable=False),
    Column("pending", Integer, nullable=False),
    Column("leased", Integer, nullable=False),
    Column("through", Integer, nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A lot that this till has under an id of its own, and what the chain calls it.
CARRIED_ON = Table(
    "carried_on",
    METADATA,
    uuid_column("id", primary_key=True),
    uuid_column("lot_id", nullable=False),
    sqlite_with_rowid=False,
)

# What counts for a member's tier that another till sold.
COUNTED_ELSEWHERE = Table(
    "counted_elsewhere",
    METADATA,
    uuid_column("member_id", primary_key=True),
    uuid_column("sale_id", primary_key=True),
    Column("business_on", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    sqlite_with_rowid=False,
)

CHAIN_KEY = Table(
    "chain_key",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

# Of whom what the server said could not be used when it came.
PASSED_OVER = Table(
    "passed_over",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)
