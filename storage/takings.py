"""营业数: the sums of a day or of a shift, straight from the sales and the moves of cash.

A day knows its sales by its id, a shift by the range of their row numbers: rows are only ever
added, so that this holds also while the clock stands still. Neither is made of the other.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, func, select

from core.pricing.tender import TenderKind
from core.sales.drawer import MoveKind
from core.sales.takings import Takings
from storage.cash_moves import CASH_MOVES
from storage.columns import Connection, Prepared
from storage.sales import SALES, TENDERS

_NO_END = (1 << 63) - 1


class _Sums:
    """The statements of one scope: which sales and which moves belong to it."""

    def __init__(self, sold: ColumnElement[bool], moved: ColumnElement[bool]) -> None:
        self._sold = Prepared(
            select(
                func.count(),
                func.coalesce(func.sum(SALES.c.payable_fen), 0),
                func.coalesce(func.sum(SALES.c.list_fen - SALES.c.payable_fen), 0),
                func.coalesce(func.sum(SALES.c.change_fen), 0),
            ).where(sold)
        )
        self._tenders = Prepared(
            select(TENDERS.c.kind, func.sum(TENDERS.c.amount_fen))
            .join_from(SALES, TENDERS, TENDERS.c.sale_id == SALES.c.id)
            .where(sold)
            .group_by(TENDERS.c.kind)
        )
        self._moved = Prepared(
            select(CASH_MOVES.c.kind, func.sum(CASH_MOVES.c.amount_fen))
            .where(moved)
            .group_by(CASH_MOVES.c.kind)
        )

    def takings(self, connection: Connection, **scope: object) -> Takings:
        """What the scope took."""
        row = self._sold.one(connection, **scope)
        sales, sold_fen, saved_fen, change_fen = row if row else (0, 0, 0, 0)
        tenders = dict(self._tenders.all(connection, **scope))
        if change_fen:
            tenders[TenderKind.CASH] = tenders.get(TenderKind.CASH, 0) - change_fen
        moved = dict(self._moved.all(connection, **scope))
        return Takings(
            sales=sales,
            sold_fen=sold_fen,
            saved_fen=saved_fen,
            tenders=tuple(sorted((str(kind), fen) for kind, fen in tenders.items())),
            paid_in_fen=moved.get(MoveKind.IN, 0),
            paid_out_fen=moved.get(MoveKind.OUT, 0),
        )


_DAY = _Sums(SALES.c.day_id == bindparam("day"), CASH_MOVES.c.day_id == bindparam("day"))
_SHIFT = _Sums(
    (SALES.c.n > bindparam("after")) & (SALES.c.n <= bindparam("last")),
    (CASH_MOVES.c.day_id == bindparam("day")) & (CASH_MOVES.c.shift_id == bindparam("shift")),
)


def takings_of_day(connection: Connection, day_id: bytes) -> Takings:
    """Of the sales that name the day."""
    return _DAY.takings(connection, day=day_id)


def takings_of_shift(
    connection: Connection, day_id: bytes, shift_id: bytes, after_n: int, last_n: int | None
) -> Takings:
    """Of the sales with row numbers above `after_n`, up to `last_n` (None: no end yet)."""
    last = _NO_END if last_n is None else last_n
    return _SHIFT.takings(connection, day=day_id, shift=shift_id, after=after_n, last=last)
