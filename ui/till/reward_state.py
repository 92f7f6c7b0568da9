"""积分兑换: what the sheet of rewards shows, in words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.redeem import Offered
from core.errors import (
    NoPointsOffline,
    NotEnoughPoints,
    PointsOffline,
    RewardForTier,
    RewardLimit,
    RewardNotNow,
    RewardOutOfStock,
)
from core.members.masks import mask_name
from core.points.redeem import Redemption
from core.rulebook.rewards import COUPON, Reward
from ui.text import tr
from ui.widgets.choices import Choice


class RewardState(Struct, frozen=True):
    """Rewards in the order of the rulebook, what can be had first; what was had, newest first."""

    name: str
    facts: str
    rewards: tuple[Choice, ...]
    had: tuple[Choice, ...]
    offered: dict[str, Offered]
    undone: frozenset[str]

    @classmethod
    def of(
        cls, counter: Counter, offered: Sequence[Offered], had: Sequence[Redemption]
    ) -> RewardState | None:
        """Of the member of a counter, None for nobody."""
        file = counter.file
        if file is None:
            return None
        in_order = sorted(offered, key=lambda each: each.refused is not None)
        return cls(
            name=mask_name(file.member.name),
            facts=tr("{points} 分", points=f"{file.points:,}".replace("-", "−")),
            rewards=tuple(map(_reward_row, in_order)),
            had=tuple(map(_had_row, had)),
            offered={each.reward.code: each for each in offered},
            undone=frozenset(made.no for made in had if made.is_undone),
        )


def cost_words(reward: Reward) -> str:
    """What a reward takes."""
    if reward.units == 1:
        return tr("{points} 分", points=f"{reward.points:,}")
    return tr("{points} 分换 {units} 件", points=f"{reward.points:,}", units=reward.units)


def _reward_row(offered: Offered) -> Choice:
    reward = offered.reward
    return Choice(
        key=reward.code,
        text=reward.name,
        sub=_why_not(offered) or _how_many(offered),
        right=cost_words(reward),
        icon="coupon" if reward.kind == COUPON else "points",
    )


def _how_many(offered: Offered) -> str:
    most = tr("最多换 {most} 件", most=f"{offered.most:,}")
    if offered.stock is None:
        return most
    return tr("{most}　剩 {left} 件", most=most, left=f"{offered.stock:,}")


def _why_not(offered: Offered) -> str:
    """The short form: the sentence stands where somebody tries all the same."""
    match offered.refused:
        case None:
            return ""
        case NotEnoughPoints(points=points, most=most):
            return tr("还差 {points} 分", points=f"{points - most:,}")
        case RewardForTier(tier=tier):
            return tr("{tier}以上才能换", tier=tier)
        case RewardLimit(most=most):
            return tr("每人 {most} 件，已经换满", most=f"{most:,}")
        case NoPointsOffline() | PointsOffline():
            return tr("离线，积分不够用")
        case RewardOutOfStock():
            return tr("没有库存")
        case RewardNotNow():
            return tr("现在不能换")
    return tr("现在不能换")


def _had_row(made: Redemption) -> Choice:
    on = tr("{month} 月 {day} 日", month=made.business_on.month, day=made.business_on.day)
    sub = tr("{on}　{count} 件", on=on, count=f"{made.units:,}")
    if made.is_undone:
        sub = tr("{on}　{count} 件，已撤销", on=on, count=f"{made.units:,}")
    return Choice(
        key=made.no,
        text=made.name,
        sub=sub,
        right=tr("{points} 分", points=f"{made.points:,}"),
        icon="receipt",
    )
