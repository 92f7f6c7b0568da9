"""读数 · 等级: what events say of how long tiers hold: by figures, by cards and by grants."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.members.held_tiers import BY_CARD, GRANTED, HoldEnd, TierHold
from core.sync import told
from core.sync.effects import TIER_BASE
from core.sync.heard import Heard
from core.sync.terms import BaseTold, written


def read_base(
    it: Heard, member: UUID, base: BaseTold | None, tier: str, *, import_id: UUID | None = None
) -> None:
    """What figures give from now on.

    Earlier programs say only the `tier`, not until when; "" says nothing.
    """
    if base is None and tier:
        base = BaseTold(tier, given_on=it.on)
    if base is not None:
        it.write(member, TIER_BASE, written(base), import_id=import_id)


def read_cards(
    it: Heard, member: UUID, sale: UUID, cards: Iterable[tuple[UUID, str, int, int]]
) -> None:
    """Cards that were bought: each with its tier, its line and its months."""
    for ident, tier, line_no, months in cards:
        place = (it.at_us, it.on, 0, 0)
        hold = TierHold(ident, member, tier, BY_CARD, *place, months, None, sale, line_no)
        it.to.holds.append(hold)


def read_grant(it: Heard, body: told.TierNow) -> None:
    """A grant until a day."""
    if body.grant is not None and body.until is not None:
        place = (it.at_us, it.on, 0, 0)
        hold = TierHold(body.grant, body.member, body.tier, GRANTED, *place, 0, body.until)
        it.to.holds.append(hold)


def read_ends(it: Heard, holds: Iterable[UUID], cause: str) -> None:
    """Cards and grants that hold no more."""
    it.to.hold_ends += [HoldEnd(each, str(cause), it.at_us, it.on, 0) for each in holds]
