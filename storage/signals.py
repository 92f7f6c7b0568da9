"""信号的事实: what rules of signals are put to; straight SQL: a day, or few members, at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, bindparam, func, select

from core.members.profile import ADDRESS
from core.trust.signals import Evidence, Undone, What
from storage.cases import CASE_STEPS
from storage.columns import Connection, Prepared, uuid_or_none
from storage.days import DAYS
from storage.deeds import CORRECTIONS
from storage.ledger import BALANCES, MEMBER_POINTS
from storage.members import MEMBER_KEYS, MEMBERS
from storage.profiles import MEMBER_PROFILES
from storage.redemptions import REDEMPTIONS, UNDONE
from storage.return_tables import RETURNS
from storage.sales import OWN_SALES, SALES, VOIDS
from storage.search_keys import MemberKey, phone_key
from storage.shifts import SHIFTS

Index("redemptions_by_day", REDEMPTIONS.c.business_on)
Index("corrections_by_day", CORRECTIONS.c.business_on)
Index("returns_by_day", RETURNS.c.business_on)
Index("voids_by_day", VOIDS.c.business_on)

_SALE = [
    SALES.c.id,
    SALES.c.at_us,
    SALES.c.no,
    SALES.c.member_id,
    SALES.c.staff_no,
    SALES.c.points,
    SALES.c.payable_fen,
]
_STANDING = (
    select(*_SALE)
    .outerjoin_from(SALES, VOIDS, VOIDS.c.sale_id == SALES.c.id)
    .where(VOIDS.c.n.is_(None), OWN_SALES)
)
_SOLD = Prepared(_STANDING.where(SALES.c.business_on == bindparam("on")).order_by(SALES.c.n))
_EARNED = Prepared(
    _STANDING.where(
        SALES.c.member_id == bindparam("member"),
        SALES.c.business_on >= bindparam("first"),
        SALES.c.business_on <= bindparam("last"),
        SALES.c.points > 0,
    ).order_by(SALES.c.n)
)
_SHIFTS = Prepared(
    select(SHIFTS.c.opened_by, func.count())
    .join_from(DAYS, SHIFTS, SHIFTS.c.day_id == DAYS.c.id)
    .where(DAYS.c.business_on >= bindparam("first"), DAYS.c.business_on <= bindparam("last"))
    .group_by(SHIFTS.c.opened_by)
)
_RETURNED = Prepared(
    select(
        RETURNS.c.id,
        RETURNS.c.at_us,
        RETURNS.c.no,
        RETURNS.c.member_id,
        RETURNS.c.staff_no,
        RETURNS.c.points,
        RETURNS.c.back_fen,
        *_SALE,
    )
    .join_from(RETURNS, SALES, SALES.c.id == RETURNS.c.sale_id)
    .where(RETURNS.c.business_on == bindparam("on"), RETURNS.c.member_id.is_not(None), OWN_SALES)
    .order_by(RETURNS.c.n)
)
_VOIDED = Prepared(
    select(
        VOIDS.c.id,
        VOIDS.c.at_us,
        SALES.c.no,
        VOIDS.c.member_id,
        VOIDS.c.staff_no,
        VOIDS.c.points,
        SALES.c.payable_fen,
        *_SALE,
    )
    .join_from(VOIDS, SALES, SALES.c.id == VOIDS.c.sale_id)
    .where(VOIDS.c.business_on == bindparam("on"), VOIDS.c.member_id.is_not(None), OWN_SALES)
    .order_by(VOIDS.c.n)
)
_REWARD = (
    select(
        REDEMPTIONS.c.id,
        REDEMPTIONS.c.at_us,
        REDEMPTIONS.c.no,
        REDEMPTIONS.c.member_id,
        REDEMPTIONS.c.staff_no,
        REDEMPTIONS.c.points,
    )
    .outerjoin_from(REDEMPTIONS, UNDONE, UNDONE.c.redemption_id == REDEMPTIONS.c.id)
    .where(UNDONE.c.redemption_id.is_(None))
    .order_by(REDEMPTIONS.c.n)
)
_REDEEMED = Prepared(_REWARD.where(REDEMPTIONS.c.business_on == bindparam("on")))
_REDEEMED_BY = Prepared(
    _REWARD.where(
        REDEMPTIONS.c.member_id == bindparam("member"), REDEMPTIONS.c.at_us >= bindparam("since")
    )
)
_CORRECTED = Prepared(
    select(
        CORRECTIONS.c.id,
        CORRECTIONS.c.at_us,
        CORRECTIONS.c.member_id,
        CORRECTIONS.c.staff_no,
        CORRECTIONS.c.points,
    )
    .where(
        CORRECTIONS.c.business_on >= bindparam("first"),
        CORRECTIONS.c.business_on <= bindparam("last"),
        CORRECTIONS.c.approved_by == CORRECTIONS.c.staff_no,
        CORRECTIONS.c.id.not_in(select(CASE_STEPS.c.id)),
    )
    .order_by(CORRECTIONS.c.n)
)
_JOINED_PHONES = Prepared(
    select(MEMBERS.c.phone)
    .where(
        MEMBERS.c.joined_on == bindparam("on"),
        MEMBERS.c.phone.is_not(None),
        MEMBERS.c.import_id.is_(None),
    )
    .distinct()
)
_PHONE = Prepared(select(MEMBERS.c.phone).where(MEMBERS.c.id == bindparam("member")))
_WITH_PHONE = Prepared(
    select(MEMBERS.c.id, MEMBERS.c.joined_on, func.coalesce(BALANCES.c.points, 0))
    .join_from(MEMBER_KEYS, MEMBERS, MEMBERS.c.n == MEMBER_KEYS.c.n)
    .outerjoin(
        BALANCES, (BALANCES.c.member_id == MEMBERS.c.id) & (BALANCES.c.kind == MEMBER_POINTS)
    )
    .where(
        MEMBER_KEYS.c.kind == int(MemberKey.PHONE),
        MEMBER_KEYS.c.key == bindparam("key"),
        MEMBERS.c.phone == bindparam("said"),
    )
    .order_by(MEMBERS.c.joined_on, MEMBERS.c.n)
)
_IS_ADDRESS = MEMBER_PROFILES.c.field == ADDRESS
_AT = select(MEMBER_PROFILES.c.value).where(_IS_ADDRESS)
_ADDRESS = Prepared(_AT.where(MEMBER_PROFILES.c.member_id == bindparam("member")))
_JOINED_AT = Prepared(
    _AT.join(MEMBERS, MEMBERS.c.id == MEMBER_PROFILES.c.member_id)
    .where(MEMBERS.c.joined_on == bindparam("on"), MEMBERS.c.import_id.is_(None))
    .distinct()
)
_WITH_ADDRESS = Prepared(
    select(MEMBERS.c.id, MEMBERS.c.joined_on, func.coalesce(BALANCES.c.points, 0))
    .join_from(MEMBER_PROFILES, MEMBERS, MEMBERS.c.id == MEMBER_PROFILES.c.member_id)
    .outerjoin(
        BALANCES, (BALANCES.c.member_id == MEMBERS.c.id) & (BALANCES.c.kind == MEMBER_POINTS)
    )
    .where(_IS_ADDRESS, MEMBER_PROFILES.c.value == bindparam("said"))
    .order_by(MEMBERS.c.joined_on, MEMBERS.c.n)
)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = 86_400_000_000


class StoredSignalFacts:
    """Implements `core.ports.cases.SignalFacts`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sold(self, on: date) -> tuple[Evidence, ...]:
        """All sales of a business date that stand."""
        rows = _SOLD.all(self._connection, on=on.toordinal())
        return tuple(_paper(What.SALE, row) for row in rows)

    def earned(self, members: Collection[UUID], *, first: date, last: date) -> tuple[Evidence, ...]:
        """Their sales with points between business dates, both inclusive, that stand."""
        given = {"first": first.toordinal(), "last": last.toordinal()}
        return tuple(
            _paper(What.SALE, row)
            for member in members
            for row in _EARNED.all(self._connection, member=member.bytes, **given)
        )

    def shifts(self, *, first: date, last: date) -> Mapping[int, int]:
        """How many shifts each person had, by number."""
        given = {"first": first.toordinal(), "last": last.toordinal()}
        return dict(_SHIFTS.all(self._connection, **given))

    def undone(self, on: date) -> tuple[Undone, ...]:
        """What members brought back on a business date, voids too."""
        given = {"on": on.toordinal()}
        returned = (_undone(What.RETURN, row) for row in _RETURNED.all(self._connection, **given))
        voided = (_undone(What.VOID, row) for row in _VOIDED.all(self._connection, **given))
        return (*returned, *voided)

    def redeemed(self, on: date) -> tuple[Evidence, ...]:
        """The rewards that went out on a business date, and stayed out."""
        rows = _REDEEMED.all(self._connection, on=on.toordinal())
        return tuple(_paper(What.REDEMPTION, row) for row in rows)

    def redeemed_by(self, members: Collection[UUID], *, since_us: int) -> tuple[Evidence, ...]:
        """Those of some members."""
        return tuple(
            _paper(What.REDEMPTION, row)
            for member in members
            for row in _REDEEMED_BY.all(self._connection, member=member.bytes, since=since_us)
        )

    def corrections(self, *, first: date, last: date) -> tuple[Evidence, ...]:
        """By hand and alone, between business dates; what a case decided is none."""
        given = {"first": first.toordinal(), "last": last.toordinal()}
        rows = _CORRECTED.all(self._connection, **given)
        return tuple(
            _paper(What.CORRECTION, (ident, at_us, "", *rest)) for ident, at_us, *rest in rows
        )

    def sharing(self, on: date, members: Collection[UUID]) -> Iterator[tuple[Evidence, ...]]:
        """Who has one phone, or one address, with somebody who joined at the counter that day or
        is among these; the eldest first.
        """
        looks = ((_JOINED_PHONES, _PHONE, _WITH_PHONE), (_JOINED_AT, _ADDRESS, _WITH_ADDRESS))
        for of_day, of_one, of_all in looks:
            rows = of_day.all(self._connection, on=on.toordinal())
            for member in members:
                rows += of_one.all(self._connection, member=member.bytes)
            for said in dict.fromkeys(said for (said,) in rows if said):
                yield self._with(of_all, said)

    def _with(self, look: Prepared, said: str) -> tuple[Evidence, ...]:
        rows = look.all(self._connection, key=phone_key(said), said=said)
        return tuple(
            Evidence(
                What.MEMBER,
                UUID(bytes=ident).hex,
                (joined - _EPOCH) * _DAY_US,
                member_id=UUID(bytes=ident),
                points=points,
            )
            for ident, joined, points in rows
        )


def _paper(what: What, row: Sequence[Any]) -> Evidence:
    ident, at_us, no, member, *rest = row
    return Evidence(what, UUID(bytes=ident).hex, at_us, no, uuid_or_none(member), *rest)


def _undone(what: What, row: Sequence[Any]) -> Undone:
    return Undone(_paper(what, row[:7]), _paper(What.SALE, row[7:]))
