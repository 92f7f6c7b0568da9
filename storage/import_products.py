"""商品导入: a chunk of products within one short transaction, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import (
    Imported,
    ImportRow,
    drop_images,
    images_of,
    keep_images,
    note_event,
)
from storage.import_runs import ProductRun
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.product_changes import insert_keys_of, remove_keys_of, write_product
from storage.products import (
    INSERT_KEY,
    INSERT_PRODUCT,
    demand_traces,
    product_of,
    product_row,
)

_FIELDS = (
    "n, id, code, name, price_fen, spec, unit, category, member_price_fen, special_price_fen, "
    "is_prescription, is_weighed, brand, id IN (SELECT product_id FROM trace_demands)"
)
_BY_CODES = f"SELECT {_FIELDS} FROM products WHERE code IN (%s)"  # noqa: S608
_TOLD = tuple(n for n in Product.__struct_fields__ if n not in ("id", "requires_trace"))


class ProductsImport(Struct):
    """One import of products under way."""

    row: ImportRow
    moment: Moment

    def apply(
        self,
        connection: Connection,
        outbox: StoredOutbox,
        run: ProductRun,
        places: Sequence[int],
    ) -> Imported:
        """Add and change the products of a chunk: of these places in their run."""
        codes = [run.rows[i].code for i in places]
        found = connection.execute(_BY_CODES % ",".join("?" * len(codes)), codes).fetchall()
        known = {each[2]: (each[0], product_of(each[1:])) for each in found}
        added = self._add(connection, run, [i for i in places if run.rows[i].code not in known])
        rows = [run.rows[i] for i in places if run.rows[i].code in known]
        changed = self._change(connection, rows, known)
        if added or changed:
            self._tell(connection, outbox, [*added, *changed])
        return Imported(len(added), len(changed), len(places) - len(added) - len(changed))

    def _add(self, connection: Connection, run: ProductRun, fresh: Sequence[int]) -> list[Product]:
        last = connection.execute("SELECT coalesce(max(n), 0) FROM products").fetchone()
        first_n = (last[0] if last else 0) + 1
        products = [_product(self._new_id(), run.rows[i]) for i in fresh]
        INSERT_PRODUCT.many(
            connection,
            [(n, *product_row(each), self.row.id) for n, each in enumerate(products, first_n)],
        )
        for n, i in enumerate(fresh, first_n):
            run.numbers[i] = n
        demand_traces(connection, [each for each in products if each.requires_trace])
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
            after = _product(before.id, row, requires_trace=before.requires_trace)
            if after == before:
                continue
            write_product(connection, n, before, after)
            images.append((n, [_plain(before), _plain(after)]))
            changed.append(after)
        keep_images(connection, self.row.id, images)
        return changed

    def _tell(
        self, connection: Connection, outbox: StoredOutbox, products: Sequence[Product]
    ) -> None:
        """One event a chunk, with all that a product is."""
        event_id = self._new_id()
        body: dict[str, Any] = {
            "import": self.row.id.hex(),
            "fields": ["id", *_TOLD],
            "products": [
                [product.id.hex, *(getattr(product, name) for name in _TOLD)]
                for product in products
            ],
        }
        if traced := [product.id.hex for product in products if product.requires_trace]:
            body["traced"] = traced
        outbox.append(
            Fact(event_id, "ProductsImported", self.moment.at_us, self.moment.business_on, body)
        )
        note_event(connection, self.row.id, event_id.bytes)

    def _new_id(self) -> UUID:
        return uuid7(self.moment.at_us, SystemDice().roll(10))

    @staticmethod
    def insert_keys(connection: Connection, keys: Iterable[tuple[int, str, int]]) -> None:
        """Some of the keys of a run."""
        INSERT_KEY.many(connection, keys)


def remove_products(
    connection: Connection, row: ImportRow, *, after: int, at_once: int
) -> int | None:
    """Take away so many products that were added, beyond number `after`; the last one's number.

    None where these were the last. What was sold meanwhile stays, and can be searched for.
    """
    sql = f"SELECT {_FIELDS} FROM products WHERE n > ? AND import_id = ? LIMIT ?"  # noqa: S608
    found = connection.execute(sql, (after, row.id, at_once)).fetchall()
    sold = _sold(connection, row) if found else set()
    for n, *values in found:
        product = product_of(tuple(values))
        remove_keys_of(connection, n, product)
        if product.id.bytes in sold:
            insert_keys_of(connection, n, product)
        else:
            connection.execute("DELETE FROM products WHERE n = ?", (n,))
            demand_traces(connection, [replace(product, requires_trace=False)])
    return found[-1][0] if len(found) == at_once else None


def _sold(connection: Connection, row: ImportRow) -> set[bytes]:
    sql = (
        "SELECT DISTINCT product_id FROM sales JOIN sale_lines ON sale_lines.sale_id = sales.id "
        "WHERE sales.n > ?"
    )
    return {product for (product,) in connection.execute(sql, (row.first_sale_n,)).fetchall()}


def restore_products(connection: Connection, row: ImportRow, *, at_once: int) -> int:
    """Let so many products be again as they were, unless they were changed since; how many."""
    images = images_of(connection, row.id, at_once)
    for n, image in images:
        before, imported = (_product_of_plain(plain) for plain in json.loads(image))
        sql = f"SELECT {_FIELDS} FROM products WHERE n = ?"  # noqa: S608
        found = connection.execute(sql, (n,)).fetchone()
        if found and product_of(found[1:]) == imported:
            write_product(connection, n, imported, before)
    drop_images(connection, row.id, images)
    return len(images)


def _product(ident: UUID, row: ProductRow, *, requires_trace: bool = False) -> Product:
    """`requires_trace`: what holds where the table does not say."""
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
        brand=row.brand,
        requires_trace=requires_trace if row.requires_trace is None else row.requires_trace,
    )


def _plain(product: Product) -> list[Any]:
    ident, *rest = product_row(product)
    return [ident.hex(), *rest, int(product.requires_trace)]


def _product_of_plain(plain: list[Any]) -> Product:
    """What an import of before products had a brand, or trace codes, kept is shorter."""
    later = ("", 0)[len(plain) - len(_TOLD) :] if len(plain) < len(_TOLD) + 2 else ()
    return product_of((bytes.fromhex(plain[0]), *plain[1:], *later))
