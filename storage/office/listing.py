"""名录: members of the chain one after another, for who is told of all of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, func, select, union

from core.sync.snapshot import Row
from storage.office.account_tables import ACCOUNTS
from storage.office.accounts import OF_MEMBERS
from storage.office.directory import DIRECTORY
from storage.office.member_tables import ERASED, MEMBERS, VISITS

FIRST = UUID(int=0)
_COUNT = select(func.count()).select_from(DIRECTORY)
_ROWS = (
    select(*(column for column in DIRECTORY.c if column.name != "ends_on"))
    .where(DIRECTORY.c.id > bindparam("after"))
    .order_by(DIRECTORY.c.id)
    .limit(bindparam("most"))
)
_POINTS = (
    select(ACCOUNTS.c.owner_id, func.sum(ACCOUNTS.c.points))
    .where(
        ACCOUNTS.c.owner_id.between(bindparam("first"), bindparam("last")),
        ACCOUNTS.c.kind.in_([str(kind) for kind in OF_MEMBERS]),
    )
    .group_by(ACCOUNTS.c.owner_id)
)


def _behind(member_id: Column[Any], *which: ColumnElement[bool]) -> Select[Any]:
    """The next of one kind, with who they are now."""
    of = select(member_id.label("id"), MEMBERS.c.root_id).join(MEMBERS, MEMBERS.c.id == member_id)
    of = of.where(member_id > bindparam("after"), *which)
    return select(of.order_by(member_id).limit(bindparam("most")).subquery())


_CAME = VISITS.c.store_code == bindparam("store"), VISITS.c.last_day >= bindparam("since")
_OF_STORE = (
    union(_behind(VISITS.c.member_id, *_CAME), _behind(ERASED.c.member_id))
    .order_by("id")
    .limit(bindparam("most"))
)


class StoredListing:
    """Implements `core.ports.listing.Listing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def rows(self, after: UUID | None, *, most: int) -> list[Row]:
        asked = {"after": after or FIRST, "most": most}
        found = self._connection.execute(_ROWS, asked).all()
        if not found:
            return []
        ends = {"first": found[0].id, "last": found[-1].id}
        points = dict(map(tuple, self._connection.execute(_POINTS, ends)))
        return [
            (ident.bytes, name, tier, int(points.get(ident, 0)), int(is_frozen), cards, phones)
            for ident, name, tier, is_frozen, cards, phones in found
        ]

    def of_store(
        self, store_code: str, since: date, after: UUID | None, *, most: int
    ) -> tuple[tuple[UUID, UUID], ...]:
        asked = {"store": store_code, "since": since.toordinal(), "after": after or FIRST}
        rows = self._connection.execute(_OF_STORE, asked | {"most": most})
        return tuple((member, root) for member, root in rows)
