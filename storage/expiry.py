"""到期: how far the expiry of lots has come; who is to be reminded; what stands open by month."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Table,
    bindparam,
    case,
    func,
    insert,
    select,
    tuple_,
)

from core.points.expire import NOWHERE, ExpiryRun, PastLot, Place
from core.points.reminders import Reminder
from storage.columns import METADATA, Connection, Prepared, day_column, keep_for_ever, uuid_column
from storage.ledger import BALANCES, LEFT, LOTS, MEMBER_POINTS, NEVER
from storage.members import MEMBERS

EXPIRY_RUNS = Table(
    "expiry_runs",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("lots", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    day_column("place_on", nullable=False),
    uuid_column("place_member", nullable=False),
    uuid_column("place_lot", nullable=False),
)
keep_for_ever(EXPIRY_RUNS)
Index("lots_by_day", LOTS.c.expires_on, LOTS.c.member_id, LOTS.c.id)

_PLACE = Prepared(
    select(EXPIRY_RUNS.c.place_on, EXPIRY_RUNS.c.place_member, EXPIRY_RUNS.c.place_lot)
    .order_by(EXPIRY_RUNS.c.n.desc())
    .limit(1)
)
_INSERT = Prepared(insert(EXPIRY_RUNS))
_PAST = Prepared(
    select(
        LOTS.c.member_id,
        LOTS.c.id,
        LOTS.c.expires_on,
        LEFT,
    )
    .where(
        tuple_(LOTS.c.expires_on, LOTS.c.member_id, LOTS.c.id)
        > tuple_(bindparam("on"), bindparam("member"), bindparam("lot")),
        LOTS.c.expires_on < bindparam("before"),
    )
    .order_by(LOTS.c.expires_on, LOTS.c.member_id, LOTS.c.id)
    .limit(bindparam("most"))
)
_LEFT_BY = (
    select(LOTS.c.member_id, LOTS.c.expires_on, LEFT.label("left"))
    .where(LOTS.c.expires_on >= bindparam("first"), LOTS.c.expires_on <= bindparam("last"))
    .subquery()
)
_REMINDERS = Prepared(
    select(
        MEMBERS.c.id,
        MEMBERS.c.card_no,
        MEMBERS.c.name,
        MEMBERS.c.phone,
        func.min(_LEFT_BY.c.expires_on),
        func.sum(case((_LEFT_BY.c.expires_on <= bindparam("soon"), _LEFT_BY.c.left), else_=0)),
        func.sum(_LEFT_BY.c.left),
    )
    .join_from(_LEFT_BY, MEMBERS, MEMBERS.c.id == _LEFT_BY.c.member_id)
    .where(_LEFT_BY.c.left > 0)
    .group_by(MEMBERS.c.id)
    .order_by(func.min(_LEFT_BY.c.expires_on), MEMBERS.c.card_no)
)
_BY_DAY = Prepared(
    select(LOTS.c.expires_on, func.sum(LEFT))
    .where(LEFT > 0)
    .group_by(LOTS.c.expires_on)
    .order_by(LOTS.c.expires_on)
)
_DEBT = Prepared(
    select(
        func.coalesce(func.sum(case((BALANCES.c.points < 0, -BALANCES.c.points), else_=0)), 0),
        func.coalesce(func.sum(case((BALANCES.c.points > 0, 1), else_=0)), 0),
    ).where(BALANCES.c.kind == MEMBER_POINTS)
)


class StoredExpiries:
    """Implements `core.ports.points.Expiries`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self) -> Place:
        """How far the last run came."""
        row = _PLACE.one(self._connection)
        return NOWHERE if row is None else Place(date.fromordinal(row[0]), row[1], row[2])

    def past(self, after: Place, *, before: date, at_most: int) -> tuple[PastLot, ...]:
        """The lots behind a place whose last day is before that date, used up ones too."""
        rows = _PAST.all(
            self._connection,
            on=after.expires_on.toordinal(),
            member=after.member,
            lot=after.lot,
            before=before.toordinal(),
            most=at_most,
        )
        return tuple(
            PastLot(UUID(bytes=member), UUID(bytes=ident), date.fromordinal(on), left)
            for member, ident, on, left in rows
        )

    def keep(self, run: ExpiryRun) -> None:
        """Keep what a run did and how far it came."""
        self._connection.execute(
            _INSERT.sql,
            (
                None,
                run.at_us,
                run.business_on.toordinal(),
                run.staff_no,
                run.lots,
                run.points,
                run.place.expires_on.toordinal(),
                run.place.member,
                run.place.lot,
            ),
        )

    def reminders(self, *, first: date, soon: date, last: date) -> tuple[Reminder, ...]:
        """Whose points expire from `first` to `last`; of them, how many until `soon`."""
        rows = _REMINDERS.all(
            self._connection,
            first=first.toordinal(),
            soon=soon.toordinal(),
            last=last.toordinal(),
        )
        return tuple(
            Reminder(
                UUID(bytes=ident), card, name, phone or "", date.fromordinal(on), soonest, all_
            )
            for ident, card, name, phone, on, soonest, all_ in rows
        )

    def owed(self) -> tuple[tuple[date | None, int], ...]:
        """What all lots hold, by their last day; None for those that never expire, at the end."""
        return tuple(
            (None if on == NEVER else date.fromordinal(on), points)
            for on, points in _BY_DAY.all(self._connection)
        )

    def debt(self) -> tuple[int, int]:
        """What members owe in all, and how many members have points."""
        row = _DEBT.one(self._connection)
        return (0, 0) if row is None else (int(row[0]), int(row[1]))
