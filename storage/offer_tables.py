"""优惠使用的表: who used which offer, which codes there are, which birthdays were edited.

All of it is kept for ever. A code is used while the uses that name it add up to more than nothing.

A use is a row of its own, and so is its giving back (`delta` −1): what two tills know is added up
by putting their rows together. `offer_counts` is the sum by offer and business date (0: all dates),
so that a limit in all is asked in one step however many sales there are.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from storage.columns import METADATA, day_column, keep_for_ever, uuid_column
from storage.ledger import WHILE_UNDOING

OFFER_USES = Table(
    "offer_uses",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("sale_id", nullable=False),
    Column("offer", String, nullable=False),
    Column("delta", SmallInteger, nullable=False),
    uuid_column("member_id"),
    day_column("sold_on", nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("partner", String, nullable=False),
    uuid_column("day_id", nullable=False),
    day_column("business_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    UniqueConstraint("sale_id", "offer", "delta"),
    Index(
        "offer_uses_of_member",
        "member_id",
        "offer",
        sqlite_where=Column("member_id").is_not(None),
    ),
    Index("offer_uses_of_code", "code", sqlite_where=Column("code") != ""),
    Index("offer_uses_of_partner", "business_on", "partner", sqlite_where=Column("partner") != ""),
    Index("offer_uses_of_day", "day_id", sqlite_where=Column("partner") != ""),
)

COUPON_CODES = Table(
    "coupon_codes",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("offer", String, nullable=False),
    uuid_column("batch_id", nullable=False),
    uuid_column("member_id"),
    day_column("starts_on"),
    day_column("ends_on"),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Index("coupon_codes_of_member", "member_id", sqlite_where=Column("member_id").is_not(None)),
)

WITHDRAWN_CODES = Table(
    "withdrawn_codes",
    METADATA,
    Column("code", String, primary_key=True),
    uuid_column("withdrawal_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

OFFER_COUNTS = Table(
    "offer_counts",
    METADATA,
    Column("offer", String, primary_key=True),
    Column("sold_on", Integer, primary_key=True, autoincrement=False),
    Column("uses", Integer, nullable=False),
    sqlite_with_rowid=False,
)

BIRTHDAY_EDITS = Table(
    "birthday_edits",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("member_id", nullable=False),
    day_column("edited_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("import_id", LargeBinary(16)),
    Index("birthday_edits_of_member", "member_id", "edited_on"),
)

for _table in (OFFER_USES, COUPON_CODES, WITHDRAWN_CODES):
    keep_for_ever(_table)
keep_for_ever(BIRTHDAY_EDITS, except_when=WHILE_UNDOING)
