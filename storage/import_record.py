"""导入记录: what an import has done so far, so that a killed one can be undone by whoever comes."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    insert,
    select,
    text,
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
    Column("file_name", String, nullable=False, server_default=""),
    Column("staff_no", Integer, nullable=False, server_default=text("0")),
    Column("bad", Integer, nullable=False, server_default=text("0")),
    Column("taken_back_us", Integer, nullable=False, server_default=text("0")),
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
_PAST = Prepared(
    select(*_FIELDS)
    .where((IMPORTS.c.state == DONE) | (IMPORTS.c.taken_back_us > 0), IMPORTS.c.file_name != "")
    .order_by(IMPORTS.c.started_us.desc())
)
_TAKE_BACK = Prepared(
    update(IMPORTS)
    .where(IMPORTS.c.id == bindparam("of"), IMPORTS.c.state == DONE)
    .values(state=UNDOING, taken_back_us=bindparam("at_us"))
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
_OLD = "state = ? AND started_us < ?"
_INSERT_IMAGE = Prepared(insert(BEFORE_IMAGES))
_INSERT_EVENT = Prepared(insert(IMPORT_EVENTS))


class Imported(Struct, frozen=True):
    """What an import came to, in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class Source(Struct, frozen=True):
    """Where an import came from: its file's name, who brought it, and how many rows were bad."""

    file_name: str = ""
    staff_no: int = 0
    bad: int = 0


class ImportRow(Struct, frozen=True):
    """One import; rows it added have a larger n than `first_n`, sales since then likewise.

    `taken_back_us`: somebody took it back after it had come to its end.
    """

    id: bytes
    kind: str
    state: str
    started_us: int
    first_n: int
    first_sale_n: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    file_name: str = ""
    staff_no: int = 0
    bad: int = 0
    taken_back_us: int = 0


def begin(connection: Connection, row: ImportRow) -> None:
    """Write down that an import began."""
    connection.execute(_INSERT.sql, astuple(row))


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


def images_of(
    connection: Connection, import_id: bytes, after: int, most: int
) -> list[tuple[int, bytes]]:
    """So many of the rows that were kept, beyond number `after`: n and image."""
    sql = "SELECT n, image FROM before_images WHERE import_id = ? AND n > ? ORDER BY n LIMIT ?"
    return [(n, image) for n, image in connection.execute(sql, (import_id, after, most)).fetchall()]


def drop_images(connection: Connection, import_id: bytes, numbers: list[int]) -> None:
    """Those are not needed any more."""
    sql = "DELETE FROM before_images WHERE import_id = ? AND n = ?"
    connection.executemany(sql, [(import_id, n) for n in numbers])


def has_old_images(connection: Connection, before_us: int) -> bool:
    """Whether any are kept of imports that ended so long ago that nobody takes them back."""
    sql = "SELECT 1 FROM before_images WHERE import_id IN (SELECT id FROM imports WHERE %s) LIMIT 1"
    return connection.execute(sql % _OLD, (DONE, before_us)).fetchone() is not None


def drop_old_images(connection: Connection, before_us: int, most: int) -> int:
    """So many of those; how many there were."""
    return connection.execute(
        "DELETE FROM before_images WHERE (import_id, n) IN ("  # noqa: S608 - the words are ours
        "SELECT import_id, n FROM before_images JOIN imports ON imports.id = import_id "
        f"WHERE {_OLD} LIMIT ?)",
        (DONE, before_us, most),
    ).rowcount


def past(connection: Connection) -> list[ImportRow]:
    """Imports that came to their end, the newest first; also those that were taken back."""
    return [ImportRow(*row) for row in _PAST.all(connection)]


def begin_taking_back(connection: Connection, import_id: bytes, at_us: int) -> bool:
    """From now on it is being taken back; False where it is already."""
    return _TAKE_BACK.run(connection, of=import_id, at_us=at_us) > 0


def note_event(connection: Connection, import_id: bytes, event_id: bytes) -> None:
    """This event belongs to that import."""
    connection.execute(_INSERT_EVENT.sql, (import_id, event_id))
