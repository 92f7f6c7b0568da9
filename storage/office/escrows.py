"""预留: points that are set aside for tills, and how far those have told what they did."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, exists, func, literal, or_, select, update

from core.sync.escrow import UNREPORTED_US, Escrow, EscrowKind, EscrowStatus
from storage.office.account_tables import ESCROWS
from storage.office.member_tables import MEMBERS
from storage.office.rows import keep
from storage.office.tables import EVENTS, PROGRESS

_FIELDS = [ESCROWS.c[name] for name in Escrow.__struct_fields__]
_is_open = ESCROWS.c.status == str(EscrowStatus.OPEN)
_LOCK = (
    select(*_FIELDS)
    .where(ESCROWS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(ESCROWS.c.id)
    .with_for_update()
)
_REPORTED = (
    update(ESCROWS)
    .where(
        _is_open,
        ESCROWS.c.till_id == bindparam("till"),
        ESCROWS.c.incarnation == bindparam("no"),
        ESCROWS.c.until_us < bindparam("now"),
        ESCROWS.c.through.is_(None),
    )
    .values(through=bindparam("seq"))
)
_of_till = (
    PROGRESS.c.till_id == ESCROWS.c.till_id,
    PROGRESS.c.incarnation == ESCROWS.c.incarnation,
)
_there = func.coalesce(select(PROGRESS.c.through).where(*_of_till).scalar_subquery(), 0)
_unread = exists(
    select(literal(1)).where(
        EVENTS.c.till_id == ESCROWS.c.till_id,
        EVENTS.c.incarnation == ESCROWS.c.incarnation,
        EVENTS.c.seq <= ESCROWS.c.through,
        EVENTS.c.pos > bindparam("read"),
    )
)
_READY = (
    select(*_FIELDS, _there)
    .where(
        _is_open,
        or_(
            (ESCROWS.c.through <= _there) & ~_unread,
            ESCROWS.c.until_us < bindparam("late"),
        ),
    )
    .order_by(ESCROWS.c.until_us, ESCROWS.c.id)
    .limit(bindparam("most"))
)
_READY_OF = _READY.where(ESCROWS.c.id.in_(bindparam("ids", expanding=True)))
_OPEN_OF = (
    select(*_FIELDS)
    .join(MEMBERS, MEMBERS.c.id == ESCROWS.c.member_id)
    .where(_is_open, MEMBERS.c.root_id == bindparam("of"))
    .order_by(ESCROWS.c.at_us, ESCROWS.c.id)
)


class StoredEscrows:
    """Implements `core.ports.readings.Escrows`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, escrow_ids: Collection[UUID]) -> dict[UUID, Escrow]:
        if not escrow_ids:
            return {}
        rows = self._connection.execute(_LOCK, {"ids": list(escrow_ids)})
        return {found.id: found for found in map(_escrow, rows)}

    def keep(self, escrow: Escrow) -> None:
        row = asdict(escrow) | {"kind": str(escrow.kind), "status": str(escrow.status)}
        keep(self._connection, ESCROWS, row)

    def reported(self, till_id: UUID, incarnation: int, *, seq: int, now_us: int) -> None:
        given = {"till": till_id, "no": incarnation, "seq": seq, "now": now_us}
        self._connection.execute(_REPORTED, given)

    def ready(
        self, *, read_up_to: int, now_us: int, at_most: int, of: Collection[UUID] | None = None
    ) -> tuple[tuple[Escrow, int], ...]:
        given: dict[str, Any] = {"read": read_up_to, "late": now_us - UNREPORTED_US}
        given["most"] = at_most
        if of is None:
            rows = self._connection.execute(_READY, given)
        else:
            rows = self._connection.execute(_READY_OF, given | {"ids": list(of)})
        return tuple((_escrow(row[:-1]), row[-1]) for row in rows)

    def open_of(self, root_id: UUID) -> tuple[Escrow, ...]:
        return tuple(map(_escrow, self._connection.execute(_OPEN_OF, {"of": root_id})))


def _escrow(row: Any) -> Escrow:
    found = dict(zip(Escrow.__struct_fields__, row, strict=True))
    found |= {"kind": EscrowKind(found["kind"]), "status": EscrowStatus(found["status"])}
    return Escrow(**found)
