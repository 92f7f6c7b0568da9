"""同店的收银台的表: sales of all tills and what came back of them; what tills claim."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, Uuid

from storage.office.tables import OFFICE

SOLD = Table(
    "sold",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("no", String, nullable=False, index=True),
    Column("event_id", Uuid, nullable=False),
    Column("till_id", Uuid, nullable=False),
    Column("member_id", Uuid),
)

SOLD_VOID = Table("sold_void", OFFICE, Column("sale_id", Uuid, primary_key=True))

CAME_BACK = Table(
    "came_back",
    OFFICE,
    Column("return_id", Uuid, primary_key=True),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("sale_id", Uuid, nullable=False, index=True),
    Column("till_id", Uuid, nullable=False),
    Column("quantity_milli", BigInteger, CheckConstraint("quantity_milli > 0"), nullable=False),
)

# Sales of which nothing stands: what they used can be used again.
SOLD_GONE = Table("sold_gone", OFFICE, Column("sale_id", Uuid, primary_key=True))

COUPON_BATCHES = Table(
    "coupon_batches",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("record", String, nullable=False),
)

COUPON_CODES = Table(
    "coupon_codes",
    OFFICE,
    Column("code", String, primary_key=True),
    Column("batch_id", Uuid, nullable=False, index=True),
)

CODES_WITHDRAWN = Table("codes_withdrawn", OFFICE, Column("code", String, primary_key=True))

CODE_USES = Table(
    "code_uses",
    OFFICE,
    Column("code", String, primary_key=True),
    Column("sale_id", Uuid, primary_key=True),
    Column("no", String, nullable=False),
)
Index("code_uses_sale", CODE_USES.c.sale_id)

SHELVES = Table(
    "shelves",
    OFFICE,
    Column("till_id", Uuid, primary_key=True),
    Column("code", String, primary_key=True),
    Column("incarnation", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("units", BigInteger, nullable=False),
)

CLAIMS = Table(
    "claims",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("till_id", Uuid, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("status", String, nullable=False),
    Column("lines", String, nullable=False),
)
_open = CLAIMS.c.status == "open"
Index(
    "claims_open",
    CLAIMS.c.kind,
    CLAIMS.c.about,
    postgresql_where=_open,
    sqlite_where=_open,
)
