"""销售: settled sales with their lines, tenders and receipts; kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    column,
    func,
    insert,
    select,
    table,
)

from core.errors import SaleBroken
from core.ports import StoredSale
from core.sales.sale import Sale
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    bytes_or_none,
    day_column,
    keep_for_ever,
    uuid_column,
    uuid_or_none,
)
from storage.engine import is_integrity_error
from storage.receipts import receipt_from, receipt_text
from storage.spent_points import SPENT_POINTS

if TYPE_CHECKING:
    from core.sales.receipt import Receipt

SALES = Table(
    "sales",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("no", String, nullable=False, unique=True),
    Column("incarnation", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    uuid_column("day_id", nullable=False),
    uuid_column("member_id"),
    day_column("business_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("list_fen", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("paid_fen", Integer, nullable=False),
    Column("change_fen", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("points_balance", Integer, nullable=False),
    Column("tier_before", String, nullable=False),
    Column("tier_after", String, nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    Column("currency", String, nullable=False),
    Column("quote_hash", String, nullable=False),
    UniqueConstraint("incarnation", "number"),
    Index(
        "sales_of_member",
        "member_id",
        "business_on",
        "spend_fen",
        sqlite_where=Column("member_id").is_not(None),
    ),
    Index("sales_of_day", "day_id"),
    Index("sales_of_date", "business_on"),
    Index("sales_of_amount", "payable_fen", "business_on"),
)

SALE_LINES = Table(
    "sale_lines",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    uuid_column("product_id", nullable=False),
    Column("code", String, nullable=False),
    Column("name", String, nullable=False),
    Column("quantity_milli", Integer, CheckConstraint("quantity_milli > 0"), nullable=False),
    Column("label_fen", Integer),
    Column("list_fen", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("is_special", Boolean, nullable=False),
    Column("is_outside", Boolean, nullable=False),
    Index("lines_of_product", "product_id", "sale_id"),
    sqlite_with_rowid=False,
)

TENDERS = Table(
    "tenders",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("no", SmallInteger, primary_key=True),
    Column("kind", String, nullable=False),
    Column("amount_fen", Integer, CheckConstraint("amount_fen > 0"), nullable=False),
    sqlite_with_rowid=False,
)

RECEIPTS = Table(
    "receipts",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("record", String, nullable=False),
    sqlite_with_rowid=False,
)

VOIDS = Table(
    "voids",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("sale_id", nullable=False, unique=True),
    uuid_column("day_id", nullable=False),
    uuid_column("shift_id", nullable=False),
    uuid_column("member_id"),
    day_column("sold_on", nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", String, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("tier_before", String, nullable=False),
    Column("tier_after", String, nullable=False),
    Column("record", String, nullable=False),
    Index(
        "voids_of_member",
        "member_id",
        "sold_on",
        "spend_fen",
        sqlite_where=Column("member_id").is_not(None),
    ),
    Index("voids_of_day", "day_id", "shift_id"),
)

for _table in (SALES, SALE_LINES, TENDERS, RECEIPTS, VOIDS):
    keep_for_ever(_table)

OWN_SALES = SALES.c.incarnation > 0
"""Those of this till; an office PC has others' (`storage.store_sales_tables`)."""
# The table itself (`storage.return_tables`) is loaded by nobody who only sells.
_RETURNS = table("returns", column("sale_id"), column("back_fen"))
_RETURNED = (
    select(func.sum(_RETURNS.c.back_fen))
    .where(_RETURNS.c.sale_id == SALES.c.id)
    .correlate(SALES)
    .scalar_subquery()
)
_FOUND = select(
    SALES.c.id,
    SALES.c.no,
    RECEIPTS.c.record,
    SALES.c.payable_fen,
    SALES.c.paid_fen,
    SALES.c.change_fen,
    SALES.c.points,
    SALES.c.points_balance,
    SALES.c.tier_after,
    SALES.c.at_us,
    SALES.c.member_id,
    VOIDS.c.n,
    _RETURNED,
).select_from(
    SALES.join(RECEIPTS, RECEIPTS.c.sale_id == SALES.c.id).outerjoin(
        VOIDS, VOIDS.c.sale_id == SALES.c.id
    )
)
_BY_ID = Prepared(_FOUND.where(SALES.c.id == bindparam("id")))
_BY_NO = Prepared(_FOUND.where(SALES.c.no == bindparam("no")))
_LAST = Prepared(
    _FOUND.where(OWN_SALES).order_by(SALES.c.incarnation.desc(), SALES.c.number.desc()).limit(1)
)
_LAST_NUMBER = Prepared(
    select(func.max(SALES.c.number)).where(SALES.c.incarnation == bindparam("incarnation"))
)
_INSERT = Prepared(insert(SALES))
_INSERT_LINE = Prepared(insert(SALE_LINES))
_INSERT_TENDER = Prepared(insert(TENDERS))
_INSERT_RECEIPT = Prepared(insert(RECEIPTS))
_INSERT_SPENT = Prepared(insert(SPENT_POINTS))


class StoredSales:
    """Implements `core.ports.Sales`."""

    __slots__ = ("_connection", "_incarnation")

    def __init__(self, connection: Connection, incarnation: int) -> None:
        self._connection = connection
        self._incarnation = incarnation

    def get(self, sale_id: UUID) -> StoredSale | None:
        """The sale of this id."""
        return _stored(_BY_ID.one(self._connection, id=sale_id.bytes))

    def by_no(self, sale_no: str) -> StoredSale | None:
        """The sale of this human number."""
        return _stored(_BY_NO.one(self._connection, no=sale_no))

    def last(self) -> StoredSale | None:
        """The sale that was settled last at this till."""
        return _stored(_LAST.one(self._connection))

    def next_number(self) -> int:
        """The next dense number of this till and incarnation, from 1 on."""
        row = _LAST_NUMBER.one(self._connection, incarnation=self._incarnation)
        return (row[0] or 0 if row else 0) + 1

    def add(self, sale: Sale, receipt: Receipt, *, day_id: UUID) -> None:
        """Keep a sale; raises SaleBroken where its figures or its number do not fit."""
        _check(sale, self.next_number())
        self.put(sale, receipt, day_id=day_id)

    def put(self, sale: Sale, receipt: Receipt, *, day_id: UUID) -> None:
        """The same of a sale whose figures another till has checked."""
        sale_id = sale.basket.sale_id.bytes
        try:
            self._connection.execute(_INSERT.sql, self._row(sale, day_id))
        except Exception as error:
            if is_integrity_error(error):
                raise SaleBroken("id") from error
            raise
        _INSERT_LINE.many(self._connection, _line_rows(sale))
        _INSERT_TENDER.many(
            self._connection,
            [
                (sale_id, no, str(tender.kind), tender.amount_fen)
                for no, tender in enumerate(sale.basket.tenders, 1)
            ],
        )
        _INSERT_SPENT.many(self._connection, _spent_rows(sale))
        record = receipt_text(receipt)
        self._connection.execute(_INSERT_RECEIPT.sql, (sale_id, record))

    def _row(self, sale: Sale, day_id: UUID) -> tuple[Any, ...]:
        quote, standing = sale.quote, sale.standing
        return (
            None,
            sale.basket.sale_id.bytes,
            sale.no,
            self._incarnation,
            sale.number,
            day_id.bytes,
            bytes_or_none(standing.member_id if standing else None),
            sale.moment.business_on.toordinal(),
            sale.moment.at_us,
            sale.staff_no,
            quote.list_fen,
            quote.payable_fen,
            sale.paid_fen,
            quote.change_fen,
            quote.spend_fen,
            quote.points,
            sale.points_balance,
            standing.tier if standing else "",
            sale.tier_after,
            sale.rulebook_version,
            sale.currency,
            quote.hash,
        )


def _check(sale: Sale, next_number: int) -> None:
    """What must hold of every sale, also in production (sync.md 1)."""
    quote = sale.quote
    taken_off = sum(adjustment.amount_fen for adjustment in quote.adjustments)
    for is_so, what in (
        (sale.number == next_number, "number"),
        (sale.paid_fen - quote.change_fen == quote.payable_fen, "tenders"),
        (quote.list_fen - taken_off == quote.payable_fen, "adjustments"),
        (sum(line.payable_fen for line in quote.lines) == quote.payable_fen, "lines"),
        (sum(line.points for line in quote.lines) == quote.points, "points"),
        (min((t.amount_fen for t in sale.basket.tenders), default=1) > 0, "tender"),
    ):
        if not is_so:
            raise SaleBroken(what)


def _line_rows(sale: Sale) -> list[tuple[Any, ...]]:
    sale_id = sale.basket.sale_id.bytes
    scanned = {line.no: line for line in sale.basket.lines}
    return [
        (
            sale_id,
            line.no,
            scanned[line.no].product.id.bytes,
            line.code,
            scanned[line.no].product.name,
            line.quantity_milli,
            scanned[line.no].label_fen,
            line.list_fen,
            line.payable_fen,
            line.spend_fen,
            line.points,
            int(line.is_special),
            int(line.is_outside),
        )
        for line in sorted(sale.quote.lines, key=lambda line: line.no)
    ]


def _spent_rows(sale: Sale) -> list[tuple[Any, ...]]:
    sale_id = sale.basket.sale_id.bytes
    return [(sale_id, *row) for row in sale.quote.points_rows]


def _stored(row: tuple[Any, ...] | None) -> StoredSale | None:
    if row is None:
        return None
    return StoredSale(
        sale_id=UUID(bytes=row[0]),
        no=row[1],
        receipt=receipt_from(row[2]),
        payable_fen=row[3],
        paid_fen=row[4],
        change_fen=row[5],
        points_earned=row[6],
        points_balance=row[7],
        tier_after=row[8],
        at_us=row[9],
        member_id=uuid_or_none(row[10]),
        is_voided=row[11] is not None,
        returned_fen=row[12],
    )
