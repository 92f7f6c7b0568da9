"""找单: sales by what is known of them; newest first, and quick among a million.

Within a month the days are walked through and each clue is looked at. Of longer times the
narrowest clue gives its sales out of an index, and the others are looked at. Where every clue
means too many, as of goods that sell all day, the newest days are walked through, and of the days
before only so many of the narrowest clue are looked at: it is said from which day on all were seen.
Nowhere is a table walked through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from core.sales.search import ANY, Among, Clue, SaleSearch
from core.sales.void import SoldRow
from storage.columns import Connection, Prepared
from storage.sales import SALE_LINES, SALES
from storage.voids import SOLD, sold_of

A_MONTH = 31
MOST_OF_A_CLUE = 2_000
"""So many sales of a clue are taken out of its index and sorted; of more the days are walked."""
MOST_WALKED = 15_000
"""After so many sales a walk of more than a month ends with the day that it is at."""

_ROW = Prepared(SOLD.where(SALES.c.n == bindparam("n")))
_GOODS = Prepared(
    select(SALE_LINES.c.name, SALE_LINES.c.quantity_milli)
    .where(SALE_LINES.c.sale_id == bindparam("sale"))
    .order_by(SALE_LINES.c.no)
)
# The + keeps the planner from another index than the one that is meant.
_OF_DAYS = "SELECT n, at_us FROM sales WHERE business_on BETWEEN ? AND ?"
_OF_CLUE = "SELECT n, at_us FROM sales WHERE n IN ({ids}) AND +business_on BETWEEN ? AND ?"
_NEWEST = " ORDER BY business_on DESC, n DESC"
_HAS_GOODS = (
    "EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = sales.id "
    "AND +sale_lines.product_id IN ({ids}))"
)
_HAS_PART = (
    "EXISTS (SELECT 1 FROM tenders WHERE tenders.sale_id = sales.id "
    "AND tenders.kind <> 'cash' AND tenders.amount_fen = ?)"
)
_HAS_OFFER = (
    "EXISTS (SELECT 1 FROM offer_uses WHERE offer_uses.sale_id = sales.id "
    "AND offer_uses.offer = ? AND offer_uses.delta > 0)"
)
_HAS_SORT = (
    "EXISTS (SELECT 1 FROM sale_lines LEFT JOIN products ON products.id = sale_lines.product_id "
    "LEFT JOIN brought_goods g ON g.code = sale_lines.code LEFT JOIN products p ON p.code = g.code "
    "WHERE sale_lines.sale_id = sales.id "
    "AND coalesce(p.{column}, products.{column}, g.{column}) = ?)"
)
_HAS_SAVING = (
    "EXISTS (SELECT 1 FROM receipts, json_each(receipts.record) WHERE receipts.sale_id = sales.id "
    "AND instr(receipts.record, '[\"saving\",') AND value ->> '$[0]' = 'saving' "
    "AND value ->> '$[1].reason' = ? AND coalesce(value ->> '$[1].label', '') = ?)"
)
_MERGED = "SELECT member_id FROM merged_members WHERE into_id IN ({ids})"
_BY_NO = "SELECT n FROM sales WHERE no = ?"
_BY_NUMBER = "SELECT n FROM sales WHERE incarnation IN ({all}) AND number IN ({ids})"
_BY_NUMBER_ELSEWHERE = _BY_NUMBER.replace("{all}", "SELECT -n FROM brought_lives")
_LAST_NUMBER = (
    "SELECT max(coalesce((SELECT max(number) FROM sales WHERE incarnation = ?), 0), "
    "coalesce((SELECT max((SELECT max(number) FROM sales WHERE incarnation = -brought_lives.n)) "
    "FROM brought_lives), 0))"
)
_BY_MEMBER = (
    "SELECT n FROM (SELECT n FROM sales WHERE member_id IN ({ids}) "
    "AND business_on BETWEEN ? AND ? ORDER BY business_on DESC LIMIT ?)"
)
_BY_AMOUNT = (
    "SELECT n FROM (SELECT n FROM sales WHERE payable_fen = ? AND business_on BETWEEN ? AND ? "
    "ORDER BY business_on DESC LIMIT ?)"
)
# Ids are in the order of time nearly always: good enough to choose some, not to sort by.
_BY_PRODUCT = (
    "SELECT n FROM sales WHERE id IN "
    "(SELECT sale_id FROM sale_lines WHERE product_id = ? ORDER BY sale_id DESC LIMIT ?)"
)
_LINES_OF = "SELECT 1 FROM sale_lines WHERE product_id IN ({ids})"
_COUNT = "SELECT count(*) FROM ({all} LIMIT ?)"
_LAST_OF_A_WALK = (
    "SELECT business_on FROM sales WHERE business_on BETWEEN ? AND ? "
    "ORDER BY business_on DESC LIMIT 1 OFFSET ?"
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

    def sales(self, search: SaleSearch) -> tuple[date, Iterator[SoldRow]]:
        """The sales that are looked for, newest first, and the day from which on they are all."""
        is_any = not (search.clues or search.hours) and search.among == ANY
        if not _is_long(search) or is_any:
            return search.since, self._rows(search)
        counts = [self._count(clue, search) for clue in search.clues]
        fewest = min(counts, default=None)
        narrowest = None if fewest is None else search.clues[counts.index(fewest)]
        if fewest is not None and fewest <= MOST_OF_A_CLUE:
            return search.since, self._rows(search, narrowest)
        since = self._reach(search)
        return since, self._walked(search, since, narrowest)

    def last_number(self) -> int:
        """The largest number that a sale of here may have; 0 where nothing was sold."""
        row = self._connection.execute(_LAST_NUMBER, (self._incarnation,)).fetchone()
        return int(row[0]) if row else 0

    def _walked(self, search: SaleSearch, since: date, narrowest: Clue | None) -> Iterator[SoldRow]:
        """All of the newest days, then what is easily found before."""
        yield from self._rows(replace(search, since=since))
        if narrowest is not None and since > search.since:
            before = replace(search, until=since - timedelta(1))
            yield from self._rows(before, narrowest, MOST_OF_A_CLUE // _parts(narrowest))

    def _rows(
        self, search: SaleSearch, narrowest: Clue | None = None, most: int = MOST_OF_A_CLUE
    ) -> Iterator[SoldRow]:
        sql, values = statement(search, self._incarnation, narrowest, most)
        cursor = self._connection.execute(sql, values)
        for n, at_us in iter(cursor.fetchone, None):
            row = _ROW.one(self._connection, n=n) if search.is_at(at_us) else None
            if row is not None:
                goods = _GOODS.all(self._connection, sale=row[0])
                yield sold_of(row, goods)

    def _count(self, clue: Clue, search: SaleSearch) -> int:
        """How many sales a clue means, counted no further than matters."""
        most = MOST_OF_A_CLUE + 1
        counted = _candidates(replace(clue, products=()), search, self._incarnation, most)
        if clue.products:
            counted.add(_LINES_OF.format(ids=_places(clue.products)), *_bytes(clue.products))
        sql = _COUNT.format(all=" UNION ALL ".join(counted.parts))
        row = self._connection.execute(sql, [*counted.values, most]).fetchone()
        return int(row[0]) if row else 0

    def _reach(self, search: SaleSearch) -> date:
        """The first day of a walk: a month it goes in any case."""
        values = search.since.toordinal(), search.until.toordinal(), MOST_WALKED
        row = self._connection.execute(_LAST_OF_A_WALK, values).fetchone()
        last = date.fromordinal(row[0]) if row else search.since
        return min(last, search.until - timedelta(A_MONTH - 1))


def _is_long(search: SaleSearch) -> bool:
    return (search.until - search.since).days >= A_MONTH


def _parts(clue: Clue) -> int:
    return max(1, len(clue.products))


def statement(
    search: SaleSearch, incarnation: int, narrowest: Clue | None = None, most: int = MOST_OF_A_CLUE
) -> tuple[str, list[Any]]:
    """The statement that goes through the sales of a search, and its values.

    Without the narrowest of its clues it walks through the days; of each part of that clue it takes
    the newest `most`.
    """
    days = search.since.toordinal(), search.until.toordinal()
    sql = _Sql()
    if narrowest is None:
        sql.add(_OF_DAYS, *days)
    else:
        ids = _candidates(narrowest, search, incarnation, most)
        sql.add(_OF_CLUE.format(ids=" UNION ".join(ids.parts)), *ids.values, *days)
    for clue in search.clues:
        if clue is not narrowest:
            means = _condition(clue)
            sql.add(f"({' OR '.join(means.parts)})", *means.values)
    _add_among(sql, search.among)
    return " AND ".join(sql.parts) + _NEWEST, sql.values


def _add_among(sql: _Sql, among: Among) -> None:
    """What every sale has to be, whatever its clues."""
    for part, value in (
        ("+staff_no = ?", among.staff_no),
        ("+at_us >= ?", among.from_us),
        ("+at_us <= ?", among.until_us),
        (_HAS_OFFER, among.offer or None),
        (_HAS_SORT.format(column="category"), among.category),
        (_HAS_SORT.format(column="brand"), among.brand),
    ):
        if value is not None:
            sql.add(part, value)
    if among.saving is not None:
        sql.add(_HAS_SAVING, *among.saving)


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


def _candidates(clue: Clue, search: SaleSearch, incarnation: int, most: int) -> _Sql:
    """The sales that a clue may mean, each part out of an index that has all it asks."""
    sql, days = _Sql(), (search.since.toordinal(), search.until.toordinal())
    if clue.no:
        sql.add(_BY_NO, clue.no)
    if clue.numbers:
        every, marks = range(1, incarnation + 1), _places(clue.numbers)
        by_number = _BY_NUMBER.format(all=_places(every), ids=marks)
        sql.add(by_number, *every, *clue.numbers)
        sql.add(_BY_NUMBER_ELSEWHERE.format(ids=marks), *clue.numbers)
    if clue.amount_fen is not None:
        sql.add(_BY_AMOUNT, clue.amount_fen, *days, most)
    if clue.members:
        ids, marks = _bytes(clue.members), _places(clue.members)
        for members in (marks, _MERGED.format(ids=marks)):
            sql.add(_BY_MEMBER.format(ids=members), *ids, *days, most)
    for product in _bytes(clue.products):
        sql.add(_BY_PRODUCT, product, most)
    return sql


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _bytes(idents: Sequence[Any]) -> list[bytes]:
    return [ident.bytes for ident in idents]
