"""全店的销售: sales of the store's other tills among those of here, where an office PC looks."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import astuple, replace
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.catalog.product import Product
from core.ports.store_sales import Heard, LifeHere
from core.sales.day import Day
from core.sync.brought import Kept, ReturnBrought, SaleBrought, VoidBrought, store_day
from core.sync.store_sales import Life
from core.values.moment import day_began_us
from storage.columns import Connection, Prepared, bytes_or_none
from storage.days import StoredDays
from storage.return_tables import RETURNS
from storage.returns import StoredReturns
from storage.sales import StoredSales
from storage.store_sales_tables import (
    BROUGHT,
    BROUGHT_GOODS,
    BROUGHT_HEARD,
    BROUGHT_LIVES,
    BROUGHT_RULEBOOKS,
)
from storage.tills import till_of
from storage.voids import StoredVoids

_HEARD = Prepared(select(*(column for column in BROUGHT_HEARD.c if column.name != "one")))
_HEAR = Prepared(insert(BROUGHT_HEARD).prefix_with("OR REPLACE"))
_LIVES = Prepared(
    select(BROUGHT_LIVES).order_by(
        BROUGHT_LIVES.c.till_no, BROUGHT_LIVES.c.incarnation, BROUGHT_LIVES.c.n
    )
)
_LIFE = Prepared(
    select(BROUGHT_LIVES.c.n).where(
        BROUGHT_LIVES.c.till_id == bindparam("till"),
        BROUGHT_LIVES.c.incarnation == bindparam("incarnation"),
    )
)
_MEET = Prepared(insert(BROUGHT_LIVES))
_TELL = (
    "UPDATE brought_lives SET till_no = ?1, through = ?2, heard_us = ?3, is_over = ?4, "
    "low = CASE WHEN high = 0 THEN ?2 + 1 ELSE min(low, ?2 + 1) END, "
    "high = CASE WHEN high = 0 THEN ?2 ELSE min(high, ?2) END WHERE n = ?5"
)
_GONE = "UPDATE brought_lives SET through = 0, is_over = 1 WHERE n = ?"
_MOVE = "UPDATE brought_lives SET low = ?, high = ?, oldest_us = ? WHERE n = ?"
_GO_BACK = "UPDATE brought_lives SET low = high + 1, oldest_us = NULL"
_KNOWN = "SELECT id FROM brought WHERE about IS NOT NULL AND id IN (%s)"
_UNREAD = Prepared(select(func.count()).where(BROUGHT.c.about.is_(None)).select_from(BROUGHT))
_keep = upsert(BROUGHT)
_KEEP = Prepared(
    _keep.on_conflict_do_update(index_elements=["id"], set_={"about": _keep.excluded.about})
)
_KEEP_GOODS = Prepared(insert(BROUGHT_GOODS).prefix_with("OR IGNORE"))
_RULEBOOK = Prepared(
    select(BROUGHT_RULEBOOKS.c.n).where(BROUGHT_RULEBOOKS.c.hash == bindparam("hash"))
)
_KEEP_RULEBOOK = Prepared(insert(BROUGHT_RULEBOOKS))
_NUMBERS = Prepared(select(RETURNS.c.number).where(RETURNS.c.sale_id == bindparam("sale")))


class StoredStoreSales:
    """Implements `core.ports.store_sales.StoreSales`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def heard(self) -> Heard | None:
        """When head office told of the tills last."""
        row = _HEARD.one(self._connection)
        return None if row is None else Heard(*row)

    def hear(self, heard: Heard) -> None:
        """In the place of what was before."""
        self._connection.execute(_HEAR.sql, (1, *astuple(heard)))

    def lives(self) -> tuple[LifeHere, ...]:
        """By till number, the newest life last."""
        return tuple(map(_life, _LIVES.all(self._connection)))

    def meet(self, lives: Sequence[Life]) -> None:
        """What is new of a till is taken first, and the newest of what it sold before.

        A server that was put back has less than it had: what it gets again is told again.
        """
        gone = {each.n for each in self.lives()}
        for each in lives:
            n = self._life_of(each.till_id, each.incarnation, each.till_no)
            gone.discard(n)
            told = (each.till_no, each.through, each.heard_us, int(each.is_over), n)
            self._connection.execute(_TELL, told)
        self._connection.executemany(_GONE, [(n,) for n in sorted(gone)])

    def move(self, life: LifeHere) -> None:
        """So much of it is here now."""
        self._connection.execute(_MOVE, (life.low, life.high, life.oldest_us, life.n))

    def go_back(self) -> None:
        """All is gone through once more."""
        self._connection.execute(_GO_BACK, ())

    def known(self, event_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of which rows stand here."""
        marks = ",".join("?" * len(event_ids))
        rows = self._connection.execute(_KNOWN % marks, [each.bytes for each in event_ids])
        return frozenset(UUID(bytes=ident) for (ident,) in rows.fetchall())

    def unread(self) -> int:
        """How many this program cannot read."""
        row = _UNREAD.one(self._connection)
        return int(row[0]) if row else 0

    def add_sale(self, told: SaleBrought, products: Mapping[str, UUID]) -> None:
        """With its lines, tenders and receipt: as if it had been sold here."""
        life = self._keep(told.kept, told.there.facts.sale_id)
        day_id = self._day(told.there.facts.business_on)
        sale = told.there.sale
        lines = tuple(
            replace(line, product=replace(line.product, id=products[line.product.code]))
            for line in sale.basket.lines
        )
        sale = replace(sale, basket=replace(sale.basket, lines=lines))
        StoredSales(self._connection, -life).put(sale, told.there.receipt, day_id=day_id)

    def keep_goods(self, product: Product) -> None:
        """Once by their code."""
        row = (None, product.code, product.name, product.category, product.brand)
        self._connection.execute(_KEEP_GOODS.sql, row)

    def add_void(self, told: VoidBrought) -> None:
        """On the day of its sale."""
        self._keep(told.kept, told.void.id)
        StoredVoids(self._connection).add(told.void, told.receipt)

    def add_return(self, told: ReturnBrought) -> None:
        """Two tills that could not hear of each other gave one number twice."""
        made, sale_id = told.made, told.made.sale.sale_id
        self._keep(told.kept, made.id)
        self._day(made.business_on)
        taken = {no for (no,) in _NUMBERS.all(self._connection, sale=sale_id.bytes)}
        if made.number in taken:
            made = replace(made, number=max(taken) + 1)
        StoredReturns(self._connection).add(made, told.receipt)

    def lay_aside(self, kept: Kept) -> None:
        """Until another program reads it."""
        self._keep(kept, None)

    def _keep(self, kept: Kept, about: UUID | None) -> int:
        place = kept.place
        life = self._life_of(place.till_id, place.incarnation, 0)
        row = (
            None,
            place.id.bytes,
            kept.kind,
            bytes_or_none(about),
            life,
            place.seq,
            self._rulebook(kept.rulebook),
            kept.text,
        )
        self._connection.execute(_KEEP.sql, row)
        return life

    def _rulebook(self, rulebook: bytes) -> int | None:
        if not rulebook:
            return None
        digest = hashlib.sha256(rulebook).digest()
        row = _RULEBOOK.one(self._connection, hash=digest)
        if row is None:
            self._connection.execute(_KEEP_RULEBOOK.sql, (None, digest, rulebook.decode()))
            row = _RULEBOOK.one(self._connection, hash=digest)
        assert row is not None, "it was just written"
        return int(row[0])

    def _life_of(self, till_id: UUID, incarnation: int, till_no: int) -> int:
        """What it is called here; one that was not told of yet has nothing here."""
        named = {"till": till_id.bytes, "incarnation": incarnation}
        row = _LIFE.one(self._connection, **named)
        if row is None:
            fresh = (None, till_id.bytes, incarnation, till_no, 0, 0, 0, 1, 0, None)
            self._connection.execute(_MEET.sql, fresh)
            row = _LIFE.one(self._connection, **named)
        assert row is not None, "it was just written"
        return int(row[0])

    def _day(self, on: date) -> UUID:
        """The day of the whole store, which nobody opens or closes."""
        days, ident = StoredDays(self._connection), store_day(on)
        if days.get(ident) is None:
            at_us = day_began_us(on, till_of(self._connection).zone)
            days.add(Day(ident, on, at_us, 0, 0, at_us))
        return ident


def _life(row: tuple[Any, ...]) -> LifeHere:
    n, till_id, incarnation, till_no, through, heard_us, is_over, *rest = row
    place = (n, UUID(bytes=till_id), incarnation, till_no, through, heard_us)
    return LifeHere(*place, bool(is_over), *rest)
