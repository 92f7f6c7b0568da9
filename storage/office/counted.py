"""等级依据: what counts for members' tiers in the whole chain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import Connection, Integer, bindparam, cast, func, select

from core.sync.directory import SaleCounted
from core.sync.effects import Counted, Uncounted
from storage.office.member_tables import COUNTED, MEMBERS, UNCOUNTED
from storage.office.members import add_new, pages

_gone = UNCOUNTED.c
_SALES = (
    select(
        MEMBERS.c.root_id,
        COUNTED.c.sale_id,
        COUNTED.c.on_day,
        COUNTED.c.spend_fen - func.coalesce(func.sum(_gone.spend_fen), 0),
        COUNTED.c.payable_fen - func.coalesce(func.sum(_gone.payable_fen), 0),
        COUNTED.c.points - func.coalesce(func.sum(_gone.points), 0),
        func.coalesce(func.max(cast(_gone.is_void, Integer)), 0),
    )
    .join(MEMBERS, MEMBERS.c.id == COUNTED.c.member_id)
    .outerjoin(UNCOUNTED, _gone.sale_id == COUNTED.c.sale_id)
    .where(
        MEMBERS.c.root_id.in_(bindparam("ids", expanding=True)),
        COUNTED.c.on_day >= bindparam("since"),
    )
    .group_by(MEMBERS.c.root_id, *COUNTED.c)
    .order_by(COUNTED.c.on_day, COUNTED.c.sale_id)
)


class StoredCounted:
    """Implements `core.ports.readings.TierFigures`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, counted: Sequence[Counted], uncounted: Sequence[Uncounted]) -> None:
        sales, undone = [asdict(each) for each in counted], [asdict(each) for each in uncounted]
        for sale in sales:
            sale["on_day"] = sale.pop("on").toordinal()
        for gone in undone:
            del gone["member_id"]
        add_new(self._connection, COUNTED, sales)
        add_new(self._connection, UNCOUNTED, undone)

    def of(self, root_ids: Collection[UUID], since: date) -> dict[UUID, tuple[SaleCounted, ...]]:
        found: dict[UUID, list[SaleCounted]] = {}
        for page in pages(sorted(root_ids)):
            asked = {"ids": page, "since": since.toordinal()}
            for root, *row in self._connection.execute(_SALES, asked):
                if (sale := _sale(row)) is not None:
                    found.setdefault(root, []).append(sale)
        return {root: tuple(sales) for root, sales in found.items()}


def _sale(row: Sequence[Any]) -> SaleCounted | None:
    """None where nothing counts any more."""
    sale, day, *sums, is_void = row
    spend, payable, points = (max(0, int(each)) for each in sums)
    if is_void or not (spend or payable or points):
        return None
    return SaleCounted(sale, date.fromordinal(day), spend, payable, points)
