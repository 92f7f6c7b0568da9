"""商品导入: a chunk of products within one short transaction, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.sync.fact import Fact
from core.values.ident import uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import (
    Imported,
    ImportRow,
    keep_images,
    note_event,
)
from storage.import_runs import ProductRun
from storage.machine import SystemDice
from storage.outbox import StoredOutbox
from storage.product_changes import write_product
from storage.products import (
    INSERT_KEY,
    INSERT_PRODUCT,
    demand_traces,
    product_of,
    product_row,
)

FIELDS = (
    "n, id, code, name, price_fen, spec, unit, category, member_price_fen, special_price_fen, "
    "is_prescription, is_weighed, brand, id IN (SELECT product_id FROM trace_demands)"
)
_BY_CODES = f"SELECT {FIELDS} FROM products WHERE code IN (%s)"  # noqa: S608
TOLD = tuple(n for n in Product.__struct_fields__ if n not in ("id", "requires_trace"))


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
        products = [product_told(self._new_id(), run.rows[i]) for i in fresh]
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
            after = product_told(before.id, row, requires_trace=before.requires_trace)
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
        event_id, body = self._new_id(), products_told(self.row, products)
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


def products_told(row: ImportRow, products: Sequence[Product]) -> dict[str, Any]:
    """What an event says of products that an import, or its way back, changed."""
    body: dict[str, Any] = {
        "import": row.id.hex(),
        "fields": ["id", *TOLD],
        "products": [
            [product.id.hex, *(getattr(product, name) for name in TOLD)] for product in products
        ],
    }
    if traced := [product.id.hex for product in products if product.requires_trace]:
        body["traced"] = traced
    return body


def product_told(ident: UUID, row: ProductRow, *, requires_trace: bool = False) -> Product:
    """A product as the table says; `requires_trace`: what holds where that says nothing."""
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
