"""手工: what a person takes off by hand, of a line or of the whole basket, and who answers for it.

What may be given alone is data of the rulebook (`core.rulebook.by_hand`), and `is_answered` says
whether it was kept. An approval holds for as much as was taken off when it was given, in fen and
as a share: where a changed basket makes either of them larger, it is asked for again. It prices
nothing: lines that differ in it alone are alike.
"""

from __future__ import annotations

from msgspec import Struct

from core.values.rate import FULL, take


class Approved(Struct, frozen=True):
    """授权: the manager `staff_no` answers for so many fen, and for such a share of the price."""

    staff_no: int
    fen: int
    share_bp: int


class _Answered(Struct, frozen=True, eq=False):
    """Whoever approved it, it is the same: `approved` prices nothing and makes no difference."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "approved")


class PriceByHand(_Answered, frozen=True):
    """改价: fen of one unit in place of the list price; `staff_no` is who gave it."""

    price_fen: int
    reason: str
    staff_no: int
    approved: Approved | None = None


class DiscountByHand(_Answered, frozen=True):
    """手工优惠: an amount (> 0), or else a rate below full, off a line or the whole basket."""

    reason: str
    staff_no: int
    amount_fen: int = 0
    rate_bp: int = FULL
    approved: Approved | None = None

    def off(self, fen: int) -> int:
        """Fen that it takes off an amount, rounded once; never more than there is."""
        if self.amount_fen:
            return min(self.amount_fen, fen)
        return fen - take(fen, self.rate_bp)


ByHand = PriceByHand | DiscountByHand
