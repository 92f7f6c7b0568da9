"""兑换品库存: what each till has put on the shelf of a reward, as it said last."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, func, select

from core.ports.together import Shelf
from storage.office.rows import keep
from storage.office.tables import TILLS
from storage.office.together_tables import SHELVES

_PLACE = (
    select(SHELVES.c.incarnation, SHELVES.c.seq)
    .where(SHELVES.c.till_id == bindparam("till"), SHELVES.c.code == bindparam("of"))
    .with_for_update()
)
_OTHERS = (
    select(func.coalesce(func.sum(SHELVES.c.units), 0))
    .join(TILLS, TILLS.c.id == SHELVES.c.till_id)
    .where(
        SHELVES.c.code == bindparam("of"),
        TILLS.c.store_code == bindparam("store"),
        SHELVES.c.till_id != bindparam("till"),
    )
)


class StoredShelves:
    """Implements `core.ports.together.Shelves`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, shelf: Shelf) -> None:
        asked = {"till": shelf.till_id, "of": shelf.code}
        known = self._connection.execute(_PLACE, asked).one_or_none()
        if known is None or tuple(known) < (shelf.incarnation, shelf.seq):
            keep(self._connection, SHELVES, asdict(shelf))

    def others(self, code: str, store_code: str, till_id: UUID) -> int:
        asked = {"of": code, "store": store_code, "till": till_id}
        return int(self._connection.execute(_OTHERS, asked).scalar_one())
