"""删除: who was erased; their values go, and what comes of them later is not kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Delete,
    bindparam,
    delete,
    select,
)

from core.sync.effects import WordsGone
from core.sync.erasure import Erasure, Wiped
from storage.office.directory import BLIND_KEYS, DIRECTORY
from storage.office.member_tables import ERASED, FIELDS
from storage.office.members import IS_ERASED, add_new, in_pages, pages
from storage.office.tables import APART, APART_PRIVATE, CHAIN, EVENTS, PRIVATE_VALUES

SCRUBBED = (PRIVATE_VALUES, APART_PRIVATE, FIELDS, DIRECTORY, BLIND_KEYS)
"""The tables that values are erased from."""
_ids: Any = bindparam("ids", expanding=True)
_KEY = select(CHAIN.c.seal_key)
_OF = select(ERASED).where(ERASED.c.member_id == bindparam("of"))
_TOGETHER = (
    select(ERASED.c.member_id)
    .where(ERASED.c.first_id == bindparam("of"))
    .order_by(ERASED.c.member_id)
)
_BESIDE = delete(PRIVATE_VALUES).where(PRIVATE_VALUES.c.member_id.in_(_ids))
_APART = delete(APART_PRIVATE).where(APART_PRIVATE.c.member_id.in_(_ids))
_WORDS = delete(PRIVATE_VALUES).where(
    PRIVATE_VALUES.c.member_id == bindparam("of"),
    PRIVATE_VALUES.c.event_id.in_(select(EVENTS.c.id).where(EVENTS.c.till_id == bindparam("till"))),
)
_WORDS_APART = delete(APART_PRIVATE).where(
    APART_PRIVATE.c.member_id == bindparam("of"),
    APART_PRIVATE.c.mark.in_(select(APART.c.mark).where(APART.c.till_id == bindparam("till"))),
)
_FIELDS = delete(FIELDS).where(FIELDS.c.member_id.in_(_ids))


def of_whom_is_here(connection: Connection, private: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of who was erased nothing personal is kept any more, whenever it comes."""
    asked = {row["member_id"] for row in private if row["member_id"] is not None}
    if not asked:
        return private
    gone = {ident for (ident,) in in_pages(connection, IS_ERASED, sorted(asked))}
    return [row for row in private if row["member_id"] not in gone]


class StoredErasures:
    """Implements `core.ports.erasures.Erasures`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def key(self) -> bytes:
        return bytes(self._connection.execute(_KEY).scalar_one())

    def among(self, member_ids: Collection[UUID]) -> set[UUID]:
        return {ident for (ident,) in in_pages(self._connection, IS_ERASED, list(member_ids))}

    def of(self, member_id: UUID) -> tuple[Erasure, int] | None:
        row = self._connection.execute(_OF, {"of": member_id}).one_or_none()
        if row is None:
            return None
        members = tuple(self._connection.execute(_TOGETHER, {"of": row.first_id}).scalars())
        return Erasure(members, row.seal.hex()), row.at_us

    def keep(self, erasure: Erasure, *, at_us: int) -> None:
        first, seal = min(erasure.members), bytes.fromhex(erasure.seal)
        rows = [
            {"member_id": each, "first_id": first, "seal": seal, "at_us": at_us}
            for each in erasure.members
        ]
        add_new(self._connection, ERASED, rows)

    def empty(self, gone: Collection[WordsGone]) -> None:
        for each in gone:
            for asked in (_WORDS, _WORDS_APART):
                self._connection.execute(asked, {"of": each.about_id, "till": each.till_id})

    def wipe(self, member_ids: Collection[UUID]) -> Wiped:
        return Wiped(*(self._count(asked, member_ids) for asked in (_BESIDE, _APART, _FIELDS)))

    def _count(self, asked: Delete, member_ids: Collection[UUID]) -> int:
        return sum(
            self._connection.execute(asked, {"ids": page}).rowcount
            for page in pages(sorted(member_ids))
        )
