"""挂单: a basket laid aside under a name, to be recalled; and what a list of them shows."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.errors import BadHeldName
from core.members.payment_code import refuse_payment
from core.pricing.basket import Basket

LONGEST_NAME = 20
MOST_HELD = 99


class Held(Struct, frozen=True):
    """A held basket; `name` is what the cashier called it, or "". `payable_fen` as it was held.

    `held_us` is the instant in UTC; `member_name` is whole here and masked by whoever shows it.
    """

    basket: Basket
    name: str
    held_us: int
    staff_no: int
    payable_fen: int
    member_name: str = ""

    @property
    def sale_id(self) -> UUID:
        """The id that the sale will have."""
        return self.basket.sale_id

    @property
    def called(self) -> str:
        """What it is known by: its name, or else its first product."""
        lines = self.basket.lines
        return self.name or (lines[0].product.name if lines else "")


def check_held_name(text: str) -> str:
    """A name without idle spaces, "" for none.

    Raises BadHeldName when too long or unprintable; PaymentCode for what a customer pays with.
    """
    name = refuse_payment(" ".join(text.split()))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadHeldName(text)
    return name
