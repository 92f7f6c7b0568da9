"""放入现金 · 取出现金: cash that went in and out of the drawer without a sale; kept for ever."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    insert,
    select,
)

from core.sales.drawer import CashMove, MoveKind
from core.sales.explanation import CounterReason, Explanation
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column

CASH_MOVES = Table(
    "cash_moves",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("shift_id", nullable=False),
    uuid_column("day_id", nullable=False),
    Column("kind", String, nullable=False),
    Column("amount_fen", Integer, CheckConstraint("amount_fen > 0"), nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", String, nullable=False),
    Index("cash_moves_of_day", "day_id", "shift_id"),
)

keep_for_ever(CASH_MOVES)
_INSERT = Prepared(insert(CASH_MOVES))
_OF_DAY = Prepared(
    select(*(column for column in CASH_MOVES.c if column.name != "n"))
    .where(CASH_MOVES.c.day_id == bindparam("day"))
    .order_by(CASH_MOVES.c.n)
)


def add_move(connection: Connection, move: CashMove) -> None:
    """One more."""
    connection.execute(
        _INSERT.sql,
        (
            None,
            move.id.bytes,
            move.shift_id.bytes,
            move.day_id.bytes,
            move.kind.value,
            move.amount_fen,
            move.at_us,
            move.staff_no,
            move.approved_by,
            move.explanation.reason.value,
            move.explanation.words,
        ),
    )


def moves_of(connection: Connection, day_id: UUID) -> tuple[CashMove, ...]:
    """Those of a day, in their order."""
    return tuple(
        CashMove(
            id=UUID(bytes=ident),
            shift_id=UUID(bytes=shift_id),
            day_id=UUID(bytes=day),
            kind=MoveKind(kind),
            amount_fen=amount_fen,
            at_us=at_us,
            staff_no=staff_no,
            approved_by=approved_by,
            explanation=Explanation(CounterReason(reason), words),
        )
        for (
            ident, shift_id, day, kind, amount_fen, at_us, staff_no, approved_by, reason, words
        ) in _OF_DAY.all(connection, day=day_id.bytes)
    )  # fmt: skip
