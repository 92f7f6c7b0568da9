"""积分台: what the manager's page of points asks; straight SQL to plain Structs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, select

from core.ports.points_desk import (
    Audited,
    ExpiringDay,
    ExpiringRow,
    HolderRow,
    Key,
    MovedPage,
    MovedRow,
    Sought,
)
from storage.columns import Connection, Prepared
from storage.ledger import BALANCES, LEFT, LOTS, MEMBER_POINTS
from storage.members import MEMBERS
from storage.moved_points import moved, moved_one
from storage.verify_points import DEEDS, EXPIRY, LEDGER, REWARDS
from storage.verify_voids import LOTS as LOTS_CHECKED

_LEFT_BY = (
    select(LOTS.c.member_id, LOTS.c.expires_on, func.sum(LEFT).label("left"))
    .where(
        LOTS.c.expires_on >= bindparam("first"), LOTS.c.expires_on <= bindparam("last"), LEFT > 0
    )
    .group_by(LOTS.c.expires_on, LOTS.c.member_id)
    .subquery()
)
_EXPIRING = Prepared(
    select(_LEFT_BY.c.expires_on, func.count(), func.sum(_LEFT_BY.c.left))
    .group_by(_LEFT_BY.c.expires_on)
    .order_by(_LEFT_BY.c.expires_on)
)
_EXPIRING_ROWS = Prepared(
    select(
        _LEFT_BY.c.expires_on,
        MEMBERS.c.card_no,
        MEMBERS.c.name,
        func.coalesce(MEMBERS.c.phone, ""),
        _LEFT_BY.c.left,
        MEMBERS.c.id,
    )
    .join_from(_LEFT_BY, MEMBERS, MEMBERS.c.id == _LEFT_BY.c.member_id)
    .order_by(_LEFT_BY.c.expires_on, _LEFT_BY.c.left.desc(), MEMBERS.c.card_no)
    .limit(bindparam("most"))
)
_HOLDING = (
    select(
        MEMBERS.c.card_no,
        MEMBERS.c.name,
        func.coalesce(MEMBERS.c.phone, ""),
        BALANCES.c.points,
        MEMBERS.c.id,
    )
    .join_from(BALANCES, MEMBERS, MEMBERS.c.id == BALANCES.c.member_id)
    .where(BALANCES.c.kind == MEMBER_POINTS)
    .limit(bindparam("most"))
)
_HOLDERS = Prepared(
    _HOLDING.where(BALANCES.c.points > 0).order_by(BALANCES.c.points.desc(), MEMBERS.c.card_no)
)
_DEBTORS = Prepared(
    _HOLDING.where(BALANCES.c.points < 0).order_by(BALANCES.c.points, MEMBERS.c.card_no)
)


_SUM, _BALANCES = ("points_out_of_balance",), ("balance_differs", "points_of_nobody")
_AUDITS: dict[Audited, Sequence[str]] = {
    Audited.SUM: [LEDGER[what] for what in _SUM],
    Audited.BALANCES: [LEDGER[what] for what in _BALANCES],
    Audited.LOTS: [
        *(sql for what, sql in LEDGER.items() if what not in (*_SUM, *_BALANCES)),
        *LOTS_CHECKED.values(),
    ],
    Audited.EXPIRY: list(EXPIRY.values()),
    Audited.DEEDS: list(DEEDS.values()),
    Audited.REWARDS: list(REWARDS.values()),
}


class StoredPointsDesk:
    """Implements `core.ports.points_desk.PointsDesk`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expiring(self, first: date, last: date) -> tuple[ExpiringDay, ...]:
        """Days from one to another, both inclusive, on which points have their last day."""
        given = {"first": first.toordinal(), "last": last.toordinal()}
        rows = _EXPIRING.all(self._connection, **given)
        return tuple(
            ExpiringDay(date.fromordinal(on), members, points) for on, members, points in rows
        )

    def expiring_rows(self, first: date, last: date, *, most: int) -> tuple[ExpiringRow, ...]:
        """Member by member: the first day first, of a day those who have most."""
        given = {"first": first.toordinal(), "last": last.toordinal(), "most": most}
        rows = _EXPIRING_ROWS.all(self._connection, **given)
        return tuple(
            ExpiringRow(date.fromordinal(on), card, name, phone, points, UUID(bytes=ident))
            for on, card, name, phone, points, ident in rows
        )

    def holders(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who have points, those with most first."""
        return self._holding(_HOLDERS, most)

    def debtors(self, *, most: int) -> tuple[HolderRow, ...]:
        """Members who owe points, those who owe most first."""
        return self._holding(_DEBTORS, most)

    def _holding(self, asked: Prepared, most: int) -> tuple[HolderRow, ...]:
        return tuple(
            HolderRow(card, name, phone, points, UUID(bytes=ident))
            for card, name, phone, points, ident in asked.all(self._connection, most=most)
        )

    def moved(self, sought: Sought, after: Key | None, *, most: int) -> MovedPage:
        """The newest first, behind a place; a page may hold few or none though there are more."""
        return moved(self._connection, sought, after, most=most)

    def moved_one(self, transfer_id: UUID) -> MovedRow | None:
        """One of them."""
        return moved_one(self._connection, transfer_id)

    def audit(self, what: Audited) -> int:
        """Count it anew: in how many places it is wrong."""
        return sum(len(self._connection.execute(sql).fetchall()) for sql in _AUDITS[what])
