"""下发: what head office lets hold on its tills, with the days from which it does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, bindparam, select

from core.ports.issued import IssuedRulebook
from storage.office.rows import keep
from storage.office.tables import OFFICE

RULEBOOKS = Table(
    "rulebooks",
    OFFICE,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("begins_on", BigInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("issued_us", BigInteger, nullable=False),
)

_BEGINS = select(RULEBOOKS.c.version, RULEBOOKS.c.begins_on).order_by(
    RULEBOOKS.c.begins_on, RULEBOOKS.c.version
)
_SOME = (
    select(RULEBOOKS)
    .where(RULEBOOKS.c.version.in_(bindparam("of", expanding=True)))
    .order_by(RULEBOOKS.c.begins_on, RULEBOOKS.c.version)
)


class StoredIssuedRulebooks:
    """Implements `core.ports.issued.IssuedRulebooks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begins(self) -> tuple[tuple[int, date], ...]:
        return tuple(
            (version, date.fromordinal(on)) for version, on in self._connection.execute(_BEGINS)
        )

    def some(self, versions: Collection[int]) -> tuple[IssuedRulebook, ...]:
        rows = self._connection.execute(_SOME, {"of": list(versions)})
        return tuple(
            IssuedRulebook(version, date.fromordinal(on), record, at_us)
            for version, on, record, at_us in rows
        )

    def keep(self, issued: IssuedRulebook) -> None:
        row = {
            "version": issued.version,
            "begins_on": issued.begins_on.toordinal(),
            "record": issued.record,
            "issued_us": issued.issued_us,
        }
        keep(self._connection, RULEBOOKS, row)
