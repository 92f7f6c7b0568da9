"""打标价签: the tags of products: by their codes, of a category, or whose price has changed.

Nothing of it is personal and nothing changes: whoever is at the till or the machine may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.catalog.barcode import clean, read_code
from core.catalog.price_tag import PriceTag
from core.catalog.product import Product
from core.errors import NothingToTag, TooManyTags, UntaggedCode
from core.ports import Reading
from core.pricing.tagged import price_tag
from core.shop import Shop

MOST_TAGS = 2000


def tags_of(shop: Shop, codes: Sequence[str]) -> tuple[PriceTag, ...]:
    """The tags of the products with these codes, as scanned, in this order.

    Raises UntaggedCode for the first that is no product's, TooManyTags, BadScan.
    """
    with shop.store.read() as reading:
        return _tags(shop, reading, [_product(reading, code) for code in codes])


def tags_in(shop: Shop, category: str) -> tuple[PriceTag, ...]:
    """The tags of a category, by name; raises NothingToTag, TooManyTags."""
    with shop.store.read() as reading:
        return _tags(shop, reading, reading.products.in_category(category, limit=MOST_TAGS + 1))


def tags_changed(shop: Shop, since: date) -> tuple[PriceTag, ...]:
    """The tags of products that are new, or cost otherwise, since a business date inclusive.

    Raises NothingToTag, TooManyTags.
    """
    with shop.store.read() as reading:
        return _tags(shop, reading, reading.products.repriced(since, limit=MOST_TAGS + 1))


def categories(shop: Shop) -> tuple[str, ...]:
    """The categories that products have, in order."""
    with shop.store.read() as reading:
        return reading.products.categories()


def _tags(shop: Shop, reading: Reading, products: Sequence[Product]) -> tuple[PriceTag, ...]:
    if not products:
        raise NothingToTag()
    if len(products) > MOST_TAGS:
        raise TooManyTags(MOST_TAGS)
    rulebook, moment = reading.rulebooks.current(), shop.moment(reading)
    return tuple(price_tag(product, rulebook, moment) for product in products)


def _product(reading: Reading, text: str) -> Product:
    """The product of a scan: also of a GS1 code, or of a label that a scale printed."""
    layouts = (*reading.labels.all(), *reading.rulebooks.current().labels)
    code = read_code(clean(text), layouts)
    asked = (*code.candidates, *((code.label.item,) if code.label else ()))
    found = next(filter(None, map(reading.products.by_code, asked)), None)
    if found is None:
        raise UntaggedCode(text)
    return found
