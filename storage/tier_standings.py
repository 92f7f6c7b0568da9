"""等级现状: what of cards, grants and falls the counter has to know of a member, in one row."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, bindparam, update
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
STANDING = (
    TIER_STANDINGS.c.held_tier,
    TIER_STANDINGS.c.held_until,
    TIER_STANDINGS.c.held_by,
    TIER_STANDINGS.c.fallen_from,
    TIER_STANDINGS.c.fallen_on,
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


def held_of(tier: str | None, until: Any, cause: str | None) -> HeldTier | None:
    """What a card or a person gives, of its columns."""
    if tier is None or cause is None:
        return None
    return HeldTier(tier, date.fromordinal(until), cause)


def fallen_of(tier: str | None, on: Any) -> FallenTier | None:
    """What was lost and not told yet, of its columns."""
    return None if tier is None else FallenTier(tier, date.fromordinal(on))
