"""等级期限: cards and grants of all tills, and the scheme that the tills sold by last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    Uuid,
    bindparam,
    select,
)

from core.members.held_tiers import HoldEnd, TierHold
from core.sync.effects import SchemeSold
from storage.office.member_tables import MEMBERS
from storage.office.members import add_new, pages
from storage.office.rows import keep
from storage.office.tables import OFFICE

# A card has months, a grant its last day.
TIER_HOLDS = Table(
    "tier_holds",
    OFFICE,
    Column("id", Uuid, primary_key=True),
    Column("member_id", Uuid, nullable=False, index=True),
    Column("tier", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("on_day", BigInteger, nullable=False),
    Column("months", BigInteger, nullable=False),
    Column("until_day", BigInteger),
)

TIER_HOLD_ENDS = Table(
    "tier_hold_ends",
    OFFICE,
    Column("hold_id", Uuid, primary_key=True),
    Column("cause", String, nullable=False),
    Column("on_day", BigInteger, nullable=False),
)

# One row: the scheme of the newest sale.
SOLD_SCHEME = Table(
    "sold_scheme",
    OFFICE,
    Column("one", BigInteger, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

_held = TIER_HOLDS.c
_HELD = (
    select(MEMBERS.c.root_id, TIER_HOLDS)
    .join(MEMBERS, MEMBERS.c.id == _held.member_id)
    .outerjoin(TIER_HOLD_ENDS, TIER_HOLD_ENDS.c.hold_id == _held.id)
    .where(
        MEMBERS.c.root_id.in_(bindparam("ids", expanding=True)),
        TIER_HOLD_ENDS.c.hold_id.is_(None),
    )
    .order_by(_held.at_us, _held.id)
)
_SOLD = select(SOLD_SCHEME.c.at_us, SOLD_SCHEME.c.record)


class StoredTerms:
    """Implements `core.ports.terms.TierTerms`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, holds: Sequence[TierHold], ends: Sequence[HoldEnd]) -> None:
        ended = [
            {"hold_id": each.hold_id, "cause": each.cause, "on_day": each.business_on.toordinal()}
            for each in ends
        ]
        add_new(self._connection, TIER_HOLDS, [_row(each) for each in holds])
        add_new(self._connection, TIER_HOLD_ENDS, ended)

    def held(self, root_ids: Collection[UUID]) -> dict[UUID, tuple[TierHold, ...]]:
        found: dict[UUID, list[TierHold]] = {}
        for page in pages(sorted(root_ids)):
            for root, *row in self._connection.execute(_HELD, {"ids": page}):
                found.setdefault(root, []).append(_hold(row))
        return {root: tuple(holds) for root, holds in found.items()}

    def sell_by(self, scheme: SchemeSold) -> None:
        known = self._connection.execute(_SOLD).one_or_none()
        if known is None or (known.at_us, bytes(known.record)) < (scheme.at_us, scheme.record):
            row = {"one": 1, "at_us": scheme.at_us, "record": scheme.record}
            keep(self._connection, SOLD_SCHEME, row)

    def sold_by(self) -> bytes | None:
        known = self._connection.execute(_SOLD).one_or_none()
        return None if known is None else bytes(known.record)


def _row(hold: TierHold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "member_id": hold.member_id,
        "tier": hold.tier,
        "cause": hold.cause,
        "at_us": hold.at_us,
        "on_day": hold.business_on.toordinal(),
        "months": hold.months,
        "until_day": None if hold.until is None else hold.until.toordinal(),
    }


def _hold(row: Sequence[Any]) -> TierHold:
    ident, member, tier, cause, at_us, day, months, until = row
    on, last = date.fromordinal(day), None if until is None else date.fromordinal(until)
    return TierHold(ident, member, tier, cause, at_us, on, 0, 0, months, last)
