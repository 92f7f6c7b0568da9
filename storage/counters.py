"""流水号: running numbers that are given out once."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from storage.columns import METADATA, Connection, Prepared

COUNTERS = Table(
    "counters",
    METADATA,
    Column("name", String, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_LAST = Prepared(select(COUNTERS.c.last).where(COUNTERS.c.name == bindparam("of")))
_SET = Prepared(
    insert(COUNTERS)
    .values(name=bindparam("name"), last=bindparam("last"))
    .on_conflict_do_update(index_elements=["name"], set_={"last": bindparam("again")})
)
LEAP = 10_000


def take_number(connection: Connection, name: str, *, least: int = 1) -> int:
    """The next number of a counter, from `least` on; it is taken when the transaction commits."""
    row = _LAST.one(connection, of=name)
    number = max(int(row[0]) + 1, least) if row else least
    _SET.run(connection, name=name, last=number, again=number)
    return number


def leap_ahead(connection: Connection) -> None:
    """Leave a gap of ten thousand in every counter: a lost branch may have given out the next."""
    for (name,) in connection.execute("SELECT name FROM counters").fetchall():
        row = _LAST.one(connection, of=name)
        last = (int(row[0]) // LEAP + 1) * LEAP if row else 0
        _SET.run(connection, name=name, last=last, again=last)
