"""修订: the revision that a file has, and how an older one comes to the newest."""

from __future__ import annotations

from pathlib import Path

from core.errors import NotOurStore, StoreNewer, StoreOlder
from storage.columns import Connection
from storage.engine import connect
from storage.faults import faults_of

REVISIONS = tuple(f"{number:04d}" for number in range(1, 28))
"""All revisions there ever were, oldest first; the last is the one of this program."""


def bring_up_to_date(path: Path, key: bytes, *, may_migrate: bool = True) -> None:
    """Migrate a file of an older version, or raise StoreOlder; StoreNewer for one of a newer."""
    connection = connect(path, key)
    try:
        with faults_of(path):
            revision = revision_of(connection, path)
    finally:
        connection.close()
    if revision == REVISIONS[-1]:
        return
    if revision not in REVISIONS:
        raise StoreNewer(str(path))
    if not may_migrate:
        raise StoreOlder(str(path))
    from storage.migrations.run import migrate

    migrate(path, key)


def revision_of(connection: Connection, path: Path) -> str:
    """The revision of a file; raises NotOurStore where there is none."""
    has = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    count = connection.execute(has).fetchone()
    if not count or not count[0]:
        raise NotOurStore(str(path))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""
