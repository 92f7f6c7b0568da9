"""营业数: the sums of a day or of a shift, straight from sales, voids, returns and moves of cash.

A day knows its sales by its id, a shift by the range of their row numbers: rows are only ever
added, so that this holds also while the clock stands still. Neither is made of the other.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, bindparam, func, select

from core.pricing.tender import TenderKind
from core.sales.drawer import MoveKind
from core.sales.takings import CashierTakings, Takings
from storage.cash_moves import CASH_MOVES
from storage.columns import Connection, Prepared
from storage.return_tables import RETURN_TENDERS, RETURNS
from storage.sales import SALES, TENDERS, VOIDS
from storage.spent_points import RETURNED_POINTS, SPENT_POINTS
from storage.void_tables import VOID_WITHHELD

_NO_END = (1 << 63) - 1
_FIGURES = (
    func.count(),
    func.coalesce(func.sum(SALES.c.payable_fen), 0),
    func.coalesce(func.sum(SALES.c.list_fen - SALES.c.payable_fen), 0),
    func.coalesce(func.sum(SALES.c.change_fen), 0),
)
_RETURNED = (
    func.count(),
    func.coalesce(func.sum(RETURNS.c.back_fen), 0),
    func.coalesce(func.sum(RETURNS.c.saved_fen), 0),
)
_POINTS, _GIVEN = (
    tuple(func.coalesce(func.sum(table.c[name]), 0) for name in ("points", "fen"))
    for table in (SPENT_POINTS, RETURNED_POINTS)
)
_NOTHING = (0, 0, 0, 0)


class _Sums:
    """The statements of one scope: what was sold, went back and was moved in it."""

    def __init__(
        self,
        sold: ColumnElement[bool],
        voided: ColumnElement[bool],
        returned: ColumnElement[bool],
        moved: ColumnElement[bool],
    ) -> None:
        by_void = VOIDS.c.sale_id == SALES.c.id
        by_sale = TENDERS.c.sale_id == SALES.c.id
        self._sold = Prepared(select(*_FIGURES).where(sold))
        self._voided = Prepared(select(*_FIGURES).join_from(VOIDS, SALES, by_void).where(voided))
        taken = select(TENDERS.c.kind, func.sum(TENDERS.c.amount_fen)).group_by(TENDERS.c.kind)
        self._tenders = Prepared(taken.join_from(SALES, TENDERS, by_sale).where(sold))
        back = taken.select_from(VOIDS.join(SALES, by_void).join(TENDERS, by_sale))
        self._back = Prepared(back.where(voided))
        self._withheld = Prepared(
            select(VOID_WITHHELD.c.kind, func.sum(VOID_WITHHELD.c.amount_fen))
            .join_from(VOIDS, VOID_WITHHELD, VOID_WITHHELD.c.sale_id == VOIDS.c.sale_id)
            .where(voided)
            .group_by(VOID_WITHHELD.c.kind)
        )
        self._returned = Prepared(select(*_RETURNED).where(returned))
        self._returned_by = Prepared(
            select(RETURN_TENDERS.c.kind, func.sum(RETURN_TENDERS.c.amount_fen))
            .join_from(RETURNS, RETURN_TENDERS, RETURN_TENDERS.c.return_id == RETURNS.c.id)
            .where(returned)
            .group_by(RETURN_TENDERS.c.kind)
        )
        by_spent = SPENT_POINTS.c.sale_id == SALES.c.id
        spent = select(*_POINTS).select_from(SALES.join(SPENT_POINTS, by_spent))
        unspent = select(*_POINTS).select_from(
            VOIDS.join(SALES, by_void).join(SPENT_POINTS, by_spent)
        )
        self._spent, self._unspent = Prepared(spent.where(sold)), Prepared(unspent.where(voided))
        self._given = Prepared(
            select(*_GIVEN)
            .join_from(RETURNS, RETURNED_POINTS, RETURNED_POINTS.c.return_id == RETURNS.c.id)
            .where(returned)
        )
        self._moved = Prepared(
            select(CASH_MOVES.c.kind, func.sum(CASH_MOVES.c.amount_fen))
            .where(moved)
            .group_by(CASH_MOVES.c.kind)
        )

    def takings(self, connection: Connection, **scope: object) -> Takings:
        """What the scope took."""
        sales, sold_fen, saved_fen, change_fen = self._sold.one(connection, **scope) or _NOTHING
        voids, voided_fen, unsaved_fen, back_fen = self._voided.one(connection, **scope) or _NOTHING
        returns, returned_fen, regained_fen = self._returned.one(connection, **scope) or (0, 0, 0)
        tenders = Counter(dict(self._tenders.all(connection, **scope)))
        tenders.subtract(dict(self._back.all(connection, **scope)))
        withheld = dict(self._withheld.all(connection, **scope))
        tenders.update(withheld)
        tenders.subtract(dict(self._returned_by.all(connection, **scope)))
        tenders[TenderKind.CASH] += back_fen - change_fen
        used, back, given = (
            each.one(connection, **scope) or (0, 0)
            for each in (self._spent, self._unspent, self._given)
        )
        moved = dict(self._moved.all(connection, **scope))
        return Takings(
            sales=sales,
            sold_fen=sold_fen,
            saved_fen=saved_fen - unsaved_fen - regained_fen,
            voids=voids,
            voided_fen=voided_fen - sum(withheld.values()),
            returns=returns,
            returned_fen=returned_fen,
            tenders=tuple(sorted((str(kind), fen) for kind, fen in tenders.items() if fen)),
            paid_in_fen=moved.get(MoveKind.IN, 0),
            paid_out_fen=moved.get(MoveKind.OUT, 0),
            spent_points=used[0] - back[0] - given[0],
            points_fen=used[1] - back[1] - given[1],
        )


_DAY = _Sums(
    SALES.c.day_id == bindparam("day"),
    VOIDS.c.day_id == bindparam("day"),
    RETURNS.c.day_id == bindparam("day"),
    CASH_MOVES.c.day_id == bindparam("day"),
)
_SHIFT = _Sums(
    (SALES.c.n > bindparam("after")) & (SALES.c.n <= bindparam("last")),
    (VOIDS.c.day_id == bindparam("day")) & (VOIDS.c.shift_id == bindparam("shift")),
    (RETURNS.c.day_id == bindparam("day")) & (RETURNS.c.shift_id == bindparam("shift")),
    (CASH_MOVES.c.day_id == bindparam("day")) & (CASH_MOVES.c.shift_id == bindparam("shift")),
)


_CASHIERS = Prepared(
    select(SALES.c.staff_no, func.count(), func.sum(SALES.c.payable_fen))
    .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(SALES.c.day_id == bindparam("day"), VOIDS.c.n.is_(None))
    .group_by(SALES.c.staff_no)
    .order_by(SALES.c.staff_no)
)


def takings_of_day(connection: Connection, day_id: bytes) -> Takings:
    """Of the sales that name the day."""
    return _DAY.takings(connection, day=day_id)


def cashiers_of_day(connection: Connection, day_id: bytes) -> tuple[CashierTakings, ...]:
    """Who sold, by number; what was voided is nobody's."""
    return tuple(CashierTakings(*row) for row in _CASHIERS.all(connection, day=day_id))


def takings_of_shift(
    connection: Connection, day_id: bytes, shift_id: bytes, after_n: int, last_n: int | None
) -> Takings:
    """Of the sales with row numbers above `after_n`, up to `last_n` (None: no end yet)."""
    last = _NO_END if last_n is None else last_n
    return _SHIFT.takings(connection, day=day_id, shift=shift_id, after=after_n, last=last)
