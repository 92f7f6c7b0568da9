"""会员名录, at the server: a row for each member, and the blind keys that find them.

It holds nothing that the readings do not: it can be made anew of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    LargeBinary,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)

from core.ports.listed import Listed
from storage.office.members import add_new, pages
from storage.office.rows import keep_all
from storage.office.tables import OFFICE

# `cards` and `phones` are blind keys, one behind the other; of tiers that end `ends_on` is the day.
DIRECTORY = Table(
    "directory",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False),
    Column("tier", String, nullable=False),
    Column("is_frozen", Boolean, nullable=False),
    Column("cards", LargeBinary, nullable=False),
    Column("phones", LargeBinary, nullable=False),
    Column("ends_on", BigInteger),
)
Index("directory_ends", DIRECTORY.c.ends_on, DIRECTORY.c.id)

BLIND_KEYS = Table(
    "blind_keys",
    OFFICE,
    Column("key", LargeBinary, primary_key=True),
    Column("member_id", Uuid, primary_key=True, index=True),
)

_ids: Any = bindparam("ids", expanding=True)
_REMOVE = delete(DIRECTORY).where(DIRECTORY.c.id.in_(_ids))
_LOSE = delete(BLIND_KEYS).where(BLIND_KEYS.c.member_id.in_(_ids))
_BY_KEY = (
    select(BLIND_KEYS.c.member_id)
    .where(BLIND_KEYS.c.key == bindparam("of"))
    .order_by(BLIND_KEYS.c.member_id)
)
_ENDING = (
    select(DIRECTORY.c.ends_on, DIRECTORY.c.id)
    .where(
        DIRECTORY.c.ends_on < bindparam("before"),
        tuple_(DIRECTORY.c.ends_on, DIRECTORY.c.id)
        > tuple_(bindparam("day", type_=BigInteger), bindparam("of", type_=Uuid)),
    )
    .order_by(DIRECTORY.c.ends_on, DIRECTORY.c.id)
    .limit(bindparam("most"))
)
_LATER = (
    update(DIRECTORY).where(DIRECTORY.c.id == bindparam("of")).values(ends_on=bindparam("last"))
)


class StoredDirectory:
    """Implements `core.ports.listed.ChainDirectory`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, listed: Sequence[Listed], *, of: Collection[UUID]) -> None:
        there = sorted(listed, key=lambda each: each.id)
        for some in pages(sorted(of)):
            self._connection.execute(_LOSE, {"ids": some})
        for some in pages(sorted(set(of) - {each.id for each in there})):
            self._connection.execute(_REMOVE, {"ids": some})
        if there:
            keep_all(self._connection, DIRECTORY, [_row(each) for each in there])
        keys = {(key, each.id) for each in there for key in (*each.cards, *each.phones)}
        found = [{"key": key, "member_id": member} for key, member in keys]
        add_new(self._connection, BLIND_KEYS, found)

    def by_key(self, key: bytes) -> tuple[UUID, ...]:
        return tuple(self._connection.execute(_BY_KEY, {"of": key}).scalars())

    def ending(
        self, behind: tuple[date, UUID], *, before: date, at_most: int
    ) -> tuple[tuple[date, UUID], ...]:
        day, member = behind
        asked = {"day": day.toordinal(), "of": member, "before": before.toordinal()}
        rows = self._connection.execute(_ENDING, asked | {"most": at_most})
        return tuple((date.fromordinal(on), ident) for on, ident in rows)

    def ends_later(self, root_id: UUID, ends_on: date | None) -> None:
        last = None if ends_on is None else ends_on.toordinal()
        self._connection.execute(_LATER, {"of": root_id, "last": last})


def _row(listed: Listed) -> dict[str, Any]:
    return {
        "id": listed.id,
        "name": listed.name,
        "tier": listed.tier,
        "is_frozen": listed.is_frozen,
        "cards": b"".join(listed.cards),
        "phones": b"".join(listed.phones),
        "ends_on": None if listed.ends_on is None else listed.ends_on.toordinal(),
    }
