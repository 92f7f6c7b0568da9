"""查找: what a typed text could mean, straight from the keys to plain suggestions.

Digits are a card, the last four of a phone, a phone or a barcode; letters are initials, pinyin or
a code; Chinese signs are a name. Every look-up is a range of one tree and stops after a few rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select

from core.members.standing import Purchase
from core.ports import Suggestion
from storage.columns import Connection, Prepared
from storage.ledger import BALANCES, MEMBER_POINTS
from storage.members import MEMBER_KEYS, MEMBERS
from storage.products import PRODUCT_KEYS, PRODUCTS
from storage.return_tables import BOUGHT_LINES
from storage.sales import SALE_LINES, SALES
from storage.search_keys import MemberKey, ProductKey, name_key
from storage.tier_standings import TIER_STANDINGS

_BEYOND = "\U0010ffff"
_LEAST_SIGNS = 2
_PRODUCTS_KEPT = 3
_TAIL = 4

_POINTS = func.coalesce(BALANCES.c.points, 0)
_HOLDS = and_(BALANCES.c.member_id == MEMBERS.c.id, BALANCES.c.kind == MEMBER_POINTS)
_PRODUCT = (PRODUCTS.c.code, PRODUCTS.c.name, PRODUCTS.c.spec, PRODUCTS.c.price_fen)
_HELD = (
    select(TIER_STANDINGS.c.held_tier)
    .where(TIER_STANDINGS.c.member_id == MEMBERS.c.id)
    .correlate(MEMBERS)
    .scalar_subquery()
)
_MEMBER = (
    MEMBERS.c.card_no,
    MEMBERS.c.name,
    MEMBERS.c.phone,
    MEMBERS.c.tier,
    _POINTS,
    func.coalesce(_HELD, ""),
)


def _members_by(*kinds: MemberKey) -> Prepared:
    """Members by kinds of keys in their order: one range of the tree for each kind."""
    return Prepared(
        select(*_MEMBER)
        .join_from(MEMBER_KEYS, MEMBERS, MEMBERS.c.n == MEMBER_KEYS.c.n)
        .outerjoin(BALANCES, _HOLDS)
        .where(_any(MEMBER_KEYS.c.kind, kinds), _begins(MEMBER_KEYS.c.key))
        .order_by(MEMBER_KEYS.c.kind, MEMBER_KEYS.c.key)
        .limit(bindparam("most"))
    )


def _products_by(*kinds: ProductKey) -> Prepared:
    """Products likewise."""
    return Prepared(
        select(*_PRODUCT)
        .join_from(PRODUCT_KEYS, PRODUCTS, PRODUCTS.c.n == PRODUCT_KEYS.c.n)
        .where(_any(PRODUCT_KEYS.c.kind, kinds), _begins(PRODUCT_KEYS.c.key))
        .order_by(PRODUCT_KEYS.c.kind, PRODUCT_KEYS.c.key)
        .limit(bindparam("most"))
    )


_PURCHASES = Prepared(
    BOUGHT_LINES.order_by(SALES.c.business_on.desc(), SALES.c.n.desc(), SALE_LINES.c.no)
)


def _any(column: ColumnElement[int], kinds: Sequence[IntEnum]) -> ColumnElement[bool]:
    return column.in_([literal_column(str(int(kind))) for kind in kinds])


def _begins(column: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(column >= bindparam("first"), column < bindparam("beyond"))


_MEMBERS_BY_FOUR = _members_by(MemberKey.PHONE_TAIL, MemberKey.PHONE)
_MEMBERS_BY_DIGITS = _members_by(MemberKey.PHONE)
_MEMBERS_BY_LETTERS = _members_by(MemberKey.INITIALS, MemberKey.PINYIN, MemberKey.NAME)
_MEMBERS_BY_NAME = _members_by(MemberKey.NAME)
_PRODUCTS_BY_ASCII = _products_by(*ProductKey)
_PRODUCTS_BY_NAME = _products_by(ProductKey.NAME, ProductKey.NAME_PART)
_MEMBERS_BY_CARD = Prepared(
    select(*_MEMBER)
    .outerjoin_from(MEMBERS, BALANCES, _HOLDS)
    .where(_begins(MEMBERS.c.card_no))
    .order_by(MEMBERS.c.card_no)
    .limit(bindparam("most"))
)


def purchases(connection: Connection, member_id: UUID, *, limit: int) -> tuple[Purchase, ...]:
    """The lines that a member bought last, newest first, without those of voided sales."""
    rows = _PURCHASES.all(connection, member=member_id.bytes, most=limit)
    return tuple(Purchase(date.fromordinal(row[0]), *row[1:]) for row in rows)


def suggest(connection: Connection, text: str, *, limit: int) -> tuple[Suggestion, ...]:
    """Members and products, best first; `tier` is the tier's code.

    One Chinese sign is a surname already; of letters and digits it takes two.
    """
    typed = name_key(text)
    if not typed or (typed.isascii() and len(typed) < _LEAST_SIGNS):
        return ()
    members = _gather(_members(connection, typed, limit), limit)
    products = _gather(_products(connection, typed, limit), limit)
    room = limit - min(len(products), _PRODUCTS_KEPT)
    return (members[:room] + products)[:limit]


def _members(connection: Connection, typed: str, limit: int) -> Iterator[Suggestion]:
    """By key, then by card; what is not asked for is not looked up."""
    digits = typed.replace("-", "").removeprefix("+86").removeprefix("+")
    is_number = digits.isascii() and digits.isdigit()
    if is_number:
        ways = _MEMBERS_BY_FOUR if len(digits) == _TAIL else _MEMBERS_BY_DIGITS
    else:
        ways = _MEMBERS_BY_LETTERS if typed.isascii() else _MEMBERS_BY_NAME
    yield from map(_member, _found(connection, ways, digits if is_number else typed, limit))
    for card in _spellings(typed):
        yield from map(_member, _found(connection, _MEMBERS_BY_CARD, card, limit))


def _products(connection: Connection, typed: str, limit: int) -> Iterator[Suggestion]:
    ways = _PRODUCTS_BY_ASCII if typed.isascii() else _PRODUCTS_BY_NAME
    return map(_product, _found(connection, ways, typed, limit))


def _spellings(typed: str) -> tuple[str, ...]:
    """A card as it may be written: names are compared without case, cards are not."""
    if not typed.isascii():
        return ()
    return (typed,) if typed.upper() == typed else (typed.upper(), typed)


def _found(
    connection: Connection, ways: Prepared, prefix: str, limit: int
) -> list[tuple[Any, ...]]:
    return ways.all(connection, first=prefix, beyond=prefix + _BEYOND, most=limit)


def _gather(found: Iterator[Suggestion], limit: int) -> tuple[Suggestion, ...]:
    """The first of them, each once."""
    kept: dict[str, Suggestion] = {}
    for suggestion in found:
        kept.setdefault(suggestion.key, suggestion)
        if len(kept) >= limit:
            break
    return tuple(kept.values())


def _member(row: tuple[Any, ...]) -> Suggestion:
    card_no, name, phone, tier, points, held = row
    return Suggestion(
        "member", card_no, name, phone or "", tier=tier, points=points, held_tier=held
    )


def _product(row: tuple[Any, ...]) -> Suggestion:
    code, name, spec, price_fen = row
    return Suggestion("product", code, name, spec, price_fen=price_fen)
