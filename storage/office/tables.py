"""表: what the server keeps; described once, created and compiled for the dialect it runs on.

Whole numbers are 64 bits wide on both, instants are microseconds. Events and what is kept apart
are bytes: nothing that a till sends can fail to be kept for its spelling.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    event,
)
from sqlalchemy.schema import DDL

OFFICE = MetaData()
ARRIVAL = BigInteger().with_variant(Integer, "sqlite")
"""Of a `pos`: the place of a row in the order of arrival (`storage.office.arrival`)."""

CHAIN = Table(
    "chain",
    OFFICE,
    Column("one", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    # What is added to the numbers of transactions: see `storage.office.arrival`.
    Column("shift", BigInteger, nullable=False, server_default="0"),
    Column("address", String, nullable=False),
    # What blind keys are made with: drawn once, when the store is opened first.
    Column("blind_key", LargeBinary),
    # What erasures are sealed with: no till is ever told.
    Column("seal_key", LargeBinary),
)

STORES = Table(
    "stores",
    OFFICE,
    Column("code", String, primary_key=True),
    Column("name", String, nullable=False),
)

TILLS = Table(
    "tills",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("store_code", ForeignKey("stores.code"), nullable=False),
    Column("till_no", BigInteger, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("enrolled_us", BigInteger, nullable=False),
    Column("program", String, nullable=False),
    Column("revoked_us", BigInteger),
    Column("seen_us", BigInteger),
    Column("clock_behind_us", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
)
_in_place = TILLS.c.revoked_us.is_(None) & (TILLS.c.till_no > 0)
Index(
    "tills_place",
    TILLS.c.store_code,
    TILLS.c.till_no,
    unique=True,
    postgresql_where=_in_place,
    sqlite_where=_in_place,
)

BRANCHES = Table(
    "branches",
    OFFICE,
    Column("till_id", ForeignKey("tills.id"), primary_key=True),
    Column("incarnation", BigInteger, primary_key=True, autoincrement=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("token_digest", LargeBinary, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("begun_us", BigInteger),
    Column("told_seq", BigInteger, nullable=False),
)
Index("branches_token", BRANCHES.c.token_digest)

CODES = Table(
    "codes",
    OFFICE,
    Column("digest", LargeBinary, primary_key=True),
    Column("store_code", ForeignKey("stores.code"), nullable=False),
    Column("till_no", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("used_us", BigInteger),
    Column("kind", String, nullable=False),
    Column("replaces", Boolean, nullable=False),
)

ADMINS = Table(
    "admins",
    OFFICE,
    Column("digest", LargeBinary, primary_key=True),
    Column("until_us", BigInteger, nullable=False),
    Column("used_us", BigInteger),
    Column("token_digest", LargeBinary, unique=True),
)

EVENTS = Table(
    "events",
    OFFICE,
    Column("pos", ARRIVAL, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("till_id", Uuid, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("received_us", BigInteger, nullable=False),
    UniqueConstraint("till_id", "incarnation", "seq", name="events_place"),
)

PRIVATE_VALUES = Table(
    "private_values",
    OFFICE,
    Column("event_id", Uuid, primary_key=True),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", Uuid, nullable=False),
    Column("field", String, nullable=False),
    Column("value", String, nullable=False),
    Column("salt", LargeBinary, nullable=False),
)
Index("private_values_member", PRIVATE_VALUES.c.member_id)

APART = Table(
    "kept_apart",
    OFFICE,
    Column("mark", LargeBinary, primary_key=True),
    Column("till_id", Uuid, nullable=False),
    Column("incarnation", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("received_us", BigInteger, nullable=False),
)
Index("kept_apart_place", APART.c.till_id, APART.c.incarnation, APART.c.seq)

# As they were sent, good or not; `member_id`, where it is one, finds all that is kept of a member.
APART_PRIVATE = Table(
    "private_apart",
    OFFICE,
    Column("mark", ForeignKey("kept_apart.mark"), primary_key=True),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", Uuid),
    Column("sent", LargeBinary, nullable=False),
)
Index("private_apart_member", APART_PRIVATE.c.member_id)

PROGRESS = Table(
    "progress",
    OFFICE,
    Column("till_id", Uuid, primary_key=True),
    Column("incarnation", BigInteger, primary_key=True, autoincrement=False),
    Column("through", BigInteger, nullable=False),
    # The highest number there is: where it is that of `through`, no gap is waited for.
    Column("highest", BigInteger, nullable=False),
)

# How far each duty has come (`core.actions.duties`).
DUTIES = Table(
    "duties",
    OFFICE,
    Column("name", String, primary_key=True),
    Column("pos", BigInteger, nullable=False),
)

CASES = Table(
    "cases",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("till_id", Uuid, nullable=False),
    Column("about", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("closed_us", BigInteger),
)
_open = CASES.c.closed_us.is_(None)
Index("cases_open", CASES.c.at_us, postgresql_where=_open, sqlite_where=_open)


def _keep_for_ever(table: Table) -> None:
    """Let the database refuse to change or remove rows, whoever asks."""
    name = table.name
    says = f"{name} is kept for ever"
    for verb in ("UPDATE", "DELETE"):
        _after(
            table,
            "sqlite",
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END",
        )
    _after(
        table,
        "postgresql",
        f"CREATE FUNCTION {name}_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$",
    )
    _after(
        table,
        "postgresql",
        f"CREATE TRIGGER {name}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_kept()",
    )


def _after(table: Table, dialect: str, statement: str) -> None:
    made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
    event.listen(table, "after_create", made)


_keep_for_ever(EVENTS)
_keep_for_ever(APART)
# A sale that was made small stays in its row: a table beside it costs a second row, and each look.
_after(EVENTS, "postgresql", "ALTER TABLE events SET (toast_tuple_target = 4080)")
