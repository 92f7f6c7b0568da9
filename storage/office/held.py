"""同店挂单: what the tills of a store hold, and who has taken it; gone with its sale."""

from __future__ import annotations

import hashlib
from uuid import UUID

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    text,
)

from core.ports.held import HeldRow
from core.sync.held import HeldPut
from storage.office.rows import keep
from storage.office.tables import OFFICE

HELD = Table(
    "held",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("store_code", String, nullable=False, index=True),
    Column("till_id", Uuid, nullable=False),
    Column("held_us", BigInteger, nullable=False),
    Column("taken_by", Uuid),
    Column("taken_no", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("is_done", Boolean, nullable=False),
    Column("record", String, nullable=False),
)
HELD_TOLD = Table(
    "held_told",
    OFFICE,
    Column("till_id", Uuid, primary_key=True),
    Column("no", BigInteger, nullable=False),
)
_OF_STORE = (
    select(
        HELD.c.record,
        HELD.c.store_code,
        HELD.c.till_id,
        HELD.c.taken_by,
        HELD.c.taken_no,
        HELD.c.until_us,
        HELD.c.is_done,
    )
    .where(HELD.c.store_code == bindparam("of"))
    .order_by(HELD.c.held_us, HELD.c.id)
)
_DROP = delete(HELD).where(HELD.c.id == bindparam("of"))
_NO = select(HELD_TOLD.c.no).where(HELD_TOLD.c.till_id == bindparam("of"))
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_PUT = msgspec.json.Decoder(HeldPut)


class StoredHeldThere:
    """Implements `core.ports.held.HeldThere`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, store_code: str) -> None:
        """On SQLite one writes at a time."""
        if self._connection.dialect.name == "postgresql":
            mark = hashlib.sha256(f"held {store_code}".encode()).digest()[:8]
            self._connection.execute(_LOCK, {"lock": int.from_bytes(mark, signed=True)})

    def of_store(self, store_code: str) -> tuple[HeldRow, ...]:
        rows = self._connection.execute(_OF_STORE, {"of": store_code})
        return tuple(HeldRow(_PUT.decode(record), *rest) for record, *rest in rows)

    def keep(self, row: HeldRow) -> None:
        keep(
            self._connection,
            HELD,
            {
                "id": row.put.id,
                "store_code": row.store_code,
                "till_id": row.till_id,
                "held_us": row.put.held_us,
                "taken_by": row.taken_by,
                "taken_no": row.taken_no,
                "until_us": row.until_us,
                "is_done": row.is_done,
                "record": msgspec.json.encode(row.put).decode(),
            },
        )

    def drop(self, held_id: UUID) -> None:
        self._connection.execute(_DROP, {"of": held_id})

    def told(self, till_id: UUID) -> int:
        return int(self._connection.execute(_NO, {"of": till_id}).scalar() or 0)

    def tell(self, till_id: UUID, no: int) -> None:
        keep(self._connection, HELD_TOLD, {"till_id": till_id, "no": no})
