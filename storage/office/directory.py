"""会员名录, at the server: a row for each member, and the blind keys that find them.

It holds nothing that the readings do not: it can be made anew of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
)

from core.ports.listed import Listed
from storage.office.members import add_new, pages
from storage.office.rows import keep_all
from storage.office.tables import OFFICE

# `cards` and `phones` are blind keys, one behind the other.
DIRECTORY = Table(
    "directory",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False),
    Column("tier", String, nullable=False),
    Column("is_frozen", Boolean, nullable=False),
    Column("cards", LargeBinary, nullable=False),
    Column("phones", LargeBinary, nullable=False),
)

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


def _row(listed: Listed) -> dict[str, Any]:
    return {
        "id": listed.id,
        "name": listed.name,
        "tier": listed.tier,
        "is_frozen": listed.is_frozen,
        "cards": b"".join(listed.cards),
        "phones": b"".join(listed.phones),
    }
