"""等级变化: each change of a member's tier with its cause and its figures; kept for ever."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, func, insert, select

from core.members.tiers import Figures, Measured, TierChange
from storage.columns import (
    METADATA,
    Connection,
    Prepared,
    day_column,
    day_or_none,
    keep_for_ever,
    ordinal_or_none,
    uuid_column,
)

TIER_CHANGES = Table(
    "tier_changes",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("member_id", nullable=False),
    Column("cause", String, nullable=False),
    uuid_column("sale_id", nullable=False),
    uuid_column("day_id", nullable=False),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("tier_before", String, nullable=False),
    Column("tier_after", String, nullable=False),
    day_column("until_before"),
    day_column("until_after"),
    Column("spend_fen", Integer, nullable=False),
    Index("tier_changes_of_member", "member_id", "day_id"),
)

TIER_MEASURES = Table(
    "tier_measures",
    METADATA,
    Column("change_n", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("measure", Integer, nullable=False),
    Column("spend_fen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("purchases", Integer, nullable=False),
    day_column("last_on"),
)
"""依据: the figures of a change that spend alone does not explain."""

keep_for_ever(TIER_CHANGES)
keep_for_ever(TIER_MEASURES)
_INSERT = Prepared(insert(TIER_CHANGES))
_MEASURE = Prepared(insert(TIER_MEASURES))
_LAST_N = Prepared(select(func.max(TIER_CHANGES.c.n)))
_OF_MEMBER = Prepared(
    select(
        *(column for column in TIER_CHANGES.c if column.name != "n"),
        *(column for column in TIER_MEASURES.c if column.name != "change_n"),
    )
    .outerjoin_from(TIER_CHANGES, TIER_MEASURES, TIER_MEASURES.c.change_n == TIER_CHANGES.c.n)
    .where(TIER_CHANGES.c.member_id == bindparam("member"))
    .order_by(TIER_CHANGES.c.n)
)


def add_tier_change(connection: Connection, change: TierChange) -> None:
    """One more."""
    connection.execute(
        _INSERT.sql,
        (
            None,
            change.member_id.bytes,
            change.cause,
            change.sale_id.bytes,
            change.day_id.bytes,
            change.at_us,
            change.business_on.toordinal(),
            change.before,
            change.after,
            ordinal_or_none(change.until_before),
            ordinal_or_none(change.until_after),
            change.spend_fen,
        ),
    )
    if change.measured is not None:
        last = _LAST_N.one(connection)
        assert last is not None, "the change that was just written"
        connection.execute(_MEASURE.sql, (last[0], *_measure_row(change.measured)))


def _measure_row(measured: Measured) -> tuple[Any, ...]:
    done = measured.figures
    last_on = ordinal_or_none(done.last_on)
    return measured.kind, measured.measure, done.spend_fen, done.points, done.purchases, last_on


def tier_changes(connection: Connection, member_id: UUID) -> tuple[TierChange, ...]:
    """All changes of a member's tier, in their order."""
    return tuple(map(_change_of, _OF_MEMBER.all(connection, member=member_id.bytes)))


def _change_of(row: tuple[Any, ...]) -> TierChange:
    member, cause, sale, day, at_us, business_on, before, after, until, until_after, spend = row[
        :11
    ]
    return TierChange(
        member_id=UUID(bytes=member),
        cause=cause,
        sale_id=UUID(bytes=sale),
        day_id=UUID(bytes=day),
        at_us=at_us,
        business_on=date.fromordinal(business_on),
        before=before,
        after=after,
        until_before=day_or_none(until),
        until_after=day_or_none(until_after),
        spend_fen=spend,
        measured=_measured_of(row[11:]),
    )


def _measured_of(row: tuple[Any, ...]) -> Measured | None:
    kind, measure, spend_fen, points, purchases, last_on = row
    if kind is None:
        return None
    return Measured(kind, measure, Figures(spend_fen, points, purchases, day_or_none(last_on)))
