"""选来的: nobody is charged unasked for what they chose as a gift or an add-on."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import GiftUnmet
from core.pricing.adjustment import Stage
from core.pricing.basket import Basket
from core.pricing.quote import Quote

Price = Callable[[Basket], Quote]
_OF_THE_WHOLE = (Stage.BASKET_BY_HAND, Stage.POINTS)


def check_chosen(basket: Basket, quote: Quote, price: Price) -> None:
    """Raises GiftUnmet where somebody would be charged for what they chose as a gift or add-on."""
    for line in quote.lines:
        if line.no in quote.unmet:
            name = basket.line(line.no).product.name
            raise GiftUnmet(name, price_if_bought(basket, line.no, price))


def price_if_bought(basket: Basket, no: int, price: Price) -> int:
    """Fen that line `no` costs as a line like any other, with the offers that it then takes.

    That is before points, and before what is given by hand on the whole: these pay for any line.
    Units of the same product that are bought already may become cheaper by it: that counts.
    """
    code = basket.line(no).product.code
    plain = basket.with_tenders(()).with_points(0)
    return _cost(price(plain.bought(no)), code) - _cost(price(plain.without(no)), code)


def _cost(quote: Quote, code: str) -> int:
    lines = {line.no: line.payable_fen for line in quote.lines if line.code == code}
    later = (made for made in quote.adjustments if made.line in lines)
    off_fen = sum(made.amount_fen for made in later if made.stage in _OF_THE_WHOLE)
    return sum(lines.values()) + off_fen
