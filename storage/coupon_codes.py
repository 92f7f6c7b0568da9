"""一次券: codes that can be used once, and which sale used them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from core.sales.coupon_code import Batch, CouponCode
from storage.columns import (
    Connection,
    Prepared,
    bytes_or_none,
    day_or_none,
    ordinal_or_none,
    uuid_or_none,
)
from storage.offer_tables import COUPON_CODES
from storage.offer_uses import PERSONS

_INSERT = Prepared(insert(COUPON_CODES))
_USED_BY = (
    "(SELECT no FROM offer_uses JOIN sales ON sales.id = sale_id "
    "WHERE offer_uses.code = coupon_codes.code AND code <> '' "
    "GROUP BY sale_id HAVING sum(delta) > 0)"
)
_FIELDS = f"code, offer, member_id, starts_on, ends_on, {_USED_BY}"
_ONE = f"SELECT {_FIELDS} FROM coupon_codes WHERE code = ?"  # noqa: S608  (constants)
_HELD = (
    f"SELECT {_FIELDS} FROM coupon_codes WHERE member_id IN ({PERSONS}) "  # noqa: S608
    "AND coalesce(starts_on, ?2) <= ?2 AND coalesce(ends_on, ?2) >= ?2 "
    f"AND {_USED_BY} IS NULL ORDER BY ends_on IS NULL, ends_on, n"
)
_OUTSTANDING = (
    "SELECT offer, count(*) FROM coupon_codes "  # noqa: S608  (constants)
    f"WHERE coalesce(ends_on, ?1) >= ?1 AND {_USED_BY} IS NULL GROUP BY offer"
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


def _code_of(row: tuple[Any, ...]) -> CouponCode:
    code, offer, member_id, starts_on, ends_on, used_by = row
    return CouponCode(
        code=code,
        offer=offer,
        member_id=uuid_or_none(member_id),
        starts_on=day_or_none(starts_on),
        ends_on=day_or_none(ends_on),
        used_by=used_by or "",
    )
