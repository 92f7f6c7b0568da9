"""挂单: baskets that are not sold yet: those laid aside, and the one that stands at the counter.

The open one is kept after each change of it, so that a till that was cut off goes on where it was.
Products stand in the record as they were scanned; a member by id only.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.pricing.basket import Basket
from core.pricing.record import basket_of, basket_record
from core.sales.held import Held
from storage.columns import METADATA, Connection, Prepared, bytes_or_none, uuid_column
from storage.members import MEMBERS

HELD_BASKETS = Table(
    "held_baskets",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    uuid_column("member_id"),
    Column("name", String, nullable=False),
    Column("held_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("record", String, nullable=False),
    sqlite_with_rowid=False,
)

OPEN_BASKET = Table(
    "open_basket",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("record", String, nullable=False),
)

# 先放着的码: in the order of scanning; "" for one that is kept nowhere.
KEPT_CODES = Table(
    "kept_codes",
    METADATA,
    Column("pos", Integer, primary_key=True),
    Column("code", String, nullable=False),
)

_held = select(
    HELD_BASKETS.c.record,
    HELD_BASKETS.c.name,
    HELD_BASKETS.c.held_us,
    HELD_BASKETS.c.staff_no,
    HELD_BASKETS.c.payable_fen,
    MEMBERS.c.name.label("member_name"),
).outerjoin_from(HELD_BASKETS, MEMBERS, MEMBERS.c.id == HELD_BASKETS.c.member_id)
_ALL = Prepared(_held.order_by(HELD_BASKETS.c.held_us, HELD_BASKETS.c.sale_id))
_ONE = Prepared(_held.where(HELD_BASKETS.c.sale_id == bindparam("sale")))
_upsert_held = upsert(HELD_BASKETS)
_HOLD = Prepared(
    _upsert_held.on_conflict_do_update(
        index_elements=["sale_id"],
        set_={c.name: _upsert_held.excluded[c.name] for c in HELD_BASKETS.c if c.name != "sale_id"},
    )
)
_DROP = Prepared(delete(HELD_BASKETS).where(HELD_BASKETS.c.sale_id == bindparam("sale")))
# Beside the basket: the version of the rulebook that priced it.
_VERSION = "rulebook_version"
_OPEN = Prepared(select(OPEN_BASKET.c.record))
_upsert_open = upsert(OPEN_BASKET)
_KEEP_OPEN = Prepared(
    _upsert_open.on_conflict_do_update(
        index_elements=["one"], set_={"record": _upsert_open.excluded.record}
    )
)
_FORGET_OPEN = Prepared(delete(OPEN_BASKET))
_CODES = Prepared(select(KEPT_CODES.c.code).order_by(KEPT_CODES.c.pos))
_FORGET_CODES = Prepared(delete(KEPT_CODES))
_KEEP_CODE = Prepared(insert(KEPT_CODES))


class StoredBaskets:
    """Implements `core.ports.Baskets`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held(self) -> tuple[Held, ...]:
        """All that are laid aside, oldest first."""
        return tuple(_held_of(row) for row in _ALL.all(self._connection))

    def held_one(self, sale_id: UUID) -> Held | None:
        """The held basket of this sale id."""
        row = _ONE.one(self._connection, sale=sale_id.bytes)
        return None if row is None else _held_of(row)

    def hold(self, held: Held) -> None:
        """Lay one aside; the same basket held again takes its own place."""
        basket = held.basket
        self._connection.execute(
            _HOLD.sql,
            (
                basket.sale_id.bytes,
                bytes_or_none(basket.member_id),
                held.name,
                held.held_us,
                held.staff_no,
                held.payable_fen,
                _text(basket_record(basket) | {_VERSION: held.version}),
            ),
        )

    def drop_held(self, sale_id: UUID) -> None:
        """It was recalled, discarded or sold."""
        _DROP.run(self._connection, sale=sale_id.bytes)

    def open_one(self) -> Basket | None:
        """The basket that stood at the counter last, unsold."""
        row = _OPEN.one(self._connection)
        return None if row is None else basket_of(json.loads(row[0]))

    def keep_open(self, basket: Basket) -> None:
        """This one stands at the counter now."""
        self._connection.execute(_KEEP_OPEN.sql, (1, _text(basket_record(basket))))

    def forget_open(self) -> None:
        """None stands there any more."""
        _FORGET_OPEN.run(self._connection)

    def kept_codes(self) -> tuple[str, ...]:
        """What was scanned and waits to be taken in, in its order."""
        return tuple(code for (code,) in _CODES.all(self._connection))

    def keep_codes(self, codes: Sequence[str]) -> None:
        """These, in place of those before."""
        _FORGET_CODES.run(self._connection)
        _KEEP_CODE.many(self._connection, enumerate(codes))


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _held_of(row: tuple[Any, ...]) -> Held:
    text, name, held_us, staff_no, payable_fen, member_name = row
    record = json.loads(text)
    version = record.pop(_VERSION, 0)
    return Held(
        basket=basket_of(record),
        name=name,
        held_us=held_us,
        staff_no=staff_no,
        payable_fen=payable_fen,
        member_name=member_name or "",
        version=version,
    )
