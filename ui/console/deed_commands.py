"""行为积分 · 更正: the commands of the screenless till for points without a sale."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.actions import deeds
from core.actions.deeds import Chance
from core.errors import MemberNeeded
from core.points.deeds import points_of
from ui.console.desk import Desk
from ui.text import per_words, tr


class DeedCommands:
    """Of the member at the counter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_behaviours(self) -> str:
        found = deeds.chances(self._desk.shop, member_at(self._desk))
        self._desk.more["behaviours"] = [_record(each) for each in found]
        return "\n".join(map(_words, found)) or tr("规则册里没有行为积分。")

    def do_behaviour(self, code: str) -> str:
        desk = self._desk
        moved = deeds.credit_behaviour(
            desk.shop,
            member_at(desk),
            code,
            deed_id=desk.shop.new_id(),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.look_again()
        return tr(
            "{name} 加 {points} 分，余额 {balance} 分。",
            name=moved.name,
            points=f"{moved.points:,}",
            balance=balance_words(moved.balance),
        )

    def do_correct_points(self, points: str, reason: str) -> str:
        desk = self._desk
        moved = deeds.correct_points(
            desk.shop,
            member_at(desk),
            points_of(points),
            reason=reason,
            correction_id=desk.shop.new_id(),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.look_again()
        return corrected_words(moved)


def member_at(desk: Desk) -> UUID:
    """Whose sale it is; raises MemberNeeded for nobody's."""
    member_id = desk.open().basket.member_id
    if member_id is None:
        raise MemberNeeded()
    return member_id


def corrected_words(moved: deeds.PointsMoved) -> str:
    """What a correction came to."""
    if moved.points > 0:
        said = tr("加了 {points} 分", points=f"{moved.points:,}")
    else:
        said = tr("扣了 {points} 分", points=f"{-moved.points:,}")
    return tr("{done}，余额 {balance} 分。", done=said, balance=balance_words(moved.balance))


def balance_words(points: int) -> str:
    """A balance, also below zero."""
    return f"{points:,}".replace("-", "−")


def _words(chance: Chance) -> str:
    each = chance.behaviour
    said = tr("{code}  {name} +{points}", code=each.code, name=each.name, points=f"{each.points:,}")
    if chance.times.day:
        said += "  " + tr("今天 {count} 次", count=chance.times.day)
    if chance.stopped_by:
        said += "  " + tr("{per}已记满", per=per_words(chance.stopped_by))
    return said


def _record(chance: Chance) -> dict[str, Any]:
    each, times = chance.behaviour, chance.times
    return {
        "code": each.code,
        "name": each.name,
        "points": each.points,
        "done_today": times.day,
        "done_this_year": times.year,
        "done": times.ever,
        "stopped_by": chance.stopped_by,
    }
