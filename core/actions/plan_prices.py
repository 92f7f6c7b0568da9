"""定价: products of a file are, and cost, what it says from a business day on.

What the file has no column for stays as it is. In a chain its head office says what things cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from core.actions.allow import allow
from core.actions.office_prices import begin_prices, is_chained
from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.changes import Changes
from core.errors import BadRows, BeginsTooEarly, NoGoodRows, PricesOfOffice
from core.ports import Reading
from core.shop import Shop
from core.sync.feed import ProductIssued
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.table import BadRow

PRICES = ("price_fen", "member_price_fen", "special_price_fen")
_Table = tuple[Sequence[str], Sequence[ProductRow | BadRow]]
PLAIN = ("spec", "unit", "category", "is_prescription", "is_weighed", "brand", "requires_trace")


class PriceChange(Struct, frozen=True):
    """A product as it is, None where it is new, and as it will be."""

    before: Product | None
    after: ProductIssued
    code: str


class PricesSeen(Struct, frozen=True):
    """What becomes of prices by a file, how many products stay as they are, and its bad rows."""

    prices: tuple[PriceChange, ...]
    unchanged: int
    bad: tuple[BadRow, ...]
    today: date


class PricesPlanned(Struct, frozen=True):
    """So many products are otherwise from that day on."""

    count: int
    begins_on: date
    changes: Changes = Changes.PRODUCTS


def look_at_prices(shop: Shop, path: str, *, staff: Staff) -> PricesSeen:
    """A dry run. Raises NotAllowed, PricesOfOffice, MissingColumns, FileUnreadable, NotATable."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.CHANGE_SETTINGS, now_us=moment.at_us)
        table = _read(shop, reading, path)
        return _seen(shop, reading, table, moment.business_on)


def plan_prices(
    shop: Shop, path: str, *, begins_on: date, staff: Staff, takes_good_rows: bool = False
) -> PricesPlanned:
    """Let the file hold from a business day on; all of it does, or nothing.

    What was planned for other days still begins on those.
    Raises as `look_at_prices`; BeginsTooEarly, BadRows where not only the good ones are asked for,
    NoGoodRows where nothing would change.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.CHANGE_SETTINGS, now_us=shop.clock.now_us())
        table = _read(shop, reading, path)  # no till waits for a file
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.CHANGE_SETTINGS, now_us=moment.at_us)
        if begins_on < moment.business_on:
            raise BeginsTooEarly(begins_on.isoformat())
        if is_chained(tx):
            raise PricesOfOffice()
        seen = _seen(shop, tx, table, begins_on)
        if seen.bad and not takes_good_rows:
            raise BadRows(len(seen.bad))
        if not seen.prices:
            raise NoGoodRows()
        for change in seen.prices:
            others = [e for e in tx.plans.ahead(change.code) if e.begins_on != begins_on]
            tx.plans.keep(change.code, (*others, change.after))
        count = str(len(seen.prices))
        tx.audit.note("prices_planned", at_us=moment.at_us, staff_no=staff.no, detail=count)
    while begin_prices(shop):
        pass
    return PricesPlanned(len(seen.prices), begins_on)


def _read(shop: Shop, reading: Reading, path: str) -> _Table:
    if is_chained(reading):
        raise PricesOfOffice()
    return shop.store.keeping.products(path)


def _seen(shop: Shop, reading: Reading, table: _Table, begins_on: date) -> PricesSeen:
    columns, rows = table
    changes: list[PriceChange] = []
    bad: list[BadRow] = []
    unchanged = 0
    for row in rows:
        if isinstance(row, BadRow):
            bad.append(row)
            continue
        before = reading.products.by_code(row.code)
        after = _issued(shop, row, before, frozenset(columns), begins_on)
        if before is not None and _is_same(before, after):
            unchanged += 1
        else:
            changes.append(PriceChange(before, after, row.code))
    return PricesSeen(tuple(changes), unchanged, tuple(bad), begins_on)


def _is_same(before: Product, after: ProductIssued) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in _fields())


def _fields() -> Iterator[str]:
    yield from ("name", *PRICES, *PLAIN)


def _issued(
    shop: Shop, row: ProductRow, before: Product | None, columns: frozenset[str], begins_on: date
) -> ProductIssued:
    values = {name: getattr(row, name) for name in _fields()}
    if before is None:
        return ProductIssued(id=shop.new_id(), begins_on=begins_on, **values)
    for name in _fields():
        if name.removesuffix("_fen") not in columns:
            values[name] = getattr(before, name)
    if values["requires_trace"] is None:
        values["requires_trace"] = before.requires_trace
    return ProductIssued(id=before.id, begins_on=begins_on, **values)
