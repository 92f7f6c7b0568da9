"""选商品: goods by name, pinyin, code, category or brand, many at once, for what a rule says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from core.actions.allow import allow
from core.catalog.product import Product
from core.ports import Reading
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

MOST = 200
LEAST_TEXT = 2
_PARTS = re.compile(r"[\s,;、，；]+")
_CODE = re.compile(r"[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*\Z", re.ASCII)


class Sorts(Struct, frozen=True):
    """The categories and the brands that goods have, in order."""

    categories: tuple[str, ...]
    brands: tuple[str, ...]


class FoundGoods(Struct, frozen=True):
    """The goods that were meant; `is_more`: only the first of them are here.

    `is_list`: a list of codes was meant, `unknown` are those that no product has.
    """

    goods: tuple[Product, ...] = ()
    unknown: tuple[str, ...] = ()
    is_list: bool = False
    is_more: bool = False


def sorts_of_goods(shop: Shop, *, staff: Staff) -> Sorts:
    """What goods can be narrowed to; raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return Sorts(reading.products.categories(), reading.products.brands())


def look_for_goods(
    shop: Shop, text: str, *, category: str = "", brand: str = "", staff: Staff
) -> FoundGoods:
    """What a text means, or a list of codes, or all of a category or brand; raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        codes = codes_in(text)
        if len(codes) > 1:
            return _listed(reading, codes)
        found = [
            each
            for each in _found(reading, text.strip(), category, brand)
            if category in ("", each.category) and brand in ("", each.brand)
        ]
        return FoundGoods(tuple(found[:MOST]), is_more=len(found) > MOST)


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a pasted list, each once; none where it is a name that is looked for."""
    parts = [part for part in _PARTS.split(text) if part]
    return tuple(dict.fromkeys(parts)) if all(map(_CODE.match, parts)) else ()


def _listed(reading: Reading, codes: tuple[str, ...]) -> FoundGoods:
    found = {code: reading.products.by_code(code) for code in codes}
    unknown = tuple(code for code, product in found.items() if product is None)
    goods = tuple(product for product in found.values() if product is not None)
    return FoundGoods(goods, unknown, is_list=True)


def _found(reading: Reading, text: str, category: str, brand: str) -> Iterable[Product]:
    products = reading.products
    if len(text) >= LEAST_TEXT:
        exact = products.by_code(text)
        rows = reading.suggest(text, limit=MOST + 1)
        codes = [exact.code] if exact is not None else []
        codes += [row.key for row in rows if row.kind == "product"]
        return filter(None, map(products.by_code, dict.fromkeys(codes)))
    if category:
        return products.in_category(category, limit=MOST + 1)
    return products.of_brand(brand, limit=MOST + 1) if brand else ()
