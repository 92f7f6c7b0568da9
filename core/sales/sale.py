"""销售: a settled sale, as it is kept for ever."""

from __future__ import annotations

from msgspec import Struct

from core.members.member import Standing
from core.pricing.basket import Basket
from core.pricing.quote import Quote
from core.pricing.used import Uses
from core.values.moment import Moment


class Sale(Struct, frozen=True):
    """One settled sale; `basket.sale_id` is its id and `no` its human number.

    `points_balance` is the member's balance after it (0 without a member); `tier_after` differs
    from `standing.tier` where the sale brought an upgrade. `uses` is how often the counted offers
    were used before it.
    """

    no: str
    number: int
    basket: Basket
    standing: Standing | None
    quote: Quote
    rulebook_version: int
    currency: str
    moment: Moment
    staff_no: int
    points_balance: int = 0
    tier_after: str = ""
    uses: Uses = ()

    @property
    def paid_fen(self) -> int:
        """实收: all that was handed over, change included."""
        return sum(tender.amount_fen for tender in self.basket.tenders)

    @property
    def change_fen(self) -> int:
        """找零."""
        return self.quote.change_fen
