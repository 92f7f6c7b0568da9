"""会员的表: what is read of the members of a chain; it can be made anew from the events."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, String, Table, Uuid

from storage.office.tables import OFFICE

# `root_id` is who they are now: another one where they were merged.
MEMBERS = Table(
    "members",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("root_id", Uuid, nullable=False, index=True),
)

JOINS = Table(
    "joins",
    OFFICE,
    Column("event_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("till_id", Uuid, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("on_day", BigInteger, nullable=False),
    Column("import_id", Uuid),
)
Index("joins_member", JOINS.c.member_id)
Index("joins_import", JOINS.c.import_id)

# The last day on which a member came to a store, as they were told of then.
VISITS = Table(
    "visits",
    OFFICE,
    Column("member_id", Uuid, primary_key=True),
    Column("store_code", String, primary_key=True),
    Column("last_day", BigInteger, nullable=False),
)
Index("visits_store", VISITS.c.store_code, VISITS.c.member_id)

# Every value that a field ever had; the last writer's is the present one.
FIELDS = Table(
    "member_fields",
    OFFICE,
    Column("member_id", Uuid, primary_key=True),
    Column("field", String, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("value", String),
    Column("at_us", BigInteger, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("import_id", Uuid),
)
Index("member_fields_value", FIELDS.c.field, FIELDS.c.value)
Index("member_fields_import", FIELDS.c.import_id)

CONSENT_STEPS = Table(
    "consent_steps",
    OFFICE,
    Column("event_id", Uuid, primary_key=True),
    Column("member_id", Uuid, nullable=False, index=True),
    Column("is_given", Boolean, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("till_id", Uuid, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("answered", BigInteger),
)

# An alias without an event is the server's own: the same phone joined at two tills.
ALIASES = Table(
    "aliases",
    OFFICE,
    Column("gone_id", Uuid, primary_key=True),
    Column("into_id", Uuid, primary_key=True),
    Column("at_us", BigInteger, nullable=False),
    Column("event_id", Uuid),
    Column("undone_us", BigInteger),
)
Index("aliases_into", ALIASES.c.into_id)

UNDONE_IMPORTS = Table(
    "undone_imports",
    OFFICE,
    Column("import_id", Uuid, primary_key=True),
    Column("kept", LargeBinary, nullable=False),
)

# `first_id` is one and the same of all who were erased together.
ERASED = Table(
    "erased",
    OFFICE,
    Column("member_id", Uuid, primary_key=True),
    Column("first_id", Uuid, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
Index("erased_first", ERASED.c.first_id)

# What counts for a tier; what went of it again has rows of its own, whichever came first.
COUNTED = Table(
    "counted",
    OFFICE,
    Column("sale_id", Uuid, primary_key=True),
    Column("member_id", Uuid, nullable=False, index=True),
    Column("on_day", BigInteger, nullable=False),
    Column("spend_fen", BigInteger, nullable=False),
    Column("payable_fen", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False),
)

UNCOUNTED = Table(
    "uncounted",
    OFFICE,
    Column("event_id", Uuid, primary_key=True),
    Column("sale_id", Uuid, nullable=False, index=True),
    Column("spend_fen", BigInteger, nullable=False),
    Column("payable_fen", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("is_void", Boolean, nullable=False),
)
