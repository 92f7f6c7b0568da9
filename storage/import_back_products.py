"""商品导入的退路: what an import added goes, what it changed is as it was, a part at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product import Product
from core.ports.past_imports import Stay, Stays
from storage.columns import Connection
from storage.import_met import met_products
from storage.import_products import FIELDS, TOLD
from storage.import_record import ImportRow, drop_images, images_of
from storage.product_changes import insert_keys_of, remove_keys_of, write_product
from storage.products import demand_traces, product_of

_ADDED = f"SELECT {FIELDS} FROM products WHERE n > ? AND import_id = ? ORDER BY n LIMIT ?"  # noqa: S608
_NOW = f"SELECT {FIELDS} FROM products WHERE n IN (%s)"  # noqa: S608


class AddedProduct(Struct, frozen=True):
    """Something that an import added; `why`: it stays."""

    n: int
    product: Product
    why: Stays | None

    @property
    def stay(self) -> Stay | None:
        """How it is told that it stays."""
        product, why = self.product, self.why
        return None if why is None else Stay(product.name, product.code, why, is_new=True)


class ChangedProduct(Struct, frozen=True):
    """Something that an import changed: as it is `now`, and will be `after`; None: it is gone."""

    n: int
    now: Product | None
    after: Product | None
    why: Stays | None

    @property
    def stay(self) -> Stay | None:
        """How it is told that it stays."""
        if self.why is None or self.now is None:
            return None
        return Stay(self.now.name, self.now.code, self.why, is_new=False)


class ProductsBack(Struct, frozen=True):
    """The way back of one import."""

    row: ImportRow

    def added(self, connection: Connection, after: int, most: int) -> list[AddedProduct]:
        """So much of what it added, beyond number `after`."""
        found = [
            (n, product_of(tuple(fields)))
            for n, *fields in connection.execute(_ADDED, (after, self.row.id, most)).fetchall()
        ]
        asked = [(product.id.bytes, product.code, n) for n, product in found]
        met = met_products(connection, self.row, asked)
        return [AddedProduct(n, product, met.get(product.id.bytes)) for n, product in found]

    @staticmethod
    def points(_connection: Connection, _gone: Sequence[AddedProduct]) -> int:
        """No product has any."""
        return 0

    @staticmethod
    def remove(connection: Connection, added: Sequence[AddedProduct]) -> None:
        """What was not sold goes; what stays can be searched for."""
        for each in added:
            remove_keys_of(connection, each.n, each.product)
            if each.why is not None:
                insert_keys_of(connection, each.n, each.product)
            else:
                connection.execute("DELETE FROM products WHERE n = ?", (each.n,))
                demand_traces(connection, [replace(each.product, requires_trace=False)])

    def changed(self, connection: Connection, after: int, most: int) -> list[ChangedProduct]:
        """So much of what it changed, beyond number `after`."""
        images = images_of(connection, self.row.id, after, most)
        asked = connection.execute(_NOW % ",".join("?" * len(images)), [n for n, _ in images])
        now = {n: product_of(tuple(fields)) for n, *fields in asked.fetchall()}
        return [_changed(n, now.get(n), json.loads(image)) for n, image in images]

    def restore(self, connection: Connection, changed: Sequence[ChangedProduct]) -> None:
        """What was changed again since stays so."""
        for each in changed:
            if each.now is not None and each.after is not None and each.now != each.after:
                write_product(connection, each.n, each.now, each.after)
        drop_images(connection, self.row.id, [each.n for each in changed])


def _changed(n: int, now: Product | None, image: list[Any]) -> ChangedProduct:
    before, imported = (_product_of_plain(plain) for plain in image)
    if now is None or now.id != imported.id:
        return ChangedProduct(n, None, None, None)
    if now != imported:
        return ChangedProduct(n, now, now, Stays.EDITED)
    return ChangedProduct(n, now, before, None)


def _product_of_plain(plain: list[Any]) -> Product:
    """What an import of before products had a brand, or trace codes, kept is shorter."""
    later = ("", 0)[len(plain) - len(TOLD) :] if len(plain) < len(TOLD) + 2 else ()
    return product_of((bytes.fromhex(plain[0]), *plain[1:], *later))
