"""优惠使用: which sale used which of the offers that are counted, and what was given back."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.pricing.used import Used, Uses
from core.sales.offer_use import OfferUse, PartnerAccount
from storage.columns import Connection, Prepared, bytes_or_none
from storage.offer_tables import BIRTHDAY_EDITS, OFFER_COUNTS, OFFER_USES
from storage.offer_units import add_units, give_units_back, units_by_all, units_by_member

_EVER = 0
_INSERT = Prepared(insert(OFFER_USES))
_EDIT = Prepared(insert(BIRTHDAY_EDITS))
_ADDED = upsert(OFFER_COUNTS)
_COUNT = Prepared(
    _ADDED.on_conflict_do_update(
        index_elements=["offer", "sold_on"],
        set_={"uses": OFFER_COUNTS.c.uses + _ADDED.excluded.uses},
    )
)
_BY_ALL = (
    "SELECT offer, sold_on, uses FROM offer_counts "
    "WHERE offer IN (SELECT value FROM json_each(?)) AND sold_on IN (0, ?)"
)
PERSONS = "SELECT ?1 UNION ALL SELECT member_id FROM merged_members WHERE into_id = ?1"
_BY_MEMBER = (
    "SELECT offer, year, sold_on = ?2, sum(delta) FROM offer_uses "  # noqa: S608  (constants)
    f"WHERE member_id IN ({PERSONS}) AND offer IN (SELECT value FROM json_each(?3)) "
    "GROUP BY offer, year, sold_on = ?2"
)
_OF_SALE = (
    "SELECT offer, member_id, sold_on, year, amount_fen, code, partner FROM offer_uses AS used "
    "WHERE sale_id = ?1 AND delta = 1 AND NOT EXISTS (SELECT 1 FROM offer_uses AS back "
    "WHERE back.sale_id = ?1 AND back.offer = used.offer AND back.delta = -1) ORDER BY offer"
)
_STANDING_SALE = (
    "SELECT 1 FROM sales LEFT JOIN voids ON voids.sale_id = sales.id "  # noqa: S608  (constants)
    f"WHERE sales.member_id IN ({PERSONS}) AND voids.n IS NULL AND EXISTS ("
    "SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = sales.id AND quantity_milli > "
    "(SELECT coalesce(sum(return_lines.quantity_milli), 0) FROM returns "
    "JOIN return_lines ON return_lines.return_id = returns.id "
    "WHERE returns.sale_id = sales.id AND return_lines.no = sale_lines.no) + "
    "(SELECT coalesce(sum(there.quantity_milli), 0) FROM returned_elsewhere AS there "
    "WHERE there.sale_id = sales.id AND there.no = sale_lines.no AND until_us = 0)) LIMIT 1"
)
_CELEBRATED = (
    "SELECT 1 FROM offer_uses "  # noqa: S608  (constants)
    f"WHERE member_id IN ({PERSONS}) AND year > 0 AND delta = 1 LIMIT 1"
)
_EDITED = Prepared(
    select(func.max(BIRTHDAY_EDITS.c.edited_on)).where(
        BIRTHDAY_EDITS.c.member_id == bindparam("member")
    )
)


_BORNE = "SELECT partner, sum(delta), sum(delta * amount_fen) FROM offer_uses WHERE partner <> '' "
_BORNE_BETWEEN = _BORNE + "AND business_on BETWEEN ? AND ? GROUP BY partner ORDER BY partner"
_BORNE_OF_DAY = _BORNE + "AND day_id = ? GROUP BY partner ORDER BY partner"


class StoredOfferUses:
    """Implements `core.ports.offers.OfferUses`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_all(self, offers: Collection[str], today: date) -> Uses:
        """In all and on a business date, of these offers."""
        on = today.toordinal()
        counts: dict[str, dict[bool, int]] = {}
        rows = self._connection.execute(_BY_ALL, (json.dumps(list(offers)), on)).fetchall()
        for offer, sold_on, uses in rows:
            counts.setdefault(offer, {})[sold_on == _EVER] = uses
        return tuple(
            Used(offer, in_all=found.get(True, 0), day=found.get(False, 0))
            for offer, found in counts.items()
            if any(found.values())
        )

    def by_member(
        self, member_id: UUID, offers: Collection[str], today: date, years: dict[str, int]
    ) -> Uses:
        """By a member and whoever was merged into them."""
        values = (member_id.bytes, today.toordinal(), json.dumps(list(offers)))
        counts: dict[str, list[int]] = {}
        for offer, year, is_today, uses in self._connection.execute(_BY_MEMBER, values).fetchall():
            ever = counts.setdefault(offer, [0, 0, 0])
            ever[0] += uses
            ever[1] += uses if is_today else 0
            ever[2] += uses if year and year == years.get(offer) else 0
        return tuple(
            Used(offer, member=ever, member_day=day, member_year=year)
            for offer, (ever, day, year) in counts.items()
            if ever
        )

    def units(self, member_id: UUID | None, offers: Collection[str], today: date) -> Uses:
        """How much was taken of these offers: in all, on a business date, and by a member."""
        found = {each.offer: each for each in units_by_all(self._connection, offers, today)}
        if member_id is not None:
            for each in units_by_member(self._connection, member_id, offers, today):
                found[each.offer] = replace(
                    found[each.offer],
                    member_milli=each.member_milli,
                    member_day_milli=each.member_day_milli,
                )
        return tuple(found.values())

    def add_units(
        self,
        sale_id: UUID,
        member_id: UUID | None,
        sold_on: date,
        units: tuple[tuple[str, int], ...],
    ) -> None:
        """Keep how much a sale took of each offer."""
        on = sold_on.toordinal()
        add_units(self._connection, sale_id.bytes, bytes_or_none(member_id), on, units)

    def add(self, use: OfferUse) -> None:
        """Keep a use."""
        self._keep(
            use.sale_id.bytes,
            use.offer,
            1,
            bytes_or_none(use.member_id),
            use.business_on.toordinal(),
            use.year,
            use.amount_fen,
            use.code,
            use.partner,
            use.day_id.bytes,
            use.business_on.toordinal(),
            use.at_us,
        )

    def give_back(
        self, sale_id: UUID, *, day_id: UUID, business_on: date, at_us: int
    ) -> tuple[str, ...]:
        """Every use of a sale is given back, once; the offers of those that were."""
        give_units_back(self._connection, sale_id.bytes)
        rows = self._connection.execute(_OF_SALE, (sale_id.bytes,)).fetchall()
        when = (day_id.bytes, business_on.toordinal(), at_us)
        for offer, member, sold_on, year, amount_fen, code, partner in rows:
            of = (member, sold_on, year, amount_fen, code, partner)
            self._keep(sale_id.bytes, offer, -1, *of, *when)
        return tuple(row[0] for row in rows)

    def partners(self, first: date, last: date) -> tuple[PartnerAccount, ...]:
        """What each partner bears of the business dates from the first to the last."""
        days = (first.toordinal(), last.toordinal())
        rows = self._connection.execute(_BORNE_BETWEEN, days).fetchall()
        return tuple(PartnerAccount(*row) for row in rows)

    def partners_of_day(self, day_id: UUID) -> tuple[PartnerAccount, ...]:
        """What each partner bears of a day."""
        rows = self._connection.execute(_BORNE_OF_DAY, (day_id.bytes,)).fetchall()
        return tuple(PartnerAccount(*row) for row in rows)

    def has_bought(self, member_id: UUID) -> bool:
        """Whether anything that a member bought stands."""
        found = self._connection.execute(_STANDING_SALE, (member_id.bytes,)).fetchone()
        return found is not None

    def birthday_edited_on(self, member_id: UUID) -> date | None:
        """When the birthday was edited last."""
        row = _EDITED.one(self._connection, member=member_id.bytes)
        return None if row is None or row[0] is None else date.fromordinal(row[0])

    def has_celebrated(self, member_id: UUID) -> bool:
        """Whether a birthday benefit was ever given, also one that was given back."""
        return self._connection.execute(_CELEBRATED, (member_id.bytes,)).fetchone() is not None

    def edit_birthday(self, member_id: UUID, *, edited_on: date, at_us: int, staff_no: int) -> None:
        """Keep that a birthday was edited."""
        row = (None, member_id.bytes, edited_on.toordinal(), at_us, staff_no, None)
        self._connection.execute(_EDIT.sql, row)

    def _keep(self, *row: Any) -> None:
        self._connection.execute(_INSERT.sql, (None, *row))
        _, offer, delta, _, sold_on, *_ = row
        for on in (_EVER, sold_on):
            self._connection.execute(_COUNT.sql, (offer, on, delta))
