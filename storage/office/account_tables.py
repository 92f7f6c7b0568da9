"""积分账的表: transfers, lots and what is set aside; `accounts` is a cache of the transfers."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, Uuid

from storage.office.tables import OFFICE

# Members stand here as they were told of; whose account it is, their `root_id` says.
TRANSFERS = Table(
    "transfers",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("debit_kind", String, nullable=False),
    Column("debit_id", Uuid, nullable=False, index=True),
    Column("credit_kind", String, nullable=False),
    Column("credit_id", Uuid, nullable=False, index=True),
    Column("amount", BigInteger, CheckConstraint("amount > 0"), nullable=False),
    Column("cause", String, nullable=False),
    Column("on_day", BigInteger, nullable=False),
    Column("about_id", Uuid, index=True),
)

LOTS = Table(
    "lots",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("member_id", Uuid, nullable=False, index=True),
    Column("amount", BigInteger, CheckConstraint("amount > 0"), nullable=False),
    Column("expires_day", BigInteger, index=True),
)

ALLOCATIONS = Table(
    "allocations",
    OFFICE,
    Column("lot_id", Uuid, primary_key=True),
    Column("transfer_id", Uuid, primary_key=True),
    Column("amount", BigInteger, CheckConstraint("amount > 0"), nullable=False),
)

# What is set aside is never less than nothing; only a debt takes a member below it.
ACCOUNTS = Table(
    "accounts",
    OFFICE,
    Column("owner_id", Uuid, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("points", BigInteger, nullable=False),
    CheckConstraint("points >= 0 OR kind NOT IN ('pending', 'leased')", name="set_aside"),
)

ESCROWS = Table(
    "escrows",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("till_id", Uuid, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("member_id", Uuid, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("status", String, nullable=False),
    Column("through", BigInteger),
    CheckConstraint("spent >= 0 AND spent <= points", name="spent_of_it"),
)
_open = ESCROWS.c.status == "open"
Index(
    "escrows_open",
    ESCROWS.c.till_id,
    ESCROWS.c.until_us,
    postgresql_where=_open,
    sqlite_where=_open,
)
