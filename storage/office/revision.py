"""版本: the server makes its tables and brings them up to date at its start, forwards only."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, inspect, select, text, update

from core.errors import StoreNewer
from storage.office.tables import CHAIN, OFFICE

# What changed since the first revision: each step the statements that lead to the next, with the
# types that the dialects name otherwise in braces. A step that was shipped never changes.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE private_apart (
            mark {bytes} NOT NULL REFERENCES kept_apart (mark),
            no BIGINT NOT NULL,
            member_id {uuid},
            sent {bytes} NOT NULL,
            PRIMARY KEY (mark, no)
        )
        """,
        "CREATE INDEX private_apart_member ON private_apart (member_id)",
    ),
    (
        """
        CREATE TABLE branches (
            till_id {uuid} NOT NULL REFERENCES tills (id),
            incarnation BIGINT NOT NULL,
            nonce {bytes} NOT NULL,
            token_digest {bytes} NOT NULL,
            until_us BIGINT NOT NULL,
            begun_us BIGINT,
            PRIMARY KEY (till_id, incarnation)
        )
        """,
        "CREATE INDEX branches_token ON branches (token_digest)",
        """
        INSERT INTO branches
        SELECT id, incarnation, nonce, token_digest, until_us, enrolled_us FROM tills
        """,
        "DROP INDEX tills_token",
        "ALTER TABLE tills DROP COLUMN nonce",
        "ALTER TABLE tills DROP COLUMN token_digest",
        "ALTER TABLE tills DROP COLUMN until_us",
    ),
    (
        "ALTER TABLE chain ADD COLUMN address VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE tills ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'till'",
        "ALTER TABLE branches ADD COLUMN told_seq BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE codes ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'till'",
        "ALTER TABLE codes ADD COLUMN replaces BOOLEAN NOT NULL DEFAULT false",
        "DROP INDEX tills_place",
        """
        CREATE UNIQUE INDEX tills_place ON tills (store_code, till_no)
        WHERE revoked_us IS NULL AND till_no > 0
        """,
    ),
)
_TYPES = {
    "sqlite": {"bytes": "BLOB", "uuid": "CHAR(32)"},
    "postgresql": {"bytes": "BYTEA", "uuid": "UUID"},
}
_LOCK = 0x53484B45  # "SHKE": two servers that start at once make the tables once
_MOVE = update(CHAIN).values(revision=bindparam("revision_now"))


def newest() -> int:
    """The revision that this program writes."""
    return 1 + len(STEPS)


def bring_up_to_date(connection: Connection) -> None:
    """In the transaction that is open; raises StoreNewer."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not inspect(connection).has_table(CHAIN.name):
        OFFICE.create_all(connection, checkfirst=False)
        connection.execute(insert(CHAIN).values(one=1, name="", revision=newest(), address=""))
        return
    revision = connection.execute(select(CHAIN.c.revision)).scalar_one()
    if revision > newest():
        raise StoreNewer(connection.engine.url.database or "")
    for step in STEPS[revision - 1 :]:
        for statement in step:
            connection.execute(text(statement.format(**_TYPES[connection.dialect.name])))
    if revision < newest():
        connection.execute(_MOVE, {"revision_now": newest()})
