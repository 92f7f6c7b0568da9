"""赠品 · 加价购: what a basket may have beside, chosen at the counter, and bought after all."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.catalog.product import Product
from core.errors import NotOffered
from core.ports import Reading
from core.pricing.basket import Basket
from core.pricing.offered import Offered
from core.pricing.quote import Quote
from core.pricing.stages.gift import NeverHad, never_had
from core.sales.chosen import price_if_bought
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.quantity import ONE


class Choice(Struct, frozen=True):
    """可选: a product that an offer lets the customer have at `price_fen`, 0 for nothing.

    A unit costs `points` besides. `left` is how many more units of the offer may be chosen.
    """

    offer: str
    label: str
    product: Product
    price_fen: int
    left: int
    points: int = 0

    @property
    def is_gift(self) -> bool:
        """Whether it costs nothing, neither money nor points."""
        return self.price_fen == 0 and self.points == 0


class NotHad(Struct, frozen=True):
    """A product that an offer lists and nobody can be given, and why."""

    label: str
    product: Product
    why: NeverHad


def choices(shop: Shop, basket: Basket) -> tuple[Choice, ...]:
    """What may be chosen now, as the offers stand in order; a product nobody sells is left out."""
    with shop.store.read() as reading:
        counter = priced(reading, shop.moment(reading), basket)
        return tuple(_choices(reading, counter))


def not_had(shop: Shop, basket: Basket) -> tuple[NotHad, ...]:
    """What the offers that are reached list, and what may not be had so at all."""
    with shop.store.read() as reading:
        counter = priced(reading, shop.moment(reading), basket)
        return tuple(
            NotHad(row.label, product, why)
            for row, product, why in _listed(reading, counter)
            if why is not None and row.left
        )


def choose_gift(shop: Shop, basket: Basket, offer: str, code: str, *, staff: Staff) -> Counter:
    """选赠品 · 加价购: one unit more of a product from an offer that is reached.

    Raises NotOffered for anything else, BasketFull.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        counter = priced(reading, moment, basket)
        for choice in _choices(reading, counter):
            if (choice.offer, choice.product.code) == (offer, code) and choice.left:
                fuller = basket.add(choice.product, ONE, offer=offer)
                no = next(
                    line.no
                    for line in fuller.lines
                    if line.offer == offer and line.product.code == code
                )
                return priced(reading, moment, fuller, file=counter.file, changed_line=no)
        raise NotOffered(code)


def prices_if_bought(shop: Shop, basket: Basket) -> dict[int, int]:
    """What each line that is unmet would cost if it were bought, by its number."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)

        def price(it: Basket) -> Quote:
            return priced(reading, moment, it).quote

        return {no: price_if_bought(basket, no, price) for no in price(basket).unmet}


def buy_gift(shop: Shop, basket: Basket, no: int, *, staff: Staff) -> Counter:
    """按售价买: what was chosen as a gift or an add-on is bought like any other product.

    Raises NoSuchLine.
    """
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        return priced(reading, moment, basket.bought(no), changed_line=no)


def _choices(reading: Reading, counter: Counter) -> Iterator[Choice]:
    for row, product, why in _listed(reading, counter):
        if why is None:
            price_fen = min(row.price_fen, product.price_fen)
            yield Choice(row.offer, row.label, product, price_fen, row.left, row.points)


def _listed(
    reading: Reading, counter: Counter
) -> Iterator[tuple[Offered, Product, NeverHad | None]]:
    outside = counter.rulebook.outside
    for row in counter.quote.offered:
        for code in row.products:
            product = reading.products.by_code(code)
            if product is not None:
                is_gift = row.price_fen == 0
                yield row, product, never_had(product, is_gift=is_gift, outside=outside)
