"""结构: the tables of all rooms together; loaded only where a file is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import create_mock_engine

import storage.activities
import storage.audit
import storage.badges
import storage.baskets
import storage.benefit_uses
import storage.cases
import storage.cash_moves
import storage.consents
import storage.copies
import storage.counters
import storage.days
import storage.deeds
import storage.draws
import storage.elsewhere
import storage.expiry
import storage.feed
import storage.figures
import storage.forgotten
import storage.handouts
import storage.heads
import storage.held_away
import storage.import_record
import storage.label_layouts
import storage.ledger
import storage.links
import storage.member_standing
import storage.members
import storage.merges
import storage.mirror_tables
import storage.offer_tables
import storage.offer_units
import storage.outbox
import storage.own_escrows
import storage.people
import storage.plans
import storage.products
import storage.profiles
import storage.redemptions
import storage.reports
import storage.return_tables
import storage.reward_catalogue
import storage.rulebooks
import storage.sales
import storage.segments
import storage.shifts
import storage.signals
import storage.snapshots
import storage.spent_points
import storage.store_sales_tables
import storage.tier_changes
import storage.tier_holds
import storage.tier_standings
import storage.tills
import storage.trace_tables
import storage.void_tables
from core.ports import Till
from storage.columns import METADATA, Connection
from storage.engine import connect
from storage.revision import REVISIONS

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create_schema(path: Path, key: bytes, till: Till) -> None:
    """A fresh file with all tables, stamped with the newest revision, of this till."""
    connection = connect(path, key, is_new=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        create_tables(connection)
        connection.execute(_VERSION_TABLE)
        connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))
        storage.tills.set_till(connection, till)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    path.chmod(0o600)


def create_tables(connection: Connection) -> None:
    """All tables, indexes and triggers, within the transaction of a driver's connection."""

    def run(ddl: Any, *_: Any, **__: Any) -> None:
        connection.execute(str(ddl.compile(dialect=mock.dialect)))

    mock = create_mock_engine("sqlite://", run)
    METADATA.create_all(mock, checkfirst=False)
