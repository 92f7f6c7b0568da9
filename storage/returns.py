"""退货: returns of sold lines with their papers, and what of a sale is left to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select

from core.errors import SaleBroken
from core.sales.returns import Return, SoldLine
from storage.columns import Connection, Prepared, bytes_or_none
from storage.engine import is_integrity_error
from storage.products import PRODUCTS
from storage.receipts import receipt_from, receipt_text
from storage.return_tables import EXCHANGES, RETURN_LINES, RETURN_TENDERS, RETURNED_MILLI, RETURNS
from storage.sales import RECEIPTS, SALE_LINES
from storage.spent_points import RETURNED_POINTS, SPENT_POINTS

if TYPE_CHECKING:
    from core.sales.receipt import ItemLine, Receipt

_INSERT = Prepared(insert(RETURNS))
_INSERT_LINE = Prepared(insert(RETURN_LINES))
_INSERT_POINTS = Prepared(insert(RETURNED_POINTS))
_INSERT_TENDER = Prepared(insert(RETURN_TENDERS))
_INSERT_EXCHANGE = Prepared(insert(EXCHANGES))
_LINES = Prepared(
    select(
        SALE_LINES.c.no,
        SALE_LINES.c.code,
        PRODUCTS.c.category,
        SALE_LINES.c.quantity_milli,
        SALE_LINES.c.list_fen,
        SALE_LINES.c.payable_fen,
        SALE_LINES.c.spend_fen,
        SALE_LINES.c.points,
        RETURNED_MILLI,
        func.coalesce(SPENT_POINTS.c.points, 0),
        func.coalesce(SPENT_POINTS.c.fen, 0),
    )
    .outerjoin_from(SALE_LINES, PRODUCTS, PRODUCTS.c.id == SALE_LINES.c.product_id)
    .outerjoin(
        SPENT_POINTS,
        (SPENT_POINTS.c.sale_id == SALE_LINES.c.sale_id) & (SPENT_POINTS.c.no == SALE_LINES.c.no),
    )
    .where(SALE_LINES.c.sale_id == bindparam("sale"))
    .order_by(SALE_LINES.c.no)
)
_SALE_RECEIPT = Prepared(select(RECEIPTS.c.record).where(RECEIPTS.c.sale_id == bindparam("sale")))
_COUNT = Prepared(select(func.count()).where(RETURNS.c.sale_id == bindparam("sale")))
_CAME_BACK = Prepared(
    select(RETURN_LINES.c.no, func.sum(RETURN_LINES.c.quantity_milli))
    .join_from(RETURNS, RETURN_LINES, RETURN_LINES.c.return_id == RETURNS.c.id)
    .where(RETURNS.c.sale_id == bindparam("sale"))
    .group_by(RETURN_LINES.c.no)
)
_RECORD = Prepared(select(RETURNS.c.record).where(RETURNS.c.no == bindparam("no")))
_GET = Prepared(
    select(RETURNS.c.sale_id, RETURNS.c.no, RETURNS.c.record).where(RETURNS.c.id == bindparam("id"))
)


class StoredReturns:
    """Implements `core.ports.drawer.Returns`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, sale_id: UUID) -> tuple[SoldLine, ...]:
        """The lines of a sale with what came back of each; facts of products as they were sold."""
        row = _SALE_RECEIPT.one(self._connection, sale=sale_id.bytes)
        sold = () if row is None else receipt_from(row[0]).lines
        from core.sales.receipt import ItemLine

        items = (line for line in sold if isinstance(line, ItemLine))
        rows = _LINES.all(self._connection, sale=sale_id.bytes)
        return tuple(_line_of(*pair) for pair in zip(rows, items, strict=True))

    def count(self, sale_id: UUID) -> int:
        """How many returns there were of a sale."""
        row = _COUNT.one(self._connection, sale=sale_id.bytes)
        return int(row[0]) if row else 0

    def came_back(self, sale_id: UUID) -> dict[int, int]:
        """How much of each line of a sale came back here (thousandths)."""
        return dict(_CAME_BACK.all(self._connection, sale=sale_id.bytes))

    def receipt(self, no: str) -> Receipt | None:
        """The paper of a return by its number."""
        row = _RECORD.one(self._connection, no=no)
        return None if row is None else receipt_from(row[0])

    def get(self, return_id: UUID) -> tuple[UUID, str, Receipt] | None:
        """The sale, the number and the paper of a return."""
        row = _GET.one(self._connection, id=return_id.bytes)
        return None if row is None else (UUID(bytes=row[0]), row[1], receipt_from(row[2]))

    def add(self, made: Return, receipt: Receipt) -> None:
        """Keep a return; SaleBroken for a second one of the same number."""
        try:
            self._connection.execute(_INSERT.sql, _row(made, receipt))
        except Exception as error:
            if is_integrity_error(error):
                raise SaleBroken("return") from error
            raise
        return_id = made.id.bytes
        _INSERT_LINE.many(
            self._connection,
            [
                (
                    return_id,
                    part.no,
                    part.quantity_milli,
                    part.list_fen,
                    part.money_fen,
                    part.spend_fen,
                    part.points,
                )
                for part in made.refund.lines
            ],
        )
        _INSERT_POINTS.many(
            self._connection,
            [
                (return_id, part.no, part.given, part.given_fen)
                for part in made.refund.lines
                if part.given or part.given_fen
            ],
        )
        _INSERT_TENDER.many(
            self._connection,
            [(return_id, tender.kind.value, tender.amount_fen) for tender in made.back],
        )

    def exchange(self, return_id: UUID, sale_id: UUID, credit_fen: int) -> None:
        """A return of this transaction paid so much of a sale of it."""
        row = (sale_id.bytes, return_id.bytes, credit_fen)
        self._connection.execute(_INSERT_EXCHANGE.sql, row)


def _line_of(row: tuple[Any, ...], item: ItemLine) -> SoldLine:
    no, code, category, milli, list_fen, payable_fen, spend_fen, points, returned = row[:9]
    return SoldLine(
        no=no,
        code=code,
        name=item.name,
        spec=item.spec,
        unit=item.unit,
        category=category or "",
        is_prescription=item.is_prescription,
        quantity_milli=milli,
        unit_price_fen=item.unit_price_fen,
        list_fen=list_fen,
        payable_fen=payable_fen,
        spend_fen=spend_fen,
        points=points,
        returned_milli=returned,
        spent_points=row[9],
        spent_fen=row[10],
        gift=item.offer if item.chosen == "gift" else "",
    )


def _row(made: Return, receipt: Receipt) -> tuple[Any, ...]:
    sale, told, given = made.sale, made.explanation, made.refund
    return (
        None,
        made.id.bytes,
        sale.sale_id.bytes,
        made.number,
        made.no,
        made.day_id.bytes,
        made.shift_id.bytes,
        bytes_or_none(sale.member_id),
        sale.business_on.toordinal(),
        made.at_us,
        made.business_on.toordinal(),
        made.staff_no,
        made.approved_by,
        told.reason.value,
        told.words,
        int(made.has_receipt),
        sum(tender.amount_fen for tender in made.back),
        made.shortage.withheld_fen,
        given.saved_fen,
        given.spend_fen,
        given.points,
        made.points_taken,
        made.tier_before,
        made.tier_after,
        receipt_text(receipt),
    )
