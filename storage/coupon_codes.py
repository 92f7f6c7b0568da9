"""一次券: codes that can be used once, and which sale used them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from core.sales.coupon_code import Batch, BatchUse, CouponCode, Withdrawal
from storage.columns import (
    Connection,
    Prepared,
    bytes_or_none,
    day_or_none,
    ordinal_or_none,
    uuid_or_none,
)
from storage.offer_tables import COUPON_CODES, WITHDRAWN_CODES
from storage.offer_uses import PERSONS

_INSERT = Prepared(insert(COUPON_CODES))
_WITHDRAW = Prepared(insert(WITHDRAWN_CODES))
_USED_BY = (
    "(SELECT no FROM offer_uses JOIN sales ON sales.id = sale_id "
    "WHERE offer_uses.code = coupon_codes.code AND code <> '' "
    "GROUP BY sale_id HAVING sum(delta) > 0)"
)
_WITHDRAWN = (
    "(SELECT business_on FROM withdrawn_codes WHERE withdrawn_codes.code = coupon_codes.code)"
)
_FIELDS = f"code, offer, batch_id, member_id, starts_on, ends_on, {_USED_BY}, {_WITHDRAWN}"
_ONE = f"SELECT {_FIELDS} FROM coupon_codes WHERE code = ?"  # noqa: S608  (constants)
_HELD = (
    f"SELECT {_FIELDS} FROM coupon_codes WHERE member_id IN ({PERSONS}) "  # noqa: S608
    "AND coalesce(starts_on, ?2) <= ?2 AND coalesce(ends_on, ?2) >= ?2 "
    f"AND {_USED_BY} IS NULL AND {_WITHDRAWN} IS NULL ORDER BY ends_on IS NULL, ends_on, n"
)
_OF_MEMBER = f"SELECT {_FIELDS} FROM coupon_codes WHERE member_id IN ({PERSONS}) ORDER BY n DESC"  # noqa: S608
_OUTSTANDING = (
    "SELECT offer, count(*) FROM coupon_codes "  # noqa: S608  (constants)
    f"WHERE coalesce(ends_on, ?1) >= ?1 AND {_USED_BY} IS NULL AND {_WITHDRAWN} IS NULL "
    "GROUP BY offer"
)
_OF_BATCH = f"SELECT {_FIELDS} FROM coupon_codes WHERE batch_id = ? ORDER BY n"  # noqa: S608
_BATCH = "SELECT at_us, business_on, staff_no FROM coupon_codes WHERE batch_id = ? LIMIT 1"
# What a handout gave to each of many members is one, by the id of the handout.
_LAST_BATCHES = (
    "WITH last AS (SELECT coalesce(handout_id, coupon_codes.batch_id) AS issued, max(n) AS newest "  # noqa: S608
    "FROM coupon_codes LEFT JOIN handout_members "
    "ON handout_members.batch_id = coupon_codes.batch_id "
    "WHERE NOT EXISTS (SELECT 1 FROM redemptions WHERE redemptions.at_us = coupon_codes.at_us "
    "AND redemptions.member_id = coupon_codes.member_id) "
    "GROUP BY issued ORDER BY newest DESC LIMIT ?), "
    "among AS (SELECT issued, newest, issued AS batch_id FROM last UNION ALL "
    "SELECT issued, newest, batch_id FROM last JOIN handout_members ON handout_id = issued) "
    f"SELECT issued, offer, min(business_on), count(*), count({_USED_BY}), "
    f"sum({_USED_BY} IS NULL AND {_WITHDRAWN} IS NOT NULL) "
    "FROM among JOIN coupon_codes USING (batch_id) GROUP BY issued ORDER BY newest DESC"
)
_OF_SALE = (
    "SELECT code FROM offer_uses WHERE sale_id = ? AND code <> '' "
    "GROUP BY code HAVING sum(delta) > 0 ORDER BY code"
)


class StoredCouponCodes:
    """Implements `core.ports.offers.CouponCodes`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: str) -> CouponCode | None:
        """The code, if it was issued."""
        row = self._connection.execute(_ONE, (code,)).fetchone()
        return None if row is None else _code_of(row)

    def held(self, member_id: UUID, today: date) -> tuple[CouponCode, ...]:
        """What a member, and whoever was merged into them, can use today."""
        rows = self._connection.execute(_HELD, (member_id.bytes, today.toordinal())).fetchall()
        return tuple(map(_code_of, rows))

    def of_member(self, member_id: UUID) -> tuple[CouponCode, ...]:
        """All that a member, and whoever was merged into them, ever had."""
        rows = self._connection.execute(_OF_MEMBER, (member_id.bytes,)).fetchall()
        return tuple(map(_code_of, rows))

    def outstanding(self, today: date) -> dict[str, int]:
        """How many codes of each offer can still be used."""
        return dict(self._connection.execute(_OUTSTANDING, (today.toordinal(),)).fetchall())

    def of_sale(self, sale_id: UUID) -> tuple[str, ...]:
        """The codes that a sale used and that were not given back."""
        return tuple(
            row[0] for row in self._connection.execute(_OF_SALE, (sale_id.bytes,)).fetchall()
        )

    def add(self, batch: Batch) -> None:
        """Keep new codes."""
        alike = (
            batch.offer,
            batch.id.bytes,
            bytes_or_none(batch.member_id),
            ordinal_or_none(batch.starts_on),
            ordinal_or_none(batch.ends_on),
            batch.at_us,
            batch.business_on.toordinal(),
            batch.staff_no,
        )
        _INSERT.many(self._connection, [(None, code, *alike) for code in batch.codes])

    def batch(self, batch_id: UUID) -> Batch | None:
        """What was issued at once under this id, if anything was."""
        codes = self.of_batch(batch_id)
        if not codes:
            return None
        first = codes[0]
        row = self._connection.execute(_BATCH, (batch_id.bytes,)).fetchone()
        assert row is not None, "the rows of the codes that were just read"
        at_us, on, staff_no = row
        return Batch(
            id=batch_id,
            offer=first.offer,
            codes=tuple(each.code for each in codes),
            member_id=first.member_id,
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            at_us=at_us,
            business_on=date.fromordinal(on),
            staff_no=staff_no,
        )

    def last_batches(self, most: int) -> tuple[BatchUse, ...]:
        """The newest that somebody issued; what points bought is none."""
        rows = self._connection.execute(_LAST_BATCHES, (most,)).fetchall()
        return tuple(
            BatchUse(UUID(bytes=ident), offer, date.fromordinal(on), count, used, withdrawn)
            for ident, offer, on, count, used, withdrawn in rows
        )

    def of_batch(self, batch_id: UUID) -> tuple[CouponCode, ...]:
        """All codes that were issued at once."""
        rows = self._connection.execute(_OF_BATCH, (batch_id.bytes,)).fetchall()
        return tuple(map(_code_of, rows))

    def withdraw(self, made: Withdrawal) -> None:
        """Keep that codes are worth nothing any more."""
        alike = (made.id.bytes, made.at_us, made.business_on.toordinal(), made.staff_no)
        _WITHDRAW.many(self._connection, [(code, *alike) for code in made.codes])


def _code_of(row: tuple[Any, ...]) -> CouponCode:
    code, offer, batch, member_id, starts_on, ends_on, used_by, withdrawn_on = row
    return CouponCode(
        code=code,
        offer=offer,
        batch_id=UUID(bytes=batch),
        member_id=uuid_or_none(member_id),
        starts_on=day_or_none(starts_on),
        ends_on=day_or_none(ends_on),
        used_by=used_by or "",
        withdrawn_on=day_or_none(withdrawn_on),
    )
