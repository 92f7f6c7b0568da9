"""查找: what a typed text could mean, straight from the keys to plain suggestions.

Digits are a card, the last four of a phone, a phone or a barcode; letters are initials, pinyin or
a code; Chinese signs are a name. Every look-up is a range of one tree and stops after a few rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from core.ports import Suggestion
from storage.columns import Connection, Prepared
from storage.ledger import BALANCES, MEMBER_POINTS
from storage.members import MEMBER_KEYS, MEMBERS, MemberKey, name_key
from storage.products import PRODUCT_KEYS, PRODUCTS, ProductKey

_BEYOND = "\U0010ffff"
_LEAST_SIGNS = 2
_PRODUCTS_KEPT = 3

_POINTS = func.coalesce(BALANCES.c.points, 0)
_HOLDS = and_(BALANCES.c.member_id == MEMBERS.c.id, BALANCES.c.kind == MEMBER_POINTS)
_MEMBER = (MEMBERS.c.card_no, MEMBERS.c.name, MEMBERS.c.phone, MEMBERS.c.tier, _POINTS)
_MEMBERS_BY_KEY = Prepared(
    select(*_MEMBER)
    .join_from(MEMBER_KEYS, MEMBERS, MEMBERS.c.n == MEMBER_KEYS.c.n)
    .outerjoin(BALANCES, _HOLDS)
    .where(
        MEMBER_KEYS.c.kind == bindparam("kind"),
        MEMBER_KEYS.c.key >= bindparam("first"),
        MEMBER_KEYS.c.key < bindparam("beyond"),
    )
    .order_by(MEMBER_KEYS.c.key)
    .limit(bindparam("most"))
)
_MEMBERS_BY_CARD = Prepared(
    select(*_MEMBER)
    .outerjoin_from(MEMBERS, BALANCES, _HOLDS)
    .where(MEMBERS.c.card_no >= bindparam("first"), MEMBERS.c.card_no < bindparam("beyond"))
    .order_by(MEMBERS.c.card_no)
    .limit(bindparam("most"))
)
_PRODUCT = (PRODUCTS.c.code, PRODUCTS.c.name, PRODUCTS.c.spec, PRODUCTS.c.price_fen)
_PRODUCTS_BY_KEY = Prepared(
    select(*_PRODUCT)
    .join_from(PRODUCT_KEYS, PRODUCTS, PRODUCTS.c.n == PRODUCT_KEYS.c.n)
    .where(
        PRODUCT_KEYS.c.kind == bindparam("kind"),
        PRODUCT_KEYS.c.key >= bindparam("first"),
        PRODUCT_KEYS.c.key < bindparam("beyond"),
    )
    .order_by(PRODUCT_KEYS.c.key)
    .limit(bindparam("most"))
)
_PRODUCTS_BY_CODE = Prepared(
    select(*_PRODUCT)
    .where(PRODUCTS.c.code >= bindparam("first"), PRODUCTS.c.code < bindparam("beyond"))
    .order_by(PRODUCTS.c.code)
    .limit(bindparam("most"))
)


def suggest(connection: Connection, text: str, *, limit: int) -> tuple[Suggestion, ...]:
    """Members and products, best first; empty below two signs. `tier` is the tier's code."""
    typed = name_key(text)
    if len(typed) < _LEAST_SIGNS:
        return ()
    members = _gather(_members(connection, typed, limit), limit)
    products = _gather(_products(connection, typed, limit), limit)
    room = limit - min(len(products), _PRODUCTS_KEPT)
    return (members[:room] + products)[:limit]


def _members(connection: Connection, typed: str, limit: int) -> Iterator[Suggestion]:
    """The ways from a text to members, the surest first."""

    def by_key(kind: MemberKey, prefix: str) -> Iterator[Suggestion]:
        for row in _MEMBERS_BY_KEY.all(
            connection, kind=int(kind), first=prefix, beyond=prefix + _BEYOND, most=limit
        ):
            yield _member(row)

    def by_card(prefix: str) -> Iterator[Suggestion]:
        for row in _MEMBERS_BY_CARD.all(
            connection, first=prefix, beyond=prefix + _BEYOND, most=limit
        ):
            yield _member(row)

    digits = typed.replace("-", "").removeprefix("+86").removeprefix("+")
    if digits.isascii() and digits.isdigit():
        if len(digits) == 4:
            yield from by_key(MemberKey.PHONE_TAIL, digits)
        yield from by_key(MemberKey.PHONE, digits)
        yield from by_card(typed)
        return
    if typed.isascii():
        yield from by_key(MemberKey.INITIALS, typed)
        yield from by_card(typed.upper())
        yield from by_card(typed)
        yield from by_key(MemberKey.PINYIN, typed)
    yield from by_key(MemberKey.NAME, typed)


def _products(connection: Connection, typed: str, limit: int) -> Iterator[Suggestion]:
    """The ways from a text to products, the surest first."""

    def by_key(kind: ProductKey) -> Iterator[Suggestion]:
        for row in _PRODUCTS_BY_KEY.all(
            connection, kind=int(kind), first=typed, beyond=typed + _BEYOND, most=limit
        ):
            yield _product(row)

    if typed.isascii():
        for prefix in (typed, typed.upper()):
            for row in _PRODUCTS_BY_CODE.all(
                connection, first=prefix, beyond=prefix + _BEYOND, most=limit
            ):
                yield _product(row)
    yield from by_key(ProductKey.NAME)
    if typed.isascii():
        yield from by_key(ProductKey.INITIALS)
    yield from by_key(ProductKey.NAME_PART)
    if typed.isascii():
        yield from by_key(ProductKey.INITIALS_PART)


def _gather(found: Iterator[Suggestion], limit: int) -> tuple[Suggestion, ...]:
    """The first of them, each once."""
    kept: dict[str, Suggestion] = {}
    for suggestion in found:
        kept.setdefault(suggestion.key, suggestion)
        if len(kept) >= limit:
            break
    return tuple(kept.values())


def _member(row: tuple[Any, ...]) -> Suggestion:
    card_no, name, phone, tier, points = row
    return Suggestion("member", card_no, name, phone or "", tier=tier, points=points)


def _product(row: tuple[Any, ...]) -> Suggestion:
    code, name, spec, price_fen = row
    return Suggestion("product", code, name, spec, price_fen=price_fen)
