"""营业数: what a shift or a day took, in fen; what goes back is taken off where it goes back.

The drawer should hold: float + cash net of change, voids and returns + paid in − paid out.
"""

from __future__ import annotations

from msgspec import Struct

from core.pricing.tender import TenderKind


class CashierTakings(Struct, frozen=True):
    """What one person sold on a day, without what was voided."""

    staff_no: int
    sales: int
    taken_fen: int


class Takings(Struct, frozen=True):
    """`sales` were sold, `voids` taken back, `returns` came back in part or whole.

    `tenders` by kind, net of change, voids and returns; `saved_fen` likewise, and so are the
    `spent_points` and what they paid, `points_fen`.

    A kind that comes to nothing is not in it.
    """

    sales: int = 0
    sold_fen: int = 0
    saved_fen: int = 0
    voids: int = 0
    voided_fen: int = 0
    tenders: tuple[tuple[str, int], ...] = ()
    paid_in_fen: int = 0
    paid_out_fen: int = 0
    returns: int = 0
    returned_fen: int = 0
    spent_points: int = 0
    points_fen: int = 0

    @property
    def taken_fen(self) -> int:
        """收款合计: what all tenders come to: sold less what went back."""
        return self.sold_fen - self.voided_fen - self.returned_fen

    def tender(self, kind: str) -> int:
        """Fen taken in one kind of tender."""
        return dict(self.tenders).get(kind, 0)

    def expected_fen(self, float_fen: int) -> int:
        """钱箱应有: the cash that should be in a drawer that began with this float."""
        cash = self.tender(TenderKind.CASH)
        return float_fen + cash + self.paid_in_fen - self.paid_out_fen

    def plus(self, other: Takings) -> Takings:
        """Both together, as the shifts of a day."""
        kinds = sorted({kind for kind, _ in self.tenders + other.tenders})
        tenders = ((kind, self.tender(kind) + other.tender(kind)) for kind in kinds)
        return Takings(
            sales=self.sales + other.sales,
            sold_fen=self.sold_fen + other.sold_fen,
            saved_fen=self.saved_fen + other.saved_fen,
            voids=self.voids + other.voids,
            voided_fen=self.voided_fen + other.voided_fen,
            returns=self.returns + other.returns,
            returned_fen=self.returned_fen + other.returned_fen,
            tenders=tuple((kind, fen) for kind, fen in tenders if fen),
            paid_in_fen=self.paid_in_fen + other.paid_in_fen,
            paid_out_fen=self.paid_out_fen + other.paid_out_fen,
            spent_points=self.spent_points + other.spent_points,
            points_fen=self.points_fen + other.points_fen,
        )
