"""等级现状: what of cards, grants and falls the counter has to know of a member, in one row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from core.members.held_tiers import FallenTier, HeldTier
from storage.columns import METADATA, Connection, Prepared, day_column, uuid_column

TIER_STANDINGS = Table(
    "tier_standings",
    METADATA,
    uuid_column("member_id", primary_key=True),
    Column("held_tier", String),
    day_column("held_until"),
    Column("held_by", String),
    Column("fallen_from", String),
    day_column("fallen_on"),
    Index("tier_standings_ending", "held_until", sqlite_where=Column("held_until").is_not(None)),
    sqlite_with_rowid=False,
)
_STANDING = Prepared(
    select(*(column for column in TIER_STANDINGS.c if column.name != "member_id")).where(
        TIER_STANDINGS.c.member_id == bindparam("member")
    )
)


def _setting(*names: str) -> Prepared:
    statement = upsert(TIER_STANDINGS).values(
        member_id=bindparam("member"), **{name: bindparam(name) for name in names}
    )
    new = {name: statement.excluded[name] for name in names}
    return Prepared(statement.on_conflict_do_update(index_elements=["member_id"], set_=new))


_HOLD = _setting("held_tier", "held_until", "held_by")
_FALL = _setting("fallen_from", "fallen_on")
_TOLD = Prepared(
    update(TIER_STANDINGS)
    .where(TIER_STANDINGS.c.member_id == bindparam("of"))
    .values(fallen_from=None, fallen_on=None)
)


def set_held(connection: Connection, member_id: UUID, held: HeldTier | None) -> None:
    """What a card or a person gives now."""
    _HOLD.run(
        connection,
        member=member_id.bytes,
        held_tier=held.tier if held else None,
        held_until=held.until.toordinal() if held else None,
        held_by=held.cause if held else None,
    )


def set_fallen(connection: Connection, member_id: UUID, fallen: FallenTier) -> None:
    """What was lost; the next visit hears it."""
    on = fallen.on.toordinal()
    _FALL.run(connection, member=member_id.bytes, fallen_from=fallen.tier, fallen_on=on)


def told_of_fall(connection: Connection, member_id: UUID) -> None:
    """It was said at the counter."""
    _TOLD.run(connection, of=member_id.bytes, fallen_from=None, fallen_on=None)


def tier_standing(
    connection: Connection, member_id: bytes
) -> tuple[HeldTier | None, FallenTier | None]:
    """What a card or a person gives, and what was lost and not told yet."""
    row = _STANDING.one(connection, member=member_id)
    if row is None:
        return None, None
    tier, until, cause, lost, lost_on = row
    held = None if tier is None else HeldTier(tier, date.fromordinal(until), cause)
    return held, None if lost is None else FallenTier(lost, date.fromordinal(lost_on))
