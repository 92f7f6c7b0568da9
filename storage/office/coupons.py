"""一次券: codes of the chain, who withdrew them, and which sales used them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from core.ports.together import ChainCode
from core.sync.together import BatchSaid
from storage.office.members import add_new
from storage.office.together_tables import (
    CODE_USES,
    CODES_WITHDRAWN,
    COUPON_BATCHES,
    COUPON_CODES,
    SOLD_GONE,
)

_CODE = (
    select(COUPON_CODES.c.batch_id, CODES_WITHDRAWN.c.code)
    .outerjoin_from(COUPON_CODES, CODES_WITHDRAWN, CODES_WITHDRAWN.c.code == COUPON_CODES.c.code)
    .where(COUPON_CODES.c.code == bindparam("of"))
)
_BATCH = select(COUPON_BATCHES.c.record).where(COUPON_BATCHES.c.id == bindparam("of"))
_WITHDRAWN = (
    select(CODES_WITHDRAWN.c.code)
    .join(COUPON_CODES, COUPON_CODES.c.code == CODES_WITHDRAWN.c.code)
    .where(COUPON_CODES.c.batch_id == bindparam("of"))
    .order_by(CODES_WITHDRAWN.c.code)
)
_OF_SALE = (
    select(CODE_USES.c.code)
    .where(CODE_USES.c.sale_id == bindparam("of"))
    .order_by(CODE_USES.c.code)
)
_USED_BY = (
    select(CODE_USES.c.no)
    .outerjoin_from(CODE_USES, SOLD_GONE, SOLD_GONE.c.sale_id == CODE_USES.c.sale_id)
    .where(CODE_USES.c.code == bindparam("of"), SOLD_GONE.c.sale_id.is_(None))
    .order_by(CODE_USES.c.no)
)
_RECORD = msgspec.json.Decoder(BatchSaid)


class StoredChainCodes:
    """Implements `core.ports.together.Codes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: BatchSaid) -> None:
        record = msgspec.json.encode(batch).decode()
        add_new(self._connection, COUPON_BATCHES, [{"id": batch.id, "record": record}])
        rows = [{"code": code, "batch_id": batch.id} for code in batch.codes]
        add_new(self._connection, COUPON_CODES, rows)

    def withdraw(self, codes: Collection[str]) -> None:
        add_new(self._connection, CODES_WITHDRAWN, [{"code": code} for code in codes])

    def get(self, code: str) -> ChainCode | None:
        row = self._connection.execute(_CODE, {"of": code}).one_or_none()
        return ChainCode(code, row[0], row[1] is not None) if row else None

    def batch(self, batch_id: UUID) -> BatchSaid | None:
        record = self._connection.execute(_BATCH, {"of": batch_id}).scalar()
        if record is None:
            return None
        rows = self._connection.execute(_WITHDRAWN, {"of": batch_id})
        return replace(_RECORD.decode(record), withdrawn=tuple(code for (code,) in rows))

    def use(self, code: str, sale_id: UUID, no: str) -> None:
        add_new(self._connection, CODE_USES, [{"code": code, "sale_id": sale_id, "no": no}])

    def of_sale(self, sale_id: UUID) -> tuple[str, ...]:
        return tuple(code for (code,) in self._connection.execute(_OF_SALE, {"of": sale_id}))

    def used_by(self, code: str) -> tuple[str, ...]:
        return tuple(no for (no,) in self._connection.execute(_USED_BY, {"of": code}))
