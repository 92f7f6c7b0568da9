"""钱箱: cash that goes in or out without a sale."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.errors import BadMoney, TooMuchCash
from core.sales.explanation import Explanation
from core.values.money import format_money

# Beyond a hundred thousand yuan it is a barcode or a slip of the finger.
MOST_MOVED_FEN = 100_000_00


class MoveKind(StrEnum):
    """放入现金 · 取出现金."""

    IN = "in"
    OUT = "out"


class CashMove(Struct, frozen=True):
    """Cash paid in or out during a shift; `approved_by` differs from `staff_no` when overridden."""

    id: UUID
    shift_id: UUID
    day_id: UUID
    kind: MoveKind
    amount_fen: int
    at_us: int
    staff_no: int
    approved_by: int
    explanation: Explanation


def check_move(kind: MoveKind, amount_fen: int, *, in_drawer_fen: int) -> int:
    """The same amount; raises BadMoney for zero and below, TooMuchCash beyond what can be.

    What goes out may not be more than the record says is in the drawer: an amount above it was
    typed wrongly, or something before it was not recorded (docs/decisions/0011).
    """
    if amount_fen <= 0:
        raise BadMoney(format_money(amount_fen))
    most = MOST_MOVED_FEN
    if kind is MoveKind.OUT:
        most = max(0, min(most, in_drawer_fen))
    if amount_fen > most:
        raise TooMuchCash(amount_fen, most)
    return amount_fen
