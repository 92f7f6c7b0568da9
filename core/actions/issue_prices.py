"""下发商品和价格: what products are and cost on all tills, or on those of one store, from a day on.

What began last holds; of the same day that of the store before that of all. So a price of a
single store holds until the next one that is issued for it, or for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, timedelta
from itertools import groupby
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.product_table import ProductRow
from core.errors import BeginsTooEarly, StoreUnknown
from core.ports.feed import Asking
from core.ports.issued import StorePrice
from core.ports.office import OfficeReading
from core.shop import HeadOffice
from core.sync.feed import PRODUCT, ProductIssued, ProductPlans
from core.values.moment import local_time

ALL = ""
"""The code of no store: all of them."""


class PricesIssued(Struct, frozen=True):
    """How many products are new, cost or are otherwise from that day on, or stay as they are."""

    added: int
    changed: int
    unchanged: int


def issue_prices(
    office: HeadOffice,
    rows: Sequence[ProductRow],
    *,
    begins_on: date,
    today: date,
    store_code: str = ALL,
) -> PricesIssued:
    """Let these hold from a business day on; all of them do, or none.

    Raises StoreUnknown, and BeginsTooEarly: what was sold is never priced anew.
    """
    if begins_on < today:
        raise BeginsTooEarly(begins_on.isoformat())
    with office.store.write() as tx:
        if store_code and tx.stores.get(store_code) is None:
            raise StoreUnknown(store_code)
        known = tx.issued_products.of([row.code for row in rows])
        now_us = office.clock.now_us()
        fresh: list[StorePrice] = []
        for row in rows:
            before = known.get(row.code, [])
            ident = before[0].product.id if before else office.new_id()
            product = _product(ident, begins_on, row)
            if not _holds(before, product, store_code):
                fresh.append(StorePrice(row.code, store_code, product, now_us))
        tx.issued_products.keep(fresh)
        codes = [price.code for price in fresh]
        tx.changes.note_all(PRODUCT, codes, store_code or None)
    added = sum(code not in known for code in codes)
    return PricesIssued(added, len(fresh) - added, len(rows) - len(fresh))


def products_for_tills(
    reading: OfficeReading, asking: Asking, codes: Collection[str], now_us: int
) -> dict[str, Struct]:
    """What holds of each in this store, and what will."""
    yesterday = local_time(now_us, UTC).date() - timedelta(days=1)
    known = reading.issued_products.of(codes)
    plans = {code: plans_of(prices, asking.store_code, yesterday) for code, prices in known.items()}
    return {code: ProductPlans(each) for code, each in plans.items() if each}


def plans_of(
    prices: Sequence[StorePrice], store_code: str, since: date
) -> tuple[ProductIssued, ...]:
    """One for each day on which something begins, but for those that were over before a day."""
    each_day = [product for _, product in _by_day(prices, store_code)]
    began = [no for no, product in enumerate(each_day) if product.begins_on <= since]
    return tuple(each_day[began[-1] if began else 0 :])


def _by_day(prices: Sequence[StorePrice], store_code: str) -> Iterator[tuple[date, ProductIssued]]:
    """The last word of each day: of a store before that of all."""
    own = [price for price in prices if price.store_code in (ALL, store_code)]
    own.sort(key=lambda price: (price.product.begins_on, price.store_code, price.issued_us))
    for day, those in groupby(own, key=lambda price: price.product.begins_on):
        *_, last = those
        yield day, last.product


def _holds(prices: Sequence[StorePrice], product: ProductIssued, store_code: str) -> bool:
    """Whether that is what holds on its day anyway, wherever it is to hold."""
    stores = {store_code} if store_code else {ALL, *(price.store_code for price in prices)}
    for store in stores:
        now = [each for day, each in _by_day(prices, store) if day <= product.begins_on]
        if not now or replace(now[-1], begins_on=product.begins_on) != product:
            return False
    return True


def _product(ident: UUID, begins_on: date, row: ProductRow) -> ProductIssued:
    return ProductIssued(
        id=ident,
        begins_on=begins_on,
        name=row.name,
        price_fen=row.price_fen,
        member_price_fen=row.member_price_fen,
        special_price_fen=row.special_price_fen,
        spec=row.spec,
        unit=row.unit,
        category=row.category,
        is_prescription=row.is_prescription,
        is_weighed=row.is_weighed,
        brand=row.brand,
        requires_trace=row.requires_trace,
    )
