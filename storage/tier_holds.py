"""持有的等级: cards that were bought, tiers that were granted, and how they ended; for ever."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    union_all,
)

from core.members.benefits import BenefitUse
from core.members.held_tiers import GRANTED, FallenTier, HeldTier, HoldEnd, TierHold
from core.members.tiers import CountedSale
from storage.benefit_uses import add_benefit_use, benefit_uses, return_benefit_use
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    bytes_or_none,
    day_column,
    day_or_none,
    keep_for_ever,
    ordinal_or_none,
    uuid_column,
    uuid_or_none,
)
from storage.member_standing import MERGED_MEMBERS
from storage.members import MEMBERS
from storage.tier_figures import (
    COUNTED,
    COUNTED_PAYABLE,
    ELSEWHERE,
    ELSEWHERE_PAYABLE,
    IS_ELSEWHERE,
)
from storage.tier_standings import TIER_STANDINGS, set_fallen, set_held, told_of_fall

TIER_HOLDS = Table(
    "tier_holds",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    uuid_column("member_id", nullable=False),
    Column("tier", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("approved_by", Integer, nullable=False),
    Column("months", SmallInteger, nullable=False),
    day_column("until_on"),
    uuid_column("sale_id"),
    Column("line_no", SmallInteger, nullable=False),
    Column("reason", String, nullable=False),
    Index("tier_holds_of_member", "member_id"),
    Index("tier_holds_of_sale", "sale_id", sqlite_where=Column("sale_id").is_not(None)),
)

TIER_HOLD_ENDS = Table(
    "tier_hold_ends",
    METADATA,
    uuid_column("hold_id", primary_key=True),
    Column("cause", String, nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    sqlite_with_rowid=False,
)

keep_for_ever(TIER_HOLDS, emptied="reason")
keep_for_ever(TIER_HOLD_ENDS)

_INSERT = Prepared(insert(TIER_HOLDS))
_END = Prepared(insert(TIER_HOLD_ENDS))
_BEFORE = bindparam("before", type_=Integer)
_ALL = (
    select(
        *(column for column in TIER_HOLDS.c if column.name != "n"),
        *(column for column in TIER_HOLD_ENDS.c),
    )
    .select_from(TIER_HOLDS.outerjoin(TIER_HOLD_ENDS, TIER_HOLD_ENDS.c.hold_id == TIER_HOLDS.c.id))
    .order_by(TIER_HOLDS.c.n)
)
_MERGED = select(MERGED_MEMBERS.c.member_id).where(MERGED_MEMBERS.c.into_id == bindparam("member"))
_OF_MEMBER = Prepared(
    _ALL.where(
        or_(TIER_HOLDS.c.member_id == bindparam("member"), TIER_HOLDS.c.member_id.in_(_MERGED))
    )
)
_OF_SALE = Prepared(
    _ALL.where(TIER_HOLDS.c.sale_id == bindparam("sale"), TIER_HOLD_ENDS.c.hold_id.is_(None))
)


_GONE = select(MERGED_MEMBERS.c.member_id)
_BY_FIGURES = Prepared(
    select(MEMBERS.c.id, MEMBERS.c.tier_until)
    .where(MEMBERS.c.tier_until < bindparam("before"), MEMBERS.c.id.not_in(_GONE))
    .order_by(MEMBERS.c.tier_until)
    .limit(bindparam("most"))
)
_BY_HOLD = Prepared(
    select(TIER_STANDINGS.c.member_id, TIER_STANDINGS.c.held_until)
    .where(
        TIER_STANDINGS.c.held_until
        < case((TIER_STANDINGS.c.held_by == GRANTED, bindparam("granted")), else_=_BEFORE),
        # said once more, so that the index finds the first of them
        TIER_STANDINGS.c.held_until < func.max(_BEFORE, bindparam("granted")),
        TIER_STANDINGS.c.member_id.not_in(_GONE),
    )
    .order_by(TIER_STANDINGS.c.held_until)
    .limit(bindparam("most"))
)


_STANDING = union_all(
    select(MEMBERS.c.tier, MEMBERS.c.id.label("member_id")),
    select(TIER_STANDINGS.c.held_tier, TIER_STANDINGS.c.member_id).where(
        TIER_STANDINGS.c.held_tier.is_not(None)
    ),
).subquery()
_HOW_MANY = Prepared(
    select(_STANDING.c.tier, func.count(_STANDING.c.member_id.distinct()))
    .where(_STANDING.c.member_id.not_in(_GONE))
    .group_by(_STANDING.c.tier)
)


class StoredTiers:
    """Implements `core.ports.tiers.Tiers`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counted(
        self, member_id: UUID, *, since: date = date.min, is_payable: bool = False
    ) -> tuple[CountedSale, ...]:
        """What counts of the sales since that date, in their order; also of who was merged.

        Those of other tills of the chain too, as far as head office has told of them.
        """
        given = {"member": member_id.bytes, "since": since.toordinal()}
        here = COUNTED_PAYABLE if is_payable else COUNTED
        there = ELSEWHERE_PAYABLE if is_payable else ELSEWHERE
        rows = here.all(self._connection, **given)
        if elsewhere := there.all(self._connection, **given):
            rows = sorted([*rows, *elsewhere], key=itemgetter(1))
        return tuple(
            CountedSale(UUID(bytes=sale), date.fromordinal(on), money, points)
            for sale, on, money, points in rows
        )

    def is_elsewhere(self, member_id: UUID) -> bool:
        """Whether other tills of the chain sold to this member."""
        return IS_ELSEWHERE.one(self._connection, member=member_id.bytes) is not None

    def holds(self, member_id: UUID) -> tuple[TierHold, ...]:
        """Cards and grants that were not ended, in their order; also of who was merged."""
        return tuple(hold for hold, end in self.all_holds(member_id) if end is None)

    def all_holds(self, member_id: UUID) -> tuple[tuple[TierHold, HoldEnd | None], ...]:
        """All there ever were, with how they ended."""
        rows = _OF_MEMBER.all(self._connection, member=member_id.bytes)
        return tuple((_hold_of(row), _end_of(row)) for row in rows)

    def holds_of_sale(self, sale_id: UUID) -> tuple[TierHold, ...]:
        """Cards of a sale that were not ended."""
        return tuple(map(_hold_of, _OF_SALE.all(self._connection, sale=sale_id.bytes)))

    def add_hold(self, hold: TierHold) -> None:
        """One more."""
        self._connection.execute(
            _INSERT.sql,
            (
                None,
                hold.id.bytes,
                hold.member_id.bytes,
                hold.tier,
                hold.cause,
                hold.at_us,
                hold.business_on.toordinal(),
                hold.staff_no,
                hold.approved_by,
                hold.months,
                ordinal_or_none(hold.until),
                bytes_or_none(hold.sale_id),
                hold.line_no,
                hold.reason,
            ),
        )

    def end_hold(self, end: HoldEnd) -> None:
        """It holds no longer."""
        row = (end.hold_id.bytes, end.cause, end.at_us, end.business_on.toordinal(), end.staff_no)
        self._connection.execute(_END.sql, row)

    def how_many(self) -> dict[str, int]:
        """Members by the code of a tier that their figures, a card or a person gave them."""
        return dict(_HOW_MANY.all(self._connection))

    def stand(self, member_id: UUID, held: HeldTier | None) -> None:
        """What a card or a person gives now: what `holds` come to."""
        set_held(self._connection, member_id, held)

    def fell(self, member_id: UUID, fallen: FallenTier) -> None:
        """What was lost; the next visit hears it."""
        set_fallen(self._connection, member_id, fallen)

    def told(self, member_id: UUID) -> None:
        """It was said at the counter."""
        told_of_fall(self._connection, member_id)

    def uses(self, member_id: UUID, *, since: date) -> tuple[BenefitUse, ...]:
        """Benefits that were used since that date and not given back; also of who was merged."""
        return benefit_uses(self._connection, member_id, since)

    def use(self, use: BenefitUse) -> None:
        """Once more."""
        add_benefit_use(self._connection, use)

    def give_back(self, use_id: UUID, *, at_us: int, business_on: date, staff_no: int) -> None:
        """It was not used after all."""
        return_benefit_use(
            self._connection, use_id, at_us=at_us, business_on=business_on, staff_no=staff_no
        )

    def ending(self, *, before: date, granted_before: date, limit: int) -> tuple[UUID, ...]:
        """Whose tier, or whose grant, has its last day before that date; the earliest first."""
        until = {"before": before.toordinal(), "most": limit}
        granted = granted_before.toordinal()
        rows = _BY_FIGURES.all(self._connection, **until)
        rows += _BY_HOLD.all(self._connection, **until, granted=granted)
        rows.sort(key=lambda row: row[1])
        return tuple({UUID(bytes=row[0]): None for row in rows})


def _hold_of(row: tuple[Any, ...]) -> TierHold:
    ident, member, tier, cause, at_us, on, staff_no, approved_by = row[:8]
    months, until, sale, line_no, reason = row[8:13]
    return TierHold(
        id=UUID(bytes=ident),
        member_id=UUID(bytes=member),
        tier=tier,
        cause=cause,
        at_us=at_us,
        business_on=date.fromordinal(on),
        staff_no=staff_no,
        approved_by=approved_by,
        months=months,
        until=day_or_none(until),
        sale_id=uuid_or_none(sale),
        line_no=line_no,
        reason=reason,
    )


def _end_of(row: tuple[Any, ...]) -> HoldEnd | None:
    hold, cause, at_us, on, staff_no = row[13:]
    if hold is None:
        return None
    return HoldEnd(UUID(bytes=hold), cause, at_us, date.fromordinal(on), staff_no)
