"""限购的数量: how much of its goods each sale took under an offer that is limited in units.

A row for each sale and offer, and one more (below zero) where it was given back; kept for ever.
`offer_unit_counts` is the sum by offer and business date (0: all dates).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from core.pricing.used import Used
from storage.columns import METADATA, Connection, Prepared, day_column, keep_for_ever, uuid_column

OFFER_UNITS = Table(
    "offer_units",
    METADATA,
    uuid_column("sale_id", primary_key=True),
    Column("offer", String, primary_key=True),
    Column("delta", SmallInteger, primary_key=True, autoincrement=False),
    uuid_column("member_id"),
    day_column("sold_on", nullable=False),
    Column("milli", Integer, nullable=False),
    Index("offer_units_of_member", "member_id", sqlite_where=Column("member_id").is_not(None)),
    sqlite_with_rowid=False,
)
OFFER_UNIT_COUNTS = Table(
    "offer_unit_counts",
    METADATA,
    Column("offer", String, primary_key=True),
    Column("sold_on", Integer, primary_key=True, autoincrement=False),
    Column("milli", Integer, nullable=False),
    sqlite_with_rowid=False,
)
keep_for_ever(OFFER_UNITS)

_EVER = 0
_INSERT = Prepared(insert(OFFER_UNITS))
_ADDED = upsert(OFFER_UNIT_COUNTS)
_COUNT = Prepared(
    _ADDED.on_conflict_do_update(
        index_elements=["offer", "sold_on"],
        set_={"milli": OFFER_UNIT_COUNTS.c.milli + _ADDED.excluded.milli},
    )
)
_BY_ALL = (
    "SELECT offer, sold_on, milli FROM offer_unit_counts "
    "WHERE offer IN (SELECT value FROM json_each(?)) AND sold_on IN (0, ?)"
)
_PERSONS = "SELECT ?1 UNION ALL SELECT member_id FROM merged_members WHERE into_id = ?1"
_BY_MEMBER = (
    "SELECT offer, sum(milli), sum(CASE WHEN sold_on = ?2 THEN milli ELSE 0 END) "  # noqa: S608
    f"FROM offer_units WHERE member_id IN ({_PERSONS}) "
    "AND offer IN (SELECT value FROM json_each(?3)) GROUP BY offer"
)
_OF_SALE = (
    "SELECT offer, member_id, sold_on, milli FROM offer_units AS used "
    "WHERE sale_id = ?1 AND delta = 1 AND NOT EXISTS (SELECT 1 FROM offer_units AS back "
    "WHERE back.sale_id = ?1 AND back.offer = used.offer AND back.delta = -1)"
)


def units_by_all(connection: Connection, offers: Collection[str], today: date) -> list[Used]:
    """In all and on a business date; what was never taken is not in it."""
    on = today.toordinal()
    counts: dict[str, dict[bool, int]] = {}
    for offer, sold_on, milli in connection.execute(
        _BY_ALL, (json.dumps(list(offers)), on)
    ).fetchall():
        counts.setdefault(offer, {})[sold_on == _EVER] = milli
    return [
        Used(offer, in_all_milli=found.get(True, 0), day_milli=found.get(False, 0))
        for offer, found in counts.items()
    ]


def units_by_member(
    connection: Connection, member_id: UUID, offers: Collection[str], today: date
) -> list[Used]:
    """By a member and whoever was merged into them."""
    asked = (member_id.bytes, today.toordinal(), json.dumps(list(offers)))
    rows = connection.execute(_BY_MEMBER, asked).fetchall()
    return [Used(offer, member_milli=ever, member_day_milli=day) for offer, ever, day in rows]


def add_units(
    connection: Connection,
    sale_id: bytes,
    member_id: bytes | None,
    sold_on: int,
    units: Iterable[tuple[str, int]],
) -> None:
    """What a sale took."""
    for offer, milli in units:
        _keep(connection, sale_id, offer, 1, member_id, sold_on, milli)


def give_units_back(connection: Connection, sale_id: bytes) -> None:
    """All that a sale took is given back, once, to the day on which it was taken."""
    for offer, member, sold_on, milli in connection.execute(_OF_SALE, (sale_id,)).fetchall():
        _keep(connection, sale_id, offer, -1, member, sold_on, -milli)


def _keep(
    connection: Connection,
    sale_id: bytes,
    offer: str,
    delta: int,
    member: bytes | None,
    sold_on: int,
    milli: int,
) -> None:
    connection.execute(_INSERT.sql, (sale_id, offer, delta, member, sold_on, milli))
    for on in (_EVER, sold_on):
        connection.execute(_COUNT.sql, (offer, on, milli))
