"""全店的销售的表: which sales, voids and returns are of other tills, and what these told of them.

Their figures stand in the tables of this till's own. `sales.incarnation` of such a sale is below
zero: the number of the life here, turned round.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from storage.columns import METADATA, uuid_column

BROUGHT_LIVES = Table(
    "brought_lives",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("till_id", nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("till_no", Integer, nullable=False),
    Column("through", Integer, nullable=False),
    Column("heard_us", Integer, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("oldest_us", Integer),
    UniqueConstraint("till_id", "incarnation"),
)

BROUGHT_RULEBOOKS = Table(
    "brought_rulebooks",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("record", String, nullable=False),
)

# `about` is the sale, the void or the return; NULL where this program could not read it.
BROUGHT = Table(
    "brought",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("kind", String, nullable=False),
    uuid_column("about"),
    Column("life", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("rulebook", Integer),
    Column("data", String, nullable=False),
    Index("brought_about", "about"),
    Index("brought_unread", "n", sqlite_where=Column("about").is_(None)),
)

# Goods that this machine did not know when they came, as the first sale that named them told.
BROUGHT_GOODS = Table(
    "brought_goods",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("category", String, nullable=False),
    Column("brand", String, nullable=False),
)

BROUGHT_HEARD = Table(
    "brought_heard",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("heard_us", Integer, nullable=False),
    Column("whole_us", Integer),
    Column("ahead_us", Integer, nullable=False),
    Column("program", String, nullable=False),
)
