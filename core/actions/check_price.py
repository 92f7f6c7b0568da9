"""查价: what a product costs now, for this member; nothing enters the basket."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.scan import PRODUCT, scan
from core.catalog.product import Product
from core.errors import UnknownCode
from core.pricing.basket import Basket
from core.rulebook.offers import BasketOffer
from core.shop import Shop
from core.trust.staff import Staff


class PriceChecked(Struct, frozen=True):
    """One product as it would be sold now; `counter` holds it alone.

    `offers` are those for it whose time it is, whatever else they ask for.
    """

    product: Product
    counter: Counter
    offers: tuple[BasketOffer, ...]


def check_price(
    shop: Shop, text: str, *, staff: Staff, member_id: UUID | None = None
) -> PriceChecked:
    """By any code of a product; raises what `scan` does, and UnknownCode for what is no product."""
    nobody = Basket(sale_id=shop.new_id())
    counter = scan(shop, nobody.with_member(member_id), text, staff=staff, kind=PRODUCT)
    if counter.basket.is_empty:
        raise UnknownCode(text)
    product = counter.basket.lines[0].product
    moment = shop.now()
    goods = ((product.code, product.category, product.brand),)
    offers = counter.rulebook.basket_offers.touching(goods)
    on = (o for o in offers if o.when.is_on(moment.business_on, moment.minute, moment.store))
    return PriceChecked(product, counter, tuple(on))
