"""升级: the tables of what tills ask of each other, for a database of an earlier server."""

from __future__ import annotations

TOGETHER: tuple[str, ...] = (
    """
        CREATE TABLE read_on (
            till_id {uuid} NOT NULL,
            incarnation BIGINT NOT NULL,
            through BIGINT NOT NULL,
            PRIMARY KEY (till_id, incarnation)
        )
    """,
    """
        CREATE TABLE sold (
            id {uuid} NOT NULL,
            no VARCHAR NOT NULL,
            event_id {uuid} NOT NULL,
            till_id {uuid} NOT NULL,
            member_id {uuid},
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX ix_sold_no ON sold (no)",
    "CREATE TABLE sold_void (sale_id {uuid} NOT NULL, PRIMARY KEY (sale_id))",
    """
        CREATE TABLE came_back (
            return_id {uuid} NOT NULL,
            no BIGINT NOT NULL,
            sale_id {uuid} NOT NULL,
            till_id {uuid} NOT NULL,
            quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
            PRIMARY KEY (return_id, no)
        )
    """,
    "CREATE INDEX ix_came_back_sale_id ON came_back (sale_id)",
    """
        CREATE TABLE claims (
            id {uuid} NOT NULL,
            kind VARCHAR NOT NULL,
            about VARCHAR NOT NULL,
            till_id {uuid} NOT NULL,
            incarnation BIGINT NOT NULL,
            at_us BIGINT NOT NULL,
            until_us BIGINT NOT NULL,
            status VARCHAR NOT NULL,
            lines VARCHAR NOT NULL,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX claims_open ON claims (kind, about) WHERE status = 'open'",
    "CREATE TABLE sold_gone (sale_id {uuid} NOT NULL, PRIMARY KEY (sale_id))",
    """
        CREATE TABLE coupon_batches (
            id {uuid} NOT NULL,
            record VARCHAR NOT NULL,
            PRIMARY KEY (id)
        )
    """,
    """
        CREATE TABLE coupon_codes (
            code VARCHAR NOT NULL,
            batch_id {uuid} NOT NULL,
            PRIMARY KEY (code)
        )
    """,
    "CREATE INDEX ix_coupon_codes_batch_id ON coupon_codes (batch_id)",
    "CREATE TABLE codes_withdrawn (code VARCHAR NOT NULL, PRIMARY KEY (code))",
    """
        CREATE TABLE code_uses (
            code VARCHAR NOT NULL,
            sale_id {uuid} NOT NULL,
            no VARCHAR NOT NULL,
            PRIMARY KEY (code, sale_id)
        )
    """,
    "CREATE INDEX code_uses_sale ON code_uses (sale_id)",
    """
        CREATE TABLE held (
            id {uuid} NOT NULL,
            store_code VARCHAR NOT NULL,
            till_id {uuid} NOT NULL,
            held_us BIGINT NOT NULL,
            taken_by {uuid},
            taken_no BIGINT NOT NULL,
            until_us BIGINT NOT NULL,
            is_done BOOLEAN NOT NULL,
            record VARCHAR NOT NULL,
            PRIMARY KEY (id)
        )
    """,
    "CREATE INDEX ix_held_store_code ON held (store_code)",
    "CREATE TABLE held_told (till_id {uuid} NOT NULL, no BIGINT NOT NULL, PRIMARY KEY (till_id))",
    """
        CREATE TABLE shelves (
            till_id {uuid} NOT NULL,
            code VARCHAR NOT NULL,
            incarnation BIGINT NOT NULL,
            seq BIGINT NOT NULL,
            units BIGINT NOT NULL,
            PRIMARY KEY (till_id, code)
        )
    """,
)
