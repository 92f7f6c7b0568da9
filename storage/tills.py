"""收银台: the one row that says who and where this till is."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.errors import NoStore
from core.ports import Till
from core.sync.fact import GENESIS
from core.trust.audit import START
from storage.columns import METADATA, Connection, Prepared, uuid_column
from storage.counters import leap_ahead
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, HEADS

TILL = Table(
    "till",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    uuid_column("id", nullable=False),
    Column("store_name", String, nullable=False),
    Column("store_code", String, nullable=False),
    Column("till_no", Integer, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("zone", String, nullable=False),
    Column("day_ends_hour", Integer, nullable=False),
)

_GET = Prepared(select(*(column for column in TILL.c if column.name != "one")))
_upsert = upsert(TILL)
_SET = Prepared(
    _upsert.on_conflict_do_update(
        index_elements=["one"],
        set_={c.name: _upsert.excluded[c.name] for c in TILL.c if c.name != "one"},
    )
)
_START_CHAIN = Prepared(insert(HEADS).prefix_with("OR REPLACE"))


def till_of(connection: Connection) -> Till:
    """Who and where; NoStore where the till was never set up."""
    row = _GET.one(connection)
    if row is None:
        raise NoStore("")
    return _till(row)


def set_till(connection: Connection, till: Till) -> None:
    """Another name, place or zone; a new incarnation begins its own chain of events at zero."""
    row = _GET.one(connection)
    before = _till(row) if row else None
    zone = till.zone.key if isinstance(till.zone, ZoneInfo) else str(till.zone)
    connection.execute(
        _SET.sql,
        (
            1,
            till.id.bytes,
            till.store_name,
            till.store_code,
            till.till_no,
            till.incarnation,
            zone,
            till.day_ends_hour,
        ),
    )
    if before is None:
        connection.execute(_START_CHAIN.sql, (AUDIT_CHAIN, 0, START, 0))
        connection.execute(_START_CHAIN.sql, (EVENTS_CHAIN, 0, GENESIS, 0))
    elif (before.id, before.incarnation) != (till.id, till.incarnation):
        _begin_branch(connection)


def _begin_branch(connection: Connection) -> None:
    leap_ahead(connection)
    connection.execute(
        "UPDATE heads SET seq = 0, hash = ? WHERE chain = ?", (GENESIS, EVENTS_CHAIN)
    )


@lru_cache(maxsize=8)
def _till(row: tuple[bytes, str, str, int, int, str, int]) -> Till:
    ident, store_name, store_code, till_no, incarnation, zone, day_ends_hour = row
    return Till(
        id=UUID(bytes=ident),
        store_name=store_name,
        store_code=store_code,
        till_no=till_no,
        incarnation=incarnation,
        zone=ZoneInfo(zone),
        day_ends_hour=day_ends_hour,
    )
