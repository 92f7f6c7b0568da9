"""变更: keys of what changed, read by tills in the order in which it was committed (sync.md 4).

PostgreSQL hands out numbers before a transaction commits, and transactions end in another order
than they begin in. So a change is ordered by its transaction first, and only those are read that
lie below the oldest one still open: what comes later has a higher one. On SQLite one writes at a
time, and numbers alone do.

A cursor names the transaction and the number of a change, and a mark that is drawn for it: a
server that was restored from a backup has another change in that place, or none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union,
    update,
)

from core.ports.feed import Behind, Noted
from core.sync.directory import MEMBER
from storage.machine import SystemDice
from storage.office.rows import keep
from storage.office.tables import OFFICE

CHANGES = Table(
    "changes",
    OFFICE,
    Column(
        "pos", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("xid", BigInteger, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("topic", String, nullable=False),
    Column("about", String, nullable=False),
    Column("store_code", String),
    sqlite_autoincrement=True,
)
Index("changes_order", CHANGES.c.xid, CHANGES.c.pos)
# Of members there are many more changes than of all the rest.
_no_member = CHANGES.c.topic != literal_column(f"'{MEMBER}'")
Index(
    "changes_topics",
    CHANGES.c.topic,
    CHANGES.c.about,
    postgresql_where=_no_member,
    sqlite_where=_no_member,
)

# Where each till stands: the number of the cursor that it came with, and of what it was given.
CURSORS = Table(
    "cursors",
    OFFICE,
    Column("till_id", Uuid, primary_key=True),
    Column("asked", BigInteger),
    Column("given", BigInteger),
)

MARK_BYTES = 8
_CURSOR = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9a-f]{16})", re.ASCII)
_NOW = "pg_current_xact_id()::text::bigint"
_OLDEST_OPEN = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_IS_THERE = select(CHANGES.c.pos).where(
    CHANGES.c.pos == bindparam("pos"),
    CHANGES.c.xid == bindparam("xid"),
    CHANGES.c.mark == bindparam("mark"),
)
_BEHIND = (
    select(CHANGES.c.xid, CHANGES.c.pos, CHANGES.c.mark, CHANGES.c.topic, CHANGES.c.about)
    .where(
        tuple_(CHANGES.c.xid, CHANGES.c.pos) > tuple_(bindparam("xid"), bindparam("pos")),
        or_(CHANGES.c.store_code.is_(None), CHANGES.c.store_code == bindparam("store")),
    )
    .order_by(CHANGES.c.xid, CHANGES.c.pos)
    .limit(bindparam("most"))
)
_CLOSED = _BEHIND.where(CHANGES.c.xid < literal_column(_OLDEST_OPEN))
_NEWEST = select(func.max(CHANGES.c.xid))
_HEAD = (
    select(CHANGES.c.xid, CHANGES.c.pos, CHANGES.c.mark)
    .order_by(CHANGES.c.xid.desc(), CHANGES.c.pos.desc())
    .limit(1)
)
_CLOSED_HEAD = _HEAD.where(CHANGES.c.xid < literal_column(_OLDEST_OPEN))
_KEYS = (
    select(CHANGES.c.topic, CHANGES.c.about)
    .distinct()
    .where(
        _no_member,
        tuple_(CHANGES.c.topic, CHANGES.c.about) > tuple_(bindparam("of"), bindparam("key")),
        or_(CHANGES.c.store_code.is_(None), CHANGES.c.store_code == bindparam("store")),
    )
    .order_by(CHANGES.c.topic, CHANGES.c.about)
    .limit(bindparam("most"))
)


_HELD = select(CURSORS.c.asked, CURSORS.c.given).where(CURSORS.c.till_id == bindparam("till"))
_STANDING = union(select(CURSORS.c.asked), select(CURSORS.c.given)).subquery()
_ranked = (
    select(
        CHANGES.c.pos,
        func.row_number()
        .over(
            partition_by=(CHANGES.c.topic, CHANGES.c.about, CHANGES.c.store_code),
            order_by=(CHANGES.c.xid.desc(), CHANGES.c.pos.desc()),
        )
        .label("rank"),
    )
    .where(CHANGES.c.pos <= bindparam("up_to"))
    .subquery()
)
_OLDER = (
    select(_ranked.c.pos)
    .outerjoin(_STANDING, _STANDING.c.asked == _ranked.c.pos)
    .where(_ranked.c.rank > 1, _STANDING.c.asked.is_(None))
    .limit(bindparam("most"))
)
_COMPACT = delete(CHANGES).where(CHANGES.c.pos.in_(_OLDER))
_LAST = select(func.coalesce(func.max(CHANGES.c.pos), 0))


class StoredChanges:
    """Implements `core.ports.feed.Changes`; within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_postgres = connection.dialect.name == "postgresql"

    def note(self, topic: str, about: str, store_code: str | None = None) -> None:
        self.note_all(topic, [about], store_code)

    def note_all(self, topic: str, abouts: Collection[str], store_code: str | None = None) -> None:
        dice = SystemDice()
        rows = [
            {
                "mark": dice.roll(MARK_BYTES),
                "topic": topic,
                "about": about,
                "store_code": store_code,
            }
            for about in abouts
        ]
        if not rows:
            return
        xid = literal_column(_NOW if self._is_postgres else "0", BigInteger)
        self._connection.execute(insert(CHANGES).values(xid=xid), rows)

    def is_held(self, till_id: UUID, asked: str, given: str) -> bool:
        row = self._connection.execute(_HELD, {"till": till_id}).one_or_none()
        return row is not None and tuple(row) == (_number(asked), _number(given))

    def hold(self, till_id: UUID, asked: str, given: str) -> None:
        row = {"till_id": till_id, "asked": _number(asked), "given": _number(given)}
        keep(self._connection, CURSORS, row)

    def compact(self, *, up_to: int, at_most: int) -> int:
        asked = {"up_to": up_to, "most": at_most}
        return int(self._connection.execute(_COMPACT, asked).rowcount)

    def newest(self) -> int:
        return int(self._connection.execute(_LAST).scalar_one())

    def behind(self, cursor: str, store_code: str, *, most: int) -> Behind:
        place = self._place(cursor)
        xid, pos = place or (0, 0)
        asked = {"xid": xid, "pos": pos, "store": store_code, "most": most + 1}
        rows = self._connection.execute(_CLOSED if self._is_postgres else _BEHIND, asked).all()
        noted = tuple(
            Noted(topic, about, f"{xid}.{pos}.{mark.hex()}")
            for xid, pos, mark, topic, about in rows[:most]
        )
        is_known = place is not None or not cursor
        last = noted[-1].cursor if noted else cursor if is_known else ""
        return Behind(noted, last, len(rows) <= most, is_known)

    def head(self) -> str:
        row = self._connection.execute(_CLOSED_HEAD if self._is_postgres else _HEAD).one_or_none()
        return "" if row is None else f"{row.xid}.{row.pos}.{row.mark.hex()}"

    def keys(
        self, store_code: str, topic: str, about: str, *, most: int
    ) -> tuple[tuple[str, str], ...]:
        asked = {"of": topic, "key": about, "store": store_code, "most": most}
        return tuple((of, key) for of, key in self._connection.execute(_KEYS, asked))

    def _place(self, cursor: str) -> tuple[int, int] | None:
        """Transaction and number of a cursor that was given here; None of any other."""
        found = _CURSOR.fullmatch(cursor)
        if found is None:
            return None
        xid, pos, mark = int(found[1]), int(found[2]), bytes.fromhex(found[3])
        asked = {"xid": xid, "pos": pos, "mark": mark}
        is_there = self._connection.execute(_IS_THERE, asked).first() is not None
        return (xid, pos) if is_there else None


def _number(cursor: str) -> int | None:
    found = _CURSOR.fullmatch(cursor)
    return int(found[2]) if found else None


def settle_elsewhere(connection: Connection) -> None:
    """Where the database was moved to a server whose transactions are younger, order by number.

    Otherwise those changes would wait for transactions that are long over. Tills begin anew.
    """
    if connection.dialect.name != "postgresql":
        return
    newest = connection.execute(_NEWEST).scalar()
    now = connection.execute(text(f"SELECT {_NOW}")).scalar_one()
    if newest is not None and newest >= now:
        connection.execute(update(CHANGES).values(xid=0))
