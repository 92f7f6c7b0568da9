"""规则册: every published version, kept for ever, since sales name the one they used."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import Column, Integer, String, Table, bindparam, func, insert, select

from core.errors import NoStore, SaleBroken
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from storage.columns import METADATA, Connection, Prepared, keep_for_ever

RULEBOOKS = Table(
    "rulebooks",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("record", String, nullable=False),
)

keep_for_ever(RULEBOOKS)
_LAST = Prepared(select(func.max(RULEBOOKS.c.version)))
_GET = Prepared(select(RULEBOOKS.c.record).where(RULEBOOKS.c.version == bindparam("version")))
_INSERT = Prepared(insert(RULEBOOKS))


class StoredRulebooks:
    """Implements `core.ports.Rulebooks`.

    `known` keeps the newest version that others read from the same file: what is committed under a
    version never changes, and hundreds of offers are not read again by each scan.
    """

    __slots__ = ("_connection", "_known")

    def __init__(self, connection: Connection, known: dict[int, Rulebook] | None = None) -> None:
        self._connection = connection
        self._known = known

    def current(self) -> Rulebook:
        """The newest version; NoStore where the till was never set up."""
        row = _LAST.one(self._connection)
        if row is None or row[0] is None:
            raise NoStore("")
        version = row[0]
        if self._known is None:
            return self.get(version)
        if (rulebook := self._known.get(version)) is None:
            rulebook = self.get(version)
            self._known.clear()
            self._known[version] = rulebook
        return rulebook

    def get(self, version: int) -> Rulebook:
        """The version that a sale was priced under; SaleBroken where it is not there."""
        row = _GET.one(self._connection, version=version)
        if row is None:
            raise SaleBroken("rulebook")
        return _rulebook(row[0])

    def add(self, rulebook: Rulebook) -> None:
        """Publish a version."""
        record = json.dumps(record_of(rulebook), ensure_ascii=False, sort_keys=True)
        self._connection.execute(_INSERT.sql, (rulebook.version, record))


@lru_cache(maxsize=8)
def _rulebook(record: str) -> Rulebook:
    return rulebook_of(json.loads(record))
