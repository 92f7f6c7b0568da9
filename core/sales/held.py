"""挂单: a basket laid aside under a name, to be recalled; and what a list of them shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct

from core.errors import BadHeldName, HeldMoney
from core.pricing.basket import Basket
from core.values.coupon_code import SIGNS, check_sign
from core.values.payment_code import refuse_payment_in

LONGEST_NAME = 20
MOST_HELD = 99
_FIRST = "G"
_DRAWN, _BITS = 7, 5
_NO = re.compile(rf"{_FIRST}[{SIGNS}]{{{_DRAWN + 1}}}\Z")


class Held(Struct, frozen=True):
    """A held basket; `name` is what the cashier called it, or "". `payable_fen` as it was held.

    `held_us` is the instant in UTC; `member_name` is whole here and masked by whoever shows it.
    `version` is that of the rulebook which priced it, 0 where an earlier program did not say.
    """

    basket: Basket
    name: str
    held_us: int
    staff_no: int
    payable_fen: int
    member_name: str = ""
    version: int = 0

    @property
    def sale_id(self) -> UUID:
        """The id that the sale will have."""
        return self.basket.sale_id

    @property
    def no(self) -> str:
        """Its number, as the slip of a held basket bears it."""
        return held_no(self.sale_id)

    @property
    def taken_fen(self) -> int:
        """What was taken for it before it was laid aside."""
        return self.basket.taken_fen

    @property
    def called(self) -> str:
        """What it is known by: its name, or else its first product."""
        lines = self.basket.lines
        return self.name or (lines[0].product.name if lines else "")


class Repriced(Struct, frozen=True):
    """A recalled basket comes to another payable; `version`: a rulebook that came meanwhile."""

    before_fen: int
    now_fen: int
    version: int = 0


def refuse_held_money(baskets: Iterable[Held]) -> None:
    """Raises HeldMoney for the first of them that money was taken for."""
    for held in baskets:
        if held.taken_fen:
            raise HeldMoney(held.called, held.taken_fen)


def check_held_name(text: str) -> str:
    """A name without idle spaces, "" for none.

    Raises BadHeldName when too long or unprintable; PaymentCode for what a customer pays with.
    """
    name = refuse_payment_in(" ".join(text.split()))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadHeldName(text)
    return name


def held_no(sale_id: UUID) -> str:
    """挂单号: G, seven signs of what is random in the sale's id, and a check sign."""
    drawn = (sale_id.int >> _BITS * place & len(SIGNS) - 1 for place in range(_DRAWN))
    payload = _FIRST + "".join(SIGNS[each] for each in drawn)
    return payload + check_sign(payload)


def read_held_no(text: str) -> str | None:
    """The number of a held basket, also typed small; None for everything else and misreads."""
    no = text.upper()
    return no if _NO.match(no) and no[-1] == check_sign(no[:-1]) else None
