"""总部的价: what head office lets hold of products, for the day it is to hold from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table, bindparam, insert, select

from core.sync.feed import ProductIssued
from storage.columns import METADATA, Connection, Prepared, day_column

PLANS = Table(
    "product_plans",
    METADATA,
    Column("code", String, primary_key=True),
    day_column("begins_on", primary_key=True),
    Column("has_begun", Boolean, nullable=False),
    Column("record", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("product_plans_waiting", PLANS.c.begins_on, sqlite_where=PLANS.c.has_begun == 0)

_INSERT = Prepared(insert(PLANS))
_FORGET = "DELETE FROM product_plans WHERE code = ?"
_FORGET_BEGUN = "DELETE FROM product_plans WHERE has_begun = 1"
_FORGET_WAITING = "DELETE FROM product_plans WHERE has_begun = 0"
_DUE = (
    "SELECT DISTINCT code FROM product_plans INDEXED BY product_plans_waiting "
    "WHERE has_begun = 0 AND begins_on <= ? LIMIT ?"
)
_OF = Prepared(
    select(PLANS.c.record)
    .where(PLANS.c.code == bindparam("of"), PLANS.c.begins_on <= bindparam("on"))
    .order_by(PLANS.c.begins_on.desc())
    .limit(1)
)
_AHEAD = Prepared(
    select(PLANS.c.record)
    .where(PLANS.c.code == bindparam("of"), PLANS.c.has_begun == 0)
    .order_by(PLANS.c.begins_on)
)
_OVER = (
    "DELETE FROM product_plans WHERE code = ? AND begins_on < "
    "(SELECT max(begins_on) FROM product_plans WHERE code = ? AND begins_on <= ?)"
)
_BEGIN = "UPDATE product_plans SET has_begun = 1 WHERE code = ? AND begins_on <= ?"
_WAITING = "SELECT count(DISTINCT code), min(begins_on) FROM product_plans WHERE has_begun = 0"


class StoredPlans:
    """Implements `core.ports.issued.Plans`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, code: str, plans: Sequence[ProductIssued]) -> None:
        """All that head office says of a code."""
        self._connection.execute(_FORGET, (code,))
        rows = [
            (code, each.begins_on.toordinal(), False, msgspec.json.encode(each)) for each in plans
        ]
        _INSERT.many(self._connection, rows)

    def due(self, on: date, *, limit: int) -> tuple[str, ...]:
        """Codes of which something should hold by now."""
        rows = self._connection.execute(_DUE, (on.toordinal(), limit)).fetchall()
        return tuple(code for (code,) in rows)

    def of(self, code: str, on: date) -> ProductIssued | None:
        """What holds of a code on a day; None where head office says nothing of it."""
        row = _OF.one(self._connection, of=code, on=on.toordinal())
        return None if row is None else msgspec.json.decode(row[0], type=ProductIssued)

    def ahead(self, code: str) -> Sequence[ProductIssued]:
        """What has not begun of a code, in the order in which it will."""
        rows = _AHEAD.all(self._connection, of=code)
        return [msgspec.json.decode(row[0], type=ProductIssued) for row in rows]

    def begin(self, code: str, on: date) -> None:
        """It holds; what held before by head office is over."""
        day = on.toordinal()
        self._connection.execute(_OVER, (code, code, day))
        self._connection.execute(_BEGIN, (code, day))

    def forget_begun(self) -> None:
        """Nobody but this shop said what holds: a price by hand, or of an import, may follow."""
        self._connection.execute(_FORGET_BEGUN)

    def forget_waiting(self) -> None:
        """Head office tells once more what is to come."""
        self._connection.execute(_FORGET_WAITING)

    def waiting(self) -> tuple[int, date] | None:
        """How many codes will change, and from when."""
        row = self._connection.execute(_WAITING).fetchone()
        return (int(row[0]), date.fromordinal(row[1])) if row and row[0] else None
