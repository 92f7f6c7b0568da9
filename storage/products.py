"""商品: products, and the keys that find them: every tail of a name and of its initials."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
)

from core.catalog.product import Product
from core.errors import ProductTaken
from storage.columns import METADATA, Connection, Prepared, uuid_column
from storage.engine import is_integrity_error
from storage.search_keys import product_keys
from storage.trace_tables import TRACE_DEMANDS

PRODUCTS = Table(
    "products",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("price_fen", Integer, CheckConstraint("price_fen > 0"), nullable=False),
    Column("spec", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("category", String, nullable=False),
    Column("member_price_fen", Integer),
    Column("special_price_fen", Integer),
    Column("is_prescription", Boolean, nullable=False),
    Column("is_weighed", Boolean, nullable=False),
    Column("brand", String, nullable=False),
    Column("import_id", LargeBinary(16)),
)

PRODUCT_KEYS = Table(
    "product_keys",
    METADATA,
    Column("kind", SmallInteger, primary_key=True),
    Column("key", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)


COLUMNS = tuple(column for column in PRODUCTS.c if column.name not in ("n", "import_id"))
DEMANDS = (
    select(TRACE_DEMANDS.c.product_id)
    .where(TRACE_DEMANDS.c.product_id == PRODUCTS.c.id)
    .correlate(PRODUCTS)
    .exists()
)
FIELDS = (*COLUMNS, DEMANDS)
_BY_CODE = Prepared(select(*FIELDS).where(PRODUCTS.c.code == bindparam("code")))
_BY_ID = Prepared(select(PRODUCTS.c.n, *FIELDS).where(PRODUCTS.c.id == bindparam("id")))
_LAST_N = Prepared(select(func.max(PRODUCTS.c.n)))
INSERT_PRODUCT = Prepared(insert(PRODUCTS))
INSERT_KEY = Prepared(insert(PRODUCT_KEYS))


class StoredProducts:
    """Implements `core.ports.Products`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_code(self, code: str) -> Product | None:
        """The product of this code."""
        row = _BY_CODE.one(self._connection, code=code)
        return None if row is None else product_of(row)

    def in_category(self, category: str, *, limit: int) -> tuple[Product, ...]:
        """Products of a category, by name."""
        from storage import tagged_products  # no scan needs it

        return tagged_products.in_category(self._connection, category, limit=limit)

    def of_brand(self, brand: str, *, limit: int) -> tuple[Product, ...]:
        """Products of a brand, by name."""
        from storage import tagged_products

        return tagged_products.of_brand(self._connection, brand, limit=limit)

    def brands(self) -> tuple[str, ...]:
        """All brands, in order."""
        from storage import tagged_products

        return tagged_products.brands(self._connection)

    def categories(self) -> tuple[str, ...]:
        """All categories, in order."""
        from storage import tagged_products

        return tagged_products.categories(self._connection)

    def repriced(self, since: date, *, limit: int) -> tuple[Product, ...]:
        """Products that are new or cost otherwise since a business date inclusive."""
        from storage import tagged_products

        return tagged_products.repriced(self._connection, since, limit=limit)

    def add(self, product: Product) -> None:
        """A new product; raises ProductTaken."""
        row = _LAST_N.one(self._connection)
        n = (row[0] or 0 if row else 0) + 1
        try:
            self._connection.execute(INSERT_PRODUCT.sql, (n, *product_row(product), None))
        except Exception as error:
            if is_integrity_error(error) and "code" in str(error):
                raise ProductTaken(product.code) from error
            raise
        INSERT_KEY.many(self._connection, [(k, key, n) for k, key in sorted(keys_of(product))])
        if product.requires_trace:
            demand_traces(self._connection, [product])

    def change(self, product: Product) -> None:
        """What is new of one that is here; its code stays."""
        from storage.product_changes import write_product

        row = _BY_ID.one(self._connection, id=product.id.bytes)
        if row is not None:
            write_product(self._connection, row[0], product_of(row[1:]), product)


def demand_traces(connection: Connection, products: Iterable[Product]) -> None:
    """Let each of these products need trace codes, or none any more, as it says."""
    asked = list(products)
    rows = [(each.id.bytes,) for each in asked if each.requires_trace]
    connection.executemany("INSERT OR IGNORE INTO trace_demands VALUES (?)", rows)
    rows = [(each.id.bytes,) for each in asked if not each.requires_trace]
    connection.executemany("DELETE FROM trace_demands WHERE product_id = ?", rows)


def product_of(row: tuple[Any, ...]) -> Product:
    """The product of a row of `FIELDS`."""
    return Product(
        id=UUID(bytes=row[0]),
        code=row[1],
        name=row[2],
        price_fen=row[3],
        spec=row[4],
        unit=row[5],
        category=row[6],
        member_price_fen=row[7],
        special_price_fen=row[8],
        is_prescription=bool(row[9]),
        is_weighed=bool(row[10]),
        brand=row[11],
        requires_trace=bool(row[12]),
    )


def product_row(product: Product) -> tuple[Any, ...]:
    """The row of `COLUMNS` of a product; `demand_traces` keeps what is beside them."""
    return (
        product.id.bytes,
        product.code,
        product.name,
        product.price_fen,
        product.spec,
        product.unit,
        product.category,
        product.member_price_fen,
        product.special_price_fen,
        int(product.is_prescription),
        int(product.is_weighed),
        product.brand,
    )


def keys_of(product: Product) -> tuple[tuple[int, str], ...]:
    """All keys that find this product."""
    return product_keys(product.code, product.name)
