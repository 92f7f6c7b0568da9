"""等级变化: each change of a member's tier with its cause and its figures; kept for ever."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, insert, select

from core.members.tiers import TierChange
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

keep_for_ever(TIER_CHANGES)
_INSERT = Prepared(insert(TIER_CHANGES))
_OF_MEMBER = Prepared(
    select(*(column for column in TIER_CHANGES.c if column.name != "n"))
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


def tier_changes(connection: Connection, member_id: UUID) -> tuple[TierChange, ...]:
    """All changes of a member's tier, in their order."""
    return tuple(map(_change_of, _OF_MEMBER.all(connection, member=member_id.bytes)))


def _change_of(row: tuple[Any, ...]) -> TierChange:
    member, cause, sale, day, at_us, business_on, before, after, until, until_after, spend = row
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
    )
