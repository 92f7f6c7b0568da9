"""下发: what head office lets hold on its tills, with the days from which it does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    bindparam,
    select,
)

from core.ports.issued import IssuedRulebook, StorePrice
from core.sync.feed import ProductIssued
from storage.office.rows import keep, keep_all
from storage.office.tables import OFFICE

RULEBOOKS = Table(
    "rulebooks",
    OFFICE,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("begins_on", BigInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("issued_us", BigInteger, nullable=False),
)

PRODUCTS = Table(
    "issued_products",
    OFFICE,
    Column("code", String, primary_key=True),
    Column("store_code", String, primary_key=True),
    Column("begins_on", BigInteger, primary_key=True, autoincrement=False),
    Column("record", LargeBinary, nullable=False),
    Column("issued_us", BigInteger, nullable=False),
)

AT_ONCE = 1000
"""So many codes are looked up, or rows written, in one statement."""
_BEGINS = select(RULEBOOKS.c.version, RULEBOOKS.c.begins_on).order_by(
    RULEBOOKS.c.begins_on, RULEBOOKS.c.version
)
_SOME = (
    select(RULEBOOKS)
    .where(RULEBOOKS.c.version.in_(bindparam("of", expanding=True)))
    .order_by(RULEBOOKS.c.begins_on, RULEBOOKS.c.version)
)
_OF_CODES = (
    select(PRODUCTS.c.code, PRODUCTS.c.store_code, PRODUCTS.c.record, PRODUCTS.c.issued_us)
    .where(PRODUCTS.c.code.in_(bindparam("of", expanding=True)))
    .order_by(PRODUCTS.c.code, PRODUCTS.c.issued_us)
)


class StoredIssuedRulebooks:
    """Implements `core.ports.issued.IssuedRulebooks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begins(self) -> tuple[tuple[int, date], ...]:
        return tuple(
            (version, date.fromordinal(on)) for version, on in self._connection.execute(_BEGINS)
        )

    def some(self, versions: Collection[int]) -> tuple[IssuedRulebook, ...]:
        rows = self._connection.execute(_SOME, {"of": list(versions)})
        return tuple(
            IssuedRulebook(version, date.fromordinal(on), record, at_us)
            for version, on, record, at_us in rows
        )

    def keep(self, issued: IssuedRulebook) -> None:
        row = {
            "version": issued.version,
            "begins_on": issued.begins_on.toordinal(),
            "record": issued.record,
            "issued_us": issued.issued_us,
        }
        keep(self._connection, RULEBOOKS, row)


class StoredIssuedProducts:
    """Implements `core.ports.issued.IssuedProducts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, codes: Collection[str]) -> dict[str, list[StorePrice]]:
        asked, found = list(codes), dict[str, list[StorePrice]]()
        for first in range(0, len(asked), AT_ONCE):
            rows = self._connection.execute(_OF_CODES, {"of": asked[first : first + AT_ONCE]})
            for code, store_code, record, at_us in rows:
                product = msgspec.json.decode(record, type=ProductIssued)
                price = StorePrice(code, store_code, product, at_us)
                found.setdefault(code, []).append(price)
        return found

    def keep(self, prices: Sequence[StorePrice]) -> None:
        rows = [
            {
                "code": each.code,
                "store_code": each.store_code,
                "begins_on": each.product.begins_on.toordinal(),
                "record": msgspec.json.encode(each.product),
                "issued_us": each.issued_us,
            }
            for each in prices
        ]
        for first in range(0, len(rows), AT_ONCE):
            keep_all(self._connection, PRODUCTS, rows[first : first + AT_ONCE])
