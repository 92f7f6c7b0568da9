"""变更: how far this till has taken what head office has for it (sync.md 4)."""

from __future__ import annotations

from msgspec.structs import astuple
from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from core.ports.feed import Aside, Taken
from storage.columns import METADATA, Connection, Prepared
from storage.plans import PLANS
from storage.rulebooks import PLANNED

FEED = Table(
    "feed",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("cursor", String, nullable=False),
    Column("topics", String, nullable=False),
)

TAKEN = Table(
    "taken",
    METADATA,
    Column("topic", String, primary_key=True),
    Column("about", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

LAID_ASIDE = Table(
    "laid_aside",
    METADATA,
    Column("topic", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("error", String, nullable=False),
    Column("facts", String, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("at_us", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_CURSOR = Prepared(
    select(FEED.c.cursor).where(FEED.c.topics == bindparam("topics"), FEED.c.one == 1)
)
_MOVE = Prepared(insert(FEED).prefix_with("OR REPLACE"))
_TOOK = Prepared(insert(TAKEN).prefix_with("OR REPLACE"))
_TAKEN = Prepared(select(TAKEN).order_by(TAKEN.c.at_us.desc(), TAKEN.c.topic))
_LAY = Prepared(insert(LAID_ASIDE).prefix_with("OR REPLACE"))
_ASIDE = Prepared(select(LAID_ASIDE).order_by(LAID_ASIDE.c.at_us.desc(), LAID_ASIDE.c.topic))
_of_topic = LAID_ASIDE.c.topic == bindparam("of")
_CLEAR = Prepared(delete(LAID_ASIDE).where(_of_topic, LAID_ASIDE.c.about == bindparam("key")))
_CLEAR_ALL = Prepared(delete(LAID_ASIDE).where(_of_topic))
_DROP = tuple(Prepared(delete(table)) for table in (FEED, TAKEN, LAID_ASIDE, PLANNED, PLANS))


class StoredFeed:
    """Implements `core.ports.feed.Feed`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cursor(self, topics: str) -> str:
        """Where it goes on; "" where it has to begin."""
        row = _CURSOR.one(self._connection, topics=topics)
        return "" if row is None else str(row[0])

    def move(self, cursor: str, topics: str) -> None:
        """All up to there is applied."""
        self._connection.execute(_MOVE.sql, (1, cursor, topics))

    def took(self, taken: Taken) -> None:
        """It is the last one of its topic."""
        self._connection.execute(_TOOK.sql, astuple(taken))

    def taken(self) -> tuple[Taken, ...]:
        """The last of each topic, the newest one first."""
        return tuple(Taken(*row) for row in _TAKEN.all(self._connection))

    def lay_aside(self, aside: Aside) -> None:
        """It is kept until something of its topic can be used again."""
        self._connection.execute(_LAY.sql, astuple(aside))

    def aside(self) -> tuple[Aside, ...]:
        """What this till cannot use, the newest one first."""
        return tuple(Aside(*row) for row in _ASIDE.all(self._connection))

    def clear(self, topic: str, about: str = "") -> None:
        """Nothing of it lies aside any more."""
        if about:
            _CLEAR.run(self._connection, of=topic, key=about)
        else:
            _CLEAR_ALL.run(self._connection, of=topic)

    def drop(self) -> None:
        """The chain was left."""
        for statement in _DROP:
            statement.run(self._connection)
