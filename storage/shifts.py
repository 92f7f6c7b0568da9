"""班次: shifts and their counts; both are kept for ever as they were written.

`after_n` and `last_n` are row numbers of `sales`: what was sold between them was sold in the shift.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, func, insert, select

from core.errors import SaleBroken
from core.sales.drawer import CashMove
from core.sales.explanation import CounterReason, Explanation
from core.sales.shift import Count, Shift
from core.sales.takings import Takings
from storage.cash_moves import add_move, moves_of
from storage.columns import METADATA, Connection, Prepared, keep_for_ever, uuid_column
from storage.sales import SALES
from storage.takings import takings_of_shift

SHIFTS = Table(
    "shifts",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("day_id", nullable=False),
    Column("no", Integer, nullable=False),
    Column("opened_us", Integer, nullable=False),
    Column("opened_by", Integer, nullable=False),
    Column("float_fen", Integer, nullable=False),
    Column("after_n", Integer, nullable=False),
    Index("shifts_of_day", "day_id"),
)

COUNTS = Table(
    "counts",
    METADATA,
    uuid_column("shift_id", primary_key=True),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("counted_fen", Integer, nullable=False),
    Column("expected_fen", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", String, nullable=False),
    Column("last_n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

keep_for_ever(SHIFTS)
keep_for_ever(COUNTS)

_FOUND = select(
    SHIFTS.c.id,
    SHIFTS.c.day_id,
    SHIFTS.c.no,
    SHIFTS.c.opened_us,
    SHIFTS.c.opened_by,
    SHIFTS.c.float_fen,
    COUNTS.c.at_us,
    COUNTS.c.staff_no,
    COUNTS.c.counted_fen,
    COUNTS.c.expected_fen,
    COUNTS.c.reason,
    COUNTS.c.words,
).outerjoin_from(SHIFTS, COUNTS, COUNTS.c.shift_id == SHIFTS.c.id)
_NEWEST = Prepared(_FOUND.order_by(SHIFTS.c.n.desc()).limit(1))
_OF_DAY = Prepared(_FOUND.where(SHIFTS.c.day_id == bindparam("day")).order_by(SHIFTS.c.n))
_RANGE = Prepared(
    select(SHIFTS.c.after_n, COUNTS.c.last_n)
    .outerjoin_from(SHIFTS, COUNTS, COUNTS.c.shift_id == SHIFTS.c.id)
    .where(SHIFTS.c.id == bindparam("shift"))
)
_LAST_SALE = Prepared(select(func.coalesce(func.max(SALES.c.n), 0)))
_INSERT = Prepared(insert(SHIFTS))
_INSERT_COUNT = Prepared(insert(COUNTS))


class StoredShifts:
    """Implements `core.ports.drawer.Shifts`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_one(self) -> Shift | None:
        """The shift that is open: if any is, it is the newest."""
        row = _NEWEST.one(self._connection)
        shift = None if row is None else _shift_of(row)
        return shift if shift is not None and shift.is_open else None

    def of_day(self, day_id: UUID) -> tuple[Shift, ...]:
        """All shifts of a day, in their order."""
        return tuple(map(_shift_of, _OF_DAY.all(self._connection, day=day_id.bytes)))

    def add(self, shift: Shift) -> None:
        """A shift that opens; SaleBroken where another is open."""
        if self.open_one() is not None:
            raise SaleBroken("shift")
        self._connection.execute(
            _INSERT.sql,
            (
                None,
                shift.id.bytes,
                shift.day_id.bytes,
                shift.no,
                shift.opened_us,
                shift.opened_by,
                shift.float_fen,
                self._last_sale(),
            ),
        )

    def close(self, shift: Shift) -> None:
        """Keep the count of a shift."""
        count = shift.count
        assert count is not None
        told = count.explanation
        self._connection.execute(
            _INSERT_COUNT.sql,
            (
                shift.id.bytes,
                count.at_us,
                count.staff_no,
                count.counted_fen,
                count.expected_fen,
                told.reason.value if told else "",
                told.words if told else "",
                self._last_sale(),
            ),
        )

    def takings(self, shift: Shift) -> Takings:
        """What a shift took."""
        row = _RANGE.one(self._connection, shift=shift.id.bytes)
        if row is None:
            raise SaleBroken("shift")
        return takings_of_shift(self._connection, shift.day_id.bytes, shift.id.bytes, *row)

    def move(self, move: CashMove) -> None:
        """Keep cash that went in or out."""
        add_move(self._connection, move)

    def moves(self, day_id: UUID) -> tuple[CashMove, ...]:
        """What went in and out on a day, in its order."""
        return moves_of(self._connection, day_id)

    def _last_sale(self) -> int:
        row = _LAST_SALE.one(self._connection)
        return int(row[0]) if row else 0


def _shift_of(row: tuple[Any, ...]) -> Shift:
    ident, day_id, no, opened_us, opened_by, float_fen, *counted = row
    return Shift(
        id=UUID(bytes=ident),
        day_id=UUID(bytes=day_id),
        no=no,
        opened_us=opened_us,
        opened_by=opened_by,
        float_fen=float_fen,
        count=_count_of(*counted),
    )


def _count_of(
    at_us: int | None,
    staff_no: int,
    counted_fen: int,
    expected_fen: int,
    reason: str,
    words: str,
) -> Count | None:
    if at_us is None:
        return None
    told = Explanation(CounterReason(reason), words) if reason else None
    return Count(at_us, staff_no, counted_fen, expected_fen, told)
