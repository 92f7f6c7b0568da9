"""活动: what a shop plans, who signs up, and who came."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.members.activity import Activity, ActivityKind, Enrolled, Place
from core.ports.activities import Bought, Counted
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column
from storage.member_standing import MERGED_MEMBERS
from storage.return_tables import RETURNS
from storage.sales import SALES, VOIDS

ACTIVITIES = Table(
    "activities",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("place", String, nullable=False),
    day_column("business_on", nullable=False),
    Column("from_minute", Integer, nullable=False),
    Column("to_minute", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("tiers", String, nullable=False),
    Column("behaviour", String, nullable=False),
    Column("cancelled_for", String),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Index("activities_by_day", "business_on"),
    sqlite_with_rowid=False,
)
ENROLLED = Table(
    "enrolled_members",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("activity_id", nullable=False),
    uuid_column("member_id", nullable=False),
    Column("turn", Integer, nullable=False),
    Column("place", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("told_us", Integer),
    Column("to_tell", Boolean, nullable=False),
    UniqueConstraint("activity_id", "member_id"),
    Index("enrolled_by_member", "member_id"),
)

_FIELDS = [column for column in ACTIVITIES.c if column.name not in ("at_us", "staff_no")]
_KEPT = [column for column in ENROLLED.c if column.name != "n"]
_GET = Prepared(select(*_FIELDS).where(ACTIVITIES.c.id == bindparam("activity")))
_insert_activity = upsert(ACTIVITIES)
_KEEP = Prepared(
    _insert_activity.on_conflict_do_update(
        index_elements=["id"],
        set_={
            column.name: _insert_activity.excluded[column.name]
            for column in ACTIVITIES.c
            if column.name != "id"
        },
    )
)
_insert_enrolled = upsert(ENROLLED)
_ENROL = Prepared(
    _insert_enrolled.on_conflict_do_update(
        index_elements=["activity_id", "member_id"],
        set_={column.name: _insert_enrolled.excluded[column.name] for column in _KEPT},
    )
)


def _count(place: Place) -> Any:
    return func.coalesce(func.sum(case((ENROLLED.c.place == place.value, 1), else_=0)), 0)


_COUNTED = (
    select(*_FIELDS, *(_count(place) for place in Place))
    .outerjoin_from(ACTIVITIES, ENROLLED, ENROLLED.c.activity_id == ACTIVITIES.c.id)
    .group_by(ACTIVITIES.c.id)
    .limit(bindparam("most"))
)
_BY_TIME = (ACTIVITIES.c.business_on, ACTIVITIES.c.from_minute, ACTIVITIES.c.id)
_SINCE = Prepared(_COUNTED.where(ACTIVITIES.c.business_on >= bindparam("day")).order_by(*_BY_TIME))
_BEFORE = Prepared(
    _COUNTED.where(ACTIVITIES.c.business_on < bindparam("day")).order_by(
        *(column.desc() for column in _BY_TIME)
    )
)
_ENROLLED = Prepared(
    select(*_KEPT).where(ENROLLED.c.activity_id == bindparam("activity")).order_by(ENROLLED.c.turn)
)
_OF_MEMBER = Prepared(
    select(*_KEPT)
    .join_from(ENROLLED, ACTIVITIES, ACTIVITIES.c.id == ENROLLED.c.activity_id)
    .where(
        ACTIVITIES.c.business_on >= bindparam("day"),
        or_(
            ENROLLED.c.member_id == bindparam("member"),
            ENROLLED.c.member_id.in_(
                select(MERGED_MEMBERS.c.member_id).where(
                    MERGED_MEMBERS.c.into_id == bindparam("member")
                )
            ),
        ),
    )
)
# Whoever became another since buys as that one; a member counts once, however often they signed up.
_WHO_CAME = (
    select(func.coalesce(MERGED_MEMBERS.c.into_id, ENROLLED.c.member_id).label("id"))
    .outerjoin_from(ENROLLED, MERGED_MEMBERS, MERGED_MEMBERS.c.member_id == ENROLLED.c.member_id)
    .where(ENROLLED.c.activity_id == bindparam("activity"), ENROLLED.c.place == Place.CAME.value)
    .distinct()
    .cte("who_came")
)
_SOLD = Prepared(
    select(
        func.count(SALES.c.id),
        func.count(SALES.c.member_id.distinct()),
        func.coalesce(func.sum(SALES.c.payable_fen), 0),
    )
    .join_from(_WHO_CAME, SALES, SALES.c.member_id == _WHO_CAME.c.id)
    .outerjoin(VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(SALES.c.business_on.between(bindparam("first"), bindparam("last")), VOIDS.c.n.is_(None))
)
_BACK = Prepared(
    select(func.coalesce(func.sum(RETURNS.c.back_fen), 0))
    .join_from(_WHO_CAME, RETURNS, RETURNS.c.member_id == _WHO_CAME.c.id)
    .where(RETURNS.c.sold_on.between(bindparam("first"), bindparam("last")))
)


class StoredActivities:
    """Implements `core.ports.activities.Activities`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, first: date, *, most: int) -> tuple[Counted, ...]:
        """Those on this business date and later, the first one first."""
        rows = _SINCE.all(self._connection, day=first.toordinal(), most=most)
        return tuple(map(_counted, rows))

    def before(self, last: date, *, most: int) -> tuple[Counted, ...]:
        """Those on earlier business dates, the newest first."""
        rows = _BEFORE.all(self._connection, day=last.toordinal(), most=most)
        return tuple(map(_counted, rows))

    def get(self, activity_id: UUID) -> Activity | None:
        """One of them."""
        row = _GET.one(self._connection, activity=activity_id.bytes)
        return None if row is None else _activity(row)

    def keep(self, activity: Activity, *, at_us: int, staff_no: int) -> None:
        """A new one, or what a known one is now."""
        _KEEP.run(
            self._connection,
            id=activity.id.bytes,
            kind=activity.kind.value,
            title=activity.title,
            place=activity.where,
            business_on=activity.on.toordinal(),
            from_minute=activity.from_minute,
            to_minute=activity.to_minute,
            seats=activity.seats,
            tiers=json.dumps(activity.tiers),
            behaviour=activity.behaviour,
            cancelled_for=activity.cancelled_for,
            at_us=at_us,
            staff_no=staff_no,
        )

    def enrolled(self, activity_id: UUID) -> tuple[Enrolled, ...]:
        """Everybody who ever signed up, in their turn."""
        rows = _ENROLLED.all(self._connection, activity=activity_id.bytes)
        return tuple(map(_enrolled, rows))

    def of_member(self, member_id: UUID, first: date) -> dict[UUID, Enrolled]:
        """What a member, and whoever became them, signed up for on this date or later."""
        rows = _OF_MEMBER.all(self._connection, member=member_id.bytes, day=first.toordinal())
        return {each.activity_id: each for each in map(_enrolled, rows)}

    def enrol(self, enrolled: Enrolled) -> None:
        """A new one, or how it stands with a known one now."""
        _ENROL.run(
            self._connection,
            n=None,
            activity_id=enrolled.activity_id.bytes,
            member_id=enrolled.member_id.bytes,
            turn=enrolled.turn,
            place=enrolled.place.value,
            at_us=enrolled.at_us,
            staff_no=enrolled.staff_no,
            points=enrolled.points,
            told_us=enrolled.told_us,
            to_tell=enrolled.to_tell,
        )

    def bought(self, activity_id: UUID, first: date, last: date) -> Bought:
        """What those who came bought from one business date to another, both inclusive."""
        days: dict[str, Any] = {"first": first.toordinal(), "last": last.toordinal()}
        sold = _SOLD.one(self._connection, activity=activity_id.bytes, **days)
        back = _BACK.one(self._connection, activity=activity_id.bytes, **days)
        assert sold is not None, "sums have one row"
        assert back is not None, "a sum has one row"
        return Bought(sold[0], sold[1], sold[2] - back[0])


def _activity(row: tuple[Any, ...]) -> Activity:
    ident, kind, title, where, on, begins, ends, seats, tiers, behaviour, cancelled = row
    return Activity(
        id=UUID(bytes=ident),
        kind=ActivityKind(kind),
        title=title,
        where=where,
        on=date.fromordinal(on),
        from_minute=begins,
        to_minute=ends,
        seats=seats,
        tiers=tuple(json.loads(tiers)),
        behaviour=behaviour,
        cancelled_for=cancelled,
    )


def _counted(row: tuple[Any, ...]) -> Counted:
    return Counted(_activity(row[:-4]), *row[-4:])


def _enrolled(row: tuple[Any, ...]) -> Enrolled:
    activity, member, turn, place, at_us, staff_no, points, told_us, to_tell = row
    return Enrolled(
        UUID(bytes=activity),
        UUID(bytes=member),
        turn,
        Place(place),
        at_us,
        staff_no,
        points,
        told_us,
        bool(to_tell),
    )
