"""步骤: what changed in the tables of the server since its first revision, each once and for good.

Each step leads to the next revision. One that was shipped never changes, so none of them asks the
tables of today; whoever changes a table adds to the last one.
"""

from __future__ import annotations

from storage.office.first_steps import APART, BRANCHES, INVITATIONS, READINGS, OnServer, Step
from storage.office.steps_together import TOGETHER

# What changes until the next release: whoever changes a table says so here, too.
_TOGETHER: Step = (
    "ALTER TABLE chain ADD COLUMN blind_key {bytes}",
    "ALTER TABLE chain ADD COLUMN seal_key {bytes}",
    """
        CREATE TABLE counted (
            sale_id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            on_day BIGINT NOT NULL,
            spend_fen BIGINT NOT NULL,
            payable_fen BIGINT NOT NULL,
            points BIGINT NOT NULL,
            PRIMARY KEY (sale_id)
        )
    """,
    "CREATE INDEX ix_counted_member_id ON counted (member_id)",
    """
        CREATE TABLE uncounted (
            event_id {uuid} NOT NULL,
            sale_id {uuid} NOT NULL,
            spend_fen BIGINT NOT NULL,
            payable_fen BIGINT NOT NULL,
            points BIGINT NOT NULL,
            is_void BOOLEAN NOT NULL,
            PRIMARY KEY (event_id)
        )
    """,
    "CREATE INDEX ix_uncounted_sale_id ON uncounted (sale_id)",
    """
        CREATE TABLE tier_holds (
            id {uuid} NOT NULL,
            member_id {uuid} NOT NULL,
            tier VARCHAR NOT NULL,
            cause VARCHAR NOT NULL,
            at_us BIGINT NOT NULL,
            on_day BIGINT NOT NULL,
            months BIGINT NOT NULL,
            until_day BIGINT,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX ix_tier_holds_member_id ON tier_holds (member_id)",
    """
        CREATE TABLE tier_hold_ends (
            hold_id {uuid} NOT NULL,
            cause VARCHAR NOT NULL,
            on_day BIGINT NOT NULL,
            PRIMARY KEY (hold_id)
        )
    """,
    """
        CREATE TABLE sold_scheme (
            one BIGINT NOT NULL,
            at_us BIGINT NOT NULL,
            record {bytes} NOT NULL,
            PRIMARY KEY (one)
        )
    """,
    """
        CREATE TABLE cursors (
            till_id {uuid} NOT NULL,
            asked BIGINT,
            given BIGINT,
            PRIMARY KEY (till_id)
        )
    """,
    """
        CREATE TABLE erased (
            member_id {uuid} NOT NULL,
            first_id {uuid} NOT NULL,
            seal {bytes} NOT NULL,
            at_us BIGINT NOT NULL,
            PRIMARY KEY (member_id)
        )
    """,
    "CREATE INDEX erased_first ON erased (first_id)",
    """
        CREATE TABLE daily (
            name VARCHAR NOT NULL,
            on_day BIGINT NOT NULL,
            place VARCHAR NOT NULL,
            done_us BIGINT,
            found BIGINT NOT NULL,
            PRIMARY KEY (name)
        )
    """,
    """
        CREATE TABLE visits (
            member_id {uuid} NOT NULL,
            store_code VARCHAR NOT NULL,
            last_day BIGINT NOT NULL,
            PRIMARY KEY (member_id, store_code)
        )
    """,
    "CREATE INDEX visits_store ON visits (store_code, member_id)",
    """
        CREATE TABLE directory (
            id {uuid} NOT NULL,
            name VARCHAR NOT NULL,
            tier VARCHAR NOT NULL,
            is_frozen BOOLEAN NOT NULL,
            cards {bytes} NOT NULL,
            phones {bytes} NOT NULL,
            ends_on BIGINT,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX directory_ends ON directory (ends_on, id)",
    """
        CREATE TABLE blind_keys (
            key {bytes} NOT NULL,
            member_id {uuid} NOT NULL,
            PRIMARY KEY (key, member_id)
        )
    """,
    "CREATE INDEX ix_blind_keys_member_id ON blind_keys (member_id)",
    # What was read before is read once more: these tables are made of all events.
    "DELETE FROM duties WHERE name = 'read'",
    *TOGETHER,
    "CREATE INDEX changes_topics ON changes (topic, about) WHERE topic != 'member'",
    OnServer("ALTER TABLE events SET (toast_tuple_target = 4080)"),
)

STEPS: tuple[Step, ...] = (APART, BRANCHES, INVITATIONS, READINGS, _TOGETHER)
