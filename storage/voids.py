"""作废: voids of sales with their papers; kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select

from core.errors import SaleBroken
from core.pricing.tender import Tender, TenderKind
from core.sales.void import SaleFacts, SoldRow, Void
from storage.columns import Connection, Prepared, bytes_or_none, uuid_or_none
from storage.engine import is_integrity_error
from storage.members import MEMBERS
from storage.receipts import receipt_from, receipt_text
from storage.return_tables import RETURNS
from storage.sales import SALES, TENDERS, VOIDS
from storage.spent_points import SPENT_IN_SALE
from storage.void_tables import VOID_SHORTAGES, VOID_WITHHELD

if TYPE_CHECKING:
    from core.sales.receipt import Receipt

_INSERT = Prepared(insert(VOIDS))
_INSERT_SHORTAGE = Prepared(insert(VOID_SHORTAGES))
_INSERT_WITHHELD = Prepared(insert(VOID_WITHHELD))
_FACTS = Prepared(
    select(
        SALES.c.no,
        SALES.c.day_id,
        SALES.c.member_id,
        SALES.c.at_us,
        SALES.c.business_on,
        SALES.c.payable_fen,
        SALES.c.change_fen,
        SALES.c.spend_fen,
        SALES.c.points,
        SALES.c.rulebook_version,
        SPENT_IN_SALE,
    ).where(SALES.c.id == bindparam("sale"))
)
_TENDERS = Prepared(
    select(TENDERS.c.kind, TENDERS.c.amount_fen)
    .where(TENDERS.c.sale_id == bindparam("sale"))
    .order_by(TENDERS.c.no)
)
_KINDS = (
    select(func.group_concat(TENDERS.c.kind.distinct()))
    .where(TENDERS.c.sale_id == SALES.c.id)
    .correlate(SALES)
    .scalar_subquery()
)
_BACK = (
    select(func.coalesce(func.sum(RETURNS.c.back_fen), 0))
    .where(RETURNS.c.sale_id == SALES.c.id)
    .correlate(SALES)
    .scalar_subquery()
)
SOLD = select(
    SALES.c.id,
    SALES.c.no,
    SALES.c.at_us,
    SALES.c.payable_fen,
    _KINDS,
    SALES.c.staff_no,
    MEMBERS.c.name,
    VOIDS.c.n,
    SALES.c.business_on,
    _BACK,
).select_from(
    SALES.outerjoin(MEMBERS, MEMBERS.c.id == SALES.c.member_id).outerjoin(
        VOIDS, VOIDS.c.sale_id == SALES.c.id
    )
)
"""What `sold_of` makes a row of."""
_OF_DAY = Prepared(
    SOLD.where(SALES.c.day_id == bindparam("day"))
    .order_by(SALES.c.n.desc())
    .limit(bindparam("most"))
)
_RECORD = Prepared(select(VOIDS.c.record).where(VOIDS.c.sale_id == bindparam("sale")))


class StoredVoids:
    """Implements `core.ports.drawer.Voids`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def receipt(self, sale_id: UUID) -> Receipt | None:
        """The paper of the void of a sale; None where it was not voided."""
        row = _RECORD.one(self._connection, sale=sale_id.bytes)
        return None if row is None else receipt_from(row[0])

    def facts(self, sale_id: UUID) -> SaleFacts | None:
        """What a void has to know of a sale."""
        row = _FACTS.one(self._connection, sale=sale_id.bytes)
        if row is None:
            return None
        no, day_id, member_id, at_us, business_on, payable, change, spend, points = row[:9]
        tenders = _TENDERS.all(self._connection, sale=sale_id.bytes)
        return SaleFacts(
            sale_id=sale_id,
            no=no,
            day_id=UUID(bytes=day_id),
            member_id=uuid_or_none(member_id),
            at_us=at_us,
            business_on=date.fromordinal(business_on),
            payable_fen=payable,
            change_fen=change,
            spend_fen=spend,
            points=points,
            tenders=tuple(Tender(TenderKind(kind), fen) for kind, fen in tenders),
            rulebook_version=row[9],
            spent_points=row[10],
        )

    def of_day(self, day_id: UUID, *, limit: int) -> tuple[SoldRow, ...]:
        """What a day sold, newest first."""
        return tuple(map(sold_of, _OF_DAY.all(self._connection, day=day_id.bytes, most=limit)))

    def add(self, void: Void, receipt: Receipt) -> None:
        """Keep a void; SaleBroken for a second one of a sale."""
        sale, told = void.sale, void.explanation
        row = (
            None,
            void.id.bytes,
            sale.sale_id.bytes,
            sale.day_id.bytes,
            void.shift_id.bytes,
            bytes_or_none(sale.member_id),
            sale.business_on.toordinal(),
            void.at_us,
            void.business_on.toordinal(),
            void.staff_no,
            void.approved_by,
            told.reason.value,
            told.words,
            sale.spend_fen,
            sale.points,
            void.tier_before,
            void.tier_after,
            receipt_text(receipt),
        )
        try:
            self._connection.execute(_INSERT.sql, row)
        except Exception as error:
            if is_integrity_error(error):
                raise SaleBroken("void") from error
            raise
        sale_id, short = sale.sale_id.bytes, void.shortage
        if short.paid_points:
            paid = (sale_id, short.withheld_fen, short.paid_points)
            self._connection.execute(_INSERT_SHORTAGE.sql, paid)
        _INSERT_WITHHELD.many(
            self._connection,
            [(sale_id, tender.kind.value, tender.amount_fen) for tender in void.withheld],
        )


def sold_of(row: tuple[Any, ...], goods: Sequence[tuple[Any, ...]] = ()) -> SoldRow:
    """The row of a list."""
    ident, no, at_us, payable_fen, kinds, staff_no, name, void, business_on, back_fen = row
    return SoldRow(
        sale_id=UUID(bytes=ident),
        no=no,
        at_us=at_us,
        payable_fen=payable_fen,
        tenders=tuple(kinds.split(",")) if kinds else (),
        staff_no=staff_no,
        member_name=name or "",
        is_voided=void is not None,
        business_on=date.fromordinal(business_on),
        returned_fen=back_fen,
        goods=tuple((name, milli) for name, milli in goods),
    )
