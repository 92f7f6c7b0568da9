"""迁移: a verified copy first, then each revision in one transaction: old or new, never half.

Alembic runs on the connection of the store itself: SQLite keeps changes of the schema within the
transaction, so that a kill at any statement leaves the file as it was.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from core.errors import StoreDamaged
from storage.columns import Connection
from storage.engine import connect
from storage.faults import faults_of

_VERSION = "SELECT version_num FROM alembic_version"


def migrate(path: Path, key: bytes) -> None:
    """Bring a file to the newest revision; a copy of what it was stays in `backups`."""
    with faults_of(path):
        connection = connect(path, key)
        try:
            _keep_copy(connection, path, key)
            for revision in pending(connection):
                apply(connection, revision)
        finally:
            connection.close()


def pending(connection: Connection) -> list[str]:
    """Revisions that a file lacks, oldest first."""
    row = connection.execute(_VERSION).fetchone()
    newest_first = _scripts().iterate_revisions("heads", row[0] if row else "base")
    return [script.revision for script in newest_first][::-1]


def apply(connection: Connection, revision: str) -> None:
    """One revision and its stamp, in one transaction."""
    script = _scripts().get_revision(revision)
    engine = create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool,
        pool_reset_on_return=None,
    )  # fmt: skip
    with engine.connect() as live:
        live.exec_driver_sql("BEGIN IMMEDIATE")
        with Operations.context(MigrationContext.configure(live)):
            script.module.upgrade()
        live.exec_driver_sql("DELETE FROM alembic_version")
        live.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))
        live.commit()


def _keep_copy(connection: Connection, path: Path, key: bytes) -> None:
    row = connection.execute(_VERSION).fetchone()
    copy = path.parent / "backups" / f"before-{row[0] if row else 'base'}.db"
    copy.parent.mkdir(exist_ok=True, mode=0o700)
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))
    copied = connect(copy, key)
    try:
        is_whole = copied.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not is_whole or copied.execute(_VERSION).fetchone() != row:
            raise StoreDamaged(str(copy))
    finally:
        copied.close()


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return ScriptDirectory.from_config(config)
