"""会员: members, and the keys that find them.

`member_keys` is one tree ordered by (kind, key): a prefix is a range of it, so that a million
members answer as fast as ten thousand (speed.md 3). A phone is kept there without the country
code of the mainland, its last four digits once more.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    ScalarSelect,
    SmallInteger,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from core.errors import CardTaken
from core.members.member import Birthday, Member, MemberFile
from core.members.tiers import TierChange
from storage.birthday_columns import birthday_of, birthday_row
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    day_column,
    day_or_none,
    ordinal_or_none,
    uuid_column,
    uuid_or_none,
)
from storage.counters import take_number
from storage.engine import is_integrity_error
from storage.ledger import BALANCES, LEFT, LOTS, MEMBER_POINTS, NEVER
from storage.member_standing import (
    CARD_TERMS,
    FROZEN_MEMBERS,
    MEMBER_NOTES,
    MERGED_MEMBERS,
    StoredStandings,
)
from storage.mirror_tables import CONFIRMED
from storage.return_tables import RETURNS
from storage.sales import SALES, VOIDS
from storage.search_keys import MemberKey, member_keys, name_key, phone_key
from storage.tier_changes import add_tier_change, tier_changes
from storage.tier_figures import NET_SPEND
from storage.tier_standings import TIER_STANDINGS, tier_standing

MEMBERS = Table(
    "members",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("card_no", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("phone", String),
    Column("tier", String, nullable=False),
    day_column("joined_on", nullable=False),
    day_column("tier_until"),
    Column("birth_month", SmallInteger),
    Column("birth_day", SmallInteger),
    Column("birth_year", SmallInteger),
    Column("birth_calendar", SmallInteger, nullable=False),
    Column("import_id", LargeBinary(16)),
    Index("members_by_tier_end", "tier_until", sqlite_where=Column("tier_until").is_not(None)),
)

MEMBER_KEYS = Table(
    "member_keys",
    METADATA,
    Column("kind", SmallInteger, primary_key=True),
    Column("key", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)


FIELDS = (
    MEMBERS.c.id,
    MEMBERS.c.card_no,
    MEMBERS.c.name,
    MEMBERS.c.phone,
    MEMBERS.c.tier,
    MEMBERS.c.joined_on,
    MEMBERS.c.tier_until,
    MEMBERS.c.birth_month,
    MEMBERS.c.birth_day,
    MEMBERS.c.birth_year,
    MEMBERS.c.birth_calendar,
)


def _first_to_expire(what: ColumnElement[int]) -> ScalarSelect[int]:
    """Of the lots that expire first; their tree is in that order, so that one group is read."""
    its_lots = LOTS.c.member_id == MEMBERS.c.id, LOTS.c.expires_on < NEVER, LEFT > 0
    by_expiry = select(what).where(*its_lots).group_by(LOTS.c.expires_on)
    first = by_expiry.order_by(LOTS.c.expires_on).limit(1)
    return first.correlate(MEMBERS).scalar_subquery()


def _of_member(what: ColumnElement[Any], table: Table | None = None) -> ScalarSelect[Any]:
    """A column of one of the tables of standing, of the member of the row."""
    its = table if table is not None else cast(Column[Any], what).table
    chosen = select(what).where(its.c.member_id == MEMBERS.c.id)
    return chosen.correlate(MEMBERS).scalar_subquery()


def _spend_of_merged() -> ScalarSelect[int]:
    """What those spent who were merged into the member of the row, less what went back."""
    sold = (
        select(func.sum(NET_SPEND))
        .select_from(
            MERGED_MEMBERS.join(SALES, SALES.c.member_id == MERGED_MEMBERS.c.member_id).outerjoin(
                VOIDS, VOIDS.c.sale_id == SALES.c.id
            )
        )
        .where(MERGED_MEMBERS.c.into_id == MEMBERS.c.id, SALES.c.business_on >= bindparam("since"))
    )
    return sold.correlate(MEMBERS).scalar_subquery()


_FILE = select(
    *FIELDS,
    select(BALANCES.c.points)
    .where(BALANCES.c.member_id == MEMBERS.c.id, BALANCES.c.kind == MEMBER_POINTS)
    .correlate(MEMBERS)
    .scalar_subquery(),
    select(func.sum(SALES.c.spend_fen))
    .where(SALES.c.member_id == MEMBERS.c.id, SALES.c.business_on >= bindparam("since"))
    .correlate(MEMBERS)
    .scalar_subquery(),
    select(func.sum(VOIDS.c.spend_fen))
    .where(VOIDS.c.member_id == MEMBERS.c.id, VOIDS.c.sold_on >= bindparam("since"))
    .correlate(MEMBERS)
    .scalar_subquery(),
    select(func.sum(RETURNS.c.spend_fen))
    .where(RETURNS.c.member_id == MEMBERS.c.id, RETURNS.c.sold_on >= bindparam("since"))
    .correlate(MEMBERS)
    .scalar_subquery(),
    _first_to_expire(LOTS.c.expires_on),
    _first_to_expire(func.sum(LEFT)),
    _of_member(FROZEN_MEMBERS.c.reason),
    _of_member(MERGED_MEMBERS.c.into_id),
    _of_member(CARD_TERMS.c.until_on),
    _of_member(func.count(), MEMBER_NOTES),
    _spend_of_merged(),
    _of_member(func.count(), TIER_STANDINGS),
    _of_member(CONFIRMED.c.at_us),
).select_from(MEMBERS)
_IS_SOMEBODY = MEMBERS.c.name != literal_column("''")
"""Of who was erased a row is left, without a name."""
_FILE_BY_ID = Prepared(_FILE.where(MEMBERS.c.id == bindparam("id"), _IS_SOMEBODY))
_FILE_BY_CARD = Prepared(_FILE.where(MEMBERS.c.card_no == bindparam("card_no")))
_BY_ID = Prepared(select(*FIELDS).where(MEMBERS.c.id == bindparam("id"), _IS_SOMEBODY))
_BY_CARD = Prepared(select(*FIELDS).where(MEMBERS.c.card_no == bindparam("card_no")))
_CARDS_BETWEEN = Prepared(
    select(MEMBERS.c.card_no)
    .where(
        MEMBERS.c.card_no >= bindparam("first"),
        MEMBERS.c.card_no <= bindparam("last"),
        func.length(MEMBERS.c.card_no) == bindparam("length"),
    )
    .order_by(MEMBERS.c.card_no)
    .limit(bindparam("most"))
)
_BY_PHONE = Prepared(
    select(*FIELDS)
    .join_from(MEMBER_KEYS, MEMBERS, MEMBERS.c.n == MEMBER_KEYS.c.n)
    .where(
        MEMBER_KEYS.c.kind == int(MemberKey.PHONE),
        MEMBER_KEYS.c.key == bindparam("key"),
        MEMBERS.c.phone == bindparam("phone"),
    )
    .order_by(MEMBERS.c.joined_on, MEMBERS.c.n)
)
_YEAR = bindparam("year", type_=Integer)
_NAMESAKES = Prepared(
    select(*FIELDS)
    .join_from(MEMBER_KEYS, MEMBERS, MEMBERS.c.n == MEMBER_KEYS.c.n)
    .where(
        MEMBER_KEYS.c.kind == int(MemberKey.NAME),
        MEMBER_KEYS.c.key == bindparam("key"),
        MEMBERS.c.birth_month == bindparam("month"),
        MEMBERS.c.birth_day == bindparam("day"),
        MEMBERS.c.birth_calendar == bindparam("calendar"),
        or_(MEMBERS.c.birth_year == _YEAR, MEMBERS.c.birth_year.is_(None), _YEAR.is_(None)),
    )
    .order_by(MEMBERS.c.joined_on, MEMBERS.c.n)
)
INSERT_MEMBER = Prepared(insert(MEMBERS))
INSERT_KEY = Prepared(insert(MEMBER_KEYS))
_SET_CARD = Prepared(
    update(MEMBERS).where(MEMBERS.c.id == bindparam("of")).values(card_no=bindparam("card_no"))
)
_SET_BIRTHDAY = Prepared(
    update(MEMBERS)
    .where(MEMBERS.c.id == bindparam("of"))
    .values(
        birth_month=bindparam("month"),
        birth_day=bindparam("day"),
        birth_year=bindparam("year"),
        birth_calendar=bindparam("calendar"),
    )
)
_HIDE = Prepared(
    delete(MEMBER_KEYS).where(
        MEMBER_KEYS.c.kind.in_([literal_column(str(int(kind))) for kind in MemberKey]),
        MEMBER_KEYS.c.n
        == select(MEMBERS.c.n).where(MEMBERS.c.id == bindparam("of")).scalar_subquery(),
    )
)
_LAST_N = Prepared(select(func.max(MEMBERS.c.n)))
_SET_TIER = Prepared(
    update(MEMBERS)
    .where(MEMBERS.c.id == bindparam("of"))
    .values(tier=bindparam("tier"), tier_until=bindparam("tier_until"))
)
_END_PERIOD = Prepared(
    update(MEMBERS).where(MEMBERS.c.id == bindparam("of")).values(tier_until=None)
)


class StoredMembers:
    """Implements `core.ports.Members`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, member_id: UUID) -> Member | None:
        """The member of this id."""
        row = _BY_ID.one(self._connection, id=member_id.bytes)
        return None if row is None else member_of(row)

    def by_card(self, card_no: str) -> Member | None:
        """The member of this card."""
        row = _BY_CARD.one(self._connection, card_no=card_no)
        return None if row is None else member_of(row)

    def cards_between(self, first: str, last: str, *, limit: int) -> tuple[str, ...]:
        """Card numbers of the length of both ends, from one to the other, in order."""
        if len(first) != len(last):
            return ()
        rows = _CARDS_BETWEEN.all(
            self._connection, first=first, last=last, length=len(first), most=limit
        )
        return tuple(card_no for (card_no,) in rows)

    def by_phone(self, phone: str) -> tuple[Member, ...]:
        """All members of an E.164 phone, oldest first."""
        rows = _BY_PHONE.all(self._connection, key=phone_key(phone), phone=phone)
        return tuple(member_of(row) for row in rows)

    def namesakes(self, name: str, born: Birthday) -> tuple[Member, ...]:
        """Members of this name and birthday, oldest first; a year counts where both have one."""
        month, day, year, calendar = birthday_row(born)
        rows = _NAMESAKES.all(
            self._connection,
            key=name_key(name),
            month=month,
            day=day,
            year=year,
            calendar=calendar,
        )
        return tuple(member_of(row) for row in rows)

    def file(self, member_id: UUID, *, spend_since: date) -> MemberFile | None:
        """What the counter shows, in one statement."""
        since = spend_since.toordinal()
        return self._file(_FILE_BY_ID.one(self._connection, id=member_id.bytes, since=since))

    def file_by_card(self, card_no: str, *, spend_since: date) -> MemberFile | None:
        """The same by card."""
        since = spend_since.toordinal()
        return self._file(_FILE_BY_CARD.one(self._connection, card_no=card_no, since=since))

    def _file(self, row: tuple[Any, ...] | None) -> MemberFile | None:
        if row is None:
            return None
        points, spend, voided, returned, expiring_on, expiring_points = row[11:17]
        frozen_for, merged_into, card_until, notes, merged_spend = row[17:22]
        held, fallen = tier_standing(self._connection, row[0]) if row[22] else (None, None)
        member = member_of(row[:11])
        return MemberFile(
            member=member,
            points=points or 0,
            spend_fen=(spend or 0) - (voided or 0) - (returned or 0) + (merged_spend or 0),
            expiring_points=expiring_points or 0,
            expiring_on=day_or_none(expiring_on),
            frozen_for=frozen_for,
            merged_into=uuid_or_none(merged_into),
            card_until=day_or_none(card_until),
            notes=StoredStandings(self._connection).notes(member.id) if notes else (),
            held=held,
            fallen=fallen,
            told_us=row[23],
        )

    def set_birthday(self, member_id: UUID, birthday: Birthday) -> None:
        """Another birthday."""
        month, day, year, calendar = birthday_row(birthday)
        born = {"month": month, "day": day, "year": year, "calendar": calendar}
        _SET_BIRTHDAY.run(self._connection, of=member_id.bytes, **born)

    def set_card(self, member_id: UUID, card_no: str) -> None:
        """Another card; raises CardTaken."""
        try:
            _SET_CARD.run(self._connection, of=member_id.bytes, card_no=card_no)
        except Exception as error:
            if is_integrity_error(error):
                raise CardTaken(card_no) from error
            raise

    def hide(self, member_id: UUID) -> None:
        """Nobody finds this one by name or phone any more; the card still does."""
        _HIDE.run(self._connection, of=member_id.bytes)

    def add(self, member: Member) -> None:
        """A new member; raises CardTaken."""
        row = _LAST_N.one(self._connection)
        n = (row[0] or 0 if row else 0) + 1
        try:
            self._connection.execute(INSERT_MEMBER.sql, (n, *member_row(member), None))
        except Exception as error:
            if is_integrity_error(error) and "card_no" in str(error):
                raise CardTaken(member.card_no) from error
            raise
        INSERT_KEY.many(self._connection, [(k, key, n) for k, key in sorted(keys_of(member))])

    def change_tier(self, change: TierChange) -> None:
        """Give another tier, and keep that it was given."""
        until = ordinal_or_none(change.until_after)
        of = change.member_id.bytes
        _SET_TIER.run(self._connection, of=of, tier=change.after, tier_until=until)
        add_tier_change(self._connection, change)

    def end_period(self, member_id: UUID) -> None:
        """The tier has no last day any more."""
        _END_PERIOD.run(self._connection, of=member_id.bytes, tier_until=None)

    def tier_changes(self, member_id: UUID) -> tuple[TierChange, ...]:
        """All changes of a member's tier, in their order."""
        return tier_changes(self._connection, member_id)

    def next_number(self) -> int:
        """A running number for a card issued here; each is given out once."""
        return take_number(self._connection, "card")


def member_of(row: tuple[Any, ...]) -> Member:
    """The member of a row of `FIELDS`."""
    ident, card_no, name, phone, tier, joined_on, tier_until, month, day, year, calendar = row
    return Member(
        id=UUID(bytes=ident),
        card_no=card_no,
        name=name,
        tier=tier,
        joined_on=date.fromordinal(joined_on),
        phone=phone,
        birthday=birthday_of((month, day, year, calendar)),
        tier_until=day_or_none(tier_until),
    )


def member_row(member: Member) -> tuple[Any, ...]:
    """The row of `FIELDS` of a member."""
    return (
        member.id.bytes,
        member.card_no,
        member.name,
        member.phone,
        member.tier,
        member.joined_on.toordinal(),
        ordinal_or_none(member.tier_until),
        *birthday_row(member.birthday),
    )


def keys_of(member: Member) -> tuple[tuple[int, str], ...]:
    """All keys that find this member."""
    return member_keys(member.name, member.phone)
