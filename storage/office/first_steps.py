"""最早的步骤: those that led from the first revision of the server's tables to the fifth.

Each step leads to the next revision: statements, with the types that the dialects name otherwise
in braces. A step that was shipped never changes, so none of them asks the tables of today.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

TYPES: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "bytes": "BLOB",
        "uuid": "CHAR(32)",
        "counted": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
    },
    "postgresql": {"bytes": "BYTEA", "uuid": "UUID", "counted": "BIGSERIAL PRIMARY KEY"},
}


class Missing(Struct, frozen=True):
    """Only where the table has no such column yet: what is done then, by dialect."""

    table: str
    column: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


class OnServer(Struct, frozen=True):
    """A statement that PostgreSQL alone knows."""

    statement: str


Step = tuple[str | Missing | OnServer, ...]

APART: Step = (
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
)
BRANCHES: Step = (
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
)
INVITATIONS: Step = (
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
)

# How far a till is complete was kept without its highest number, which events and what is kept
# apart have.
_HIGHEST = (
    "ALTER TABLE progress ADD COLUMN highest BIGINT NOT NULL DEFAULT 0",
    """
    UPDATE progress SET highest = (
        SELECT max(seq) FROM (
            SELECT till_id, incarnation, seq FROM events
            UNION ALL SELECT till_id, incarnation, seq FROM kept_apart
            UNION ALL SELECT till_id, incarnation, through FROM progress
        ) AS each
        WHERE each.till_id = progress.till_id AND each.incarnation = progress.incarnation
    )
    """,
)
# SQLite cannot give a table another key: the events move into a new one, in the order that they
# were written in.
_POS_HERE = (
    """
    CREATE TABLE events_placed (
        pos INTEGER NOT NULL,
        id CHAR(32) NOT NULL,
        till_id CHAR(32) NOT NULL,
        incarnation BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        kind VARCHAR NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        data BLOB NOT NULL,
        received_us BIGINT NOT NULL,
        PRIMARY KEY (pos),
        CONSTRAINT events_place UNIQUE (till_id, incarnation, seq),
        UNIQUE (id)
    )
    """,
    """
    INSERT INTO events_placed
    SELECT rowid, id, till_id, incarnation, seq, kind, prev, hash, data, received_us
    FROM events ORDER BY rowid
    """,
    "DROP TABLE events",
    "ALTER TABLE events_placed RENAME TO events",
    """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events is kept for ever'); END
    """,
    """
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events is kept for ever'); END
    """,
)
# Low numbers: those of whatever comes later are lifted above them when the store is opened.
_POS_THERE = (
    "ALTER TABLE events ADD COLUMN pos BIGINT",
    "ALTER TABLE events DISABLE TRIGGER events_kept",
    """
    UPDATE events SET pos = placed.pos FROM (
        SELECT id, row_number() OVER (ORDER BY received_us, till_id, incarnation, seq) AS pos
        FROM events
    ) AS placed
    WHERE placed.id = events.id
    """,
    "ALTER TABLE events ENABLE TRIGGER events_kept",
    "ALTER TABLE events DROP CONSTRAINT events_pkey",
    "ALTER TABLE events ADD PRIMARY KEY (pos)",
    "ALTER TABLE events ADD UNIQUE (id)",
)
_SHIFT = ("ALTER TABLE chain ADD COLUMN shift BIGINT NOT NULL DEFAULT 0",)
# Programs of one revision had more and more of these tables and columns: whoever has some of them
# already keeps them as they are.
READINGS: Step = (
    Missing("chain", "shift", _SHIFT, _SHIFT),
    Missing("progress", "highest", _HIGHEST, _HIGHEST),
    Missing("events", "pos", _POS_HERE, _POS_THERE),
    """
        CREATE TABLE IF NOT EXISTS duties (
            name VARCHAR NOT NULL,
            pos BIGINT NOT NULL,
            PRIMARY KEY (name)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS admins (
            digest {bytes} NOT NULL,
            until_us BIGINT NOT NULL,
            used_us BIGINT,
            token_digest {bytes},
            PRIMARY KEY (digest),
            UNIQUE (token_digest)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS changes (
            pos {counted},
            xid BIGINT NOT NULL,
            mark {bytes} NOT NULL,
            topic VARCHAR NOT NULL,
            about VARCHAR NOT NULL,
            store_code VARCHAR
        )
    """,
    "CREATE INDEX IF NOT EXISTS changes_order ON changes (xid, pos)",
    """
        CREATE TABLE IF NOT EXISTS rulebooks (
            version BIGINT NOT NULL,
            begins_on BIGINT NOT NULL,
            record {bytes} NOT NULL,
            issued_us BIGINT NOT NULL,
            PRIMARY KEY (version)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS issued_products (
            code VARCHAR NOT NULL,
            store_code VARCHAR NOT NULL,
            begins_on BIGINT NOT NULL,
            record {bytes} NOT NULL,
            issued_us BIGINT NOT NULL,
            PRIMARY KEY (code, store_code, begins_on)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS members (
            id {uuid} NOT NULL,
            root_id {uuid} NOT NULL,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS ix_members_root_id ON members (root_id)",
    """
        CREATE TABLE IF NOT EXISTS joins (
            event_id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            till_id {uuid} NOT NULL,
            at_us BIGINT NOT NULL,
            on_day BIGINT NOT NULL,
            import_id {uuid},
            PRIMARY KEY (event_id, member_id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS joins_import ON joins (import_id)",
    "CREATE INDEX IF NOT EXISTS joins_member ON joins (member_id)",
    """
        CREATE TABLE IF NOT EXISTS member_fields (
            member_id {uuid} NOT NULL,
            field VARCHAR NOT NULL,
            event_id {uuid} NOT NULL,
            value VARCHAR,
            at_us BIGINT NOT NULL,
            incarnation BIGINT NOT NULL,
            seq BIGINT NOT NULL,
            import_id {uuid},
            PRIMARY KEY (member_id, field, event_id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS member_fields_import ON member_fields (import_id)",
    "CREATE INDEX IF NOT EXISTS member_fields_value ON member_fields (field, value)",
    """
        CREATE TABLE IF NOT EXISTS consent_steps (
            event_id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            is_given BOOLEAN NOT NULL,
            at_us BIGINT NOT NULL,
            till_id {uuid} NOT NULL,
            incarnation BIGINT NOT NULL,
            seq BIGINT NOT NULL,
            answered BIGINT,
            PRIMARY KEY (event_id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS ix_consent_steps_member_id ON consent_steps (member_id)",
    """
        CREATE TABLE IF NOT EXISTS aliases (
            gone_id {uuid} NOT NULL,
            into_id {uuid} NOT NULL,
            at_us BIGINT NOT NULL,
            event_id {uuid},
            undone_us BIGINT,
            PRIMARY KEY (gone_id, into_id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS aliases_into ON aliases (into_id)",
    """
        CREATE TABLE IF NOT EXISTS undone_imports (
            import_id {uuid} NOT NULL,
            kept {bytes} NOT NULL,
            PRIMARY KEY (import_id)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS transfers (
            id {uuid} NOT NULL,
            debit_kind VARCHAR NOT NULL,
            debit_id {uuid} NOT NULL,
            credit_kind VARCHAR NOT NULL,
            credit_id {uuid} NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0),
            cause VARCHAR NOT NULL,
            on_day BIGINT NOT NULL,
            about_id {uuid},
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS ix_transfers_about_id ON transfers (about_id)",
    "CREATE INDEX IF NOT EXISTS ix_transfers_credit_id ON transfers (credit_id)",
    "CREATE INDEX IF NOT EXISTS ix_transfers_debit_id ON transfers (debit_id)",
    """
        CREATE TABLE IF NOT EXISTS lots (
            id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0),
            expires_day BIGINT,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX IF NOT EXISTS ix_lots_expires_day ON lots (expires_day)",
    "CREATE INDEX IF NOT EXISTS ix_lots_member_id ON lots (member_id)",
    """
        CREATE TABLE IF NOT EXISTS allocations (
            lot_id {uuid} NOT NULL,
            transfer_id {uuid} NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0),
            PRIMARY KEY (lot_id, transfer_id)
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS accounts (
            owner_id {uuid} NOT NULL,
            kind VARCHAR NOT NULL,
            points BIGINT NOT NULL,
            PRIMARY KEY (owner_id, kind),
            CONSTRAINT set_aside CHECK (points >= 0 OR kind NOT IN ('pending', 'leased'))
        )
    """,
    """
        CREATE TABLE IF NOT EXISTS escrows (
            id {uuid} NOT NULL,
            kind VARCHAR NOT NULL,
            till_id {uuid} NOT NULL,
            incarnation BIGINT NOT NULL,
            member_id {uuid} NOT NULL,
            points BIGINT NOT NULL,
            at_us BIGINT NOT NULL,
            until_us BIGINT NOT NULL,
            spent BIGINT NOT NULL,
            status VARCHAR NOT NULL,
            through BIGINT,
            PRIMARY KEY (id),
            CONSTRAINT spent_of_it CHECK (spent >= 0 AND spent <= points)
        )
    """,
    "CREATE INDEX IF NOT EXISTS escrows_open ON escrows (till_id, until_us) WHERE status = 'open'",
)
