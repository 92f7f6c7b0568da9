"""改商品: what is new of a product that is here; no scan needs it."""

from __future__ import annotations

from core.catalog.product import Product
from storage.columns import Connection
from storage.products import INSERT_KEY, demand_traces, keys_of, product_row

_UPDATE = (
    "UPDATE products SET id = ?, code = ?, name = ?, price_fen = ?, spec = ?, unit = ?, "
    "category = ?, member_price_fen = ?, special_price_fen = ?, is_prescription = ?, "
    "is_weighed = ?, brand = ? WHERE n = ?"
)


def write_product(connection: Connection, n: int, before: Product, after: Product) -> None:
    """What is new of one: its row, the keys that find it, whether it needs trace codes."""
    if before.name != after.name:
        remove_keys_of(connection, n, before)
        insert_keys_of(connection, n, after)
    connection.execute(_UPDATE, (*product_row(after), n))
    if before.requires_trace != after.requires_trace:
        demand_traces(connection, [after])


def insert_keys_of(connection: Connection, n: int, product: Product) -> None:
    """All keys that find it."""
    INSERT_KEY.many(connection, sorted((kind, key, n) for kind, key in keys_of(product)))


def remove_keys_of(connection: Connection, n: int, product: Product) -> None:
    """None finds it any more."""
    sql = "DELETE FROM product_keys WHERE kind = ? AND key = ? AND n = ?"
    connection.executemany(sql, [(kind, key, n) for kind, key in keys_of(product)])
