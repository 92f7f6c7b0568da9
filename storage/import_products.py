"""商品导入: a chunk of products within one short transaction, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import Imported, ImportRow, keep_images, note_event
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.products import INSERT_KEY, INSERT_PRODUCT, keys_of, product_of, product_row

_FIELDS = (
    "n, id, code, name, price_fen, spec, unit, category, member_price_fen, special_price_fen, "
    "is_prescription, is_weighed"
)
_BY_CODES = f"SELECT {_FIELDS} FROM products WHERE code IN (%s)"  # noqa: S608
_UPDATE = (
    "UPDATE products SET id = ?, code = ?, name = ?, price_fen = ?, spec = ?, unit = ?, "
    "category = ?, member_price_fen = ?, special_price_fen = ?, is_prescription = ?, "
    "is_weighed = ? WHERE n = ?"
)
_TOLD = tuple(each.name for each in fields(Product) if each.name != "id")


@dataclass(slots=True)
class ProductsImport:
    """One import of products under way; `keys` wait here until their run is sorted."""

    row: ImportRow
    moment: Moment
    keys: list[tuple[int, str, int]] = field(default_factory=list)
    _fresh: list[tuple[int, Product]] = field(default_factory=list)

    @staticmethod
    def order(row: ProductRow) -> str:
        """Rows are applied in the order of their codes."""
        return row.code

    def apply(
        self, connection: Connection, outbox: StoredOutbox, rows: Sequence[ProductRow]
    ) -> Imported:
        """Add and change the products of a chunk."""
        places = ",".join("?" * len(rows))
        codes = [row.code for row in rows]
        found = connection.execute(_BY_CODES % places, codes).fetchall()
        known = {each[2]: (each[0], product_of(each[1:])) for each in found}
        added = self._add(connection, [row for row in rows if row.code not in known])
        changed = self._change(connection, [row for row in rows if row.code in known], known)
        if added or changed:
            self._tell(connection, outbox, [*added, *changed])
        return Imported(len(added), len(changed), len(rows) - len(added) - len(changed))

    def _add(self, connection: Connection, rows: Sequence[ProductRow]) -> list[Product]:
        last = connection.execute("SELECT coalesce(max(n), 0) FROM products").fetchone()
        first_n = (last[0] if last else 0) + 1
        products = [_product(self._new_id(), row) for row in rows]
        INSERT_PRODUCT.many(
            connection,
            [(n, *product_row(each), self.row.id) for n, each in enumerate(products, first_n)],
        )
        self._fresh = list(enumerate(products, first_n))
        return products

    def _change(
        self,
        connection: Connection,
        rows: Sequence[ProductRow],
        known: dict[str, tuple[int, Product]],
    ) -> list[Product]:
        images: list[tuple[int, Any]] = []
        changed: list[Product] = []
        for row in rows:
            n, before = known[row.code]
            after = _product(before.id, row)
            if after == before:
                continue
            _write(connection, n, before, after)
            images.append((n, [_plain(before), _plain(after)]))
            changed.append(after)
        keep_images(connection, self.row.id, images)
        return changed

    def _tell(
        self, connection: Connection, outbox: StoredOutbox, products: Sequence[Product]
    ) -> None:
        """One event a chunk, with all that a product is."""
        event_id = self._new_id()
        body = {
            "import": self.row.id.hex(),
            "fields": ["id", *_TOLD],
            "products": [
                [product.id.hex, *(getattr(product, name) for name in _TOLD)]
                for product in products
            ],
        }
        outbox.append(
            Fact(event_id, "ProductsImported", self.moment.at_us, self.moment.business_on, body)
        )
        note_event(connection, self.row.id, event_id.bytes)

    def _new_id(self) -> UUID:
        return uuid7(self.moment.at_us, SystemDice().roll(10))

    def gather_keys(self) -> None:
        """After its transaction: the keys of the chunk wait for the end of the run."""
        for n, product in self._fresh:
            self.keys.extend([(kind, key, n) for kind, key in keys_of(product)])
        self._fresh = []

    def take_keys(self) -> Iterator[tuple[int, str, int]]:
        """The keys of the run so far, in the order of their tree."""
        keys, self.keys = self.keys, []
        return iter(sorted(keys))

    @staticmethod
    def insert_keys(connection: Connection, keys: Iterable[tuple[int, str, int]]) -> None:
        """Some of the keys of a run."""
        INSERT_KEY.many(connection, keys)


def undo_products(connection: Connection, row: ImportRow, *, at_once: int) -> tuple[int, list[str]]:
    """Undo a part: how many rows, and the ids of products that were sold meanwhile and stay."""
    sql = f"SELECT {_FIELDS} FROM products WHERE n > ? AND import_id = ? LIMIT ?"  # noqa: S608
    found = connection.execute(sql, (row.first_n, row.id, at_once)).fetchall()
    sold = _sold(connection, row)
    kept = [bytes(each[1]).hex() for each in found if each[1] in sold]
    for each in found:
        if each[1] in sold:
            connection.execute("UPDATE products SET import_id = NULL WHERE n = ?", (each[0],))
        else:
            _remove_keys(connection, each[0], product_of(each[1:]))
            connection.execute("DELETE FROM products WHERE n = ?", (each[0],))
    return len(found) + _restore(connection, row, at_once - len(found)), kept


def _sold(connection: Connection, row: ImportRow) -> set[bytes]:
    sql = (
        "SELECT DISTINCT product_id FROM sales JOIN sale_lines ON sale_lines.sale_id = sales.id "
        "WHERE sales.n > ?"
    )
    return {product for (product,) in connection.execute(sql, (row.first_sale_n,)).fetchall()}


def _restore(connection: Connection, row: ImportRow, most: int) -> int:
    sql = "SELECT n, image FROM before_images WHERE import_id = ? LIMIT ?"
    images = connection.execute(sql, (row.id, max(0, most))).fetchall()
    for n, image in images:
        before, imported = (_product_of_plain(plain) for plain in json.loads(image))
        sql = f"SELECT {_FIELDS} FROM products WHERE n = ?"  # noqa: S608
        found = connection.execute(sql, (n,)).fetchone()
        if found and product_of(found[1:]) == imported:
            _write(connection, n, imported, before)
        connection.execute("DELETE FROM before_images WHERE import_id = ? AND n = ?", (row.id, n))
    return len(images)


def _write(connection: Connection, n: int, before: Product, after: Product) -> None:
    if before.name != after.name:
        _remove_keys(connection, n, before)
        INSERT_KEY.many(connection, sorted((k, key, n) for k, key in keys_of(after)))
    connection.execute(_UPDATE, (*product_row(after), n))


def _remove_keys(connection: Connection, n: int, product: Product) -> None:
    sql = "DELETE FROM product_keys WHERE kind = ? AND key = ? AND n = ?"
    connection.executemany(sql, [(kind, key, n) for kind, key in keys_of(product)])


def _product(ident: UUID, row: ProductRow) -> Product:
    return Product(
        id=ident,
        code=row.code,
        name=row.name,
        price_fen=row.price_fen,
        spec=row.spec,
        unit=row.unit,
        category=row.category,
        member_price_fen=row.member_price_fen,
        special_price_fen=row.special_price_fen,
        is_prescription=row.is_prescription,
        is_weighed=row.is_weighed,
    )


def _plain(product: Product) -> list[Any]:
    ident, *rest = product_row(product)
    return [ident.hex(), *rest]


def _product_of_plain(plain: list[Any]) -> Product:
    return product_of((bytes.fromhex(plain[0]), *plain[1:]))
