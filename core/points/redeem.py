"""积分兑换: what a member can have for points, and why not the rest (domain.md 3, Spend)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import (
    BadUnits,
    NotEnoughPoints,
    Refused,
    RewardForTier,
    RewardLimit,
    RewardNotNow,
    RewardOutOfStock,
)
from core.rulebook.rewards import Reward
from core.rulebook.schemes import TierScheme


class Asking(Struct, frozen=True):
    """Who asks: their tier's code, the points that they can use today, and the business date."""

    tier: str
    points: int
    on: date


class Redemption(Struct, frozen=True):
    """兑换: units of a reward that a member had for points; `id` is its transfer's."""

    id: UUID
    no: str
    member_id: UUID
    code: str
    name: str
    units: int
    points: int
    at_us: int
    business_on: date
    staff_no: int
    is_undone: bool = False


class StockMove(Struct, frozen=True):
    """库存变动: how a shelf changed: "counted", "received", "redeemed" or "undone"."""

    code: str
    change: int
    kind: str
    at_us: int
    staff_no: int
    redemption_id: UUID | None = None


def refusal(
    reward: Reward, units: int, asking: Asking, scheme: TierScheme, *, had: int, stock: int
) -> Refused | None:
    """Why a member cannot have so many units more; None where they can.

    `had` are units that they had before, `stock` what lies on the shelf.
    """
    if units < 1:
        return BadUnits(str(units))
    if not reward.holds_on(asking.on):
        return RewardNotNow(reward.name)
    if reward.from_tier and scheme.rank(asking.tier) < scheme.rank(reward.from_tier):
        return RewardForTier(reward.name, scheme.tier(reward.from_tier).name)
    if reward.per_member and had + units > reward.per_member:
        return RewardLimit(reward.name, reward.per_member)
    if reward.is_counted and units > stock:
        return RewardOutOfStock(reward.name, max(0, stock))
    if reward.cost(units) > asking.points:
        return NotEnoughPoints(reward.cost(units), asking.points)
    return None


def most_units(reward: Reward, asking: Asking, scheme: TierScheme, *, had: int, stock: int) -> int:
    """The most units that a member can have now; 0 for none."""
    if refusal(reward, 1, asking, scheme, had=had, stock=stock) is not None:
        return 0
    most = asking.points // reward.points * reward.units
    if reward.per_member:
        most = min(most, reward.per_member - had)
    return min(most, stock) if reward.is_counted else most
