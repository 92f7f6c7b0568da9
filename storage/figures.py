"""数字: what the manager's pages ask; straight SQL to plain Structs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Index,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)

from core.members.member import Birthday
from core.ports.figures import Born, BoughtRow, Celebrating, JoinedRow, SoldRow
from core.sales.trading import Ticket
from storage.birthday_columns import birthday_of, birthday_row
from storage.columns import Connection, Prepared
from storage.member_standing import MERGED_MEMBERS
from storage.members import MEMBERS
from storage.return_tables import RETURNS
from storage.sales import SALE_LINES, SALES, VOIDS
from storage.spent_points import SPENT_POINTS

_STANDS = VOIDS.c.n.is_(None)
_SOLD = (
    select(
        SALES.c.at_us,
        SALES.c.payable_fen,
        case((SALES.c.member_id.is_(None), 0), else_=1),
        literal(1),
        SALES.c.points,
    )
    .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(SALES.c.business_on == bindparam("on"), _STANDS)
)
_GIVEN_BACK = select(
    RETURNS.c.at_us,
    -RETURNS.c.back_fen,
    case((RETURNS.c.member_id.is_(None), 0), else_=1),
    literal(0),
    -RETURNS.c.points_taken,
).where(RETURNS.c.business_on == bindparam("on"))
_TICKETS = Prepared(union_all(_SOLD, _GIVEN_BACK))
_SOLD_ROWS = Prepared(
    union_all(
        select(
            SALES.c.at_us.label("at_us"),
            SALES.c.no,
            func.coalesce(MEMBERS.c.name, ""),
            SALES.c.staff_no,
            SALES.c.payable_fen,
            SALES.c.points,
            literal(1),
        )
        .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
        .outerjoin(MEMBERS, MEMBERS.c.id == SALES.c.member_id)
        .where(SALES.c.business_on == bindparam("on"), _STANDS),
        select(
            RETURNS.c.at_us,
            RETURNS.c.no,
            func.coalesce(MEMBERS.c.name, ""),
            RETURNS.c.staff_no,
            -RETURNS.c.back_fen,
            -RETURNS.c.points_taken,
            literal(0),
        )
        .outerjoin_from(RETURNS, MEMBERS, MEMBERS.c.id == RETURNS.c.member_id)
        .where(RETURNS.c.business_on == bindparam("on")),
    ).order_by(text("at_us DESC"))
)
_CAME_BACK = Prepared(
    select(
        RETURNS.c.business_on,
        RETURNS.c.at_us.label("at_us"),
        RETURNS.c.no,
        func.coalesce(MEMBERS.c.name, ""),
        RETURNS.c.staff_no,
        -RETURNS.c.back_fen,
        -RETURNS.c.points_taken,
    )
    .outerjoin_from(RETURNS, MEMBERS, MEMBERS.c.id == RETURNS.c.member_id)
    .where(RETURNS.c.business_on >= bindparam("first"), RETURNS.c.business_on <= bindparam("last"))
    .order_by(text("at_us DESC"))
    .limit(bindparam("most"))
)
_THEIRS = union_all(
    select(bindparam("member").label("id")),
    select(MERGED_MEMBERS.c.member_id).where(MERGED_MEMBERS.c.into_id == bindparam("member")),
).subquery()
_LINES = SALE_LINES.c.sale_id == SALES.c.id
_BOUGHT = Prepared(
    union_all(
        select(
            SALES.c.business_on,
            SALES.c.at_us.label("at_us"),
            SALES.c.no,
            func.coalesce(
                select(SALE_LINES.c.name)
                .where(_LINES)
                .order_by(SALE_LINES.c.no)
                .limit(1)
                .scalar_subquery(),
                "",
            ),
            select(func.count()).select_from(SALE_LINES).where(_LINES).scalar_subquery(),
            SALES.c.payable_fen,
            SALES.c.points,
            literal(1),
        )
        .join_from(_THEIRS, SALES, SALES.c.member_id == _THEIRS.c.id)
        .outerjoin(VOIDS, VOIDS.c.sale_id == SALES.c.id)
        .where(SALES.c.business_on >= bindparam("since"), _STANDS),
        select(
            RETURNS.c.business_on,
            RETURNS.c.at_us,
            RETURNS.c.no,
            literal(""),
            literal(0),
            -RETURNS.c.back_fen,
            -RETURNS.c.points_taken,
            literal(0),
        )
        .join_from(_THEIRS, SALES, SALES.c.member_id == _THEIRS.c.id)
        .join(RETURNS, RETURNS.c.sale_id == SALES.c.id)
        .where(RETURNS.c.business_on >= bindparam("since")),
    ).order_by(text("at_us DESC"))
)
_JOINED_ROWS = Prepared(
    select(
        MEMBERS.c.joined_on,
        MEMBERS.c.card_no,
        MEMBERS.c.name,
        func.coalesce(MEMBERS.c.phone, ""),
        MEMBERS.c.tier,
        MEMBERS.c.id,
    )
    .where(MEMBERS.c.joined_on >= bindparam("first"), MEMBERS.c.joined_on <= bindparam("last"))
    .order_by(MEMBERS.c.joined_on.desc(), MEMBERS.c.n.desc())
    .limit(bindparam("most"))
)
_POINTS_USED = Prepared(
    select(func.coalesce(func.sum(SPENT_POINTS.c.points), 0))
    .select_from(
        SALES.join(SPENT_POINTS, SPENT_POINTS.c.sale_id == SALES.c.id).outerjoin(
            VOIDS, VOIDS.c.sale_id == SALES.c.id
        )
    )
    .where(SALES.c.business_on == bindparam("on"), _STANDS)
)
_JOINED = Prepared(
    select(func.count())
    .select_from(MEMBERS)
    .where(MEMBERS.c.joined_on >= bindparam("first"), MEMBERS.c.joined_on <= bindparam("last"))
)
_DAY_OF_BIRTH = (MEMBERS.c.birth_month, MEMBERS.c.birth_day, MEMBERS.c.birth_calendar)
Index("members_by_birthday", *_DAY_OF_BIRTH, sqlite_where=MEMBERS.c.birth_month.is_not(None))
Index("members_by_joining", MEMBERS.c.joined_on)
_BORN = Prepared(
    select(*_DAY_OF_BIRTH, func.count())
    .where(MEMBERS.c.birth_month.is_not(None))
    .group_by(*_DAY_OF_BIRTH)
)


class StoredFigures:
    """Implements `core.ports.figures.Figures`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tickets(self, business_on: date) -> tuple[Ticket, ...]:
        """What was sold on a business date and stands, and what was given back on it."""
        rows = _TICKETS.all(self._connection, on=business_on.toordinal())
        return tuple(
            Ticket(at_us, fen, bool(is_members), bool(is_sale), points)
            for at_us, fen, is_members, is_sale, points in rows
        )

    def sold(self, business_on: date) -> tuple[SoldRow, ...]:
        """The tickets one by one, the newest first."""
        rows = _SOLD_ROWS.all(self._connection, on=business_on.toordinal())
        return tuple(
            SoldRow(at_us, no, member, staff_no, fen, points, bool(is_sale))
            for at_us, no, member, staff_no, fen, points, is_sale in rows
        )

    def came_back(self, first: date, last: date, *, most: int) -> tuple[tuple[date, SoldRow], ...]:
        """The returns of these business dates with their date, the newest first."""
        given = {"first": first.toordinal(), "last": last.toordinal(), "most": most}
        return tuple(
            (date.fromordinal(on), SoldRow(at_us, no, member, staff_no, fen, points, is_sale=False))
            for on, at_us, no, member, staff_no, fen, points in _CAME_BACK.all(
                self._connection, **given
            )
        )

    def joined_rows(self, first: date, last: date, *, most: int) -> tuple[JoinedRow, ...]:
        """Who joined from one business date to another, the newest first."""
        given = {"first": first.toordinal(), "last": last.toordinal(), "most": most}
        rows = _JOINED_ROWS.all(self._connection, **given)
        return tuple(
            JoinedRow(date.fromordinal(on), card, name, phone, tier, UUID(bytes=ident))
            for on, card, name, phone, tier, ident in rows
        )

    def points_used(self, business_on: date) -> int:
        """Points that paid for sales of that date which stand."""
        row = _POINTS_USED.one(self._connection, on=business_on.toordinal())
        return row[0] if row else 0

    def joined(self, first: date, last: date) -> int:
        """How many members joined from one business date to another, both inclusive."""
        row = _JOINED.one(self._connection, first=first.toordinal(), last=last.toordinal())
        return row[0] if row else 0

    def born(self) -> Sequence[Born]:
        """All birthdays that members have; the year is left out."""
        return [
            Born(birthday, members)
            for month, day, calendar, members in _BORN.all(self._connection)
            if (birthday := birthday_of((month, day, None, calendar))) is not None
        ]

    def celebrating(
        self, birthdays: Collection[Birthday], *, since: date, most: int
    ) -> tuple[Celebrating, ...]:
        """Members with one of these birthdays, those first who spent most since a day."""
        if not birthdays:
            return ()
        spent = (
            select(func.coalesce(func.sum(SALES.c.spend_fen), 0))
            .where(SALES.c.member_id == MEMBERS.c.id, SALES.c.business_on >= since.toordinal())
            .scalar_subquery()
        )
        found = Prepared(
            select(
                MEMBERS.c.id,
                MEMBERS.c.card_no,
                MEMBERS.c.name,
                MEMBERS.c.tier,
                MEMBERS.c.birth_month,
                MEMBERS.c.birth_day,
                MEMBERS.c.birth_calendar,
                spent.label("spent"),
            )
            .where(or_(*map(_is_born, birthdays)))
            .order_by(spent.desc(), MEMBERS.c.card_no)
            .limit(most)
        ).all(self._connection)
        return tuple(
            Celebrating(UUID(bytes=row[0]), row[1], row[2], row[3], birthday, row[7])
            for row in found
            if (birthday := birthday_of((row[4], row[5], None, row[6]))) is not None
        )

    def bought(self, member_id: UUID, *, since: date) -> tuple[BoughtRow, ...]:
        """What a member, and whoever became them, bought and gave back, the newest first."""
        given = {"member": member_id.bytes, "since": since.toordinal()}
        rows = _BOUGHT.all(self._connection, **given)
        return tuple(
            BoughtRow(date.fromordinal(on), no, goods, kinds, fen, points, bool(is_sale))
            for on, _, no, goods, kinds, fen, points, is_sale in rows
        )


def _is_born(birthday: Birthday) -> ColumnElement[bool]:
    month, day, _, calendar = birthday_row(birthday)
    return and_(
        MEMBERS.c.birth_month == month,
        MEMBERS.c.birth_day == day,
        MEMBERS.c.birth_calendar == calendar,
    )
