"""对账: what moved a member's points, and what they bought, over some days. No scan needs it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, literal_column, select, union_all

from core.members.standing import Purchase
from core.points.ledger import Cause
from core.sales.statement import Movement
from storage.columns import Connection, Prepared
from storage.ledger import FROM_A_MEMBER, LOTS, TRANSFERS
from storage.return_tables import BOUGHT_LINES
from storage.sales import SALE_LINES, SALES

_MOVED = (
    TRANSFERS.c.id,
    TRANSFERS.c.business_on,
    TRANSFERS.c.cause,
    TRANSFERS.c.sale_id,
)
# Whatever a member gets is a lot of theirs, and lots stand by their member; what they give has an
# index of its own. Looked for in the transfers alone, both would be a walk through all of them.
_GOT = select(*_MOVED, TRANSFERS.c.amount.label("points")).join_from(
    LOTS,
    TRANSFERS,
    (TRANSFERS.c.id == LOTS.c.id) & (TRANSFERS.c.credit_member == LOTS.c.member_id),
)
_GAVE = select(*_MOVED, -TRANSFERS.c.amount).where(literal_column(FROM_A_MEMBER))
_MOVES = union_all(
    _GOT.where(LOTS.c.member_id == bindparam("member")),
    _GAVE.where(TRANSFERS.c.debit_member == bindparam("member")),
).subquery()
_MOVEMENTS = Prepared(
    select(_MOVES.c.business_on, _MOVES.c.cause, _MOVES.c.points, SALES.c.no)
    .outerjoin_from(_MOVES, SALES, SALES.c.id == _MOVES.c.sale_id)
    .where(_MOVES.c.business_on >= bindparam("since"))
    .order_by(_MOVES.c.business_on, _MOVES.c.id)
)
_PURCHASES = Prepared(
    BOUGHT_LINES.where(
        SALES.c.business_on >= bindparam("since"), SALES.c.business_on <= bindparam("until")
    ).order_by(SALES.c.business_on, SALES.c.n, SALE_LINES.c.no)
)


class StoredStatements:
    """Implements `core.ports.Statements`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def movements(self, member_id: UUID, *, since: date) -> tuple[Movement, ...]:
        """All movements of the member's points from a business date on, the oldest first."""
        rows = _MOVEMENTS.all(self._connection, member=member_id.bytes, since=since.toordinal())
        return tuple(
            Movement(date.fromordinal(on), Cause(cause), points, no or "")
            for on, cause, points, no in rows
        )

    def purchases(
        self, member_id: UUID, since: date, until: date, *, limit: int
    ) -> tuple[Purchase, ...]:
        """The lines that the member bought on these days, without those of voided sales."""
        rows = _PURCHASES.all(
            self._connection,
            member=member_id.bytes,
            since=since.toordinal(),
            until=until.toordinal(),
            most=limit,
        )
        return tuple(Purchase(date.fromordinal(row[0]), *row[1:]) for row in rows)
