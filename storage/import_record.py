"""导入记录: what an import has done so far, so that a killed one can be undone by whoever comes."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from storage.columns import METADATA, Connection, Prepared, uuid_column

MEMBERS, PRODUCTS = "members", "products"
APPLYING, UNDOING, DONE, UNDONE = "applying", "undoing", "done", "undone"

IMPORTS = Table(
    "imports",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_us", Integer, nullable=False),
    Column("first_n", Integer, nullable=False),
    Column("first_sale_n", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    sqlite_with_rowid=False,
)

BEFORE_IMAGES = Table(
    "before_images",
    METADATA,
    uuid_column("import_id", primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("image", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

IMPORT_EVENTS = Table(
    "import_events",
    METADATA,
    uuid_column("import_id", primary_key=True),
    uuid_column("event_id", primary_key=True),
    sqlite_with_rowid=False,
)

_FIELDS = tuple(IMPORTS.c)
_INSERT = Prepared(insert(IMPORTS))
_UNFINISHED = Prepared(
    select(*_FIELDS).where((IMPORTS.c.state == APPLYING) | (IMPORTS.c.state == UNDOING))
)
_STATE = Prepared(
    update(IMPORTS).where(IMPORTS.c.id == bindparam("of")).values(state=bindparam("state"))
)
_COUNT = Prepared(
    update(IMPORTS)
    .where(IMPORTS.c.id == bindparam("of"))
    .values(
        added=IMPORTS.c.added + bindparam("more_added"),
        changed=IMPORTS.c.changed + bindparam("more_changed"),
        unchanged=IMPORTS.c.unchanged + bindparam("more_unchanged"),
    )
)
_INSERT_IMAGE = Prepared(insert(BEFORE_IMAGES))
_INSERT_EVENT = Prepared(insert(IMPORT_EVENTS))


class Imported(Struct, frozen=True):
    """What an import came to, in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class ImportRow(Struct, frozen=True):
    """One import; rows it added have a larger n than `first_n`, sales since then likewise."""

    id: bytes
    kind: str
    state: str
    started_us: int
    first_n: int
    first_sale_n: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def begin(connection: Connection, row: ImportRow) -> None:
    """Write down that an import began."""
    connection.execute(
        _INSERT.sql,
        (row.id, row.kind, row.state, row.started_us, row.first_n, row.first_sale_n, 0, 0, 0),
    )


def unfinished(connection: Connection) -> list[ImportRow]:
    """Imports that neither came to their end nor were undone."""
    return [ImportRow(*row) for row in _UNFINISHED.all(connection)]


def set_state(connection: Connection, import_id: bytes, state: str) -> None:
    """Where the import stands now."""
    _STATE.run(connection, of=import_id, state=state)


def count(connection: Connection, import_id: bytes, more: Imported) -> None:
    """So many rows more."""
    _COUNT.run(
        connection,
        of=import_id,
        more_added=more.added,
        more_changed=more.changed,
        more_unchanged=more.unchanged,
    )


def keep_images(connection: Connection, import_id: bytes, images: list[tuple[int, Any]]) -> None:
    """Rows as they were before the import changed them: n and plain values."""
    _INSERT_IMAGE.many(
        connection, [(import_id, n, json.dumps(image).encode()) for n, image in images]
    )


def images_of(connection: Connection, import_id: bytes, most: int) -> list[tuple[int, bytes]]:
    """So many of the rows that were kept: n and image."""
    sql = "SELECT n, image FROM before_images WHERE import_id = ? LIMIT ?"
    return [(n, image) for n, image in connection.execute(sql, (import_id, most)).fetchall()]


def drop_images(connection: Connection, import_id: bytes, images: list[tuple[int, bytes]]) -> None:
    """Those are not needed any more."""
    sql = "DELETE FROM before_images WHERE import_id = ? AND n = ?"
    connection.executemany(sql, [(import_id, n) for n, _ in images])


def has_images(connection: Connection) -> bool:
    """Whether any are kept."""
    return connection.execute("SELECT 1 FROM before_images LIMIT 1").fetchone() is not None


def drop_done_images(connection: Connection, most: int) -> int:
    """So many of those of imports that came to their end; how many there were."""
    return connection.execute(
        "DELETE FROM before_images WHERE (import_id, n) IN ("
        "SELECT import_id, n FROM before_images JOIN imports ON imports.id = import_id "
        "WHERE state = ? LIMIT ?)",
        (DONE, most),
    ).rowcount


def note_event(connection: Connection, import_id: bytes, event_id: bytes) -> None:
    """This event belongs to that import."""
    connection.execute(_INSERT_EVENT.sql, (import_id, event_id))
