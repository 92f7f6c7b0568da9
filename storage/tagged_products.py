"""成批的商品: those of a category or a brand, or whose price has changed; no scan needs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Column, bindparam, or_, select

from core.catalog.product import Product
from storage.columns import Connection, Prepared
from storage.outbox import EVENTS
from storage.products import FIELDS, PRODUCTS, product_of

_PRICES = ("price_fen", "member_price_fen", "special_price_fen")
_KINDS = ("ProductAdded", "ProductsImported", "ProductsRestored", "PricesBegan")
Prices = tuple[int | None, ...]


def _all_of(column: Column[str]) -> Prepared:
    wanted = select(*FIELDS).where(column == bindparam("named"))
    return Prepared(wanted.order_by(PRODUCTS.c.name, PRODUCTS.c.code).limit(bindparam("most")))


def _names_in(column: Column[str]) -> Prepared:
    return Prepared(select(column).where(column != "").distinct().order_by(column))


_IN_CATEGORY, _CATEGORIES = _all_of(PRODUCTS.c.category), _names_in(PRODUCTS.c.category)
_OF_BRAND, _BRANDS = _all_of(PRODUCTS.c.brand), _names_in(PRODUCTS.c.brand)
_BY_ID = Prepared(select(*FIELDS).where(PRODUCTS.c.id == bindparam("id")))
_TOLD = Prepared(
    select(EVENTS.c.data)
    .where(or_(*(EVENTS.c.kind == kind for kind in _KINDS)))
    .order_by(EVENTS.c.n)
)


def in_category(connection: Connection, category: str, *, limit: int) -> tuple[Product, ...]:
    """Products of a category, by name."""
    return tuple(map(product_of, _IN_CATEGORY.all(connection, named=category, most=limit)))


def of_brand(connection: Connection, brand: str, *, limit: int) -> tuple[Product, ...]:
    """Products of a brand, by name."""
    return tuple(map(product_of, _OF_BRAND.all(connection, named=brand, most=limit)))


def categories(connection: Connection) -> tuple[str, ...]:
    """All categories."""
    return tuple(category for (category,) in _CATEGORIES.all(connection))


def brands(connection: Connection) -> tuple[str, ...]:
    """All brands."""
    return tuple(brand for (brand,) in _BRANDS.all(connection))


def repriced(connection: Connection, since: date, *, limit: int) -> tuple[Product, ...]:
    """Products that are new or cost otherwise since a business date inclusive, as they came.

    What a product cost before is read from the events that told of it: what was changed and put
    back meanwhile is not among them.
    """
    before: dict[str, Prices] = {}
    touched: dict[str, None] = {}
    for on, ident, prices in _told(connection):
        if on < since:
            before[ident] = prices
        else:
            touched[ident] = None
    changed: list[Product] = []
    for ident in touched:
        row = _BY_ID.one(connection, id=bytes.fromhex(ident))
        if row is None:
            continue
        product = product_of(row)
        if before.get(ident) != tuple(getattr(product, name) for name in _PRICES):
            changed.append(product)
        if len(changed) == limit:
            break
    return tuple(changed)


def _told(connection: Connection) -> Iterator[tuple[date, str, Prices]]:
    """Business date, id and prices of each product that an event told of."""
    for (data,) in _TOLD.all(connection):
        event = json.loads(data)
        on, body = date.fromisoformat(event["business_on"]), event["body"]
        for product in _products(body):
            ident = str(product["id"]).replace("-", "")
            yield on, ident, tuple(product.get(name) for name in _PRICES)


def _products(body: dict[str, Any]) -> list[dict[str, Any]]:
    if "product" in body:
        return [body["product"]]
    return [dict(zip(body["fields"], row, strict=True)) for row in body["products"]]
