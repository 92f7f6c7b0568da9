"""期初: opening lots of imports, each with the card that it came for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, select

from core.points.ledger import AccountKind, Cause
from core.ports.openings import Opening
from core.sync.effects import CARD
from storage.office.account_tables import LOTS, TRANSFERS
from storage.office.member_tables import FIELDS, JOINS, MEMBERS
from storage.office.members import in_pages

_made = TRANSFERS.alias("made")
_again = TRANSFERS.alias("again")
_IMPORT, _ISSUED = str(Cause.IMPORT), str(AccountKind.ISSUED)
_MOVED = (_again.c.about_id == LOTS.c.id) & (_again.c.cause == _IMPORT)
_TAKEN = (
    select(
        func.coalesce(
            func.sum(
                case((_again.c.credit_kind == _ISSUED, _again.c.amount), else_=-_again.c.amount)
            ),
            0,
        )
    )
    .where(_MOVED)
    .correlate(LOTS)
    .scalar_subquery()
)
_TIMES = select(func.count()).where(_MOVED).correlate(LOTS).scalar_subquery()
_CARD = (
    (FIELDS.c.member_id == JOINS.c.member_id)
    & (FIELDS.c.event_id == JOINS.c.event_id)
    & (FIELDS.c.field == CARD)
)
_OF = (
    select(
        MEMBERS.c.root_id,
        LOTS.c.id,
        LOTS.c.member_id,
        func.coalesce(FIELDS.c.value, ""),
        LOTS.c.amount,
        LOTS.c.expires_day,
        _made.c.about_id,
        _TAKEN,
        _TIMES,
    )
    .select_from(MEMBERS)
    .join(LOTS, LOTS.c.member_id == MEMBERS.c.id)
    .join(_made, _made.c.id == LOTS.c.id)
    .outerjoin(
        JOINS, (JOINS.c.member_id == LOTS.c.member_id) & (JOINS.c.import_id == _made.c.about_id)
    )
    .outerjoin(FIELDS, _CARD)
    .where(
        MEMBERS.c.root_id.in_(bindparam("ids", expanding=True)),
        _made.c.cause == _IMPORT,
        _made.c.debit_kind == _ISSUED,
    )
    .order_by(JOINS.c.at_us, JOINS.c.event_id, LOTS.c.id)
)


class StoredOpenings:
    """Implements `core.ports.openings.Openings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, root_ids: Collection[UUID]) -> tuple[Opening, ...]:
        found = []
        for row in in_pages(self._connection, _OF, sorted(root_ids)):
            root, lot, member, card_no, amount, day, imported, taken, times = row
            expires_on = None if day is None else date.fromordinal(day)
            moved = imported, int(taken), int(times)
            found.append(Opening(root, lot, member, card_no, amount, expires_on, *moved))
        return tuple(found)
