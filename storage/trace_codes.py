"""追溯码: what was sold and came back with which codes, and which product their beginning names."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from core.catalog.product import Product
from core.sales.trace import SoldTrace, TraceRecord, TraceRow, TraceSale
from storage.columns import Connection, Prepared, day_or_none, ordinal_or_none
from storage.products import FIELDS, PRODUCTS, product_of
from storage.return_tables import RETURNS
from storage.sales import SALE_LINES, SALES, VOIDS
from storage.trace_tables import (
    RETURNED_TRACES,
    SOLD_BATCHES,
    SOLD_TRACES,
    TRACE_PREFIXES,
    UNTRACED_LINES,
)

_PRODUCT = Prepared(
    select(*FIELDS)
    .join_from(TRACE_PREFIXES, PRODUCTS, PRODUCTS.c.id == TRACE_PREFIXES.c.product_id)
    .where(TRACE_PREFIXES.c.prefix == bindparam("prefix"))
)
_LEARN = Prepared(insert(TRACE_PREFIXES).prefix_with("OR REPLACE"))
_CAME_BACK = (
    select(RETURNED_TRACES.c.code)
    .where(
        RETURNED_TRACES.c.code == SOLD_TRACES.c.code,
        RETURNED_TRACES.c.sale_id == SOLD_TRACES.c.sale_id,
    )
    .correlate(SOLD_TRACES)
    .exists()
)
_SOLD = Prepared(
    select(SOLD_TRACES.c.code, SALES.c.id, SALES.c.no, SALES.c.at_us)
    .join_from(SOLD_TRACES, SALES, SALES.c.id == SOLD_TRACES.c.sale_id)
    .outerjoin(VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(SOLD_TRACES.c.code == bindparam("code"), VOIDS.c.n.is_(None), ~_CAME_BACK)
    .order_by(SALES.c.n.desc())
    .limit(1)
)
_OF_SALE = Prepared(
    select(SOLD_TRACES.c.line_no, SOLD_TRACES.c.code, _CAME_BACK)
    .where(SOLD_TRACES.c.sale_id == bindparam("sale"))
    .order_by(SOLD_TRACES.c.line_no, SOLD_TRACES.c.place)
)
_ADD_TRACE = Prepared(insert(SOLD_TRACES))
_ADD_BATCH = Prepared(insert(SOLD_BATCHES))
_ADD_UNTRACED = Prepared(insert(UNTRACED_LINES))
_GIVE_BACK = Prepared(insert(RETURNED_TRACES))
_GOODS = (SOLD_TRACES.c.code, SALE_LINES.c.code, SALE_LINES.c.name)
_ORIGIN = (SOLD_BATCHES.c.batch, SOLD_BATCHES.c.expires_on)
_ON_LINE = (SALE_LINES.c.sale_id == SOLD_TRACES.c.sale_id) & (
    SALE_LINES.c.no == SOLD_TRACES.c.line_no
)
_OF_BATCH = (SOLD_BATCHES.c.sale_id == SOLD_TRACES.c.sale_id) & (
    SOLD_BATCHES.c.line_no == SOLD_TRACES.c.line_no
)
_IN_ORDER = (SOLD_TRACES.c.line_no, SOLD_TRACES.c.place)
_WENT_OUT = Prepared(
    select(SALES.c.at_us, SALES.c.no, *_GOODS, *_ORIGIN)
    .join_from(SOLD_TRACES, SALES, SALES.c.id == SOLD_TRACES.c.sale_id)
    .join(SALE_LINES, _ON_LINE)
    .outerjoin(SOLD_BATCHES, _OF_BATCH)
    .where(SALES.c.business_on.between(bindparam("since"), bindparam("until")))
    .order_by(SALES.c.n, *_IN_ORDER)
)
_WERE_VOIDED = Prepared(
    select(VOIDS.c.at_us, SALES.c.no, *_GOODS, *_ORIGIN)
    .join_from(SOLD_TRACES, VOIDS, VOIDS.c.sale_id == SOLD_TRACES.c.sale_id)
    .join(SALES, SALES.c.id == VOIDS.c.sale_id)
    .join(SALE_LINES, _ON_LINE)
    .outerjoin(SOLD_BATCHES, _OF_BATCH)
    .where(VOIDS.c.business_on.between(bindparam("since"), bindparam("until")))
    .order_by(VOIDS.c.n, *_IN_ORDER)
)
_CAME_HOME = Prepared(
    select(RETURNS.c.at_us, RETURNS.c.no, *_GOODS, *_ORIGIN)
    .join_from(RETURNED_TRACES, RETURNS, RETURNS.c.id == RETURNED_TRACES.c.return_id)
    .join(
        SOLD_TRACES,
        (SOLD_TRACES.c.sale_id == RETURNED_TRACES.c.sale_id)
        & (SOLD_TRACES.c.code == RETURNED_TRACES.c.code),
    )
    .join(SALE_LINES, _ON_LINE)
    .outerjoin(SOLD_BATCHES, _OF_BATCH)
    .where(RETURNS.c.business_on.between(bindparam("since"), bindparam("until")))
    .order_by(RETURNS.c.n, *_IN_ORDER)
)
_KINDS = {"sale": _WENT_OUT, "void": _WERE_VOIDED, "return": _CAME_HOME}


class StoredTraces:
    """Implements `core.ports.hands.Traces`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def product_of(self, prefix: str) -> Product | None:
        """The product that codes with these first digits were given to."""
        row = _PRODUCT.one(self._connection, prefix=prefix)
        return None if row is None else product_of(row)

    def learn(self, prefix: str, product_id: UUID) -> None:
        """From now on codes with these first digits are this product's."""
        self._connection.execute(_LEARN.sql, (prefix, product_id.bytes))

    def sold(self, code: str) -> TraceSale | None:
        """The last sale with this code that was neither voided nor returned."""
        row = _SOLD.one(self._connection, code=code)
        return None if row is None else TraceSale(row[0], UUID(bytes=row[1]), row[2], row[3])

    def of_sale(self, sale_id: UUID) -> tuple[SoldTrace, ...]:
        """The codes of a sale, line by line."""
        rows = _OF_SALE.all(self._connection, sale=sale_id.bytes)
        return tuple(SoldTrace(line_no, code, bool(is_back)) for line_no, code, is_back in rows)

    def add(self, sale_id: UUID, record: TraceRecord) -> None:
        """Keep where the goods of a sale come from."""
        ident = sale_id.bytes
        _ADD_TRACE.many(
            self._connection,
            [(ident, each.line_no, at, each.code) for at, each in enumerate(record.traces, 1)],
        )
        _ADD_BATCH.many(
            self._connection,
            [
                (ident, each.line_no, each.batch, ordinal_or_none(each.expires_on))
                for each in record.batches
            ],
        )
        _ADD_UNTRACED.many(
            self._connection,
            [
                (ident, each.line_no, each.missing, each.reason, each.answers_no)
                for each in record.untraced
            ],
        )

    def give_back(self, return_id: UUID, sale_id: UUID, codes: tuple[str, ...]) -> None:
        """These codes came back with a return of this sale."""
        rows = [(return_id.bytes, code, sale_id.bytes) for code in codes]
        _GIVE_BACK.many(self._connection, rows)

    def rows(self, since: date, until: date) -> tuple[TraceRow, ...]:
        """What went out and came back between two business dates, one after the other."""
        days = {"since": since.toordinal(), "until": until.toordinal()}
        found = [
            _row(kind, row)
            for kind, asked in _KINDS.items()
            for row in asked.all(self._connection, **days)
        ]
        return tuple(sorted(found, key=lambda row: row.at_us))


def _row(kind: str, row: tuple[Any, ...]) -> TraceRow:
    at_us, no, code, product_code, name, batch, expires_on = row
    return TraceRow(kind, at_us, no, code, product_code, name, batch or "", day_or_none(expires_on))
