"""核对导入: rows of a table beside what the store holds already, before anything is applied.

A card and a barcode are one scan, so no number may be both; and a phone has one member, unless a
manager says that it is shared (domain.md 8). Whoever has a phone now is asked, not who will have
it: a phone handed on within one table is told too. Rows are looked up in parts, in the order of
the trees: a million of them beside a million members are a matter of seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from core.catalog.product_table import HEADINGS as PRODUCT_HEADINGS
from core.catalog.product_table import ProductRow
from core.errors import CardReplaced, CardTaken, PhoneTaken, PriceOfOffice, ProductTaken, Refused
from core.members.masks import mask_card, mask_name
from core.members.member_table import HEADINGS as MEMBER_HEADINGS
from core.members.member_table import MemberRow
from core.values.table import BadRow
from storage.columns import Connection
from storage.search_keys import MemberKey, phone_key
from storage.store import TillStore

AT_ONCE = 20_000
CARD, PHONE = MEMBER_HEADINGS["card_no"][0], MEMBER_HEADINGS["phone"][0]
CODE, PRICE = PRODUCT_HEADINGS["code"][0], PRODUCT_HEADINGS["price"][0]

_HAS_MEMBERS = "SELECT EXISTS (SELECT 1 FROM members)"
_HAS_PLANS = "SELECT EXISTS (SELECT 1 FROM product_plans WHERE has_begun = 1)"
_OF_OFFICE = (
    "SELECT products.code, price_fen, member_price_fen, special_price_fen FROM json_each(?) "
    "CROSS JOIN products ON products.code = value WHERE EXISTS "
    "(SELECT 1 FROM product_plans WHERE product_plans.code = value AND has_begun = 1)"
)
_CODES = "SELECT code FROM products"
# Each value finds its way down a tree, and neighbours take the same way: no other order is as fast.
_BY_CARDS = "SELECT card_no, n FROM json_each(?) CROSS JOIN members ON card_no = value"
_BY_PHONES = (
    "SELECT keys.key, n FROM json_each(?) AS asked "
    "CROSS JOIN member_keys AS keys ON kind = ? AND keys.key = asked.value"
)
_HOLDER = (
    "SELECT hex(id), name, card_no FROM members WHERE n = ? AND phone = ? AND id NOT IN "
    "(SELECT into_id FROM merged_members WHERE member_id = (SELECT id FROM members WHERE n = ?))"
)
_OLD_CARDS = (
    "SELECT old_cards.card_no, members.card_no, replaced_on "
    "FROM old_cards JOIN members ON members.id = old_cards.member_id"
)

_LAST_MEMBER = "SELECT coalesce(max(n), 0) FROM members"
_LAST_PRODUCT = "SELECT coalesce(max(n), 0) FROM products"
_JOINED = (
    "SELECT n, card_no, phone FROM members WHERE n > ? AND import_id IS NULL AND phone IS NOT NULL"
)
_SHARING = (
    "SELECT card_no FROM member_keys JOIN members USING (n) "
    "WHERE kind = ? AND key = ? AND phone = ? AND n <> ?"
)
_CARDS_AND_CODES = (
    "SELECT code FROM products CROSS JOIN members ON card_no = code WHERE members.n > ? "
    "AND products.n > ? AND (products.import_id IS NULL OR members.import_id IS NULL)"
)

RowT = TypeVar("RowT", MemberRow, ProductRow)
_Prices = tuple[int | None, ...]
_Wrong = dict[int, tuple[str, Refused]]


def check_members(
    store: TillStore, rows: Iterable[MemberRow | BadRow], *, shares_phones: bool = False
) -> Iterator[MemberRow | BadRow]:
    """The same rows; bad are those whose card is a product's barcode or was replaced by another,
    and those whose phone is another member's.

    A member keeps a phone that is theirs already, shared or not. `shares_phones`: a manager says
    that members may share one.
    """
    with store.reader() as connection:
        codes = frozenset(code for (code,) in connection.execute(_CODES).fetchall())
        old_cards = dict(_old_cards(connection))
        asks_phones = not shares_phones and _is_any(connection, _HAS_MEMBERS)
    if not (codes or old_cards or asks_phones):
        return iter(rows)

    def wrong(part: list[MemberRow]) -> _Wrong:
        found = dict(_of_others(store, part)) if asks_phones else {}
        for row in part:
            if row.card_no in codes:
                found[row.line] = CARD, ProductTaken(row.card_no)
            elif row.card_no in old_cards:
                found[row.line] = CARD, old_cards[row.card_no]
        return found

    return _sifted(rows, MemberRow, wrong)


def check_products(
    store: TillStore, rows: Iterable[ProductRow | BadRow]
) -> Iterator[ProductRow | BadRow]:
    """The same rows. One whose barcode is a member's card is bad: a scan finds the member first;

    and one whose price is another than head office says.
    """
    with store.reader() as connection:
        has_members, has_plans = (_is_any(connection, sql) for sql in (_HAS_MEMBERS, _HAS_PLANS))

    def wrong(part: list[ProductRow]) -> _Wrong:
        with store.reader() as connection:
            cards = _numbers(connection, (row.code for row in part)) if has_members else ()
            prices = _of_office(connection, part) if has_plans else {}
        found: _Wrong = {}
        for row in part:
            if row.code in cards:
                found[row.line] = CODE, CardTaken(row.code)
            elif prices.get(row.code, now := _prices_of(row)) != now:
                found[row.line] = PRICE, PriceOfOffice(row.code)
        return found

    return _sifted(rows, ProductRow, wrong) if has_members or has_plans else iter(rows)


def _prices_of(row: ProductRow) -> _Prices:
    return row.price_fen, row.member_price_fen, row.special_price_fen


def _of_office(connection: Connection, part: list[ProductRow]) -> dict[str, _Prices]:
    """What products cost of which head office says what they cost."""
    asked = json.dumps([row.code for row in part])
    rows = connection.execute(_OF_OFFICE, (asked,)).fetchall()
    return {code: tuple(prices) for code, *prices in rows}


def newest(store: TillStore) -> tuple[int, int]:
    """The numbers of the last member and the last product: what is new since then is beyond."""
    with store.reader() as connection:
        return _last(connection, _LAST_MEMBER), _last(connection, _LAST_PRODUCT)


def met_on_the_way(
    store: TillStore, since: tuple[int, int], *, shares_phones: bool = False
) -> list[tuple[str, str]]:
    """What the counter added while an import ran, and who or what came in with the same.

    Card and card: two members have one phone. Card and "": it is a product's barcode as well.
    """
    with store.reader() as connection:
        joined = connection.execute(_JOINED, (since[0],)).fetchall()
        cards = connection.execute(_CARDS_AND_CODES, since).fetchall()
        found = [(card, "") for (card,) in cards]
        for n, card, phone in () if shares_phones else joined:
            values = (int(MemberKey.PHONE), phone_key(phone), phone, n)
            found += [(card, other) for (other,) in connection.execute(_SHARING, values).fetchall()]
    return found


def _last(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _sifted(
    rows: Iterable[RowT | BadRow], kind: type[RowT], wrong: Callable[[list[RowT]], _Wrong]
) -> Iterator[RowT | BadRow]:
    """All rows in their order, a part at a time; those that are `wrong` as bad ones."""
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        faults = wrong([row for row in part if isinstance(row, kind)])
        for row in part:
            yield BadRow(row.line, *faults[row.line]) if row.line in faults else row


def _of_others(
    store: TillStore, rows: list[MemberRow]
) -> Iterator[tuple[int, tuple[str, Refused]]]:
    """Rows whose phone is another member's; their own members are found by card."""
    with store.reader() as connection:
        holders = _holders(connection, [row for row in rows if row.phone])
        if not holders:
            return
        own = _numbers(connection, (row.card_no for row in rows))
        for row in rows:
            found = holders.get(phone_key(row.phone), []) if row.phone else []
            n = own.get(row.card_no, 0)
            if row.phone and found and n not in found:
                taken = _first_holder(connection, found, row.phone, n)
                if taken is not None:
                    yield row.line, (PHONE, taken)


def _holders(connection: Connection, rows: list[MemberRow]) -> dict[str, list[int]]:
    """Key of a phone → members that are found by it."""
    keys = json.dumps(sorted(phone_key(row.phone) for row in rows if row.phone))
    holders: dict[str, list[int]] = {}
    found = connection.execute(_BY_PHONES, (keys, int(MemberKey.PHONE)))
    for key, n in found.fetchall():
        holders.setdefault(key, []).append(n)
    return holders


def _first_holder(
    connection: Connection, found: list[int], phone: str, own: int
) -> PhoneTaken | None:
    """The first of them who has this very phone: other countries' numbers may have its key.

    Whoever the member of number `own` was merged into is the same person.
    """
    for n in found:
        holder = connection.execute(_HOLDER, (n, phone, own)).fetchone()
        if holder is not None:
            ident, name, card_no = holder
            return PhoneTaken(ident.lower(), mask_name(name), card_no)
    return None


def _old_cards(connection: Connection) -> Iterator[tuple[str, CardReplaced]]:
    for old, new, day in connection.execute(_OLD_CARDS).fetchall():
        yield old, CardReplaced(mask_card(new), date.fromordinal(day).isoformat())


def _numbers(connection: Connection, cards: Iterable[str]) -> dict[str, int]:
    """Card → the number of its member, of those that are members."""
    return dict(connection.execute(_BY_CARDS, (json.dumps(sorted(cards)),)).fetchall())


def _is_any(connection: Connection, sql: str) -> bool:
    row = connection.execute(sql).fetchone()
    return bool(row and row[0])
