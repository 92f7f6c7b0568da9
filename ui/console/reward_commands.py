"""积分兑换: the commands of the screenless till for what a member has for points."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from core.actions import redeem as redeeming
from core.actions.redeem import Offered
from core.actions.reserve import Wanted
from core.errors import BadUnits, NotInChain, Refused, Unavailable
from core.points.redeem import Redemption
from core.values.money import FULL_WIDTH
from ui.console.deed_commands import balance_words, member_at
from ui.console.desk import Desk
from ui.fewer_points import fewer_points_words
from ui.text import sentence, tr

_MOST_DIGITS = 6


class RewardCommands:
    """Of the member at the counter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_rewards(self) -> str:
        found = redeeming.rewards_for(self._desk.shop, member_at(self._desk))
        self._desk.more["rewards"] = [_record(each) for each in found]
        return "\n".join(map(_words, found)) or tr("规则册里没有兑换品。")

    def do_redeem(self, code: str, units: str = "") -> str:
        desk = self._desk
        member_id, redemption_id = member_at(desk), desk.shop.new_id()
        count = units_of(units) if units else self._one(code)
        self._reserve(member_id, code, count, redemption_id)
        try:
            done = redeeming.redeem(
                desk.shop,
                member_id,
                code,
                count,
                redemption_id=redemption_id,
                staff=desk.who(),
                approval=desk.approval(),
            )
        except Refused:
            desk.kept.drop(desk.open())
            raise
        desk.paper.print(done.slip)
        for coupon in done.coupons:
            desk.paper.print(coupon)
        before = desk.open().quote
        desk.look_again()
        desk.more["redemption"] = _made_record(done.made)
        said = tr(
            "{no} 换了{name} {units} 件，用去 {points} 分，余额 {balance} 分。",
            no=done.made.no,
            name=done.made.name,
            units=f"{done.made.units:,}",
            points=f"{done.made.points:,}",
            balance=balance_words(done.balance),
        )
        return f"{said} {fewer_points_words(before, desk.open().quote)}".strip()

    def _reserve(self, member_id: UUID, code: str, units: int, redemption_id: UUID) -> None:
        """In a chain; without its server a lease may be enough."""
        self._desk.kept.try_line()
        found = redeeming.rewards_for(self._desk.shop, member_id)
        points = next((e.reward.cost(units) for e in found if e.reward.code == code), 0)
        if points:
            with suppress(Unavailable, NotInChain):
                self._desk.kept.reserve(Wanted(member_id, points, redemption_id))

    def _one(self, code: str) -> int:
        """As many units as its points are for."""
        offered = redeeming.rewards_for(self._desk.shop, member_at(self._desk))
        return next((each.reward.units for each in offered if each.reward.code == code), 1)

    def do_redemptions(self) -> str:
        found = redeeming.redemptions_of(self._desk.shop, member_at(self._desk))
        self._desk.more["redemptions"] = [_made_record(each) for each in found]
        return "\n".join(map(_made_words, found)) or tr("还没有换过。")

    def do_undo_redemption(self, no: str) -> str:
        desk = self._desk
        undone = redeeming.undo_redemption(
            desk.shop, no, staff=desk.who(), approval=desk.approval()
        )
        desk.paper.print(undone.slip)
        desk.look_again()
        return tr(
            "{no} 已撤销，退回 {points} 分，余额 {balance} 分。",
            no=undone.made.no,
            points=f"{undone.made.points:,}",
            balance=balance_words(undone.balance),
        )


def units_of(text: str, refused: type[Refused] = BadUnits) -> int:
    """A whole number of units; raises what is told."""
    plain = text.translate(FULL_WIDTH)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS):
        raise refused(text)
    return int(plain)


def cost_words(offered: Offered) -> str:
    """What a reward takes."""
    reward = offered.reward
    if reward.units == 1:
        return tr("{points} 分", points=f"{reward.points:,}")
    return tr("{points} 分换 {units} 件", points=f"{reward.points:,}", units=reward.units)


def _words(offered: Offered) -> str:
    said = [offered.reward.code, offered.reward.name, cost_words(offered)]
    if offered.stock is not None:
        said.append(tr("剩 {left} 件", left=f"{offered.stock:,}"))
    if offered.refused is not None:
        said.append(sentence(offered.refused))
    return "  ".join(said)


def _made_words(made: Redemption) -> str:
    said = [
        made.no,
        made.business_on.isoformat(),
        f"{made.name} × {made.units:,}",
        tr("{points} 分", points=f"{made.points:,}"),
    ]
    if made.is_undone:
        said.append(tr("已撤销"))
    return "  ".join(said)


def _record(offered: Offered) -> dict[str, Any]:
    reward = offered.reward
    return {
        "code": reward.code,
        "name": reward.name,
        "points": reward.points,
        "units": reward.units,
        "most": offered.most,
        "stock": offered.stock,
        "why_not": sentence(offered.refused) if offered.refused else "",
    }


def _made_record(made: Redemption) -> dict[str, Any]:
    return {
        "no": made.no,
        "code": made.code,
        "name": made.name,
        "units": made.units,
        "points": made.points,
        "business_on": made.business_on.isoformat(),
        "is_undone": made.is_undone,
    }
