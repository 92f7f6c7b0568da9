"""兑换品: what a member gets for points (积分换购): goods from the shelf, or a coupon."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from core.values.fields import Fields
from core.values.money import MAX_FEN

GOODS, COUPON = "goods", "coupon"
LOW_STOCK = 3
_MOST_UNITS = 10_000


class Reward(Struct, frozen=True):
    """`points` for each `units` of it, part of them counting as whole (domain.md 3).

    Of goods no more can be had than the store counts. A coupon is an offer of the rulebook:
    `coupon` is the code that anybody presents, or the id of one whose codes are used once; then a
    fresh code for each unit is printed on the slip. `from_tier` is the lowest tier that may have
    it, "" any; `per_member` the most units a member gets in all, 0 any number. With `low_at` units
    or fewer left on the shelf somebody is told to get more.
    """

    code: str
    name: str
    points: int
    units: int = 1
    kind: str = GOODS
    coupon: str = ""
    from_tier: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    per_member: int = 0
    low_at: int = LOW_STOCK

    @property
    def is_counted(self) -> bool:
        """Whether it lies on a shelf."""
        return self.kind == GOODS

    def is_low(self, stock: int) -> bool:
        """Whether so many on the shelf will soon be gone."""
        return self.is_counted and stock <= self.low_at

    def cost(self, units: int) -> int:
        """⌈units ÷ units per reward⌉ × its points."""
        return -(-units // self.units) * self.points

    def holds_on(self, day: date) -> bool:
        """Whether it is to be had on a business date; both ends are within."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


def reward_of(fields: Fields) -> Reward:
    """One of the section of a rulebook; raises BadRecord."""
    kind = fields.text("kind", GOODS, among=(GOODS, COUPON))
    reward = Reward(
        code=fields.text("code", least=1),
        name=fields.text("name", least=1),
        points=fields.whole("points", least=1, most=MAX_FEN),
        units=fields.whole("units", 1, least=1, most=_MOST_UNITS),
        kind=kind,
        coupon=fields.text("coupon", least=1) if kind == COUPON else "",
        from_tier=fields.text("from_tier", ""),
        starts_on=None if fields.is_null("starts_on") else fields.day("starts_on"),
        ends_on=None if fields.is_null("ends_on") else fields.day("ends_on"),
        per_member=fields.whole("per_member", 0, most=_MOST_UNITS),
        low_at=fields.whole("low_at", LOW_STOCK, most=_MOST_UNITS) if kind == GOODS else LOW_STOCK,
    )
    if reward.starts_on and reward.ends_on and reward.ends_on < reward.starts_on:
        raise fields.wrong("ends_on", "before it starts")
    fields.end()
    return reward


def reward_record(reward: Reward) -> dict[str, Any]:
    """Plain JSON values: the inverse of `reward_of`."""
    record: dict[str, Any] = {
        "code": reward.code,
        "name": reward.name,
        "points": reward.points,
        "units": reward.units,
        "kind": reward.kind,
        "from_tier": reward.from_tier,
        "starts_on": reward.starts_on and reward.starts_on.isoformat(),
        "ends_on": reward.ends_on and reward.ends_on.isoformat(),
        "per_member": reward.per_member,
    }
    if reward.low_at != LOW_STOCK:
        record["low_at"] = reward.low_at
    return record | ({"coupon": reward.coupon} if reward.kind == COUPON else {})
