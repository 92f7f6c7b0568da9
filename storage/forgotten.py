"""删除: what there is to erase of a member, who has been asleep for long, and the certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Column, Integer, LargeBinary, Table, bindparam, insert, select

from core.members.certificate import Certificate, Kept, vouchers_until
from core.members.masks import mask_card, mask_name
from core.members.member import LONG_AGO
from core.ports.members import Asleep
from storage.columns import METADATA, Connection, Prepared, day_or_none, uuid_column

ERASURES = Table(
    "erasures",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("at_us", Integer, nullable=False, index=True),
    Column("certificate", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
_KEEP = Prepared(insert(ERASURES))
_LAST = Prepared(
    select(ERASURES.c.certificate).order_by(ERASURES.c.at_us.desc()).limit(bindparam("most"))
)
_KNOWN_AS = "SELECT member_id FROM merged_members WHERE into_id = ?"
_WHO = (
    "SELECT coalesce(sum((name <> '') + (phone IS NOT NULL) + (birth_month IS NOT NULL) + 1), 0) "
    "FROM members WHERE id IN (%s)"
)
_COUNTED = {
    "fields": "SELECT count(*) FROM member_profiles WHERE member_id IN (%s)",
    "edits": "SELECT count(*) FROM member_edits WHERE member_id IN (%s)",
    "notes": "SELECT count(*) FROM member_notes WHERE member_id IN (%s)",
    "cards": "SELECT count(*) FROM old_cards WHERE member_id IN (%s)",
    "beside": "SELECT count(*) FROM private_values WHERE member_id IN (%s)",
}
_WORDS = (
    "SELECT count(*) FROM corrections WHERE words <> '' AND member_id IN (%s)",
    "SELECT count(*) FROM tier_holds WHERE reason <> '' AND member_id IN (%s)",
    (
        "SELECT count(*) FROM case_steps WHERE words <> '' AND case_id IN "
        "(SELECT id FROM cases WHERE member_id IN (%s) UNION "
        "SELECT case_id FROM case_evidence WHERE member_id IN (%s))"
    ),
)
_ON_PAPER = "SELECT id FROM %s WHERE words <> '' AND member_id IN (%s)"
_PAPERS = (
    "SELECT count(*) FROM returns WHERE words <> '' AND member_id IN (%s)",
    "SELECT count(*) FROM voids WHERE words <> '' AND member_id IN (%s)",
)
_SALES = "SELECT count(*), max(business_on) FROM sales WHERE member_id IN (%s)"
_LAST_ON = (
    "(SELECT max(business_on) FROM sales WHERE sales.member_id = m.id OR sales.member_id IN "
    "(SELECT member_id FROM merged_members WHERE into_id = m.id))"
)
_ASLEEP = (
    "SELECT id, name, card_no, joined_on, last_on, coalesce((SELECT points FROM balances "  # noqa: S608
    "WHERE balances.member_id = id AND kind = 'available'), 0) FROM (SELECT m.id, m.name, "
    f"m.card_no, m.joined_on, {_LAST_ON} AS last_on FROM members m WHERE m.joined_on > ?1 "
    "AND m.joined_on < ?2 AND m.name <> '' "
    "AND NOT EXISTS (SELECT 1 FROM merged_members WHERE merged_members.member_id = m.id) "
    "AND NOT EXISTS (SELECT 1 FROM counted_elsewhere WHERE counted_elsewhere.member_id = m.id "
    "AND counted_elsewhere.business_on >= ?2) ORDER BY m.joined_on) "
    "WHERE coalesce(last_on, 0) < ?2 LIMIT ?3"
)


class StoredForgotten:
    """Implements `core.ports.members.Forgotten`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known_as(self, member_id: UUID) -> tuple[UUID, ...]:
        """Who became this member."""
        rows = self._connection.execute(_KNOWN_AS, (member_id.bytes,)).fetchall()
        return tuple(UUID(bytes=ident) for (ident,) in rows)

    def count(self, member_ids: Sequence[UUID]) -> Kept:
        """What is kept of these."""
        counted = {name: self._one(sql, member_ids)[0] for name, sql in _COUNTED.items()}
        counted["fields"] += self._one(_WHO, member_ids)[0]
        counted["words"] = sum(self._one(sql, member_ids)[0] for sql in _WORDS)
        counted["papers"] = sum(self._one(sql, member_ids)[0] for sql in _PAPERS)
        sales, last = self._one(_SALES, member_ids)
        last_on = day_or_none(last)
        until = None if last_on is None else vouchers_until(last_on)
        return Kept(**counted, sales=sales, sales_until=until)

    def asleep(self, before: date, *, limit: int) -> tuple[Asleep, ...]:
        """Who joined before that day and bought nothing since."""
        given = (LONG_AGO.toordinal(), before.toordinal(), limit)
        rows = self._connection.execute(_ASLEEP, given).fetchall()
        return tuple(
            Asleep(
                UUID(bytes=ident),
                mask_name(name),
                mask_card(card_no),
                date.fromordinal(joined_on),
                day_or_none(last_on),
                points,
            )
            for ident, name, card_no, joined_on, last_on, points in rows
        )

    def empty_beside(self, member_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """What people wrote stays on the papers alone."""
        given = [each.bytes for each in member_ids]
        marks = ",".join("?" * len(given))
        found = [
            row
            for table in ("returns", "voids")
            for row in self._connection.execute(_ON_PAPER % (table, marks), given).fetchall()
        ]
        self._connection.executemany("DELETE FROM private_values WHERE member_id = ?", found)
        return tuple(UUID(bytes=ident) for (ident,) in found)

    def keep(self, certificate: Certificate) -> None:
        """For ever: it says nothing of anybody."""
        record = msgspec.json.encode(certificate)
        self._connection.execute(_KEEP.sql, (certificate.id.bytes, certificate.at_us, record))

    def certificates(self, *, limit: int) -> tuple[Certificate, ...]:
        """The newest first."""
        rows = _LAST.all(self._connection, most=limit)
        return tuple(msgspec.json.decode(record, type=Certificate) for (record,) in rows)

    def _one(self, sql: str, ids: Sequence[UUID]) -> tuple[Any, ...]:
        marks = ",".join("?" * len(ids))
        given = [each.bytes for each in ids] * sql.count("%s")
        row = self._connection.execute(sql.replace("%s", marks), given).fetchone()
        assert row is not None, "a sum has one row"
        return row
