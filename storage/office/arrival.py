"""到达: the order in which rows came, in one number that readers go on from.

PostgreSQL hands out the numbers of a sequence before their transactions commit: who reads "behind
the last one" misses what is committed later under a lower number. And nobody is held up to number
rows one after another. So `pos` is made of the number of the transaction, and of the row's place
in it: whatever is below the oldest transaction that still runs is complete, and stays so. SQLite
has one writer at a time and numbers by itself.

A database that was restored elsewhere counts its transactions from the beginning: `chain.shift`,
set when the store is opened, lifts them above all that is there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Table, bindparam, func, literal_column, select
from sqlalchemy.sql import ColumnElement

from storage.office.tables import CHAIN, EVENTS

ROWS = 1 << 16
"""So many rows with a place may one transaction write."""
PLACE, SHIFT = "place", "shift"
PLACED: tuple[Table, ...] = (EVENTS,)
"""The tables whose rows have a `pos`."""
_OURS = literal_column("pg_current_xact_id()::text::bigint", BigInteger)
_OLDEST = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BigInteger)
_shift = bindparam(SHIFT, type_=BigInteger)
POS: ColumnElement[int] = (_OURS + _shift) * ROWS + bindparam(PLACE, type_=BigInteger)
"""The `pos` of a new row, by its `place` in the transaction and the `shift` of the store."""
SETTLED: ColumnElement[int] = (_OLDEST + _shift) * ROWS
"""What is below has arrived; by the `shift` of the store."""


def lift(connection: Connection) -> int:
    """The shift of a store that is being opened, raised where its transactions count anew."""
    shift = int(connection.execute(select(CHAIN.c.shift)).scalar_one())
    if connection.dialect.name != "postgresql":
        return shift
    newest = max(_newest(connection, table) for table in PLACED)
    missing = newest // ROWS + 1 - (int(connection.execute(select(_OURS)).scalar_one()) + shift)
    if missing > 0:
        shift += missing
        connection.execute(CHAIN.update().values(shift=shift))
    return shift


def _newest(connection: Connection, table: Table) -> int:
    asked: Any = select(func.coalesce(func.max(table.c.pos), 0))
    return int(connection.execute(asked).scalar_one())
