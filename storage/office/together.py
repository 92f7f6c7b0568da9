"""同店的收银台: sales of all tills with what came back, and what tills have for themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, func, select, text

from core.points.ledger import Cause
from core.ports.together import SoldThere
from core.sync.together import Claim, ClaimKind, ClaimStatus, LineBack, PartBack
from storage.office.account_tables import ALLOCATIONS, LOTS, TRANSFERS
from storage.office.members import add_new, in_pages
from storage.office.rows import keep
from storage.office.tables import EVENTS
from storage.office.together_tables import CAME_BACK, CLAIMS, SOLD, SOLD_GONE, SOLD_VOID

_FIELDS = [SOLD.c[name] for name in SoldThere.__struct_fields__]
_GET = select(*_FIELDS).where(SOLD.c.id == bindparam("of"))
_BY_NO = select(*_FIELDS).where(SOLD.c.no == bindparam("of")).order_by(SOLD.c.id)
_EVENT = select(EVENTS.c.data).where(EVENTS.c.id == bindparam("of"))
_IS_VOID = select(SOLD_VOID.c.sale_id).where(SOLD_VOID.c.sale_id == bindparam("of"))
_PARTS = (
    select(CAME_BACK.c.return_id, CAME_BACK.c.till_id, CAME_BACK.c.no, CAME_BACK.c.quantity_milli)
    .where(CAME_BACK.c.sale_id == bindparam("of"))
    .order_by(CAME_BACK.c.return_id, CAME_BACK.c.no)
)
_EXPIRED = (
    select(func.coalesce(func.sum(ALLOCATIONS.c.amount), 0))
    .join(TRANSFERS, TRANSFERS.c.id == ALLOCATIONS.c.transfer_id)
    .where(ALLOCATIONS.c.lot_id == bindparam("of"), TRANSFERS.c.cause == str(Cause.EXPIRY))
)
_ids: Any = bindparam("ids", expanding=True)
_UNDONE = (
    select(CAME_BACK.c.sale_id).where(CAME_BACK.c.sale_id.in_(_ids)),
    select(SOLD_VOID.c.sale_id).where(SOLD_VOID.c.sale_id.in_(_ids)),
)
_LAST_DAYS = select(LOTS.c.id, LOTS.c.expires_day).where(LOTS.c.id.in_(_ids))
_CLAIM = [CLAIMS.c[name] for name in Claim.__struct_fields__]
_CLAIM_OF = select(*_CLAIM).where(CLAIMS.c.id == bindparam("of")).with_for_update()
_OPEN_OF = (
    select(*_CLAIM)
    .where(
        CLAIMS.c.kind == bindparam("what"),
        CLAIMS.c.about == bindparam("of"),
        CLAIMS.c.status == str(ClaimStatus.OPEN),
    )
    .order_by(CLAIMS.c.at_us, CLAIMS.c.id)
)
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_LINES = msgspec.json.Decoder(tuple[LineBack, ...])


class StoredSoldSales:
    """Implements `core.ports.together.SoldSales`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sales: Sequence[SoldThere]) -> None:
        add_new(self._connection, SOLD, [asdict(sale) for sale in sales])

    def undone(self, sale_ids: Collection[UUID]) -> set[UUID]:
        asked = sorted(sale_ids)
        return {ident for of in _UNDONE for (ident,) in in_pages(self._connection, of, asked)}

    def get(self, sale_id: UUID) -> SoldThere | None:
        row = self._connection.execute(_GET, {"of": sale_id}).one_or_none()
        return SoldThere(*row) if row else None

    def by_no(self, no: str) -> tuple[SoldThere, ...]:
        return tuple(SoldThere(*row) for row in self._connection.execute(_BY_NO, {"of": no}))

    def event_of(self, sale: SoldThere) -> bytes:
        return bytes(self._connection.execute(_EVENT, {"of": sale.event_id}).scalar_one())

    def void(self, sale_id: UUID) -> None:
        add_new(self._connection, SOLD_VOID, [{"sale_id": sale_id}])

    def is_void(self, sale_id: UUID) -> bool:
        return self._connection.execute(_IS_VOID, {"of": sale_id}).first() is not None

    def gone(self, sale_id: UUID) -> None:
        add_new(self._connection, SOLD_GONE, [{"sale_id": sale_id}])

    def came_back(self, sale_id: UUID, parts: Collection[PartBack]) -> None:
        rows = [
            {
                "return_id": part.return_id,
                "no": part.no,
                "sale_id": sale_id,
                "till_id": part.till_id,
                "quantity_milli": part.quantity_milli,
            }
            for part in parts
        ]
        add_new(self._connection, CAME_BACK, rows)

    def parts(self, sale_id: UUID) -> tuple[PartBack, ...]:
        return tuple(PartBack(*row) for row in self._connection.execute(_PARTS, {"of": sale_id}))

    def expired(self, lot_id: UUID) -> int:
        return int(self._connection.execute(_EXPIRED, {"of": lot_id}).scalar_one())

    def last_days(self, lot_ids: Collection[UUID]) -> dict[UUID, date | None]:
        found = in_pages(self._connection, _LAST_DAYS, sorted(lot_ids))
        return {ident: None if day is None else date.fromordinal(day) for ident, day in found}


class StoredClaims:
    """Implements `core.ports.together.Claims`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, kind: ClaimKind, about: str) -> None:
        """On SQLite one writes at a time."""
        if self._connection.dialect.name == "postgresql":
            mark = hashlib.sha256(f"{kind} {about}".encode()).digest()[:8]
            lock = int.from_bytes(mark, signed=True)
            self._connection.execute(_LOCK, {"lock": lock})

    def get(self, claim_id: UUID) -> Claim | None:
        row = self._connection.execute(_CLAIM_OF, {"of": claim_id}).one_or_none()
        return _claim(row) if row else None

    def of(self, kind: ClaimKind, about: str) -> tuple[Claim, ...]:
        given = {"what": str(kind), "of": about}
        return tuple(map(_claim, self._connection.execute(_OPEN_OF, given)))

    def keep(self, claim: Claim) -> None:
        row = asdict(claim) | {"kind": str(claim.kind), "status": str(claim.status)}
        keep(self._connection, CLAIMS, row | {"lines": msgspec.json.encode(claim.lines).decode()})


def _claim(row: Any) -> Claim:
    found = dict(zip(Claim.__struct_fields__, row, strict=True))
    found |= {"kind": ClaimKind(found["kind"]), "status": ClaimStatus(found["status"])}
    return Claim(**found | {"lines": _LINES.decode(found["lines"])})
