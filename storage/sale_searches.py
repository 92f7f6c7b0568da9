"""找单: sales by what is known of them; newest first, and quick among a million.

Within a month the days are walked through and each clue is looked at. Of longer times the
narrowest clue gives its sales out of an index, and the others are looked at: nowhere is a table
walked through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct, field
from sqlalchemy import bindparam, select

from core.sales.search import Clue, SaleSearch
from core.sales.void import SoldRow
from storage.columns import Connection, Prepared
from storage.sales import SALE_LINES, SALES
from storage.voids import SOLD, sold_of

A_MONTH = 31
MOST_OF_A_CLUE = 3_000
"""So many of the newest sales of an amount or a product are looked at; far more than are shown."""
MOST_LOOKED_AT = 30_000
"""At a time of day when hardly anything is sold, the walk through the days ends here."""

_ROW = Prepared(SOLD.where(SALES.c.n == bindparam("n")))
_GOODS = Prepared(
    select(SALE_LINES.c.name, SALE_LINES.c.quantity_milli)
    .where(SALE_LINES.c.sale_id == bindparam("sale"))
    .order_by(SALE_LINES.c.no)
)
# The + keeps the planner from another index than the one that is meant.
_OF_DAYS = "SELECT n, at_us FROM sales WHERE business_on BETWEEN ? AND ?"
_OF_CLUE = "SELECT n, at_us FROM sales WHERE id IN ({ids}) AND +business_on BETWEEN ? AND ?"
_NEWEST = " ORDER BY business_on DESC, n DESC"
_HAS_GOODS = (
    "EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = sales.id "
    "AND +sale_lines.product_id IN ({ids}))"
)
_HAS_PART = (
    "EXISTS (SELECT 1 FROM tenders WHERE tenders.sale_id = sales.id "
    "AND tenders.kind <> 'cash' AND tenders.amount_fen = ?)"
)
_MERGED = "SELECT member_id FROM merged_members WHERE into_id IN ({ids})"
_BY_NO = "SELECT id FROM sales WHERE no = ?"
_BY_NUMBER = "SELECT id FROM sales WHERE incarnation IN ({all}) AND number IN ({ids})"
_BY_MEMBER = "SELECT id FROM sales WHERE member_id IN ({ids})"
_BY_AMOUNT = (
    "SELECT id FROM (SELECT id FROM sales WHERE payable_fen = ? AND business_on BETWEEN ? AND ? "
    "ORDER BY business_on DESC LIMIT ?)"
)
_BY_PRODUCT = (
    "SELECT sale_id FROM (SELECT sale_id FROM sale_lines WHERE product_id = ? "
    "ORDER BY sale_id DESC LIMIT ?)"
)


class _Sql(Struct):
    """Parts of a statement with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values += values


class StoredSearches:
    """Implements `core.ports.drawer.Searches`."""

    __slots__ = ("_connection", "_incarnation")

    def __init__(self, connection: Connection, incarnation: int) -> None:
        self._connection = connection
        self._incarnation = incarnation

    def sales(self, search: SaleSearch) -> Iterator[SoldRow]:
        """The sales that are looked for, with their goods, newest first, one after another."""
        sql, values = statement(search, self._incarnation)
        cursor = self._connection.execute(sql, values)
        for n, at_us in islice(iter(cursor.fetchone, None), MOST_LOOKED_AT):
            row = _ROW.one(self._connection, n=n) if search.is_at(at_us) else None
            if row is not None:
                goods = _GOODS.all(self._connection, sale=row[0])
                yield sold_of(row, goods)


def statement(search: SaleSearch, incarnation: int) -> tuple[str, list[Any]]:
    """The statement that walks through the sales of a search, and its values."""
    since, until = search.since.toordinal(), search.until.toordinal()
    sql, clues = _Sql(), list(search.clues)
    if clues and until - since >= A_MONTH:
        narrowest = min(clues, key=_breadth)
        clues.remove(narrowest)
        ids = _candidates(narrowest, incarnation, since, until)
        sql.add(_OF_CLUE.format(ids=" UNION ".join(ids.parts)), *ids.values, since, until)
    else:
        sql.add(_OF_DAYS, since, until)
    for clue in clues:
        means = _condition(clue)
        sql.add(f"({' OR '.join(means.parts)})", *means.values)
    return " AND ".join(sql.parts) + _NEWEST, sql.values


def _breadth(clue: Clue) -> tuple[bool, bool, int]:
    """How many sales a clue has about: products most, then amounts, then members."""
    return bool(clue.products), clue.amount_fen is not None, len(clue.members)


def _condition(clue: Clue) -> _Sql:
    """What is looked at of each sale."""
    sql = _Sql()
    if clue.no:
        sql.add("+no = ?", clue.no)
    if clue.numbers:
        sql.add(f"+number IN ({_places(clue.numbers)})", *clue.numbers)
    if clue.amount_fen is not None:
        sql.add("+payable_fen = ?", clue.amount_fen)
        sql.add(_HAS_PART, clue.amount_fen)
    if clue.members:
        ids, marks = _bytes(clue.members), _places(clue.members)
        sql.add(f"+member_id IN ({marks})", *ids)
        sql.add(f"+member_id IN ({_MERGED.format(ids=marks)})", *ids)
    if clue.products:
        sql.add(_HAS_GOODS.format(ids=_places(clue.products)), *_bytes(clue.products))
    return sql


def _candidates(clue: Clue, incarnation: int, since: int, until: int) -> _Sql:
    """The ids of the sales that a clue may mean, each part out of an index."""
    sql = _Sql()
    if clue.no:
        sql.add(_BY_NO, clue.no)
    if clue.numbers:
        every, marks = range(1, incarnation + 1), _places(clue.numbers)
        by_number = _BY_NUMBER.format(all=_places(every), ids=marks)
        sql.add(by_number, *every, *clue.numbers)
    if clue.amount_fen is not None:
        sql.add(_BY_AMOUNT, clue.amount_fen, since, until, MOST_OF_A_CLUE)
    if clue.members:
        ids, marks = _bytes(clue.members), _places(clue.members)
        sql.add(_BY_MEMBER.format(ids=marks), *ids)
        sql.add(_BY_MEMBER.format(ids=_MERGED.format(ids=marks)), *ids)
    for product in _bytes(clue.products):
        sql.add(_BY_PRODUCT, product, MOST_OF_A_CLUE // len(clue.products))
    return sql


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _bytes(idents: Sequence[Any]) -> list[bytes]:
    return [ident.bytes for ident in idents]
